import Documents
import Facility
import HTTPTypes
import Hummingbird
import Ledger

/// A view of the site for programs: what a command of `seedlot` prints with `--format json`.
///
/// The routes and their description are read off the same table, so that neither can promise what
/// the other does not keep.
struct APIView: Sendable {
    /// A word in the address or in its query.
    struct Parameter: Sendable {
        let name: String
        let summary: String
        var format: String?
    }

    /// Its name in the address.
    let name: String
    let summary: String
    /// What the address names after the view, where it names anything.
    let subject: Parameter?
    /// Pairs of the query; all may be left out unless the summary says otherwise.
    let query: [Parameter]
    /// Reads the view; the subject is empty where there is none.
    let read: @Sendable (Viewer, _ subject: String, Request) throws -> JSONValue

    /// The path with the subject as a variable, below the API's own.
    var path: String { subject.map { "\(name)/{\($0.name)}" } ?? name }

    private static let asOf = Parameter(
        name: "as-of", summary: "The number of an entry: the site as it stood before it.")

    private static let onDay = Parameter(
        name: "on", summary: "The day to look from; today.", format: "date")

    /// All views.
    static let all: [APIView] = [
        APIView(
            name: "state", summary: "The site at a glance: what there is and how it stands.",
            subject: nil, query: [asOf]
        ) { viewer, _, _ in try JSONValue(encoding: viewer.state.summary) },
        APIView(
            name: "due", summary: "What is due, and by when.", subject: nil,
            query: [
                onDay,
                Parameter(name: "within", summary: "How many days ahead to look; 30."),
            ]
        ) { viewer, _, request in try due(viewer, request) },
        .daily(name: "obligations", summary: "What authorisations ask for, and what was met.") {
            $0.obligationStandings(on: $1)
        },
        .daily(
            name: "documents",
            summary: "Every version of every document, with the SHA-256 of its file."
        ) { $0.documentStandings(on: $1) },
        .daily(name: "inspections", summary: "Inspections of the site by itself, the latest first.")
        { $0.inspectionStandings(on: $1) },
        .daily(
            name: "system-checks",
            summary: "Trial restores of backups and evaluations of the system, the latest first."
        ) { $0.systemCheckStandings(on: $1) },
        .daily(
            name: "meetings",
            summary: "Meetings with authorities and vendors: answers and commitments."
        ) { $0.meetingStandings(on: $1) },
        APIView(
            name: "lines", summary: "Cell lines with their scorecards, the best score first.",
            subject: nil, query: [asOf]
        ) { viewer, _, _ in try items(viewer.state.lineStandings()) },
        .daily(
            name: "methods",
            summary: "Test methods: what a run is done with, and who is qualified for it."
        ) { $0.methodStandings(on: $1) },
        APIView(
            name: "controls",
            summary: "What controls of test methods gave, with the rules that readings break.",
            subject: nil,
            query: [asOf, Parameter(name: "method", summary: "One method; all.")]
        ) { viewer, _, request in
            let method = request.query("method")
            return try items(
                viewer.state.controlTrends().filter { method == nil || $0.method == method }
                    .map(\.summary))
        },
        APIView(
            name: "monitoring",
            summary: "The sampling plans in force, with the last sample of each point.",
            subject: nil, query: [asOf]
        ) { viewer, _, _ in try items(viewer.state.monitoringStandings()) },
        APIView(
            name: "yields", summary: "Cells isolated from a gram of tissue, batch by batch.",
            subject: nil, query: [asOf]
        ) { viewer, _, _ in try items(viewer.state.isolationYields()) },
        APIView(
            name: "balance", summary: "The reconciliation of every lot and every filling.",
            subject: nil, query: [asOf]
        ) { viewer, _, _ in try JSONValue(encoding: viewer.state.balance()) },
        APIView(
            name: "reviews",
            summary: "The review of a batch by exception, and the points of its certification.",
            subject: Parameter(name: "batch", summary: "The identifier of a batch."), query: [asOf]
        ) { viewer, id, _ in
            guard let batch = BatchID(id) else {
                throw WebFault.notFound("batch '\(id.prefix(80))'")
            }
            return try JSONValue(encoding: viewer.state.review(of: batch))
        },
        APIView(
            name: "recalls",
            summary: "What a recall would have to hold and whom to call, in order; nothing begins.",
            subject: Parameter(
                name: "id", summary: "The identifier of a lot, donor, bank, batch or container."),
            query: [asOf]
        ) { viewer, id, _ in try JSONValue(encoding: viewer.state.recallPlan(of: id)) },
        APIView(
            name: "quality-reviews",
            summary: "The product quality review of a period; 'from' and 'to' are needed.",
            subject: Parameter(name: "product", summary: "The id of a product."),
            query: [
                Parameter(name: "from", summary: "The first day.", format: "date"),
                Parameter(name: "to", summary: "The last day.", format: "date"),
            ]
        ) { viewer, product, request in
            try JSONValue(
                encoding: viewer.state.qualityReview(
                    of: product, from: try day("from", of: request),
                    to: try day("to", of: request)))
        },
        APIView(
            name: "rejections",
            summary: "What was lost in a period, by cause, with exact bounds; 'from' and 'to' are "
                + "needed.",
            subject: nil,
            query: [
                Parameter(name: "from", summary: "The first day.", format: "date"),
                Parameter(name: "to", summary: "The last day.", format: "date"),
                Parameter(name: "product", summary: "The id of a product; all."),
            ]
        ) { viewer, _, request in
            let (from, to) = (try day("from", of: request), try day("to", of: request))
            guard from <= to else {
                throw WebFault.unreadable(
                    "'to' is '\(to)', before \(from)", details: "a period ends after it begins")
            }
            return try JSONValue(
                encoding: RejectionReport(
                    of: request.query("product"), in: from...to, on: viewer.state))
        },
        APIView(
            name: "levels",
            summary: "The storage vessels whose nitrogen is watched, with their last level.",
            subject: nil, query: [asOf]
        ) { viewer, _, _ in try items(viewer.state.levelStandings()) },
    ]

    /// A list of how things stand on a day.
    private static func daily<Item: Encodable & Sendable>(
        name: String, summary: String,
        _ standings: @escaping @Sendable (SiteState, CalendarDate) -> [Item]
    ) -> APIView {
        APIView(name: name, summary: summary, subject: nil, query: [onDay]) {
            viewer, _, request in
            try items(standings(viewer.state, try today(viewer, request)))
        }
    }

    private static func due(_ viewer: Viewer, _ request: Request) throws -> JSONValue {
        let today = try today(viewer, request)
        let ahead = request.query("within") ?? "30"
        guard let within = Int(ahead), (0...36_525).contains(within) else {
            throw WebFault.unreadable(
                "'within' is '\(ahead.prefix(40))'", details: "it is 0 to 36525 days")
        }
        return [
            "on": .string(today.description),
            "items": try .array(
                viewer.state.due(asOf: today, within: within).map {
                    try JSONValue(encoding: $0.standing(on: today))
                }),
        ]
    }

    /// A list as an object, which later can say more.
    private static func items(_ all: [some Encodable]) throws -> JSONValue {
        ["items": try JSONValue(encoding: all)]
    }

    private static func today(_ viewer: Viewer, _ request: Request) throws -> CalendarDate {
        request.query("on") == nil ? viewer.now.date : try day("on", of: request)
    }

    private static func day(_ name: String, of request: Request) throws -> CalendarDate {
        guard let text = request.query(name), let day = CalendarDate(text) else {
            throw WebFault.unreadable(
                "'\(name)' is '\((request.query(name) ?? "").prefix(40))'",
                details: "it is a day such as 2026-03-31")
        }
        return day
    }
}

extension APIRoutes {
    /// Adds the views to the routes.
    func addViews(to group: RouterGroup<SignedInContext>) {
        for view in APIView.all {
            group.get(RouterPath(view.path)) { request, context -> Response in
                try Self.requirePerson(context)
                let viewer = try await reception.viewer(context, asking: request)
                let subject = try view.subject.map { try context.parameters.require($0.name) }
                do {
                    return Response.json(try view.read(viewer, subject ?? "", request))
                } catch let rejection as Rejection {
                    throw WebFault(absent: rejection)
                }
            }
        }
    }
}

extension WebFault {
    /// What was asked for is not there, or not to be had as it was asked for.
    init(absent rejection: Rejection) {
        self.init(
            status: .notFound, code: rejection.code, message: rejection.message,
            hint: rejection.help)
    }
}
