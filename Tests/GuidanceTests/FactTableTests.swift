import Testing

@testable import Guidance

/// The reader of fact tables is strict: a table that would be misread does not read.
@Suite struct FactTableTests {
    @Test func readsRowsContinuationsAndAbsentFields() throws {
        let table = try FactTable(
            "limits",
            reading: """
                grade | limit | note
                A | 5 | -
                B | 10
                    | read
                    twice
                """)
        #expect(table.columns == ["grade", "limit", "note"])
        #expect(table.rows.map { $0["grade"] } == ["A", "B"])
        #expect(table.rows[0].optional("note") == nil)
        #expect(table.rows[1]["note"] == "read twice")
        #expect(table.rows[1].count("limit") == 10)
    }

    @Test func refusesARowWithTooFewFields() {
        #expect(
            throws: FactTableError.unevenRow(table: "limits", row: "A", found: 1, expected: 2)
        ) {
            try FactTable("limits", reading: "grade | limit\nA")
        }
    }

    @Test func refusesARepeatedColumnAndAnEmptyTable() {
        #expect(throws: FactTableError.repeatedColumn(table: "limits", column: "grade")) {
            try FactTable("limits", reading: "grade | grade\n")
        }
        #expect(throws: FactTableError.noColumns(table: "limits")) {
            try FactTable("limits", reading: "")
        }
    }

    @Test func refusesMoreThanItsLimits() {
        let rows = String(repeating: "A | 1\n", count: FactTable.rowLimit + 1)
        #expect(throws: FactTableError.tooManyRows(table: "limits", limit: FactTable.rowLimit)) {
            try FactTable("limits", reading: "grade | limit\n" + rows)
        }
        let long = String(repeating: "x", count: FactTable.fieldLengthLimit + 1)
        #expect(throws: FactTableError.self) {
            try FactTable("limits", reading: "grade | limit\nA | \(long)")
        }
    }
}
