import Charts
import Facility
import Hummingbird
import Ledger
package import Planner
package import ProductDefinition
import Quantities
import Statistics

/// `/planning/{definition}/learning`: what the site's own records say of the numbers it plans
/// with: what was assumed, what was recorded, what is to be believed now.
struct LearningRoutes {
    let reception: Reception
    let shelf: DefinitionShelf

    func add(to group: RouterGroup<SignedInContext>) {
        group.get("planning/{definition}/learning") { request, context in
            try page(request, context)
        }
    }

    private func page(_ request: Request, _ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        let product = try PlannedDefinition(context, viewer, shelf)
        let id = product.id
        let learned = product.learned(from: viewer.state)
        if case .learned(let document) = learned {
            switch request.query("format") {
            case "json":
                return .file(
                    try document.json.canonicalBytes(), named: "learning-\(id).json",
                    type: "application/json")
            case "csv":
                return .file(
                    Array(PlanFigure.csv(document.learning.figures).utf8),
                    named: "learning-\(id).csv", type: "text/csv; charset=utf-8")
            default: break
            }
        }
        return reception.page(
            "What the records of \(id) teach", in: .planning,
            trail: [("Planning", .planning), (id, .plan(id))], for: viewer
        ) { html in
            html.add(
                PageHead(
                    product.master.product.name, kind: "Learning from records, \(id)",
                    under: "What the definition assumed, what this site recorded, and what is to "
                        + "be believed now."))
            product.warnings(&html)
            switch learned {
            case .refused(let refused): product.write(refused, &html)
            case .impossible(let what, let help):
                html.add(Notice(.bad, what, detail: help))
            case .learned(let document): Self.write(document, id, &html)
            }
        }
    }

    private static func write(_ document: LearnedDocument, _ id: String, _ html: inout HTML) {
        html(.p) { html in
            for (format, title) in [("csv", "Figures as CSV"), ("json", "Everything as JSON")] {
                html(
                    .a, .class("download"),
                    .href(Address(.learning(id), query: [.init(name: "format", value: format)])),
                    .download, text: title)
            }
        }
        if document.passages.isEmpty {
            html.add(
                Notice(
                    .inactive, "No passage with both counts is recorded.",
                    detail: "Nothing is known beyond the definition."))
        }
        let figures = document.learning.figures
        for section in SiteLearning.figureSections
        where figures.contains(where: { $0.section == section }) {
            html.panel(section) { PlanFigures.write(figures, section, into: &$0) }
        }
        html.panel("Records behind it") { html in
            html.add(
                RowsTable(
                    of: "passages", document.passages,
                    columns: [
                        .link("batch", "Batch", { $0.batch }, to: { .batch($0.batch) }),
                        Column("donor", "Donor", { $0.donor }),
                        .figure("passage", "Passage", { Double($0.passage) }, { "\($0.passage)" }),
                        .figure(
                            "doubling-time", "Doubling time, h", { $0.doublingTime },
                            { PlanNumber.text($0.doublingTime) }),
                    ]))
        }
    }
}

/// What was learned, with the records behind it, as `seedlot learn --format json`, a file and the
/// API give it.
package struct LearnedDocument: Encodable {
    let learning: SiteLearning
    let passages: [PassageRecord]
    let batches: [RecordedBatch]

    /// What `learning` took from `records`.
    package init(learning: SiteLearning, records: SiteRecords) {
        self.learning = learning
        passages = records.passages
        batches = records.outcomes
    }

    /// The document as a value of the API.
    var json: JSONValue { get throws { try JSONValue(encoding: self) } }
}

extension PlannedDefinition {
    /// What came of learning.
    enum Learned {
        case learned(LearnedDocument)
        case refused(PlanRefused)
        case impossible(String, help: String?)
    }

    /// What the records in `state` say of this definition.
    func learned(from state: SiteState) -> Learned {
        let planned: PlanningCase
        let made: Plan
        do throws(PlanRefused) {
            planned = try PlanningCase(definition)
            made = try Plan.make(planned)
        } catch {
            return .refused(error)
        }
        let records = SiteRecords(state, definition)
        do throws(AnalysisError) {
            let learning = try SiteLearning.from(
                records.passages, records.outcomes, plan: planned, made: made,
                highestFailure: definition.highestReleaseFailure)
            return .learned(LearnedDocument(learning: learning, records: records))
        } catch {
            return .impossible("\(error)", help: error.remedy)
        }
    }
}

extension Definition {
    /// The highest share of batches out of specification that the author thought possible.
    package var highestReleaseFailure: Double? {
        planning?.failures?.releaseFailure?.range?.value.upper
            .flatMap { try? $0.doubleValue(in: .one) }
    }
}

extension SiteLearning {
    /// The sections of `figures` in their order.
    static let figureSections = [
        "Doubling time", "Batches of the product that are not released",
        "Batches of banks that are not released",
    ]

    /// Prior, data and posterior of everything that was learned.
    var figures: [PlanFigure] {
        var figures = PlanFigures()
        figures.begin(Self.figureSections[0])
        if let growth {
            func add(_ name: String, _ estimate: GrowthLearning.Estimate, _ note: String = "") {
                figures.add(
                    name, estimate.median, "h",
                    "95 % interval \(PlanNumber.text(estimate.lower)) to "
                        + "\(PlanNumber.text(estimate.upper)) h" + note)
            }
            add("assumed (prior)", growth.prior)
            if let observed = growth.observedMedian {
                figures.add(
                    "recorded (data)", observed, "h",
                    "\(growth.passages) passages"
                        + (growth.observedLogSpread.map {
                            ", spread \(PlanNumber.text($0 * 100)) %"
                        } ?? ""))
            }
            add("believed now (posterior)", growth.posterior)
            add("next passage of a new donor", growth.newDonor)
            for donor in growth.donors {
                add(
                    "next passage of \(donor.donor)", donor.nextPassage,
                    "; \(donor.passages) passages in \(donor.batches) batches")
            }
        }
        for (section, failure) in zip(Self.figureSections.dropFirst(), [product, banks]) {
            guard let failure else { continue }
            figures.begin(section)
            func add(_ name: String, _ rate: FailureLearning.Rate) {
                figures.add(
                    name, rate.mean * 100, "%",
                    "95 % interval \(PlanNumber.text(rate.lower * 100)) to "
                        + "\(PlanNumber.text(rate.upper * 100)) %")
            }
            add("assumed (prior)", failure.prior)
            figures.add(
                "recorded (data)", failure.failures, "", "of \(failure.trials) that ended")
            add("believed now (posterior)", failure.posterior)
        }
        return figures.all
    }
}
