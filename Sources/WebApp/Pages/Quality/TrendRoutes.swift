import Charts
import Documents
import Facility
import Hummingbird

/// `/trends` and `/trends/{definition}/{specification}/{test}`: one line of a specification over
/// the batches: a control chart with the rules marked, and its capability.
struct TrendRoutes {
    let reception: Reception

    func add(to group: RouterGroup<SignedInContext>) {
        group.get("trends") { request, context in try list(request, context) }
        group.get("trends/{definition}/{specification}/{test}") { request, context in
            try page(request, context)
        }
    }

    private func list(_ request: Request, _ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        let listing = Listing(
            at: .trends, of: "attributes", TestTrend.all(in: viewer.state),
            columns: [
                .link("attribute", "Attribute", { $0.test.attribute }, to: { $0.link }),
                Column("category", "Category", { $0.test.category }),
                Column("specification", "Specification", { $0.specification.name }),
                Column("definition", "Definition", { $0.master.id.text }),
                Column("limit", "Limit") { $0.test.criterion.description },
                .figure(
                    "batches", "Batches", { Double($0.points.count) }, { "\($0.points.count)" }),
                Column("latest", "Latest") { $0.points.last?.observation.description ?? "" },
                .status("status", "Status", { $0.standing }),
            ], query: ListQuery(request.queryPairs))
        return reception.list(
            listing, titled: "Trends", in: .trends, request: request, for: viewer
        ) { html in
            html.add(
                PageHead(
                    "Trends",
                    under: "Each line of each specification over the batches, whatever version "
                        + "they were made by."))
        }
    }

    private func page(_ request: Request, _ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        let state = viewer.state
        let (definition, specification, test) = (
            try context.parameters.require("definition"),
            try context.parameters.require("specification"),
            try context.parameters.require("test")
        )
        let master = try viewer.found("definition", definition, MasterRecordID.init) {
            id throws(Rejection) in try state.master(id)
        }
        guard let limits = master.specification(specification), let line = limits.test(test) else {
            throw WebFault.notFound("test '\(test.prefix(80))' of '\(specification.prefix(80))'")
        }
        let trend = TestTrend(of: line, limits, master, in: state)
        let listing = Listing(
            at: trend.link, of: "results", trend.points.reversed(),
            columns: [
                .link("batch", "Batch", { $0.batch.text }, to: { .batch($0.batch.text) }),
                Column("result", "Result") { $0.observation.description },
                .status("verdict", "Verdict", { ($0.verdict.rawValue, $0.verdict.tone) }),
                Column("reference", "Reference", { $0.reference }),
                .instant("recorded", "Recorded") { $0.stamp.happened.description },
            ], query: ListQuery(request.queryPairs))
        return reception.list(
            listing, titled: "\(line.attribute), trend", in: .trends,
            trail: [("Trends", .trends)], request: request, for: viewer
        ) { html in
            html.add(
                PageHead(
                    line.attribute, kind: "Trend of \(limits.name)",
                    under: "\(master.product.name), limit \(line.criterion)",
                    actions: [("Definition", Address(.definition(master.id.text)))]))
            guard trend.values.count > 1 else {
                html(
                    .p, .class("nothing"),
                    text: "A chart needs two batches with a measured result; there "
                        + (trend.values.count == 1 ? "is one." : "is none."))
                return
            }
            html.panel("By batch") { html in
                html.figure(trend.chart, named: "chart", fits: true, caption: trend.chartCaption)
            }
            html.panel("Capability") { html in
                html.figure(trend.histogram, named: "histogram", fits: true)
                var facts = Facts()
                for fact in trend.capability { facts.add(fact.name, fact.value) }
                html.add(facts)
            }
        }
    }
}

extension TestTrend {
    /// The way to its page.
    var link: Link {
        .trend(definition: master.id.text, specification: specification.id, test: test.id)
    }
}
