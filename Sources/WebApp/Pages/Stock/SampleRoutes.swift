import Charts
import Facility
import Hummingbird
import Quantities

/// `/samples` and `/samples/{sample}`: what was taken to be tested or kept, and who holds it.
struct SampleRoutes {
    let reception: Reception

    func add(to group: RouterGroup<SignedInContext>) {
        group.get("samples") { request, context in try list(request, context) }
        group.get("samples/{sample}") { request, context in try page(request, context) }
    }

    private func list(_ request: Request, _ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        let state = viewer.state
        let listing = Listing(
            at: .samples, of: "samples",
            state.samples.newestFirst(\.taken.entry),
            columns: [
                .link("sample", "Sample", { $0.id.text }, to: { .sample($0.id.text) }),
                .status("status", "Status", { $0.standing }),
                .link(
                    "origin", "Taken from", { $0.origin.text },
                    to: { Link(to: $0.origin.text, in: state) }),
                Column("purpose", "For") { $0.purpose.rawValue.replacing("-", with: " ") },
                Column("quantity", "Quantity") { $0.quantity?.description ?? "" },
                Column("holder", "Holder") { $0.holder ?? "" },
                Column("kept", "Kept until") { state.retentionEnd(of: $0)?.description ?? "" },
                .instant("taken", "Taken") { $0.taken.happened.description },
            ], query: ListQuery(request.queryPairs))
        return reception.list(
            listing, titled: "Samples", in: .samples, request: request, for: viewer
        ) { html in
            html.add(
                PageHead(
                    "Samples", under: "Taken to be tested or kept, with everyone who held them.",
                    actions: viewer.actions([TakeSample.self], [:])))
        }
    }

    private func page(_ request: Request, _ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        let state = viewer.state
        let sample = try viewer.found(
            "sample", context.parameters.require("sample"), SampleID.init
        ) { id throws(Rejection) in try state.sample(id) }
        let id = sample.id.text
        let (words, tone) = sample.standing
        return reception.page(
            id, in: .samples, trail: [("Samples", .samples)], for: viewer
        ) { html in
            html.add(
                PageHead(
                    id, kind: "Sample", status: Badge(words, tone),
                    actions: [("Genealogy", Address(.genealogy(node: id)))]
                        + (sample.disposed == nil
                            ? viewer.actions(
                                [HandOverSample.self, ReceiveSample.self, DisposeSample.self],
                                ["sample": id], returnTo: .sample(id)) : [])))
            if let done = request.query("done") { html.add(Notice.recorded(done)) }
            var facts = Facts()
            facts.add("Taken from", sample.origin.text, to: Link(to: sample.origin.text, in: state))
            facts.add("Step", sample.step)
            facts.add("For", sample.purpose.rawValue.replacing("-", with: " "))
            facts.add("Quantity", sample.quantity?.description)
            facts.add("Taken", state.signed(sample.taken))
            facts.add("Kept until", state.retentionEnd(of: sample)?.description)
            facts.add("Used up or destroyed", sample.disposed.map(state.signed))
            html(.section, .class("panel")) { $0.add(facts) }
            html.panel("Custody") { html in
                html.add(
                    RowsTable(
                        of: "hand-overs", sample.custody,
                        columns: [
                            .status("status", "Status") {
                                $0.isReceived ? ("received", .good) : ("on its way", .underway)
                            },
                            Column("holder", "Holder", { $0.holder }),
                            Column("temperature", "Temperature") {
                                $0.temperature?.description ?? ""
                            },
                            Column("condition", "Condition") { $0.condition ?? "" },
                            Column("when", "When and who") { state.signed($0.stamp) },
                        ], nothing: "It is with its taker."))
            }
        }
    }
}

extension Sample {
    var standing: (words: String, tone: Tone) {
        if disposed != nil { return ("used up", .inactive) }
        guard let last = custody.last else { return ("with its taker", .underway) }
        return last.isReceived ? ("held", .good) : ("on its way", .underway)
    }
}
