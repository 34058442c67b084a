import Charts

/// One column of a list: its heading, its text, its order, and its look.
struct Column<Row> {
    /// How values of a column compare.
    enum Order {
        case text((Row) -> String)
        case number((Row) -> Double?)
        case unsorted
    }

    /// Its name in an address and in the head of a CSV file.
    let key: String
    /// Its heading.
    let title: String
    /// Whether its values are figures, which stand on the right.
    let isFigure: Bool
    /// Whether its values are sentences, which need room.
    private(set) var isProse = false
    let plain: (Row) -> String
    let order: Order
    let cell: ((Row, inout HTML) -> Void)?

    /// A column of texts; sorted as texts unless `order` says otherwise.
    init(
        _ key: String, _ title: String, order: Order? = nil, _ plain: @escaping (Row) -> String,
        cell: ((Row, inout HTML) -> Void)? = nil
    ) {
        self.key = key
        self.title = title
        isFigure = false
        self.plain = plain
        self.order = order ?? .text(plain)
        self.cell = cell
    }

    /// This column with room for sentences.
    var roomy: Column {
        var column = self
        column.isProse = true
        return column
    }

    /// A column of figures, `words` as they are shown.
    static func figure(
        _ key: String, _ title: String, _ number: @escaping (Row) -> Double?,
        _ words: @escaping (Row) -> String
    ) -> Column {
        Column(
            key: key, title: title, isFigure: true, plain: words, order: .number(number), cell: nil)
    }

    /// A column that links to the thing of the row.
    static func link(
        _ key: String, _ title: String, _ plain: @escaping (Row) -> String,
        to link: @escaping (Row) -> Link
    ) -> Column {
        Column(key, title, plain) { row, html in
            html(.a, .href(link(row)), text: plain(row))
        }
    }

    /// A column of instants, RFC 3339 in UTC.
    static func instant(
        _ key: String, _ title: String, _ instant: @escaping (Row) -> String
    ) -> Column {
        Column(key, title, instant) { row, html in html.add(Instant(instant(row))) }
    }

    /// A column that says how the thing of the row stands.
    static func status(
        _ key: String, _ title: String, _ status: @escaping (Row) -> (words: String, tone: Tone)
    ) -> Column {
        Column(key, title, { status($0).words }) { row, html in
            let (words, tone) = status(row)
            html.add(Badge(words, tone))
        }
    }

    private init(
        key: String, title: String, isFigure: Bool, plain: @escaping (Row) -> String, order: Order,
        cell: ((Row, inout HTML) -> Void)?
    ) {
        self.key = key
        self.title = title
        self.isFigure = isFigure
        self.plain = plain
        self.order = order
        self.cell = cell
    }

    /// `rows` in the order of the column. Rows that it does not tell apart keep their order in
    /// both directions; a row without a number stands last, or first when `descending`.
    func sorted(_ rows: [Row], descending: Bool) -> [Row] {
        switch order {
        case .text(let value):
            Self.sorted(rows, by: rows.map { SortText(value($0)) }, descending) { $0 < $1 }
        case .number(let value):
            Self.sorted(rows, by: rows.map(value), descending) { one, two in
                one.map { one in two.map { one < $0 } ?? true } ?? false
            }
        case .unsorted: rows
        }
    }

    /// Each key is made once: making them costs more than comparing them.
    private static func sorted<Key>(
        _ rows: [Row], by keys: [Key], _ descending: Bool, _ precedes: (Key, Key) -> Bool
    ) -> [Row] {
        rows.indices.sorted { first, second in
            if precedes(keys[first], keys[second]) { return !descending }
            if precedes(keys[second], keys[first]) { return descending }
            return first < second
        }.map { rows[$0] }
    }
}

/// A text that sorts as people sort names with numbers in them: B-9 before B-10, a like A.
struct SortText: Comparable {
    private enum Part: Comparable {
        case number(length: Int, digits: String)
        case letters(String)
    }
    private let parts: [Part]

    init(_ text: String) {
        var parts: [Part] = []
        var digits = ""
        var letters = ""
        func finished() -> [Part] {
            if !digits.isEmpty {
                let figures = String(digits.drop { $0 == "0" })
                return [.number(length: figures.utf8.count, digits: figures)]
            }
            return letters.isEmpty ? [] : [.letters(letters)]
        }
        for character in text.lowercased() {
            let isDigit = character.isASCII && character.isNumber
            if isDigit != !digits.isEmpty || (digits.isEmpty && letters.isEmpty) {
                parts += finished()
                (digits, letters) = ("", "")
            }
            if isDigit { digits.append(character) } else { letters.append(character) }
        }
        self.parts = parts + finished()
    }

    static func < (first: SortText, second: SortText) -> Bool {
        first.parts.lexicographicallyPrecedes(second.parts)
    }
}

extension Column {
    /// The cell of `row` in a table.
    func writeCell(of row: Row, into html: inout HTML) {
        let text = plain(row)
        // A day or an identifier is read whole: a line never ends within it. A few short words are
        // broken only where the screen is narrow.
        let isOneWord = !text.contains(" ")
        let isShort = text.utf8.count <= (isOneWord ? 24 : 16)
        let look: StaticString =
            isFigure
            ? "figure" : isProse ? "roomy" : !isShort ? "words" : isOneWord ? "whole" : "short"
        html(.td, .class(look)) { html in
            if let cell { cell(row, &html) } else { html.text(text) }
        }
    }
}
