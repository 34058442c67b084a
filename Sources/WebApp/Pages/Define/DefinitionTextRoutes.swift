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
            html.add(
                DefinitionFileBar(book: book, shown: source.name, link: .definitionText(id)))
            html.add(
                SourceText(
                    source: source, findings: book.findings, first: first,
                    link: .definitionText(id)))
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
