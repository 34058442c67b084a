/// A list of things: found, sorted and paged here, on the server, and written as a table or as CSV.
struct Listing<Row> {
    /// Rows on a page: as many as a reader scans before a search is quicker.
    static var rowsPerPage: Int { 50 }

    /// Where the list is.
    let link: Link
    /// What it lists, in the plural: "batches".
    let noun: String
    let columns: [Column<Row>]
    let query: ListQuery
    /// Pairs of the address that say what is listed, beside the query; they stay.
    let kept: [Address.QueryItem]
    /// All rows that the words of the query find, in its order.
    let found: [Row]

    /// The list of `rows` as `query` asks for it.
    ///
    /// - Parameter text: what words are looked for in, in small letters; everything that the
    ///   columns show when it is left out.
    init(
        at link: Link, of noun: String, _ rows: [Row], columns: [Column<Row>], query: ListQuery,
        keeping kept: [Address.QueryItem] = [], searching text: ((Row) -> String)? = nil
    ) {
        self.kept = kept
        self.link = link
        self.noun = noun
        self.columns = columns
        self.query = query
        let words = query.words.lowercased().split(whereSeparator: \.isWhitespace)
        let whole = { (row: Row) in
            columns.map { $0.plain(row) }.joined(separator: "\n").lowercased()
        }
        let found =
            words.isEmpty
            ? rows
            : rows.filter { row in
                let text = (text ?? whole)(row)
                return words.allSatisfy { text.holds($0) }
            }
        let column = columns.first { $0.key == query.sort }
        self.found = column?.sorted(found, descending: query.descending) ?? found
    }

    /// Number of pages, at least one.
    var pages: Int { max(1, (found.count + Self.rowsPerPage - 1) / Self.rowsPerPage) }

    /// The page that is shown: the one asked for, or the last.
    var page: Int { min(query.page, pages) }

    /// The rows of the page.
    var shown: ArraySlice<Row> {
        let start = (page - 1) * Self.rowsPerPage
        return found[start..<min(start + Self.rowsPerPage, found.count)]
    }

    /// Rows of a file that are written at once: a part of some ten thousand bytes.
    static var rowsPerPart: Int { 250 }

    /// All rows found as a CSV file, for a spreadsheet: its head, and then its rows in parts, each
    /// made when it is asked for.
    func csv() -> some Sequence<String> {
        let starts = stride(from: 0, to: found.count, by: Self.rowsPerPart)
        let head = CollectionOfOne(CommaSeparated.line(columns.map(\.key)))
        let parts = starts.lazy.map { start in
            found[start..<min(start + Self.rowsPerPart, found.count)].reduce(into: "") {
                text, row in
                text += CommaSeparated.line(columns.map { $0.plain(row) })
            }
        }
        return [AnySequence(head), AnySequence(parts)].joined()
    }
}

extension Listing: Component {
    private func address(_ items: [Address.QueryItem]) -> Address {
        Address(link, query: kept + items)
    }

    func write(into html: inout HTML) {
        html(.section, .class("listing")) { html in
            tools(&html)
            guard !found.isEmpty else {
                html(.p, .class("nothing")) { html in
                    html.text(
                        query.words.isEmpty
                            ? "No \(noun) yet." : "No \(noun) hold “\(query.words)”. ")
                    if !query.words.isEmpty { html(.a, .href(address([])), text: "Show all") }
                }
                return
            }
            html(.div, .class("wide"), .tabIndex(0), .role("region"), .label("Table of \(noun)")) {
                html in
                html(.table) { html in
                    headings(&html)
                    html(.tbody) { html in
                        for row in shown { line(row, &html) }
                    }
                }
            }
            pager(&html)
        }
    }

    /// The fields that narrow the list, how much was found, and the way to its file.
    ///
    /// - Parameter isShown: whether the list stands below; else only the field to search it.
    func tools(_ html: inout HTML, isShown: Bool = true) {
        html(.form, .class("tools"), .get, .action(link), .role("search")) { html in
            html(.label, .forField("words"), text: "Filter")
            html(
                .input, .id("words"), .type(.search), .name("q"), .value(query.words),
                .autocomplete("off"), .maximumLength(ListQuery.wordsMax))
            for item in kept {
                html(.input, .type(.hidden), .name(item.name), .value(item.value))
            }
            if let sort = query.sort {
                html(.input, .type(.hidden), .name("sort"), .value(sort))
            }
            if query.descending {
                html(.input, .type(.hidden), .name("order"), .value("descending"))
            }
            html(.button, .submits, .class("quiet"), text: "Filter")
            guard isShown else { return }
            html(.span, .class("count"), text: counted(found.count, noun))
            var csv = query
            csv.page = 1
            html(
                .a, .class("download"), .download,
                .href(address(csv.items + [.init(name: "format", value: "csv")])),
                text: "CSV")
        }
    }

    private func headings(_ html: inout HTML) {
        html(.thead) { html in
            html(.tr) { html in
                for column in columns {
                    let isSorted = query.sort == column.key
                    html(
                        .th, .columnScope, .when(column.isFigure, .class("figure")),
                        .when(isSorted, .sorted(descending: query.descending))
                    ) { html in
                        if case .unsorted = column.order {
                            html.text(column.title)
                            return
                        }
                        var next = query
                        next.sort = column.key
                        next.descending = isSorted && !query.descending
                        next.page = 1
                        html(.a, .href(address(next.items))) { html in
                            html.text(column.title)
                            if isSorted {
                                html(
                                    .span, .class("arrow"), .hiddenFromReaders,
                                    text: query.descending ? "▼" : "▲")
                            }
                        }
                    }
                }
            }
        }
    }

    private func line(_ row: Row, _ html: inout HTML) {
        html(.tr) { html in
            for column in columns { column.writeCell(of: row, into: &html) }
        }
    }

    private func pager(_ html: inout HTML) {
        guard pages > 1 else { return }
        html(.nav, .class("pager"), .label("Pages of \(noun)")) { html in
            for (title, target) in [("Previous", page - 1), ("Next", page + 1)] {
                if (1...pages).contains(target) {
                    var next = query
                    next.page = target
                    html(.a, .href(address(next.items)), text: title)
                }
                if title == "Previous" { html(.span, text: "Page \(page) of \(pages)") }
            }
        }
    }
}
