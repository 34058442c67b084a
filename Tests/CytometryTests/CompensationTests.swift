import Cytometry
import Foundation
import Testing
import TestSupport

@Suite struct CompensationTests {
    static let folder = fixtures().appending(path: "fcs-synthetic")

    /// Compensated columns of a data set, in the order of its parameters.
    static func compensated(_ set: FCSDataSet) throws -> [[Double]] {
        let strategy = try GatingStrategy(gates: [])
        let reader = ColumnReader(strategy, on: set)
        return try set.parameters.map {
            try reader.values(of: .channel($0.name, compensation: .file))
        }
    }

    @Test(arguments: [
        "FCS31_spillover31.fcs", "FCS30_spill_bd.fcs", "FCS30_spillover_nodollar.fcs",
        "FCS31_spillover_spaces.fcs", "FCS30_comp_keyword.fcs",
    ])
    func everySpellingOfTheKeywordCompensatesTheSame(file: String) throws {
        let truth = try #require(FCSConformanceTests.truth[file]?.datasets?.first?.scaled)
        let set = try FCSFile.open(path: Self.folder.appending(path: file).path)[0]
        for (values, column) in zip(try Self.compensated(set), truth) {
            expectColumn(values, column, file)
        }
    }

    @Test func percentagesOfFCS20AreFractions() throws {
        let set = try FCSFile.open(path: Self.folder.appending(path: "FCS20_dfc.fcs").path)[0]
        let matrix = try #require(try set.spillover())
        #expect(matrix.detectors == ["FL1", "FL2"])
        #expect(matrix.rows == [[1, 0.125], [0.03, 1]])
    }

    private func spillover(
        _ keyword: String, _ value: String, _ change: (inout SyntheticFCS) -> Void = { _ in }
    ) throws -> (matrix: SpectrumMatrix?, set: FCSDataSet) {
        var file = SyntheticFCS()
        file.set(keyword, value)
        change(&file)
        let set = try FCSFile.read(FileBytes(file.bytes))[0]
        return (try set.spillover(), set)
    }

    @Test(arguments: [
        ("$SPILLOVER", "2,A,B,1,0.25,0.1,1"), ("$SPILLOVER", "2,1,2,1,0.25,0.1,1"),
        ("SPILL", "2, A, B, 1, .25, 1e-1, 1.0"), ("spillover", "2,A,B,1,0.25,0.1,1,"),
        ("$COMP", "2,1,0.25,0.1,1"), ("DET_SPILL", "2,A,B,1,0.25,0.1,1"),
    ])
    func everySpellingIsTheSameMatrix(keyword: String, value: String) throws {
        let matrix = try #require(try spillover(keyword, value).matrix)
        #expect(matrix.detectors == ["A", "B"])
        #expect(matrix.rows == [[1, 0.25], [0.1, 1]])
    }

    /// Detectors in another order than the parameters: names count, not places.
    @Test func detectorsAreFoundByName() throws {
        let (matrix, set) = try spillover("$SPILLOVER", "2,B,A,1,0.5,0,1")
        #expect(matrix?.detectors == ["B", "A"])
        let columns = try Self.compensated(set)
        // B spills half of itself into A.
        let wanted: [[Double]] = [[0, 1, 2], [2, 4, 6]]
        #expect(columns == wanted)
    }

    /// A parameter whose name is a number is meant by its name.
    @Test func aNameThatIsANumberIsAName() throws {
        let (matrix, _) = try spillover("$SPILLOVER", "2,2,1,1,0.25,0.1,1") {
            $0.set("$P1N", "2")
            $0.set("$P2N", "1")
        }
        #expect(matrix?.detectors == ["2", "1"])
    }

    @Test(arguments: ["2,A,B,1,0.25,0.1", "x", "-1,A", "2,A,A,1,0,0,1", "2,A,B,1,nan,0,1"])
    func aMatrixThatIsNoneIsReportedAndRefused(value: String) throws {
        var file = SyntheticFCS()
        file.set("$SPILLOVER", value)
        let set = try FCSFile.read(FileBytes(file.bytes))[0]
        #expect(set.warnings.contains { $0.code == .spillover })
        #expect(throws: CompensationError.self) { try set.spillover() }
    }

    @Test func eventsThatLookCompensatedAreSaidTo() throws {
        #expect(try spillover("SPILL", "2,A,B,1,0.1,0.1,1").set.signOfEarlierCompensation == nil)
        let named = try spillover("SPILL", "2,A,B,1,0.1,0.1,1") { $0.set("$P1N", "Comp-A") }
        #expect(named.set.signOfEarlierCompensation?.contains("Comp-A") == true)
        let changed = try spillover("SPILL", "2,A,B,1,0.1,0.1,1") {
            $0.set("transformation", "custom")
        }
        #expect(changed.set.signOfEarlierCompensation?.contains("custom") == true)
    }

    @Test func aSingularMatrixIsRefusedWhenItIsUsed() throws {
        let path = Self.folder.appending(path: "BAD_spillover_singular.fcs").path
        let set = try FCSFile.open(path: path)[0]
        #expect(set.eventCount == 400)
        let error = #expect(throws: GatingError.self) { try Self.compensated(set) }
        #expect(error?.code == .compensation)
        #expect(error?.message.contains("cannot be inverted") == true)
    }

    @Test func aMissingDetectorIsNamed() throws {
        let path = Self.folder.appending(path: "BAD_spillover_missing_channel.fcs").path
        let set = try FCSFile.open(path: path)[0]
        #expect(set.warnings.contains { $0.code == .spillover && $0.message.contains("BV421-A") })
        let error = #expect(throws: GatingError.self) { try Self.compensated(set) }
        #expect(error?.message.contains("BV421-A") == true)
    }

    /// Values exported by FlowKit's authors from the same file (FlowKit, BSD-3-Clause).
    @Test func agreesWithValuesFromAnotherProgram() throws {
        struct Export: Decodable {
            var every: Int
            var rows: [[Double]]
        }
        let folder = fixtures().appending(path: "gating-ml")
        let export = try JSONDecoder().decode(
            Export.self,
            from: Data(contentsOf: folder.appending(path: "test_comp_example.compensated.json")))
        let set = try FCSFile.open(path: folder.appending(path: "test_comp_example.fcs").path)[0]
        let columns = try Self.compensated(set)
        for (index, row) in export.rows.enumerated() {
            for (parameter, wanted) in row.enumerated() where !set.parameters[parameter].isTime {
                let actual = columns[parameter][index * export.every]
                #expect(abs(actual - wanted) <= 1e-4 * max(1, abs(wanted)))
            }
        }
    }

    @Test func unmixingRecoversWhatWasMixed() throws {
        forAll { random in
            let fluorochromes = Int.random(in: 1...8, using: &random)
            let detectors = fluorochromes + Int.random(in: 0...6, using: &random)
            let rows = (0..<fluorochromes).map { row in
                (0..<detectors).map { column in
                    row == column ? 1 : Double.random(in: 0...0.3, using: &random)
                }
            }
            let matrix = try SpectrumMatrix(
                fluorochromes: (0..<fluorochromes).map { "F\($0)" },
                detectors: (0..<detectors).map { "D\($0)" }, coefficients: rows)
            let truth = (0..<fluorochromes).map { _ in Double.random(in: -100...1e5, using: &random)
            }
            let observed = (0..<detectors).map { column in
                (0..<fluorochromes).reduce(0.0) { $0 + truth[$1] * rows[$1][column] }
            }
            for (actual, wanted) in zip(try matrix.unmix(observed), truth) {
                try require(abs(actual - wanted) < 1e-6, "\(wanted) came back as \(actual)")
            }
        }
    }

    @Test func shapesThatCannotBeUnmixedAreRefused() {
        #expect(throws: CompensationError.self) {
            try SpectrumMatrix(
                fluorochromes: ["A", "B"], detectors: ["D"], coefficients: [[1], [1]])
        }
        #expect(throws: CompensationError.self) {
            try SpectrumMatrix(fluorochromes: ["A"], detectors: ["D"], coefficients: [[.nan]])
        }
        #expect(throws: CompensationError.self) {
            try SpectrumMatrix(
                fluorochromes: ["A", "A"], detectors: ["D", "E"], coefficients: [[1, 0], [0, 1]])
        }
    }
}
