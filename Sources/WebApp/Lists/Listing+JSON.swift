import Ledger

extension Listing {
    /// All rows found, as an array of objects with the columns' keys: `{"columns": …, "rows": …}`.
    ///
    /// A figure is a number where its column holds one and null where a row has none; everything
    /// else is the text that the table shows.
    var json: JSONValue {
        [
            "columns": .array(
                columns.map { ["key": .string($0.key), "title": .string($0.title)] }),
            "rows": .array(
                found.map { row in
                    .object(
                        Dictionary(
                            columns.map { ($0.key, $0.json(row)) },
                            uniquingKeysWith: { first, _ in first }))
                }),
        ]
    }
}

extension Column {
    fileprivate func json(_ row: Row) -> JSONValue {
        guard isFigure, case .number(let value) = order else { return .string(plain(row)) }
        return value(row).flatMap { $0.isFinite ? .number($0) : nil } ?? .null
    }
}
