import Charts
import Facility
import HTTPTypes
import Hummingbird

/// `/genealogy/{node}`: what a thing was made from and what was made from it, as a picture.
struct GenealogyRoutes {
    let reception: Reception

    func add(to group: RouterGroup<SignedInContext>) {
        group.get("genealogy/{node}") { try await page($0, $1) }
    }

    private func page(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let viewer = try await reception.viewer(context, asking: request)
        let id = try context.parameters.require("node")
        let trace: Trace
        do throws(Rejection) {
            trace = try viewer.state.trace(id)
        } catch {
            throw WebFault(
                status: .notFound, code: error.code, message: error.message, hint: error.help)
        }
        if request.query("format") == "svg" {
            let picture = GenealogyPicture.picture(of: trace, in: viewer.state, at: viewer.sameTime)
            return .file(
                picture.standaloneSVG(), named: "genealogy-\(id).svg", type: "image/svg+xml")
        }
        let reached = Reach(of: trace, in: viewer.state)
        let listing = Listing(
            at: .genealogy(node: id), of: "containers", reached.containers,
            columns: Reach.columns(viewer.state), query: ListQuery(request.queryPairs),
            keeping: viewer.asOf.map { [.init(name: "as-of", value: "\($0)")] } ?? [])
        if let file = listing.file(asked: request) { return file }
        return reception.page("Genealogy of \(id)", in: nil, for: viewer) { html in
            html.add(
                PageHead(
                    "Genealogy of \(id)", kind: trace.start.kind.title,
                    under: trace.start.description,
                    actions: [
                        ("Its page", Address(Link(to: id, in: viewer.state))),
                        ("Trace report", viewer.sameTime(.papers(of: id))),
                        (
                            "Picture as a file",
                            viewer.sameTime(.genealogy(node: id)).adding("format", "svg")
                        ),
                    ]))
            if !trace.forward.isEmpty { html.add(reached.readings) }
            html(.section, .class("panel")) { html in
                html.figure(
                    GenealogyPicture.picture(
                        of: trace, in: viewer.state, at: viewer.sameTime), named: "genealogy",
                    caption: "From left to right: what it was made from, and what was made from "
                        + "it. Like things are drawn as one stack.")
            }
            html(.div, .class("columns")) { html in
                html.panel("Made from") { Self.list(trace.back, viewer, &$0) }
                html.panel("Made into") { Self.list(trace.forward, viewer, &$0) }
            }
            if !trace.tests.isEmpty {
                html.panel("Tested with") { html in
                    html.add(
                        RowsTable(
                            of: "results", Array(trace.tests.prefix(Self.linesMax)),
                            columns: Self.columns(of: viewer.state)))
                }
            }
            if !reached.containers.isEmpty {
                html.panel("Recall list") { html in
                    html(
                        .p, .class("help"),
                        text: "Every container it reached, and where each is now.")
                    html.add(listing)
                }
            }
        }
    }

    /// Lines of a list that stand open: what is near.
    private static let linesShown = 12
    /// Lines of a list at most; a bank of 2,000 vials is read on its own page.
    private static let linesMax = 500

    /// What results on the way were found with.
    private static func columns(of state: SiteState) -> [Column<TestedWith>] {
        [
            .link("subject", "Of", { $0.subject }, to: { Link(to: $0.subject, in: state) }),
            Column("test", "Test", { $0.test }),
            Column("result", "Result") { $0.counts ? $0.result : "\($0.result), does not count" },
            Column("reference", "Reference", { $0.reference }),
            .things("instruments", "Instruments", { $0.instruments }, in: state),
            .things("reagents", "Reagents", { $0.reagents }, in: state),
            Column("person", "By", { $0.person }),
        ]
    }

    private static func list(
        _ nodes: [Trace.Node], _ viewer: Viewer, _ html: inout HTML
    ) {
        guard !nodes.isEmpty else {
            html(.p, .class("nothing"), text: "Nothing.")
            return
        }
        write(nodes.prefix(linesShown), viewer, &html)
        guard nodes.count > linesShown else { return }
        html(.details) { html in
            html(.summary, text: "\(nodes.count - linesShown) more, farther away")
            write(nodes.dropFirst(linesShown).prefix(linesMax), viewer, &html)
            if nodes.count > linesShown + linesMax {
                html(.p, .class("help"), text: "and \(nodes.count - linesShown - linesMax) more")
            }
        }
    }

    private static func write(
        _ nodes: ArraySlice<Trace.Node>, _ viewer: Viewer, _ html: inout HTML
    ) {
        html(.ul, .class("plain")) { html in
            for node in nodes {
                html(.li) { html in
                    html(.a, .href(viewer.sameTime(.genealogy(node: node.id))), text: node.id)
                    html(
                        .span, .class("help"), text: " \(node.kind.title), \(node.description)")
                }
            }
        }
    }
}

/// A trace as a picture.
enum GenealogyPicture {
    /// Things that are drawn at most before like ones are folded: the rest is far away.
    private static let nodesMax = 5000

    /// The picture of `trace`, each node a link to where `address` says that its own picture is.
    static func picture(
        of trace: Trace, in state: SiteState, at address: (Link) -> Address
    ) -> Picture {
        let met =
            trace.back.prefix(nodesMax).reversed().map { $0 } + [trace.start]
            + trace.forward.prefix(nodesMax)
        let ids = Set(met.map(\.id))
        let nodes = met.map { node($0, in: state, at: address) }
        let edges = met.flatMap { node in
            node.parents.filter { ids.contains($0) }.map {
                Charts.Genealogy.Edge(from: $0, to: node.id)
            }
        }
        return GenealogyChart(
            Charts.Genealogy(nodes: nodes, edges: edges, focus: trace.start.id)
        ).picture()
    }

    private static func node(
        _ node: Trace.Node, in state: SiteState, at address: (Link) -> Address
    ) -> Charts.Genealogy.Node {
        let (kind, status, tone) = standing(of: node, in: state)
        return Charts.Genealogy.Node(
            id: node.id, kind: kind, status: status, tone: tone,
            path: PicturePath(address(.genealogy(node: node.id)).text))
    }

    private static func standing(
        of node: Trace.Node, in state: SiteState
    ) -> (kind: String, status: String, tone: Tone) {
        switch node.kind {
        case .donor:
            let donor = DonorID(node.id).flatMap { state.donors[$0] }
            return (
                "donor", donor?.eligibility.words ?? "", donor?.eligibility.tone ?? .inactive
            )
        case .container:
            let container = ContainerID(node.id).flatMap { state.containers[$0] }
            let standing = container?.standing ?? ("", .inactive)
            return (container?.kindInWords ?? "container", standing.words, standing.tone)
        case .lot:
            let lot = LotID(node.id).flatMap { state.lots[$0] }
            return (
                // One kind for all, so that lots that went the same way are drawn as one stack.
                "raw material lot", lot?.status.rawValue ?? "",
                lot?.status.tone ?? .inactive
            )
        case .bank:
            let bank = BankID(node.id).flatMap { state.banks[$0] }
            return (
                bank.flatMap { state.definition(of: $0)?.tier.title } ?? "bank",
                bank?.status.rawValue ?? "", bank?.status.tone ?? .inactive
            )
        case .batch:
            let batch = BatchID(node.id).flatMap { state.batches[$0] }
            return (
                batch.map { "batch of \($0.stage)" } ?? "batch", batch?.status.rawValue ?? "",
                batch?.status.tone ?? .inactive
            )
        case .patient: return ("patient", "treated", .good)
        case .person, .deviation, .order, .shipment, .master, .room, .equipment,
            .organisation, .simulation, .environmentSample, .line, .sample, .excursion, .capa,
            .change,
            .complaint, .recall, .study, .token, .obligation, .meeting,
            .document,
            .cytometryAnalysis:
            return (node.kind.title, node.description, .inactive)
        }
    }
}
