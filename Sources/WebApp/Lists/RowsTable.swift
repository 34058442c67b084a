import Charts

/// A short table inside a page: every row, in the order given, without tools around it.
///
/// What can grow without end is a `Listing`; a table shows what belongs to one thing and says how
/// much it left out.
struct RowsTable<Row>: Component {
    /// Rows written at most.
    static var rowsMax: Int { 200 }

    /// What it lists, in the plural.
    let noun: String
    let rows: [Row]
    let columns: [Column<Row>]
    /// What stands in the place of an empty table.
    var nothing: String?
    /// How a row stands, for its edge.
    var tone: ((Row) -> Tone?)?

    init(
        of noun: String, _ rows: [Row], columns: [Column<Row>], nothing: String? = nil,
        tone: ((Row) -> Tone?)? = nil
    ) {
        self.noun = noun
        self.rows = rows
        self.columns = columns
        self.nothing = nothing
        self.tone = tone
    }

    func write(into html: inout HTML) {
        guard !rows.isEmpty else {
            html(.p, .class("nothing"), text: nothing ?? "No \(noun) yet.")
            return
        }
        html(.div, .class("wide"), .tabIndex(0), .role("region"), .label("Table of \(noun)")) {
            html in
            html(.table) { html in
                html(.thead) { html in
                    html(.tr) { html in
                        for column in columns {
                            html(
                                .th, .columnScope, .when(column.isFigure, .class("figure")),
                                text: column.title)
                        }
                    }
                }
                html(.tbody) { html in
                    for row in rows.prefix(Self.rowsMax) { line(row, &html) }
                }
            }
        }
        if rows.count > Self.rowsMax {
            html(.p, .class("help"), text: "and \(rows.count - Self.rowsMax) more \(noun)")
        }
    }

    private func line(_ row: Row, _ html: inout HTML) {
        html(.tr, .with(tone?(row)) { .tone($0) }) { html in
            for column in columns { column.writeCell(of: row, into: &html) }
        }
    }
}
