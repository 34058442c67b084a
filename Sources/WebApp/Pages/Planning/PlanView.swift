import Charts
import Planner

/// A plan as its page shows it: figures, pictures, what was published.
struct PlanView {
    let plan: Plan
    let planned: PlanningCase
    let definition: String
    let query: PlanningQuery

    func write(into html: inout HTML) {
        let answers = PlanAnswers(plan, planned)
        let figures = plan.figures(answers)
        let pictures = Dictionary(
            uniqueKeysWithValues: PlanPictures(plan, planned, answers).all.map {
                ($0.name, $0.picture)
            })
        func figure(_ name: String, _ html: inout HTML, caption: String? = nil) {
            if let picture = pictures[name] {
                html.figure(picture, named: "plan-\(name)", fits: true, caption: caption)
            }
        }
        readings(&html)
        remarks(&html)
        downloads(&html)
        for section in Plan.figureSections where figures.contains(where: { $0.section == section })
        {
            html.panel(section) { html in
                switch section {
                case "What is needed":
                    figure("supply", &html)
                case "One batch": figure("batch", &html)
                case "Banks and donors": figure("banks", &html)
                case "Capacity":
                    figure(
                        "capacity", &html,
                        caption: "The bottleneck of a plan is the resource that allows the fewest "
                            + "batches. A simulated year may name another: the one that batches "
                            + "wait for longest.")
                    figure("campaign", &html)
                case "Cost":
                    figure("tornado", &html)
                    figure("costs", &html)
                default: break
                }
                PlanFigures.write(figures, section, into: &html)
            }
        }
        published(&html)
    }

    private func readings(_ html: inout HTML) {
        html.add(
            Readings(readings: [
                .init(name: "batches to start", figure: "\(plan.batches.toStart)"),
                .init(name: "containers from each", figure: "\(plan.batch.releasable)"),
                .init(name: "days to release", figure: PlanNumber.text(plan.batch.days)),
                .init(
                    name: "\(plan.currency) a patient",
                    figure: PlanNumber.whole(plan.cost.perPatientUsed)),
            ]))
    }

    private func remarks(_ html: inout HTML) {
        for remark in plan.remarks { html.add(Notice(.attention, remark)) }
        guard let first = plan.limits.first, first.utilisation > 0.5 else { return }
        html.add(
            Notice(
                .attention,
                "\(PlanNumber.text(first.utilisation * 100)) % of '\(first.resource)' is used.",
                detail: "Waiting matters then, which only a simulated year shows."))
    }

    private func downloads(_ html: inout HTML) {
        html(.p) { html in
            for (format, title) in [("csv", "Figures as CSV"), ("json", "Everything as JSON")] {
                let address = Address(
                    .plan(definition), query: query.items + [.init(name: "format", value: format)])
                html(.a, .class("download"), .href(address), .download, text: title)
            }
        }
    }

    private func published(_ html: inout HTML) {
        html.panel("What was published") { html in
            html(
                .p, .class("help"),
                text: "Costs of manufacture and prices paid are different things; currencies are "
                    + "not converted.")
            html.add(
                RowsTable(
                    of: "published costs", PublishedCost.studies + PublishedCost.prices,
                    columns: [
                        Column("name", "Product", { $0.name }).roomy,
                        Column("kind", "Kind", { $0.kind.rawValue }),
                        .figure("amount", "Amount", { $0.low }) { entry in
                            let range =
                                entry.low == entry.high
                                ? PlanNumber.whole(entry.low)
                                : "\(PlanNumber.whole(entry.low)) to \(PlanNumber.whole(entry.high))"
                            return "\(range) \(entry.currency)"
                        },
                        Column("basis", "Basis", { $0.basis }).roomy,
                        Column("year", "Year", { $0.year.map(String.init) ?? "" }),
                        Column("source", "Source", { $0.source }).roomy,
                    ]))
        }
    }
}
