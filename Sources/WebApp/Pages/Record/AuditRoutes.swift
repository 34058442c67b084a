import Charts
import Facility
import Hummingbird
import Ledger

/// `/audit`: every fact of the ledger, newest first, with what its values replaced; by subject,
/// person, kind, day and words, and as a file.
struct AuditRoutes {
    let reception: Reception

    func add(to group: RouterGroup<SignedInContext>) {
        group.get("audit") { try await trail($0, $1) }
    }

    private func trail(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let viewer = try reception.viewer(context)
        let size = viewer.state.entryCount
        let question = AuditQuestion(request, size: size)
        let search = AuditSearch(reception: reception, question: question, size: size)
        if request.query("format") == "csv" { return try await search.file() }
        let page = try await search.page()
        return reception.page("Audit trail", in: .audit, for: viewer) { html in
            html.add(
                PageHead(
                    "Audit trail", under: "Every fact of the ledger, newest first."))
            Self.tools(question, page, &html)
            guard !page.lines.isEmpty else {
                html(.p, .class("nothing"), text: "No entry fits.")
                if page.next > 0 { Self.pager(question, page, size, &html) }
                return
            }
            html(
                .div, .class("wide"), .tabIndex(0), .role("region"), .label("Table of entries")
            ) { html in
                html(.table) { html in
                    BatchSections.head(
                        ["Entry", "When", "Who", "What", "Content", "Reason", "Signed"], &html)
                    html(.tbody) { html in
                        for line in page.lines { Self.row(line, viewer.state, &html) }
                    }
                }
            }
            Self.pager(question, page, size, &html)
        }
    }

    private static let labels = [
        "q": "Words", "subject": "About", "person": "Person", "kind": "Kind", "from": "From",
        "to": "To",
    ]

    private static func tools(
        _ question: AuditQuestion, _ page: AuditSearch.Page, _ html: inout HTML
    ) {
        html(.form, .class("tools dense"), .get, .action(.audit), .role("search")) { html in
            for (name, value) in question.fields {
                let isDay = name == "from" || name == "to"
                html(.span, .class("tool")) { html in
                    html(.label, .forField("audit-\(name)"), text: labels[name] ?? name)
                    html(
                        .input, .id("audit-\(name)"), .type(isDay ? .date : .search),
                        .name(name), .value(value), .autocomplete("off"),
                        .maximumLength(ListQuery.wordsMax))
                }
            }
            html(.button, .submits, .class("quiet"), text: "Filter")
            if let count = page.count {
                html(.span, .class("count"), text: counted(count, "entries"))
            }
            html(
                .a, .class("download"), .download,
                .href(
                    Address(
                        .audit, query: question.items + [.init(name: "format", value: "csv")])),
                text: "CSV")
        }
    }

    private static func pager(
        _ question: AuditQuestion, _ page: AuditSearch.Page, _ size: UInt64, _ html: inout HTML
    ) {
        html(.nav, .class("pager"), .label("Older and newer entries")) { html in
            func link(_ title: String, before entry: UInt64?) {
                let before = entry.map { [Address.QueryItem(name: "before", value: "\($0)")] }
                html(
                    .a, .href(Address(.audit, query: question.items + (before ?? []))),
                    text: title)
            }
            if question.before < size { link("Newest", before: nil) }
            if page.next > 0 {
                link("Older than entry \(page.next)", before: page.next)
                if page.oldest > 0, page.oldest < page.next {
                    link("Oldest", before: page.oldest)
                }
            }
        }
    }

    private static func row(_ line: AuditLine, _ state: SiteState, _ html: inout HTML) {
        let (entry, draft) = (line.entry, line.entry.draft)
        html(.tr) { html in
            html(.td, .class("figure")) {
                $0(.a, .href(.entry(Int(entry.index))), text: "\(entry.index)")
            }
            html(.td) { $0.add(Instant(draft.at)) }
            html(.td, text: PersonID(draft.by).map(state.name(of:)) ?? draft.by)
            html(.td) { $0(.code, .class("kind"), text: entry.kind) }
            html(.td, .class("words")) { html in EntryBody(line, state: state).inline(&html) }
            html(.td, .class("words"), text: line.reason ?? "")
            html(.td) { html in
                for signature in draft.signatures {
                    html.add(Badge(signature.meaning.rawValue, .good))
                }
            }
        }
    }
}
