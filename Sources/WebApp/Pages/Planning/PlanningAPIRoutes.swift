import Facility
import HTTPTypes
import Hummingbird
import Ledger
import Planner

/// `/api/v1/plans/{definition}`, `…/years/{definition}` and `…/learning/{definition}`: the planning
/// pages for programs. The query is that of the pages.
struct PlanningAPIRoutes {
    let reception: Reception
    let shelf: DefinitionShelf
    let desk: PlanningDesk

    /// How long a request waits for a simulation before it is told to come back.
    private static let patience = Duration.seconds(10)

    func add(to router: Router<VisitorContext>) {
        let group = router.group("api/v1", context: SignedInContext.self)
        group.get("plans/{definition}") { request, context in try plan(request, context) }
        group.get("years/{definition}") { request, context in try await year(request, context) }
        group.get("learning/{definition}") { request, context in try learning(request, context) }
    }

    private func product(_ context: SignedInContext) throws -> (PlannedDefinition, Viewer) {
        try APIRoutes.requirePerson(context)
        let viewer = try reception.viewer(context)
        return (try PlannedDefinition(context, viewer, shelf), viewer)
    }

    private func plan(_ request: Request, _ context: SignedInContext) throws -> Response {
        let (product, _) = try product(context)
        let made = product.plan(request.queryPairs)
        if let fault = made.query.fault { throw fault }
        switch made.outcome {
        case .made(let plan, let planned): return .json(try PlanDocument(plan, planned).json)
        case .refused(let refused): return try Self.answer(to: refused)
        case .asked: throw WebFault.unreadable("the question has a number that is none")
        }
    }

    /// The first reason as the error, and all of them beside it.
    private static func answer(to refused: PlanRefused) throws -> Response {
        let first = refused.refusals.first
        let fault = WebFault(
            status: .unprocessableContent, code: first?.rule.rawValue ?? "plan-refused",
            message: first?.message ?? "refused", details: first?.place, hint: first?.help)
        guard case .object(var members) = fault.object else { throw fault }
        members["refusals"] = try JSONValue(encoding: refused.refusals)
        return .json(.object(members), status: fault.status)
    }

    private func year(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let (product, _) = try product(context)
        let query = YearQuestion.query(request.queryPairs)
        if let fault = query.fault { throw fault }
        let question = YearQuestion.question(query, product.id)
        switch try await desk.answer(question, of: product.definition, within: Self.patience) {
        case .answered(let year): return .json(try YearDocument(year).json)
        case .refused(let refusal):
            throw WebFault(
                status: .unprocessableContent, code: "simulation-refused", message: refusal.what,
                hint: refusal.wayOut)
        case .waiting: return Self.underway(done: 0, of: question)
        case .running(let done): return Self.underway(done: done, of: question)
        }
    }

    /// Not yet: the same request, a little later, finds the answer.
    private static func underway(done: Int, of question: PlanningDesk.Question) -> Response {
        var response = Response.json(
            [
                "underway": [
                    "done": .number(Double(done)),
                    "asked": .number(Double(question.replications)),
                ]
            ], status: .accepted)
        response.headers[.retryAfter] = "2"
        return response
    }

    private func learning(_ request: Request, _ context: SignedInContext) throws -> Response {
        let (product, viewer) = try product(context)
        switch product.learned(from: viewer.state) {
        case .learned(let document): return .json(try document.json)
        case .refused(let refused): return try Self.answer(to: refused)
        case .impossible(let what, let help):
            throw WebFault(
                status: .unprocessableContent, code: "learning-refused", message: what, hint: help)
        }
    }
}
