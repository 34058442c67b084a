import Charts
import Diagnostics
import Facility
import Hummingbird
import Ledger
import Planner
import ProductDefinition

/// A registered definition as something to plan with.
struct PlannedDefinition {
    let master: MasterRecord
    let book: DefinitionShelf.Book
    let definition: Definition

    var id: String { master.id.text }

    /// A plan that was asked for.
    struct Made {
        enum Outcome {
            case made(Plan, PlanningCase)
            case refused(PlanRefused)
            /// A number of the question is wrong; the form says which.
            case asked
        }

        let query: PlanningQuery
        let outcome: Outcome
        /// What the definition says where the question says nothing.
        let shown: [String: Double]
    }

    /// The definition that the address names.
    init(
        _ context: SignedInContext, _ viewer: Viewer, _ shelf: DefinitionShelf
    ) throws {
        let text = try context.parameters.require("definition")
        let state = viewer.state
        master = try viewer.found("definition", text, MasterRecordID.init) {
            id throws(Rejection) in try state.master(id)
        }
        book = try shelf.book(of: master, on: viewer.now.date)
        guard let definition = book.definition else {
            throw WebFault(
                status: .unprocessableContent, code: "definition-unreadable",
                message: "the text of '\(master.id)' is no definition",
                hint: "read its findings beside the text, and register a corrected version")
        }
        self.definition = definition
    }

    /// What a plan may be asked, for this product.
    static func entries(of planned: PlanningCase?) -> [PlanningQuery.Entry] {
        var entries: [PlanningQuery.Entry] = [
            .init(name: "patients", label: "Patients in the period", range: 0...1e6),
            .init(
                name: "years", label: "Period", unit: "years", range: 0.02...50, ordinary: 1),
            .init(
                name: "administrations", label: "Administrations for a patient",
                range: 0.01...1000),
            .init(
                name: "service", label: "Service level", unit: "%",
                help: "The share of periods in which the demand is met.", range: 50...99.99),
        ]
        if planned?.dose.isPerKilogram == true {
            entries.insert(
                .init(name: "weight", label: "Body weight, mean", unit: "kg", range: 0.5...300),
                at: 1)
        }
        return entries + [
            .init(
                name: "batches", label: "Batches to start",
                help: "As many as the demand needs when empty.", range: 1...100_000,
                isWhole: true),
            .init(
                name: "master-stocks", label: "Master stocks to make",
                help: "As many as the batches need when empty; 0 when they exist.",
                range: 0...10_000, isWhole: true),
            .init(
                name: "donations", label: "Donations to buy",
                help: "As many as the master stocks need when empty.", range: 0...100_000,
                isWhole: true),
        ]
    }

    /// The plan for the question `pairs`.
    func plan(_ pairs: [(name: String, value: String)]) -> Made {
        let read: Result<PlanningCase, PlanRefused>
        do throws(PlanRefused) {
            read = .success(try PlanningCase(definition))
        } catch {
            read = .failure(error)
        }
        let planned = try? read.get()
        let query = PlanningQuery(pairs, asking: Self.entries(of: planned))
        guard query.problems.isEmpty else {
            return Made(query: query, outcome: .asked, shown: shown(planned))
        }
        switch read {
        case .failure(let refused):
            return Made(query: query, outcome: .refused(refused), shown: [:])
        case .success(var asked):
            let shown = shown(asked)
            if let weight = query["weight"] { asked.demand.weight?.mean = weight }
            if let each = query["administrations"] { asked.demand.administrationsPerPatient = each }
            if let level = query["service"] { asked.demand.serviceLevel = level / 100 }
            var options = PlanOptions()
            options.years = query["years"] ?? 1
            options.patients = query["patients"]
            options.batches = query.whole("batches")
            options.masterStocks = query.whole("master-stocks")
            options.donations = query.whole("donations")
            do throws(PlanRefused) {
                let made = try Plan.make(asked, options) { id in
                    definition.operation(id: id).map {
                        "\($0.position.file):\($0.position.line):\($0.position.column)"
                    }
                }
                return Made(query: query, outcome: .made(made, asked), shown: shown)
            } catch {
                return Made(query: query, outcome: .refused(error), shown: shown)
            }
        }
    }

    private func shown(_ planned: PlanningCase?) -> [String: Double] {
        guard let planned else { return [:] }
        var shown = [
            "patients": planned.demand.patientsPerYear,
            "administrations": planned.demand.administrationsPerPatient,
            "service": planned.demand.serviceLevel * 100,
        ]
        shown["weight"] = planned.demand.weight?.mean
        return shown
    }

    /// The plan as a file, when `request` asks for one.
    func file(of made: Made, asked request: Request) -> Response? {
        guard case .made(let plan, let planned) = made.outcome else { return nil }
        let answers = PlanAnswers(plan, planned)
        switch request.query("format") {
        case "csv":
            return .file(
                Array(PlanFigure.csv(plan.figures(answers)).utf8), named: "plan-\(id).csv",
                type: "text/csv; charset=utf-8")
        case "json":
            guard let json = try? PlanDocument(plan, planned).json else { return nil }
            return .file(
                json.canonicalBytes(), named: "plan-\(id).json", type: "application/json")
        default: return nil
        }
    }

    // MARK: What stands above every answer

    /// Says so where the rules found errors in the definition.
    func warnings(_ html: inout HTML) {
        let errors = book.findings.count { $0.severity == .error }
        guard errors > 0 else { return }
        html.add(
            Notice(
                .attention,
                "\(errors) error\(errors == 1 ? " was" : "s were") found in this definition.",
                detail: "What is worked out below is worked out from it as it stands."))
        html(.p) { html in
            html(.a, .href(.definitionText(id)), text: "Text and findings")
        }
    }

    /// Why there is no plan, with the rule and the place of each reason.
    func write(_ refused: PlanRefused, _ html: inout HTML) {
        html.panel("No plan") { html in
            html.add(
                Notice(
                    .bad, "The definition forbids this plan.",
                    detail: "\(refused.refusals.count) "
                        + (refused.refusals.count == 1 ? "reason" : "reasons")))
            html.add(
                RowsTable(
                    of: "reasons", refused.refusals,
                    columns: [
                        Column("what", "What is wrong", { $0.message }).roomy,
                        Column("help", "The way out", { $0.help }).roomy,
                        Column("rule", "Rule", { $0.rule.rawValue }) { refusal, html in
                            if let rule = refusal.rule.guidance {
                                html(.a, .href(.rule(rule)), text: refusal.rule.rawValue)
                            } else {
                                html.text(refusal.rule.rawValue)
                            }
                        },
                        Column("place", "Where", { $0.place ?? "" }) { refusal, html in
                            place(refusal.place, &html)
                        },
                    ]))
        }
    }

    private func place(_ place: String?, _ html: inout HTML) {
        guard let parts = place?.split(separator: ":"), parts.count >= 2 else { return }
        let file = String(parts[0])
        html(
            .a,
            .href(
                Address(
                    .definitionText(id),
                    query: [
                        .init(name: "file", value: file),
                        .init(name: "line", value: String(parts[1])),
                    ])), text: "\(file), line \(parts[1])")
    }
}
