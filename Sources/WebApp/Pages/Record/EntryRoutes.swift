import Charts
import Facility
import Hummingbird
import Ledger
import Operations

/// `/ledger/entries/{index}`: one fact of the ledger, whole.
struct EntryRoutes {
    let reception: Reception

    func add(to group: RouterGroup<SignedInContext>) {
        group.get("ledger/entries/{index}") { try await entry($0, $1) }
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

    /// The form that corrects a field of an entry, where one can be corrected.
    private static func correction(
        of entry: LedgerEntry, for viewer: Viewer
    ) -> [(title: String, address: Address)] {
        let things = [
            "batch", "lot", "bank", "study", "shipment", "patient", "donor",
        ].compactMap {
            entry.body[$0]?.stringValue.flatMap(ThingID.init)
        }
        guard let number = Int(exactly: entry.index),
            let thing = things.first(where: {
                !viewer.state.correctableFields(of: entry.index, in: $0).isEmpty
            })
        else { return [] }
        return viewer.actions(
            [CorrectEntry.self], ["thing": thing.text, "entry": String(number)],
            returnTo: .entry(number))
    }

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
        let line = try await reception.auditLine(of: entry)
        return reception.page(
            "Entry \(index)", in: .ledger, trail: [("Ledger", .ledger)], for: viewer
        ) { html in
            html.add(
                PageHead(
                    "Entry \(index)", kind: entry.kind,
                    actions: Self.past(of: entry) + Self.correction(of: entry, for: viewer)))
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
            html.panel("Content") { EntryBody(line, state: viewer.state).table(&$0) }
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

/// What an audit line says, for people: names and values, identifiers as links, and what a value
/// replaced.
struct EntryBody {
    private let line: AuditLine
    private let state: SiteState
    /// Letters of a value in a line of a table.
    private static let shortMax = 160
    /// Values in a line of a table; the page of the entry has all.
    private static let shownMax = 12

    init(_ line: AuditLine, state: SiteState) {
        self.line = line
        self.state = state
    }

    /// In one line: `Batch B-1; Value 36.9 °C, was 37.9 °C`.
    func inline(_ html: inout HTML) {
        for (index, value) in line.values.prefix(Self.shownMax).enumerated() {
            if index > 0 { html.text("; ") }
            html(.span, .class("help"), text: "\(CommandForm.label(of: value.name)) ")
            write(value, isShort: true, &html)
        }
        let more = line.values.count - Self.shownMax
        if more > 0 { html.text("; and \(more) more") }
    }

    /// As names and values.
    func table(_ html: inout HTML) {
        var facts = Facts()
        for value in line.values {
            facts.add(CommandForm.label(of: value.name)) {
                write(value, isShort: false, &$0)
            }
        }
        facts.add("Reason", line.reason)
        html.add(facts)
    }

    private func write(_ value: AuditLine.Value, isShort: Bool, _ html: inout HTML) {
        text(value.new, isShort: isShort, &html)
        guard let old = value.old else { return }
        html(.span, .class("help"), text: ", was ")
        text(old, isShort: isShort, &html)
    }

    private func text(_ text: String, isShort: Bool, _ html: inout HTML) {
        if state.things[text] != nil {
            html(.a, .href(Link(to: text, in: state)), text: text)
            return
        }
        html.text(isShort && text.count > Self.shortMax ? text.prefix(Self.shortMax) + "…" : text)
    }
}
