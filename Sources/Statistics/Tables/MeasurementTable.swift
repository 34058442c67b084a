import Foundation

/// A table of measurements from a file of comma- or otherwise separated values.
///
/// Reads what spreadsheets and instruments write: UTF-8 with or without a byte order mark,
/// UTF-16 with one, and Latin-1; commas, semicolons or tabs; decimal points or, where the
/// separator leaves no doubt, decimal commas; quoted cells; comments after `#`.
public struct MeasurementTable: Sendable {
    /// How the bytes were read.
    public struct Reading: Hashable, Sendable {
        /// The character encoding found.
        public var encoding: String
        /// The separator of cells.
        public var separator: String
        /// The decimal sign.
        public var decimalSign: String
    }

    /// How the bytes were read.
    public let reading: Reading
    /// The names of the columns.
    public let columns: [String]
    /// The cells, row by row.
    public let rows: [[String]]
    /// The line of the file each row stands on, from 1.
    private let lines: [Int]

    /// Largest file, in bytes: what a person can have measured, with room to spare.
    public static let byteLimit = 64 << 20
    /// Most rows.
    public static let rowLimit = 1_000_000
    /// Most columns.
    public static let columnLimit = 1_000

    /// Reads a table from the bytes of a file.
    /// - Throws: `unreadable` with the line, or `tooMany` for a limit.
    public init(_ bytes: [UInt8]) throws(AnalysisError) {
        guard bytes.count <= MeasurementTable.byteLimit else {
            throw .tooMany(
                what: "bytes", found: bytes.count, limit: MeasurementTable.byteLimit)
        }
        let (text, encoding) = MeasurementTable.decoded(bytes)
        guard !text.contains("\0") else {
            throw .unreadable(
                line: 1, reason: "the file holds zero bytes: it is not text",
                remedy: "save the sheet as CSV")
        }
        let (cells, separator) = try MeasurementTable.cells(text)
        guard let header = cells.first else {
            throw .unreadable(
                line: 1, reason: "the file is empty",
                remedy: "write the names of the columns in the first line")
        }
        let names = header.cells.map { $0.trimmingCharacters(in: .whitespaces) }
        guard names.count <= MeasurementTable.columnLimit else {
            throw .tooMany(
                what: "columns", found: names.count, limit: MeasurementTable.columnLimit)
        }
        for (index, name) in names.enumerated() {
            guard !name.isEmpty else {
                throw .unreadable(
                    line: header.line, reason: "column \(index + 1) has no name",
                    remedy: "name every column in the first line")
            }
            if names[..<index].contains(where: { $0.lowercased() == name.lowercased() }) {
                throw .duplicate(what: "column", name: name)
            }
        }
        if names.allSatisfy({ Double($0) != nil }) {
            throw .unreadable(
                line: header.line, reason: "the first line holds numbers, not names",
                remedy: "write the names of the columns in the first line")
        }
        var rows: [[String]] = []
        var lines: [Int] = []
        for row in cells.dropFirst() {
            guard row.cells.count == names.count else {
                throw .unreadable(
                    line: row.line,
                    reason: "\(row.cells.count) cells, but \(names.count) columns are named",
                    remedy: separator == "," && row.cells.count > names.count
                        ? "use semicolons between cells when numbers have decimal commas"
                        : "give every row a cell for every column")
            }
            rows.append(row.cells)
            lines.append(row.line)
        }
        guard !rows.isEmpty else {
            throw .unreadable(
                line: header.line, reason: "the table has no rows",
                remedy: "write one measurement a line under the names")
        }
        columns = names
        self.rows = rows
        self.lines = lines
        let comma = separator != "," && rows.contains { $0.contains(where: isDecimalComma) }
        reading = Reading(
            encoding: encoding,
            separator: separator == "," ? "comma" : separator == ";" ? "semicolon" : "tab",
            decimalSign: comma ? "comma" : "point")
    }

    /// A table of values that did not come from a file.
    /// - Throws: for rows of another length than the columns, or no rows.
    public init(
        columns: [String], rows: [[String]], encoding: String
    ) throws(AnalysisError) {
        guard !rows.isEmpty else { throw .tooFew(what: "values", found: 0, needed: 1) }
        for (index, row) in rows.enumerated() where row.count != columns.count {
            throw .unequalLengths(
                "columns", columns.count, "cells of row \(index + 1)", row.count)
        }
        self.columns = columns
        self.rows = rows
        lines = Array(1...rows.count)
        reading = Reading(encoding: encoding, separator: "none", decimalSign: "point")
    }

    /// The lines of a file that is no table: their cells, split at the separator that occurs
    /// most.
    static func lines(_ bytes: [UInt8]) throws(AnalysisError) -> [Row] {
        guard bytes.count <= byteLimit else {
            throw .tooMany(what: "bytes", found: bytes.count, limit: byteLimit)
        }
        let (text, _) = decoded(bytes)
        var counts: [Character: Int] = [:]
        for character in text where ",;\t".contains(character) {
            counts[character, default: 0] += 1
        }
        // Decimal commas would win against semicolons or tabs: those are separators if they occur.
        let separator: Character =
            (counts["\t"] ?? 0) > 10 ? "\t" : (counts[";"] ?? 0) > 10 ? ";" : ","
        return try cells(text, separator: separator).0
    }

    /// The texts of a column; empty where a cell is empty or the column is absent.
    func optionalTexts(_ names: String...) -> [String] {
        guard let place = place(names) else { return rows.map { _ in "" } }
        return rows.map { $0[place].trimmingCharacters(in: .whitespaces) }
    }

    /// The numbers of a column; nil where a cell is empty or the column is absent.
    func optionalNumbers(_ names: String...) throws(AnalysisError) -> [Double?] {
        guard let place = place(names) else { return rows.map { _ in nil } }
        var result: [Double?] = []
        for (index, row) in rows.enumerated() {
            let cell = row[place].trimmingCharacters(in: .whitespaces)
            guard !cell.isEmpty else {
                result.append(nil)
                continue
            }
            guard let value = MeasurementTable.number(cell) else {
                throw .unreadable(
                    line: lines[index],
                    reason: "'\(cell.prefix(40))' in '\(columns[place])' is not a number",
                    remedy: "write a plain number, or leave the cell empty")
            }
            result.append(value)
        }
        return result
    }

    /// Whether a column with one of the names is there.
    public func has(_ names: String...) -> Bool { place(names) != nil }

    private func place(_ names: [String]) -> Int? {
        for name in names {
            if let place = columns.firstIndex(where: { $0.lowercased() == name.lowercased() }) {
                return place
            }
        }
        return nil
    }

    private func required(_ names: [String]) throws(AnalysisError) -> Int {
        guard let place = place(names) else {
            throw .missingColumn(names: names, found: columns)
        }
        return place
    }

    /// The cells of a column known by any of `names`.
    /// - Throws: `missingColumn`, or `unreadable` for an empty cell.
    public func texts(_ names: String...) throws(AnalysisError) -> [String] {
        let place = try required(names)
        var result: [String] = []
        for (index, row) in rows.enumerated() {
            let cell = row[place].trimmingCharacters(in: .whitespaces)
            guard !cell.isEmpty else {
                throw .unreadable(
                    line: lines[index], reason: "the cell of '\(columns[place])' is empty",
                    remedy: "fill it or remove the row")
            }
            result.append(cell)
        }
        return result
    }

    /// The numbers of a column known by any of `names`.
    public func numbers(_ names: String...) throws(AnalysisError) -> [Double] {
        try numbers(at: required(names))
    }

    /// The numbers of the column with exactly this name.
    public func numbers(named name: String) throws(AnalysisError) -> [Double] {
        try numbers(at: required([name]))
    }

    private func numbers(at place: Int) throws(AnalysisError) -> [Double] {
        var result: [Double] = []
        for (index, row) in rows.enumerated() {
            let cell = row[place].trimmingCharacters(in: .whitespaces)
            guard let value = MeasurementTable.number(cell) else {
                let both = cell.contains(",") && cell.contains(".")
                throw .unreadable(
                    line: lines[index],
                    reason: cell.isEmpty
                        ? "the cell of '\(columns[place])' is empty"
                        : "'\(cell.prefix(40))' in '\(columns[place])' is not a number",
                    remedy: both
                        ? "write numbers without separators of thousands"
                        : "write a plain number, or remove the row")
            }
            result.append(value)
        }
        return result
    }

    /// Whole numbers of a column known by any of `names`.
    public func counts(_ names: String...) throws(AnalysisError) -> [Int] {
        let place = try required(names)
        var result: [Int] = []
        for (index, value) in try numbers(at: place).enumerated() {
            guard value == value.rounded(), abs(value) < 1e15 else {
                throw .unreadable(
                    line: lines[index],
                    reason: "\(value) in '\(columns[place])' is not a whole number",
                    remedy: "give a count")
            }
            result.append(Int(value))
        }
        return result
    }

    /// A number as spreadsheets write it, or nil.
    static func number(_ cell: String) -> Double? {
        var cell = cell
        // A quoted cell may hold a decimal comma whatever the separator.
        if cell.contains(","), isDecimalComma(cell) {
            cell = cell.replacingOccurrences(of: ",", with: ".")
        }
        guard cell.allSatisfy({ $0.isASCII && ($0.isNumber || "+-.eE".contains($0)) }),
            let value = Double(cell), value.isFinite
        else { return nil }
        return value
    }

    private static func decoded(_ bytes: [UInt8]) -> (String, String) {
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]),
            let text = String(bytes: bytes, encoding: .utf16)
        {
            return (text, "UTF-16")
        }
        let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
        if let text = String(validating: body, as: UTF8.self) { return (text, "UTF-8") }
        return (String(String.UnicodeScalarView(body.map { Unicode.Scalar($0) })), "Latin-1")
    }

    struct Row {
        var cells: [String]
        var line: Int
    }

    /// Splits text into rows of cells; the separator is the most frequent candidate outside
    /// quotes in the first line.
    private static func cells(
        _ text: String, separator chosen: Character? = nil
    ) throws(AnalysisError) -> ([Row], Character) {
        var separator: Character?
        var rows: [Row] = []
        var line = 1
        var scalars = text.makeIterator()
        var pending: Character?
        func next() -> Character? {
            if let character = pending {
                pending = nil
                return character
            }
            return scalars.next()
        }
        var raw: [(cell: String, quoted: Bool)] = []
        var cell = ""
        var quoted = false
        var start = 1
        func finish() throws(AnalysisError) {
            raw.append((cell, quoted))
            (cell, quoted) = ("", false)
            let blank = raw.count == 1 && raw[0].cell.allSatisfy(\.isWhitespace)
            if !blank, !(raw[0].cell.hasPrefix("#") && !raw[0].quoted) {
                guard rows.count <= rowLimit else {
                    throw .tooMany(what: "rows", found: rows.count, limit: rowLimit)
                }
                rows.append(Row(cells: raw.map(\.cell), line: start))
            }
            raw = []
        }
        let firstLine = text.split(whereSeparator: \.isNewline).first {
            !$0.hasPrefix("#") && !$0.allSatisfy(\.isWhitespace)
        }
        var counts: [Character: Int] = [:]
        var inside = false
        for character in firstLine ?? "" {
            if character == "\"" { inside.toggle() }
            if !inside, ",;\t".contains(character) { counts[character, default: 0] += 1 }
        }
        separator = chosen ?? counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? ","
        while let character = next() {
            if character == "\"", cell.isEmpty, !quoted {
                quoted = true
                let opened = line
                reading: while true {
                    guard let inner = next() else {
                        throw .unreadable(
                            line: opened, reason: "a quoted cell is not closed",
                            remedy: "write the closing quotation mark")
                    }
                    if inner.isNewline { line += 1 }
                    guard inner == "\"" else {
                        cell.append(inner)
                        continue
                    }
                    guard let after = next() else { break reading }
                    if after == "\"" {
                        cell.append("\"")
                    } else {
                        pending = after
                        break reading
                    }
                }
            } else if character == separator {
                raw.append((cell, quoted))
                (cell, quoted) = ("", false)
            } else if character.isNewline {
                try finish()
                line += 1
                start = line
            } else {
                cell.append(character)
            }
        }
        if !cell.isEmpty || !raw.isEmpty { try finish() }
        return (rows, separator ?? ",")
    }
}

/// Whether a cell is a number with a decimal comma and nothing else.
private func isDecimalComma(_ cell: String) -> Bool {
    let parts = cell.trimmingCharacters(in: .whitespaces)
        .split(separator: ",", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].contains("."), !parts[1].contains(".") else { return false }
    return Double("\(parts[0]).\(parts[1])") != nil
        && parts[1].first.map { $0.isNumber } ?? false
}
