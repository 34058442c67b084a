/// A table with a heading for each column.
package struct PaperTable: Equatable, Sendable {
    package var caption: String?
    package var columns: [String]
    /// Rows as long as `columns`; a shorter one ends in empty cells.
    package var rows: [[PaperText]]
    /// Columns of figures, set to the right.
    package var figures: Set<Int>
    /// How much of the width each column takes, in percent, each one of `PaperStyle.widths`; none
    /// where the content says.
    package var shares: [Int]

    /// A table.
    package init(
        caption: String? = nil, columns: [String], shares: [Int] = [], rows: [[PaperText]],
        figures: Set<Int> = []
    ) {
        precondition(
            shares.isEmpty
                || shares.count == columns.count && shares.reduce(0, +) == 100
                    && shares.allSatisfy(PaperStyle.widths.contains),
            "the columns \(columns) cannot share the width as \(shares)")
        self.caption = caption
        self.columns = columns
        self.rows = rows
        self.figures = figures
        self.shares = shares
    }

    /// A table of plain words.
    package init(
        caption: String? = nil, columns: [String], shares: [Int] = [], words: [[String]]
    ) {
        self.init(
            caption: caption, columns: columns, shares: shares,
            rows: words.map { $0.map { PaperText($0) } })
    }

    /// The row in full length.
    func cells(of row: [PaperText]) -> [PaperText] {
        columns.indices.map { $0 < row.count ? row[$0] : PaperText([]) }
    }
}
