import Charts
import Diagnostics
import Facility
import Hummingbird
import ProductDefinition

/// `/definitions/{definition}/text` and `…/changes`: a version as its author wrote it with what was
/// found beside the lines, and what is different in it from another version.
struct DefinitionTextRoutes {
    let reception: Reception
    let shelf: DefinitionShelf

    /// Lines of a file on a page; a longer file is read in parts.
    private static let linesMax = 3000

    func add(to group: RouterGroup<SignedInContext>) {
        group.get("definitions/{definition}/text") { request, context in
            try text(request, context)
        }
        group.get("definitions/{definition}/changes") { request, context in
            try changes(request, context)
        }
    }

    private func master(_ viewer: Viewer, _ text: String) throws -> MasterRecord {
        try viewer.found("definition", text, MasterRecordID.init) { id throws(Rejection) in
            try viewer.state.master(id)
        }
    }

    // MARK: The text

    private func text(_ request: Request, _ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        let master = try master(viewer, context.parameters.require("definition"))
        let id = master.id.text
        let book = try shelf.book(of: master, on: viewer.now.date)
        let wanted = request.query("file") ?? book.sources.first?.name ?? ""
        guard let source = book.sources.first(where: { $0.name == wanted }) else {
            throw WebFault.notFound("file '\(wanted.prefix(80))' of '\(id)'")
        }
        let first = max(1, request.query("line").flatMap { Int($0) } ?? 1)
        return reception.page(
            "\(source.name) of \(id)", in: .definitions,
            trail: [("Definitions", .definitions), (id, .definition(id))], for: viewer
        ) { html in
            html.add(
                PageHead(
                    source.name, kind: "Text of \(id)",
                    under: TextRenderer.summary(of: book.findings) + " in the whole definition",
                    actions: [("What changed", Address(.definitionChanges(id)))]))
            Self.files(of: book, master, shown: source.name, &html)
            SourceText(
                source: source, findings: book.findings, first: first, linesMax: Self.linesMax,
                link: .definitionText(id)
            ).write(into: &html)
        }
    }

    private static func files(
        of book: DefinitionShelf.Book, _ master: MasterRecord, shown: String,
        _ html: inout HTML
    ) {
        html(.nav, .class("chips-bar"), .label("Files of the definition")) { html in
            html(.ul, .class("chips")) { html in
                for source in book.sources {
                    let findings = book.findings.filter { $0.position?.file == source.name }
                    let worst = findings.map(\.severity).max()
                    html(.li) { html in
                        html(
                            .a,
                            .href(
                                Address(
                                    .definitionText(master.id.text),
                                    query: [.init(name: "file", value: source.name)])),
                            .tone(worst?.tone ?? .good),
                            .when(source.name == shown, .currentPage),
                            text: source.name + (findings.isEmpty ? "" : " (\(findings.count))"))
                    }
                }
            }
        }
    }

    // MARK: Changes

    private func changes(_ request: Request, _ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        let state = viewer.state
        let master = try master(viewer, context.parameters.require("definition"))
        let id = master.id.text
        let others = state.masters.values.filter { $0.id != master.id }
            .sorted { $0.registered.entry > $1.registered.entry }
        let before =
            try request.query("from").map { try self.master(viewer, $0) }
            ?? others.first {
                $0.product.id == master.product.id
                    && $0.registered.entry < master.registered.entry
            }
        var changes: [DefinitionChange] = []
        if let before {
            let (old, new) = (
                try shelf.book(of: before, on: viewer.now.date).definition,
                try shelf.book(of: master, on: viewer.now.date).definition
            )
            if let old, let new { changes = old.changes(to: new) }
        }
        let listing = Listing(
            at: .definitionChanges(id), of: "changes", changes,
            columns: [
                .status("kind", "Change", { ($0.kind.rawValue, $0.kind.tone) }),
                Column("part", "Part") { $0.path.joined(separator: " › ") },
                Column("before", "Before") { $0.before ?? "" },
                Column("after", "After") { $0.after ?? "" },
            ], query: ListQuery(request.queryPairs),
            keeping: before.map { [.init(name: "from", value: $0.id.text)] } ?? [])
        if let file = listing.file(asked: request) { return file }
        return reception.page(
            "Changes in \(id)", in: .definitions,
            trail: [("Definitions", .definitions), (id, .definition(id))], for: viewer
        ) { html in
            html.add(
                PageHead(
                    "What changed", kind: "Definition \(id)",
                    under: before.map { "from \($0.id) to \(id), by the meaning of the parts" }))
            guard !others.isEmpty else {
                html(.p, .class("nothing"), text: "There is no other version to compare with.")
                return
            }
            html(.form, .class("tools"), .get, .action(.definitionChanges(id))) { html in
                html(.label, .forField("from"), text: "Compare with")
                html(.select, .id("from"), .name("from")) { html in
                    for other in others {
                        html(
                            .option, .value(other.id.text),
                            .when(other.id == before?.id, .selected),
                            text: "\(other.id), \(other.product.name)")
                    }
                }
                html(.button, .submits, .class("quiet"), text: "Compare")
            }
            guard before != nil else {
                html(
                    .p, .class("nothing"),
                    text: "There is no earlier version of this product; choose another definition.")
                return
            }
            html.add(listing)
        }
    }
}

extension DefinitionChange.Kind {
    var tone: Tone {
        switch self {
        case .added: .good
        case .removed: .bad
        case .changed: .attention
        }
    }
}

/// The lines of a file with their numbers, and what was found under the line it is about.
private struct SourceText: Component {
    let source: SourceFile
    let findings: [Finding]
    let first: Int
    let linesMax: Int
    let link: Link

    func write(into html: inout HTML) {
        let lines = source.text.split(separator: "\n", omittingEmptySubsequences: false)
        let byLine = Dictionary(
            grouping: findings.filter { $0.position?.file == source.name },
            by: { $0.position?.line ?? 0 })
        let last = min(lines.count, first + linesMax - 1)
        index(byLine, &html)
        html(.div, .class("wide"), .tabIndex(0), .role("region"), .label("Text of \(source.name)"))
        {
            html in
            html(.table, .class("source")) { html in
                html(.tbody) { html in
                    for number in first...max(first, last) where number <= lines.count {
                        html(.tr, .with(byLine[number]?.map(\.severity).max()) { .tone($0.tone) }) {
                            html in
                            html(
                                .th, .rowScope, .class("figure"), .id("L\(number)"),
                                text: "\(number)")
                            html(.td) { html in
                                html(.code, text: String(lines[number - 1]))
                                for finding in byLine[number] ?? [] { note(finding, &html) }
                            }
                        }
                    }
                }
            }
        }
        guard last < lines.count || first > 1 else { return }
        html(.nav, .class("pager"), .label("Parts of the file")) { html in
            for start in stride(from: 1, through: lines.count, by: linesMax) {
                html(
                    .a, .href(address(line: start)), .when(start == first, .currentPage),
                    text: "Lines \(start) to \(min(lines.count, start + linesMax - 1))")
            }
        }
    }

    private func address(line: Int) -> Address {
        let part = (line - 1) / linesMax * linesMax + 1
        return Address(
            link,
            query: [
                .init(name: "file", value: source.name), .init(name: "line", value: "\(part)"),
            ], fragment: "L\(line)")
    }

    private func index(_ byLine: [Int: [Finding]], _ html: inout HTML) {
        guard !byLine.isEmpty else { return }
        html.panel("Found in this file") { html in
            html(.ul, .class("plain")) { html in
                for (line, found) in byLine.sorted(by: { $0.key < $1.key }) {
                    for finding in found {
                        html(.li) { html in
                            html.add(Badge(finding.severity.rawValue, finding.severity.tone))
                            html(.a, .href(address(line: line)), text: " line \(line)")
                            html.text(" \(finding.message)")
                        }
                    }
                }
            }
        }
    }

    private func note(_ finding: Finding, _ html: inout HTML) {
        html(.div, .class("found"), .tone(finding.severity.tone)) { html in
            html(.p) { html in
                html.add(Badge(finding.severity.rawValue, finding.severity.tone))
                html.text(" \(finding.message) ")
                html(.a, .href(.rule(finding.code)), text: finding.code)
            }
            for note in finding.notes { html(.p, .class("help"), text: note.message) }
            if let help = finding.help { html(.p, .class("help"), text: "Help: \(help)") }
            if let citation = finding.citation { html(.p, .class("basis"), text: citation) }
        }
    }
}
