import Cytometry
import Foundation
import Testing

/// From stored numbers to the scale of the instrument (FCS 3.1, 3.2.20).
@Suite struct FCSScaleTests {
    private func integers(_ change: (inout SyntheticFCS) -> Void) throws -> FCSDataSet {
        var file = SyntheticFCS()
        file.set("$DATATYPE", "I")
        file.set("$P1B", "16")
        file.set("$P2B", "16")
        file.data = [0, 0, 1, 0, 0, 2, 0xFF, 0x13, 0xFF, 0x13, 0, 0]
        change(&file)
        return try FCSFile.read(FileBytes(file.bytes))[0]
    }

    /// Bits above the next power of two of the range are of no concern to the value.
    @Test(arguments: [
        ("1024", [0, 512, 1023.0]), ("1000", [0, 512, 1023]), ("513", [0, 512, 1023]),
        ("512", [0, 0, 511]), ("65536", [0, 512, 5119]), ("262144", [0, 512, 5119]),
        ("1024.00", [0, 512, 1023]), ("4.29e9", [0, 512, 5119]), ("0", [0, 512, 5119]),
        ("NA", [0, 512, 5119]), ("18446744073709551616", [0, 512, 5119]), ("1", [0, 512, 5119]),
        ("-5", [0, 512, 5119]), ("1e400", [0, 512, 5119]),
    ])
    func theRangeMasksIntegers(range: String, values: [Double]) throws {
        #expect(try integers { $0.set("$P1R", range) }.storedValues(of: 0) == values)
    }

    /// Floating point is never masked and never cut at the range.
    @Test func theRangeLeavesFloatingPointAlone() throws {
        var file = SyntheticFCS()
        file.set("$P1R", "2")
        file.data = [Float](arrayLiteral: -5, 1, 1e9, 1, 3, 1).flatMap { value in
            (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * $0)) }
        }
        #expect(try FCSFile.read(FileBytes(file.bytes))[0].scaleValues(of: 0) == [-5, 1e9, 3])
    }

    /// offset · 10^(decades · stored / range) of the stored 0, 512 and 1023.
    @Test(arguments: [
        ("4,1", [1, 100, 9910.458]), ("4,0", [1, 100, 9910.458]),
        ("3,0.1", [0.1, 3.16228, 99.3276]), ("4.0, 1.0", [1, 100, 9910.458]),
    ])
    func amplificationIsLogarithmic(amplification: String, values: [Double]) throws {
        // A gain is of no concern to a logarithmic amplifier.
        let set = try integers {
            $0.set("$P1E", amplification)
            $0.set("$P1G", "8")
        }
        for (actual, wanted) in zip(set.scaleValues(of: 0), values) {
            #expect(abs(actual - wanted) <= 1e-5 * wanted)
        }
    }

    @Test(arguments: [
        ("2", [0, 256, 511.5]), ("0.5", [0, 1024, 2046]), ("1", [0, 512, 1023]),
        ("0", [0, 512, 1023]), ("-3", [0, 512, 1023]), ("high", [0, 512, 1023]),
    ])
    func gainDivides(gain: String, values: [Double]) throws {
        let set = try integers { $0.set("$P1G", gain) }
        #expect(set.scaleValues(of: 0) == values)
        #expect(set.warnings.isEmpty == (FCSScaleTests.isGain(gain)))
    }

    private static func isGain(_ text: String) -> Bool { (Double(text) ?? 0) > 0 }

    @Test(arguments: ["4", "a,b", "-1,1", ""])
    func anAmplificationThatIsNoneIsLinear(amplification: String) throws {
        let set = try integers { $0.set("$P1E", amplification) }
        #expect(set.scaleValues(of: 0) == [0, 512, 1023])
    }

    /// Values that are no numbers are in the file, in no gate, and in no mean.
    @Test func whatIsNoNumberIsKeptApart() throws {
        var file = SyntheticFCS()
        file.data = [Float](arrayLiteral: .nan, 1, .infinity, 1, 4, 1).flatMap { value in
            (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * $0)) }
        }
        let set = try FCSFile.read(FileBytes(file.bytes))[0]
        let summary = ValueSummary(set.scaleValues(of: 0))
        #expect(summary.mean == 4 && summary.nonFinite == 2)
        let gate = Gate(id: "all", .rectangle([.init(.channel("A"))]))
        let result = try GatingPlan(GatingStrategy(gates: [gate]), on: set).run()
        #expect(result.members(of: "all")?.indices == [2])
    }
}
