import Charts
import Facility
import Hummingbird

/// `/testing`: every line of every specification against the batches it applies to.
struct TestingRoutes {
    let reception: Reception

    func add(to group: RouterGroup<SignedInContext>) {
        group.get("testing") { request, context in try list(request, context) }
    }

    private struct Line {
        var batch: Batch
        var standing: TestStanding
    }

    private func list(_ request: Request, _ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        let state = viewer.state
        let lines = state.batches.newestFirst(\.opened.entry)
            .flatMap { batch in
                ((try? state.standings(of: batch)) ?? []).map { Line(batch: batch, standing: $0) }
            }
        let listing = Listing(
            at: .testing, of: "tests", lines,
            columns: [
                .link("batch", "Batch", { $0.batch.id.text }, to: { .batch($0.batch.id.text) }),
                Column("attribute", "Attribute", { $0.standing.test.attribute }),
                Column("category", "Category", { $0.standing.test.category }),
                Column("limit", "Limit") { $0.standing.test.criterion.description },
                Column("result", "Result") {
                    $0.standing.results.last?.observation.description ?? ""
                },
                .status("verdict", "Verdict") {
                    ($0.standing.verdict.rawValue, $0.standing.verdict.tone)
                },
                Column("reference", "Reference") { $0.standing.results.last?.reference ?? "" },
                Column("recorded", "Recorded") {
                    $0.standing.results.last.map { state.signed($0.stamp) } ?? ""
                },
            ], query: ListQuery(request.queryPairs))
        return reception.list(
            listing, titled: "Testing", in: .testing, request: request, for: viewer
        ) { html in
            html.add(PageHead("Testing", under: "Results against the limits of the specification."))
        }
    }
}
