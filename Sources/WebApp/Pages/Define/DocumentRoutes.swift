import Charts
import Facility
import Hummingbird

/// `/documents` and `/documents/{document}`: instructions, procedures and forms, by version.
struct DocumentRoutes {
    let reception: Reception

    func add(to group: RouterGroup<SignedInContext>) {
        group.get("documents") { request, context in try list(request, context) }
        group.get("documents/{document}") { request, context in try page(request, context) }
        group.get("documents/{document}/{version}") { _, context in try file(context) }
    }

    private func list(_ request: Request, _ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        let (state, today) = (viewer.state, viewer.now.date)
        let listing = Listing(
            at: .documents, of: "documents", state.documents.inOrder,
            columns: [
                .link("document", "Document", { $0.id.text }, to: { .document($0.id.text) }),
                .status("status", "Status", { $0.badge(on: today) }),
                Column("title", "Title", { $0.title }).roomy,
                Column("kind", "Kind", { $0.kind.rawValue }),
                Column("version", "In force") { $0.inForce(on: today)?.number ?? "" },
                Column("effective", "Since") {
                    $0.inForce(on: today)?.approval?.effective.description ?? ""
                },
            ], query: ListQuery(request.queryPairs))
        return reception.list(
            listing, titled: "Documents", in: .documents, request: request, for: viewer
        ) { html in
            html.add(
                PageHead(
                    "Documents",
                    under:
                        "Instructions, procedures and forms: bring the file first, then register "
                        + "it.",
                    actions: [("Bring a file", Address(.files))]
                        + viewer.actions([RegisterDocument.self], [:], returnTo: .documents)))
            if let done = request.query("done") { html.add(Notice.recorded(done)) }
        }
    }

    private func found(
        _ viewer: Viewer, _ context: SignedInContext
    ) throws -> ControlledDocument {
        let state = viewer.state
        return try viewer.found(
            "document", context.parameters.require("document"), DocumentID.init
        ) { id throws(Rejection) in try state.document(id) }
    }

    private func page(_ request: Request, _ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        let document = try found(viewer, context)
        let (state, today) = (viewer.state, viewer.now.date)
        let id = document.id.text
        let (words, tone) = document.badge(on: today)
        return reception.page(
            id, in: .documents, trail: [("Documents", .documents)], for: viewer
        ) { html in
            html.add(
                PageHead(
                    id, kind: document.kind.rawValue, status: Badge(words, tone),
                    under: document.title,
                    actions: document.withdrawn == nil
                        ? viewer.actions(
                            [RegisterDocument.self, ApproveDocument.self, WithdrawDocument.self],
                            ["document": id], returnTo: .document(id))
                            + viewer.actions(
                                [RecordTraining.self], ["instruction": id],
                                returnTo: .document(id)) : []))
            if let done = request.query("done") { html.add(Notice.recorded(done)) }
            var facts = Facts()
            facts.add(
                "Read by",
                document.readers.isEmpty
                    ? nil : document.readers.map(\.title).joined(separator: ", "))
            facts.add("Withdrawn because", document.withdrawn?.reason)
            facts.add("Withdrawn", (document.withdrawn?.stamp).map(state.signed))
            html(.section, .class("panel")) { $0.add(facts) }
            html.panel("Versions") { html in
                html.add(
                    RowsTable(
                        of: "versions", document.versions.reversed(),
                        columns: Self.versions(of: document, state, today)))
            }
            let trained = state.people.inOrder.flatMap { person in
                person.readings.filter { $0.document == document.id }.map { (person, $0) }
            }.sorted { $0.1.stamp.entry > $1.1.stamp.entry }
            html.panel("Training") { html in
                html.add(
                    RowsTable(
                        of: "records", trained,
                        columns: [
                            .link("person", "Person", { $0.0.name }, to: { .person($0.0.id.text) }),
                            Column("version", "Version", { $0.1.version }),
                            Column("record", "Record", { $0.1.record }),
                            Column("expires", "Holds until") { $0.1.expires?.description ?? "" },
                            Column("when", "When and who") { state.signed($0.1.stamp) },
                        ], nothing: "Nobody was trained in it."))
            }
        }
    }

    private static func versions(
        of document: ControlledDocument, _ state: SiteState, _ today: CalendarDate
    ) -> [Column<ControlledDocument.Version>] {
        [
            Column("version", "Version", { $0.number }),
            .status("status", "Status") { document.standing(of: $0, on: today).badge },
            Column("effective", "From") { $0.approval?.effective.description ?? "" },
            .link(
                "file", "File", { $0.file.name },
                to: { .documentFile(document.id.text, version: $0.number) }),
            Column("reason", "Why", { $0.reason }).roomy,
            Column("registered", "Registered") { state.signed($0.registered) },
            Column("approved", "Approved") { ($0.approval?.stamp).map(state.signed) ?? "" },
        ]
    }

    private func file(_ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        let document = try found(viewer, context)
        let number = try context.parameters.require("version")
        guard let version = document.version(number) else {
            throw WebFault.notFound("version '\(number.prefix(80))' of '\(document.id)'")
        }
        return try reception.file(version.file.digest, named: version.file.name)
    }
}

extension ControlledDocument {
    /// How it stands on `date`, in a few words.
    func badge(on date: CalendarDate) -> (words: String, tone: Tone) {
        if withdrawn != nil { return DocumentStanding.withdrawn.badge }
        if versions.last?.approval == nil { return ("draft to approve", .attention) }
        return inForce(on: date) == nil
            ? DocumentStanding.coming.badge : DocumentStanding.inForce.badge
    }
}

extension DocumentStanding {
    fileprivate var badge: (words: String, tone: Tone) {
        switch self {
        case .draft: ("draft", .attention)
        case .coming: ("approved, to come", .underway)
        case .inForce: ("in force", .good)
        case .superseded: ("superseded", .inactive)
        case .withdrawn: ("withdrawn", .inactive)
        }
    }
}
