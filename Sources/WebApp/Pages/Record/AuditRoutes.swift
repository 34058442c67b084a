import Charts
import Facility
import HTTPTypes
import Hummingbird
import Ledger
import Operations

/// `/audit` and `/ledger/entries/{index}`: every fact of the ledger, newest first, and one of them
/// whole.
///
/// The trail is read from the ledger backwards, a bounded stretch at a time, so that a ledger of
/// millions of entries opens as quickly as a short one.
struct AuditRoutes {
    let reception: Reception

    /// Entries on a page.
    private static let linesMax = 100
    /// Entries searched for one page when words are asked for; then the reader goes on.
    private static let searchedMax: UInt64 = 20_000
    private static let pageSize: UInt64 = 1000

    func add(to group: RouterGroup<SignedInContext>) {
        group.get("audit") { try await trail($0, $1) }
        group.get("ledger/entries/{index}") { try await entry($0, $1) }
    }

    private struct Question {
        var words: [Substring]
        var person: String
        var kind: String
        var before: UInt64

        init(_ request: Request, size: UInt64) {
            words = (request.query("q") ?? "").prefix(ListQuery.wordsMax).lowercased()
                .split(whereSeparator: \.isWhitespace).map { $0 }
            person = request.query("person")?.trimmingSpaces ?? ""
            kind = request.query("kind")?.trimmingSpaces ?? ""
            before = min(request.query("before").flatMap { UInt64($0) } ?? size, size)
        }

        var isNarrow: Bool { !words.isEmpty || !person.isEmpty || !kind.isEmpty }

        func finds(_ entry: LedgerEntry) -> Bool {
            guard person.isEmpty || entry.draft.by == person,
                kind.isEmpty || entry.kind.hasPrefix(kind)
            else { return false }
            guard !words.isEmpty else { return true }
            let text = String(decoding: entry.bytes, as: UTF8.self).lowercased()
            return words.allSatisfy { text.contains($0) }
        }

        var items: [Address.QueryItem] {
            [
                ("q", words.joined(separator: " ")), ("person", person), ("kind", kind),
            ].filter { !$0.1.isEmpty }.map { .init(name: $0.0, value: $0.1) }
        }
    }

    private func trail(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let viewer = try reception.viewer(context)
        let question = Question(request, size: viewer.state.entryCount)
        let (found, next) = try await search(question)
        return reception.page("Audit trail", in: .audit, for: viewer) { html in
            html.add(
                PageHead(
                    "Audit trail", under: "Every fact of the ledger, newest first."))
            tools(question, &html)
            html(.div, .class("wide")) { html in
                html(.table) { html in
                    BatchSections.head(
                        ["Entry", "When", "Who", "What", "Content", "Signed"], &html)
                    html(.tbody) { html in
                        for entry in found { line(entry, viewer.state, &html) }
                    }
                }
            }
            html(.nav, .class("pager"), .label("Older entries")) { html in
                html(.span, text: "\(found.count) entries")
                if next > 0 {
                    html(
                        .a,
                        .href(
                            Address(
                                .audit,
                                query: question.items + [
                                    .init(name: "before", value: String(next))
                                ])), text: "Older than entry \(next)")
                }
            }
        }
    }

    /// The way to the thing of an entry as it stood right after it.
    private static func past(of entry: LedgerEntry) -> [(title: String, address: Address)] {
        guard let batch = entry.body["batch"]?.stringValue else { return [] }
        return [
            (
                "The batch as it stood then",
                Address(
                    .batch(batch), query: [.init(name: "as-of", value: String(entry.index + 1))])
            )
        ]
    }

    private func search(
        _ question: Question
    ) async throws -> (found: [LedgerEntry], next: UInt64) {
        let reader = LedgerReader(storage: reception.site.storage)
        var found: [LedgerEntry] = []
        var end = question.before
        var searched: UInt64 = 0
        let step = question.isNarrow ? Self.pageSize : UInt64(Self.linesMax)
        while end > 0, found.count < Self.linesMax, searched < Self.searchedMax {
            let start = end > step ? end - step : 0
            let entries: [LedgerEntry]
            do throws(StorageError) {
                entries = try await reader.entries(from: start, limit: Int(end - start))
            } catch {
                throw WebFault(
                    status: .serviceUnavailable, code: error.code, message: error.message,
                    hint: error.help)
            }
            searched += end - start
            for entry in entries.reversed() where question.finds(entry) {
                if found.count == Self.linesMax { return (found, entry.index + 1) }
                found.append(entry)
            }
            end = start
        }
        return (found, end)
    }

    private func tools(_ question: Question, _ html: inout HTML) {
        html(.form, .class("tools"), .get, .action(.audit), .role("search")) { html in
            for (name, label, value) in [
                ("q", "Words", question.words.joined(separator: " ")),
                ("person", "Person", question.person), ("kind", "Kind", question.kind),
            ] {
                html(.label, .forField("audit-\(name)"), text: label)
                html(
                    .input, .id("audit-\(name)"), .type(.search), .name(name), .value(value),
                    .autocomplete("off"), .maximumLength(ListQuery.wordsMax))
            }
            html(.button, .submits, .class("quiet"), text: "Filter")
        }
    }

    private func line(_ entry: LedgerEntry, _ state: SiteState, _ html: inout HTML) {
        html(.tr) { html in
            html(.td, .class("figure")) {
                $0(.a, .href(.entry(Int(entry.index))), text: "\(entry.index)")
            }
            html(.td) { $0.add(Instant(entry.draft.at)) }
            html(.td, text: PersonID(entry.draft.by).map(state.name(of:)) ?? entry.draft.by)
            html(.td) { $0(.code, text: entry.kind) }
            html(.td) { html in EntryBody(entry.body, state: state).inline(&html) }
            html(.td) { html in
                if let signature = entry.draft.signatures.first {
                    html.add(Badge(signature.meaning.rawValue, .good))
                }
            }
        }
    }

    // MARK: One entry

    private func entry(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let viewer = try reception.viewer(context)
        let text = try context.parameters.require("index")
        guard let index = UInt64(text), index < viewer.state.entryCount else {
            throw WebFault.notFound("entry '\(text.prefix(40))'")
        }
        let reader = LedgerReader(storage: reception.site.storage)
        let entry: LedgerEntry?
        do throws(StorageError) {
            entry = try await reader.entries(from: index, limit: 1).first
        } catch {
            throw WebFault(
                status: .serviceUnavailable, code: error.code, message: error.message,
                hint: error.help)
        }
        guard let entry else { throw WebFault.notFound("entry '\(index)'") }
        let proof = try? await reader.proof(of: index)
        return reception.page(
            "Entry \(index)", in: .ledger, trail: [("Ledger", .ledger)], for: viewer
        ) { html in
            html.add(
                PageHead("Entry \(index)", kind: entry.kind, actions: Self.past(of: entry)))
            if let done = request.query("done") { html.add(Notice.recorded(done)) }
            var facts = Facts()
            facts.add("Happened", entry.draft.at)
            facts.add("Recorded", entry.draft.recorded)
            facts.add(
                "By", PersonID(entry.draft.by).map(viewer.state.name(of:)) ?? entry.draft.by,
                to: .person(entry.draft.by))
            facts.add("Request", code: entry.draft.command)
            facts.add("Record digest", code: entry.draft.recordDigest.hex)
            html(.section, .class("panel")) { $0.add(facts) }
            html.panel("Content") { EntryBody(entry.body, state: viewer.state).table(&$0) }
            for signature in entry.draft.signatures {
                html.panel("Signature") { html in
                    var facts = Facts()
                    facts.add("Signed by", signature.printedName)
                    facts.add("Meaning", signature.meaning.rawValue)
                    facts.add("At", signature.at)
                    facts.add("Key", code: signature.keyID)
                    html.add(facts)
                }
            }
            html.panel("Bytes and proof") { html in
                html(.pre, text: String(decoding: entry.bytes, as: UTF8.self))
                if let proof {
                    html(.details) { html in
                        html(.summary, text: "Proof that it stands in the ledger")
                        html(.pre, text: String(decoding: proof.bytes, as: UTF8.self))
                    }
                }
            }
        }
    }
}

/// The content of a fact for people: names and values, identifiers as links.
struct EntryBody {
    private let body: JSONValue
    private let state: SiteState
    /// Letters of a value in a table line.
    private static let shortMax = 160

    init(_ body: JSONValue, state: SiteState) {
        self.body = body
        self.state = state
    }

    /// In one line: `batch B-1, step thaw`.
    func inline(_ html: inout HTML) {
        for (index, member) in members.enumerated() {
            if index > 0 { html.text("; ") }
            html(.span, .class("help"), text: "\(CommandForm.label(of: member.name)) ")
            value(member.value, isShort: true, &html)
        }
    }

    /// As names and values.
    func table(_ html: inout HTML) {
        var facts = Facts()
        for member in members {
            facts.add(CommandForm.label(of: member.name)) {
                value(member.value, isShort: false, &$0)
            }
        }
        html.add(facts)
    }

    private var members: [(name: String, value: JSONValue)] {
        (body.objectValue ?? [:]).sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    private func value(_ value: JSONValue, isShort: Bool, _ html: inout HTML) {
        let text: String
        switch value {
        case .string(let string):
            if state.things[string] != nil {
                html(.a, .href(Link(to: string, in: state)), text: string)
                return
            }
            text = string
        case .null, .bool, .number, .array, .object:
            text = String(decoding: value.canonicalBytes(), as: UTF8.self)
        }
        html.text(isShort && text.count > Self.shortMax ? text.prefix(Self.shortMax) + "…" : text)
    }
}
