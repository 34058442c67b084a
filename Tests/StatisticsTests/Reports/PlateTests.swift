import Foundation
import Testing

@testable import Statistics

struct PlateTests {
    private func grid(
        _ format: PlateGrid.Format, separator: String, decimal: String = ".",
        value: (Int, Int) -> String
    ) -> [UInt8] {
        let (rows, columns) = format.size
        var lines = ["Plate 7\(separator)read at 450 nm", ""]
        lines.append(([""] + (1...columns).map { "\($0)" }).joined(separator: separator))
        for row in 0..<rows {
            let cells = (0..<columns).map { value(row, $0) }
            lines.append(
                ([String(UnicodeScalar(UInt8(65 + row)))] + cells).joined(separator: separator))
        }
        lines.append("end of plate")
        return Array(lines.joined(separator: "\r\n").utf8)
    }

    @Test(arguments: PlateGrid.Format.allCases, [",", ";", "\t"])
    func readsEveryWell(_ format: PlateGrid.Format, _ separator: String) throws {
        let comma = separator != ","
        let plate = try PlateGrid(
            grid(format, separator: separator) { row, column in
                let text = "\(row).\(column < 10 ? "0" : "")\(column)"
                return comma ? text.replacingOccurrences(of: ".", with: ",") : text
            })
        #expect(plate.format == format)
        #expect(plate.readings.count == format.rawValue)
        let last = Well(row: format.size.rows - 1, column: format.size.columns - 1)
        expectClose(
            plate.readings[last],
            Double(last.row) + Double(last.column) / 100, relative: 1e-12)
    }

    @Test func wellsHaveTheNamesOfTheLaboratory() {
        #expect(Well("a1") == Well(row: 0, column: 0))
        #expect(Well("H12") == Well(row: 7, column: 11))
        #expect(Well("P24")?.description == "P24")
        #expect(Well("B07")?.description == "B7")
        for text in ["", "7B", "A0", "A", "A100", "ABC1", "Ä1"] { #expect(Well(text) == nil) }
    }

    @Test func mapsWellsToDoseGroups() throws {
        let plate = try PlateGrid(
            grid(.wells96, separator: ",") { row, column in
                row == 7 ? "0.1" : row == 6 && column == 0 ? "OVER" : "\(1 + column)"
            })
        let layout = try PlateLayout(
            MeasurementTable(
                Array(
                    """
                    wells,preparation,dose,reason
                    A1:B3,standard,10,
                    C1:C3 D1,sample,5,
                    H1:H12,blank,,
                    G1,excluded,,reader overflow
                    """.utf8)))
        let (table, remarks) = try layout.table(of: plate)
        #expect(table.rows.count == 10)
        let names = try table.texts("preparation")
        #expect(names.filter { $0 == "standard" }.count == 6)
        expectClose(try table.numbers("response").first, 0.9, relative: 1e-12)
        #expect(remarks.contains { $0.contains("12 blanks") })
        #expect(remarks.contains { $0.contains("G1") && $0.contains("reader overflow") })
    }

    @Test func refusesWellsThatCannotBeUsed() throws {
        let plate = try PlateGrid(
            grid(.wells96, separator: ",") { row, _ in row == 0 ? "OVER" : "1" })
        func layout(_ text: String) throws -> PlateLayout {
            try PlateLayout(
                MeasurementTable(Array("wells,preparation,dose\n\(text)".utf8)))
        }
        #expect(throws: AnalysisError.self) { try layout("A1,s,1\nA1,t,1") }
        #expect(throws: AnalysisError.self) { try layout("Z99:A1,s,1") }
        #expect(throws: AnalysisError.self) { try layout("B1,s,") }
        let overflow = try layout("A1,s,1")
        #expect(throws: AnalysisError.self) { try overflow.table(of: plate) }
        let outside = try layout("P24,s,1")
        #expect(throws: AnalysisError.self) { try outside.table(of: plate) }
        #expect(throws: AnalysisError.self) { try PlateGrid(Array("a,b\n1,2\n".utf8)) }
        #expect(throws: AnalysisError.self) {
            try PlateGrid(Array(",1,2,3,4,5,6,7,8,9,10,11,12\nA,1\nC,1\n".utf8))
        }
    }
}
