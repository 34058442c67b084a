/// A table with a heading for each column.
package struct PaperTable: Equatable, Sendable {
    package var caption: String?
    package var columns: [String]
    /// Rows as long as `columns`; a shorter one ends in empty cells.
    package var rows: [[PaperText]]
    /// Columns of figures, set to the right.
    package var figures: Set<Int>

    /// A table.
    package init(
        caption: String? = nil, columns: [String], rows: [[PaperText]], figures: Set<Int> = []
    ) {
        self.caption = caption
        self.columns = columns
        self.rows = rows
        self.figures = figures
    }

    /// A table of plain words.
    package init(caption: String? = nil, columns: [String], words: [[String]]) {
        self.init(
            caption: caption, columns: columns, rows: words.map { $0.map { PaperText($0) } })
    }

    /// The row in full length.
    func cells(of row: [PaperText]) -> [PaperText] {
        columns.indices.map { $0 < row.count ? row[$0] : PaperText([]) }
    }
}
