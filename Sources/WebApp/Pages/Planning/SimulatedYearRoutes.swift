import Charts
import Facility
import HTTPTypes
import Hummingbird
import Ledger
import Planner
import ProductDefinition

/// `/planning/{definition}/year`: a year of a definition simulated many times over: what chance and
/// waiting do to it.
///
/// The simulation runs elsewhere and for a bounded time; the page says how far it is and asks again
/// by itself until the answer is there, without a script.
struct SimulatedYearRoutes {
    let reception: Reception
    let shelf: DefinitionShelf
    let desk: PlanningDesk

    /// How long a page waits for an answer before it shows how far the simulation is.
    private static let patience = Duration.seconds(2)
    /// Seconds after which the page of a simulation under way asks again.
    private static let refreshSeconds = 2

    func add(to group: RouterGroup<SignedInContext>) {
        group.get("planning/{definition}/year") { request, context in
            try await page(request, context)
        }
        group.post("planning/{definition}/year/end") { request, context in
            try await end(request, context)
        }
    }

    private func page(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let viewer = try reception.viewer(context)
        let product = try PlannedDefinition(context, viewer, shelf)
        let id = product.id
        let query = YearQuestion.query(request.queryPairs)
        var standing: PlanningDesk.Standing?
        if query.problems.isEmpty {
            standing = try await desk.answer(
                YearQuestion.question(query, id), of: product.definition, within: Self.patience)
        }
        if case .answered(let year) = standing,
            let file = Self.file(of: year, id, asked: request)
        {
            return file
        }
        var response = reception.page(
            "A simulated year of \(id)", in: .planning,
            trail: [("Planning", .planning), (id, .plan(id))], for: viewer
        ) { html in
            html.add(
                PageHead(
                    product.master.product.name, kind: "A simulated year of \(id)",
                    under: "Growth that varies, failures, people and equipment that batches wait "
                        + "for, patients who come by chance.",
                    actions: [("Plan without chance", Address(.plan(id)))]))
            product.warnings(&html)
            html.panel("What is asked") { html in
                query.write(
                    to: .simulatedYear(id), button: "Simulate",
                    shown: product.yearShown, into: &html)
            }
            switch standing {
            case nil: break
            case .waiting(let before):
                html.add(
                    Notice(
                        .underway, "\(before) simulations are before this one.",
                        detail: "This page asks again every \(Self.refreshSeconds) s."))
                Self.again(query, id, &html)
            case .running(let done):
                progress(done, query, id, viewer, &html)
            case .refused(let refusal):
                html.add(Notice(.bad, refusal.what, detail: refusal.wayOut))
            case .answered(let year):
                SimulatedYearView(year: year, definition: id, query: query).write(into: &html)
            }
        }
        switch standing {
        case .waiting, .running:
            if let name = HTTPField.Name("Refresh") {
                response.headers[name] = "\(Self.refreshSeconds)"
            }
        default: break
        }
        return response
    }

    private func progress(
        _ done: Int, _ query: PlanningQuery, _ id: String, _ viewer: Viewer, _ html: inout HTML
    ) {
        let asked = query.whole("replications") ?? 0
        html.panel("Under way") { html in
            html.add(
                Notice(
                    .underway, "\(done) of \(asked) replications are done.",
                    detail: "This page asks again every \(Self.refreshSeconds) s. After "
                        + "\(Int(PlanningDesk.secondsMax)) s the simulation is ended with what is "
                        + "there."))
            Self.again(query, id, &html)
            html.add(
                Form(
                    to: .endSimulatedYear(id), pass: viewer.pass, button: "End it now",
                    explanation: "The result will be marked as partial.",
                    fields: query.items.map {
                        Field(name: $0.name, label: $0.name, input: .hidden, value: $0.value)
                    }))
        }
    }

    private static func again(_ query: PlanningQuery, _ id: String, _ html: inout HTML) {
        html(.p) { html in
            html(
                .a, .href(Address(.simulatedYear(id), query: query.items)), text: "Look again now")
        }
    }

    private func end(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let form = try await SubmittedForm(in: request, of: context)
        let viewer = try reception.viewer(context)
        let product = try PlannedDefinition(context, viewer, shelf)
        let query = YearQuestion.query(
            YearQuestion.entries.compactMap { entry in
                form[entry.name].map { (name: entry.name, value: $0) }
            })
        if query.problems.isEmpty { desk.stop(YearQuestion.question(query, product.id)) }
        return .seeOther(Address(.simulatedYear(product.id), query: query.items))
    }

    private static func file(
        of year: PlanningDesk.Year, _ id: String, asked request: Request
    ) -> Response? {
        switch request.query("format") {
        case "csv":
            return .file(
                Array(PlanFigure.csv(year.result.figures).utf8), named: "year-\(id).csv",
                type: "text/csv; charset=utf-8")
        case "json":
            guard let json = try? YearDocument(year).json else { return nil }
            return .file(
                json.canonicalBytes(), named: "year-\(id).json", type: "application/json")
        default: return nil
        }
    }
}

/// What may be asked of a simulated year.
enum YearQuestion {
    /// Replications of a page at most: the mean cost of a dose is then known to a thousandth,
    /// better than any price.
    static let replicationsMax = 20_000.0

    /// The numbers of the question.
    static let entries: [PlanningQuery.Entry] = [
        .init(
            name: "replications", label: "Replications",
            help: "How often the year is simulated. A hundred show the picture.",
            range: 1...replicationsMax, isWhole: true, ordinary: 200),
        .init(
            name: "seed", label: "Seed of the draws",
            help: "The same seed gives the same result.", range: 0...4_294_967_295, isWhole: true,
            ordinary: 1),
        .init(name: "patients", label: "Patients in the year", range: 0...1e6),
        .init(name: "batches", label: "Batches in the year", range: 1...2000, isWhole: true),
        .init(
            name: "patience", label: "A patient can wait", unit: "d", range: 0...3650,
            ordinary: 30),
        .init(
            name: "initial-stock", label: "Stock at the start", unit: "vials",
            help: "Without it the first months are served late.", range: 0...1e6, ordinary: 0),
        .init(
            name: "lead", label: "First batch before the first patient", unit: "d",
            help: "The patients' year begins so many days after the first batch.",
            range: 0...3650, ordinary: 0),
        .init(
            name: "stock-target", label: "Stock that is enough", unit: "vials",
            help: "A planned batch is left out while there is so much; none is when empty.",
            range: 0...1e6),
    ]

    /// The question in the query `pairs`.
    static func query(_ pairs: [(name: String, value: String)]) -> PlanningQuery {
        PlanningQuery(pairs, asking: entries)
    }

    /// The question as the desk answers it.
    static func question(_ query: PlanningQuery, _ definition: String) -> PlanningDesk.Question {
        var choices = CampaignChoices()
        choices.patients = query["patients"]
        choices.batches = query.whole("batches")
        choices.patienceDays = query["patience"] ?? choices.patienceDays
        choices.initialStock = query["initial-stock"] ?? 0
        choices.leadDays = query["lead"] ?? 0
        choices.stockTarget = query["stock-target"]
        return PlanningDesk.Question(
            definition: definition, choices: choices,
            replications: query.whole("replications") ?? 1,
            seed: UInt32(query["seed"] ?? 1))
    }
}

extension PlannedDefinition {
    /// What the definition says of a year, where the question says nothing.
    var yearShown: [String: Double] {
        var shown: [String: Double] = [:]
        if let batches = definition.planning?.batchesPerYear?.value {
            shown["batches"] = Double(batches)
        }
        if let planned = try? PlanningCase(definition) {
            shown["patients"] = planned.demand.patientsPerYear
        }
        return shown
    }
}
