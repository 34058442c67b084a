import Charts
import Facility
import HTTPTypes
import Hummingbird

/// `/batches` and `/batches/{batch}`: the batches of the site, and one of them from its opening to
/// its certificate.
struct BatchRoutes {
    let reception: Reception

    func add(to group: RouterGroup<SignedInContext>) {
        group.get("batches") { request, context in try list(request, context) }
        group.get("batches/{batch}") { try await page($0, $1) }
    }

    private func list(_ request: Request, _ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        let state = viewer.state
        let listing = Listing(
            at: .batches, of: "batches",
            state.batches.newestFirst(\.opened.entry),
            columns: [
                .link("batch", "Batch", { $0.id.text }, to: { .batch($0.id.text) }),
                .status("status", "Status", { ($0.status.rawValue, $0.status.tone) }),
                // The name is long and stands on the batch; the eye reads the short one.
                Column("product", "Product", { state.masters[$0.master]?.product.name ?? "" }) {
                    batch, html in
                    let product = state.masters[batch.master]?.product
                    html(.span, .title(product?.name ?? ""), text: product?.id ?? "")
                },
                Column("stage", "Stage", { $0.stage }),
                .link(
                    "definition", "Definition", { $0.master.text },
                    to: { .definition($0.master.text) }),
                Column("step", "Step") { batch in
                    batch.status == .open
                        ? BatchView(batch, in: state).current?.definition.name ?? "complete" : ""
                },
                .figure(
                    "events", "Open events", { Double(state.openDeviations(of: $0).count) },
                    { "\(state.openDeviations(of: $0).count)" }),
                .instant("opened", "Opened") { $0.opened.happened.description },
            ], query: ListQuery(request.queryPairs))
        return reception.list(
            listing, titled: "Batches", in: .batches, request: request, for: viewer
        ) { html in
            let actions: [(String, Address)] =
                viewer.may(OpenBatch.self)
                ? [("Open a batch", Address(.command(OpenBatch.name)))] : []
            html.add(
                PageHead("Batches", under: "Every execution of a stage.", actions: actions))
        }
    }

    private func page(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let viewer = try await reception.viewer(context, asking: request)
        let batch = try viewer.batch(context)
        let view = BatchView(batch, in: viewer.state)
        let results = BatchSections.results(
            of: batch, for: viewer, asked: ListQuery(request.queryPairs))
        if let file = results.file(asked: request) { return file }
        let done = request.query("done")
        return reception.page(
            batch.id.text, in: .batches, trail: [("Batches", .batches)], for: viewer
        ) { html in
            html.add(BatchHead(view: view, viewer: viewer))
            if let done { html.add(Notice.recorded(done)) }
            html.panel("Steps") { html in
                html.figure(view.flow(at: viewer.sameTime), named: "flow", fits: true)
                BatchActions(view: view, viewer: viewer).nextStep(&html)
            }
            BatchSections(view: view, viewer: viewer, results: results).write(into: &html)
        }
    }
}

extension Viewer {
    /// The batch that the address names.
    func batch(_ context: SignedInContext) throws -> Batch {
        let text = try context.parameters.require("batch")
        return try found("batch", text, BatchID.init) { id throws(Rejection) in
            try state.batch(id)
        }
    }

    /// The thing called `text`, or the fault that says there is none.
    func found<ID, Thing>(
        _ kind: String, _ text: String, _ read: (String) -> ID?,
        _ find: (ID) throws(Rejection) -> Thing
    ) throws -> Thing {
        guard let id = read(text) else {
            throw WebFault.notFound("\(kind) '\(text.prefix(80))'")
        }
        do throws(Rejection) {
            return try find(id)
        } catch {
            throw WebFault(
                status: .notFound, code: error.code, message: error.message, hint: error.help)
        }
    }
}

extension Notice {
    /// What was recorded just now.
    static func recorded(_ entry: String) -> Notice {
        Notice(
            .good, "Recorded.",
            detail: UInt64(entry).map { "It stands in the ledger from entry \($0) on." })
    }
}

/// The heading of every page of a batch.
struct BatchHead: Component {
    let view: BatchView
    let viewer: Viewer

    func write(into html: inout HTML) {
        let batch = view.batch
        var actions: [(String, Address)] = [
            ("Genealogy", viewer.sameTime(.genealogy(node: batch.id.text))),
            ("Papers", viewer.sameTime(.papers(of: batch.id.text))),
        ]
        if batch.status == .certified {
            actions.append(("Certificate", Address(.certificate(batch: batch.id.text))))
        }
        if batch.completed != nil {
            actions.append(("Review", viewer.sameTime(.batchReview(batch.id.text))))
        }
        if viewer.may(OpenDeviation.self), !batch.status.isFinal {
            let back = Link.batch(batch.id.text).path
            actions.append(
                (
                    "Report an event",
                    Address(
                        .command(OpenDeviation.name),
                        query: [
                            .init(name: "batch", value: batch.id.text),
                            .init(name: CommandForm.returnField, value: back),
                        ])
                ))
        }
        html.add(
            PageHead(
                batch.id.text, kind: "Batch", status: batch.status.badge,
                under:
                    "\(view.stage?.name ?? batch.stage), \(view.master?.product.name ?? ""), "
                    + "definition \(batch.master)",
                actions: actions, more: rare))
    }

    /// What is done with a batch in work besides its steps.
    private var rare: [(title: String, address: Address)] {
        guard view.batch.status == .open else { return [] }
        let id = view.batch.id.text
        let isFilled = !view.batch.outputs.isEmpty
        return viewer.actions(
            (isFilled ? [] : [SplitBatch.self, PoolBatch.self]) + [IssueLabels.self],
            ["batch": id], returnTo: .batch(id))
    }
}
