import Cytometry
import Testing
import TestSupport

/// Numbers of every width, type and byte order against a reading one bit at a time.
@Suite struct FCSLayoutTests {
    @Test(arguments: FramedFCS.Storage.allCases)
    func everyNumberIsReadAsItWasWritten(storage: FramedFCS.Storage) {
        forAll(cases: 150) { random in
            let head = UInt8(storage.rawValue)
            let length = Int.random(in: 0...900, using: &random)
            let file = FramedFCS([head] + random.bytes(length))
            let difference = file.difference()
            try require(difference == nil, difference ?? "")
        }
    }

    private func stored(_ order: String, bits: Int, _ data: [UInt8]) throws -> [UInt64]? {
        var file = SyntheticFCS()
        file.version = "FCS2.0"
        file.set("$DATATYPE", "I")
        file.set("$BYTEORD", order)
        file.set("$PAR", "1")
        file.set("$TOT", "1")
        file.set("$P1B", "\(bits)")
        file.set("$P1R", "18446744073709551616")
        file.data = data
        return try FCSFile.read(FileBytes(file.bytes))[0].exactIntegers(of: 0)
    }

    /// `$BYTEORD` gives, for each stored byte in turn, its significance (FCS 3.0, 3.2.8).
    @Test(arguments: [
        ("1,2,3,4", 0x4433_2211), ("4,3,2,1", 0x1122_3344), ("2,1,4,3", 0x3344_1122),
        ("3,4,1,2", 0x2211_4433), ("1,2", 0x4433_2211), ("2,1", 0x1122_3344),
    ])
    func theOrderOfTheBytesIsTheirSignificance(order: String, value: UInt64) throws {
        #expect(try stored(order, bits: 32, [0x11, 0x22, 0x33, 0x44]) == [value])
    }

    /// Instruments with 24-bit converters write the order of three bytes, or that of four.
    @Test(arguments: [("3,2,1", 0x112233), ("4,3,2,1", 0x112233), ("1,2,3", 0x332211)])
    func threeBytesAreANumber(order: String, value: UInt64) throws {
        #expect(try stored(order, bits: 24, [0x11, 0x22, 0x33]) == [value])
    }

    /// A machine that swaps the words of a long number stores a short one as one word.
    @Test(arguments: [("2,1,4,3", 0x1122), ("3,4,1,2", 0x2211)])
    func shortNumbersOfMixedOrdersAreOneWord(order: String, value: UInt64) throws {
        #expect(try stored(order, bits: 16, [0x11, 0x22]) == [value])
    }

    @Test(arguments: [("2,1,4,3", 24), ("2,1,4,3", 64), ("1,3,2,4", 16)])
    func aMixedOrderThatDoesNotTellIsRefused(order: String, bits: Int) {
        let error = #expect(throws: FCSReadError.self) {
            try stored(order, bits: bits, [1, 2, 3, 4, 5, 6, 7, 8])
        }
        #expect(error?.code == .width)
        #expect(error?.message.contains("$BYTEORD") == true)
    }

    /// 2^53 + 1 is no `Double`, and its next power of two is 2^54.
    @Test func rangesAboveTheWholeNumbersOfADoubleMaskAsWritten() throws {
        var file = SyntheticFCS()
        file.set("$DATATYPE", "I")
        file.set("$PAR", "1")
        file.set("$TOT", "1")
        file.set("$P1B", "64")
        file.set("$P1R", "9007199254740993")
        file.data = [UInt8](repeating: 0xFF, count: 8)
        let set = try FCSFile.read(FileBytes(file.bytes))[0]
        #expect(set.exactIntegers(of: 0) == [(1 << 54) - 1])
    }
}
