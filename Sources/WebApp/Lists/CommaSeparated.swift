/// Comma-separated values (RFC 4180), as spreadsheets read them.
enum CommaSeparated {
    /// One line with its end.
    ///
    /// A cell that a spreadsheet would take for a formula begins with an apostrophe
    /// (OWASP, "CSV Injection").
    static func line(_ cells: [String]) -> String {
        cells.map(cell).joined(separator: ",") + "\r\n"
    }

    private static func cell(_ text: String) -> String {
        var text = text
        if let first = text.first, "=+-@\t\r".contains(first), Double(text) == nil {
            text = "'" + text
        }
        let isPlain = text.utf8.allSatisfy { $0 != 0x22 && $0 != 0x2C && $0 >= 0x20 }
        return isPlain ? text : "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
