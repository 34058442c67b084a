/// A small table of facts, written into the source as text.
///
/// The first line names the columns, each further line is a row, fields stand between " | " and
/// an indented line continues the one above it. "-" is an absent field. Text compiles in no time,
/// where an array literal of the same facts takes the type checker minutes; and a person who
/// checks a limit against its source reads a table, not initialisers.
struct FactTable: Sendable {
    /// Rows of the largest table are in the hundreds; more means a broken literal.
    static let rowLimit = 1_000
    /// Characters in a field: the longest note in the tables has about 300.
    static let fieldLengthLimit = 1_000

    /// What the table is called in messages.
    let name: String
    let columns: [String]
    let rows: [Row]

    /// Reads `text`.
    /// - Throws: `FactTableError` with the row, when fields and columns do not agree, a column
    ///   name repeats, or a limit is passed.
    init(_ name: String, reading text: String) throws(FactTableError) {
        var lines: [String] = []
        for line in text.split(separator: "\n") where line.contains(where: { $0 != " " }) {
            if line.first == " ", let last = lines.popLast() {
                lines.append(last + " " + line.trimmedOfSpaces)
            } else {
                lines.append(String(line))
            }
            guard lines.count <= Self.rowLimit + 1 else {
                throw .tooManyRows(table: name, limit: Self.rowLimit)
            }
        }
        let columns = lines.first.map(Self.fields) ?? []
        guard !columns.isEmpty else { throw .noColumns(table: name) }
        var index: [String: Int] = [:]
        for (position, column) in columns.enumerated() {
            guard index.updateValue(position, forKey: column) == nil else {
                throw .repeatedColumn(table: name, column: column)
            }
        }
        var rows: [Row] = []
        for line in lines.dropFirst() {
            let fields = Self.fields(of: line)
            guard fields.count == columns.count else {
                throw .unevenRow(
                    table: name, row: fields.first ?? "", found: fields.count,
                    expected: columns.count)
            }
            if let long = fields.first(where: { $0.count > Self.fieldLengthLimit }) {
                throw .longField(
                    table: name, row: fields[0], length: long.count, limit: Self.fieldLengthLimit)
            }
            rows.append(Row(table: name, index: index, fields: fields))
        }
        self.name = name
        self.columns = columns
        self.rows = rows
    }

    /// Reads a table of this room. A table that does not read is a mistake in our own source,
    /// which the tests of every table would have found, so it stops the program.
    static func trusted(_ name: String, _ text: String) -> FactTable {
        do {
            return try FactTable(name, reading: text)
        } catch {
            preconditionFailure("\(error)")
        }
    }

    private static func fields(of line: String) -> [String] {
        line.split(separator: "|", omittingEmptySubsequences: false).map(\.trimmedOfSpaces)
    }
}

extension FactTable {
    /// One row, read by column name.
    struct Row: Sendable {
        fileprivate let table: String
        fileprivate let index: [String: Int]
        fileprivate let fields: [String]

        /// The field of `column`; empty when it is absent ("-").
        subscript(column: String) -> String {
            guard let position = index[column] else {
                preconditionFailure("table '\(table)' has no column '\(column)'")
            }
            return fields[position] == "-" ? "" : fields[position]
        }

        /// The field of `column`, or `nil` when it is absent.
        func optional(_ column: String) -> String? {
            self[column].isEmpty ? nil : self[column]
        }

        /// The number in `column`, or `nil` when it is absent.
        func number(_ column: String) -> Double? {
            optional(column).map { text in
                guard let value = Double(text) else { refuse(text, in: column) }
                return value
            }
        }

        /// The whole number in `column`, or `nil` when it is absent.
        func count(_ column: String) -> Int? {
            optional(column).map { text in
                guard let value = Int(text) else { refuse(text, in: column) }
                return value
            }
        }

        /// The member of a closed set whose raw value stands in `column`.
        func member<Member: RawRepresentable<String>>(
            _ column: String, of type: Member.Type = Member.self
        ) -> Member {
            guard let member = Member(rawValue: self[column]) else {
                refuse(self[column], in: column)
            }
            return member
        }

        /// The parts of `column` between `separator`.
        func list(_ column: String, separator: String = "; ") -> [String] {
            self[column].split(separator: separator).map(\.trimmedOfSpaces)
        }

        /// The words of `column`, each turned into a value.
        func values<Value>(
            _ column: String, separator: String = " ", reading: (String) -> Value?
        ) -> [Value] {
            list(column, separator: separator).map { word in
                guard let value = reading(word) else { refuse(word, in: column) }
                return value
            }
        }

        func refuse(_ text: String, in column: String) -> Never {
            preconditionFailure(
                "table '\(table)', row '\(fields[0])': '\(text)' does not belong in '\(column)'")
        }
    }
}

/// Why a table of facts cannot be read.
enum FactTableError: Error, Equatable, CustomStringConvertible {
    case noColumns(table: String)
    case repeatedColumn(table: String, column: String)
    case unevenRow(table: String, row: String, found: Int, expected: Int)
    case tooManyRows(table: String, limit: Int)
    case longField(table: String, row: String, length: Int, limit: Int)

    var description: String {
        switch self {
        case .noColumns(let table):
            "table '\(table)' has no header line that names its columns"
        case .repeatedColumn(let table, let column):
            "table '\(table)' names the column '\(column)' twice"
        case .unevenRow(let table, let row, let found, let expected):
            "table '\(table)', row '\(row)': \(found) fields where the header names \(expected)"
        case .tooManyRows(let table, let limit):
            "table '\(table)' has more than \(limit) rows"
        case .longField(let table, let row, let length, let limit):
            "table '\(table)', row '\(row)': a field of \(length) characters, limit \(limit)"
        }
    }
}

extension Substring {
    /// Without spaces at either end.
    fileprivate var trimmedOfSpaces: String {
        var rest = self
        while rest.first == " " { rest.removeFirst() }
        while rest.last == " " { rest.removeLast() }
        return String(rest)
    }
}
