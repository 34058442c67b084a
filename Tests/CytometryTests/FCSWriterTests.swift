import Cytometry
import Testing
import TestSupport

@Suite struct FCSWriterTests {
    @Test func whatIsWrittenReadsBackToTheLastBit() throws {
        forAll(cases: 60) { random in
            let events = Int.random(in: 0...50, using: &random)
            let isSingle = Bool.random(using: &random)
            let columns = (0..<Int.random(in: 1...6, using: &random)).map { index in
                FCSWriter.Column(
                    name: "C\(index),x",
                    label: Bool.random(using: &random) ? "CD|/\\!\(index)" : nil,
                    range: 262_144,
                    values: (0..<events).map { _ in
                        let value = Double.random(in: -1e6...1e6, using: &random)
                        return isSingle ? Double(Float(value)) : value
                    })
            }
            let note = "a|b//c\\d!e\u{c}f"
            let bytes = FCSWriter.write(
                columns, keywords: [("$OP", note), ("$PAR", "99"), ("$P1N", "old"), ("X", "")])
            let set = try FCSFile.read(FileBytes(bytes))[0]
            try require(set.warnings.isEmpty, "\(set.warnings)")
            try require(set.version == .fcs31 && set.eventCount == events, "\(set.eventCount)")
            try require(set.keywords["$OP"] == note, "\(set.keywords["$OP"] ?? "")")
            for (index, column) in columns.enumerated() {
                try require(set.parameters[index].name == "C\(index) x", set.parameters[index].name)
                try require(set.parameters[index].label == column.label, "label")
                try require(set.scaleValues(of: index) == column.values, "values of \(index)")
            }
        }
    }

    @Test func spilloverIsCarriedOver() throws {
        let matrix = try SpectrumMatrix(
            fluorochromes: ["A", "B"], detectors: ["A", "B"], coefficients: [[1, 0.25], [0.1, 1]])
        let columns = ["A", "B"].map {
            FCSWriter.Column(name: $0, range: 10, values: [1, 2, .nan])
        }
        let set = try FCSFile.read(FileBytes(FCSWriter.write(columns, spillover: matrix)))[0]
        #expect(try set.spillover() == matrix)
        #expect(set.storedValues(of: 0)[2].isNaN)
    }
}
