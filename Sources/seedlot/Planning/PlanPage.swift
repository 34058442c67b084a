import Charts
import Planner
import WebApp

/// A plan as one page that needs nothing beside it: figures, pictures, what was published.
struct PlanPage {
    private let plan: Plan
    private let answers: PlanAnswers
    private let pictures: PlanPictures

    init(_ plan: Plan, _ planned: PlanningCase) {
        self.plan = plan
        answers = PlanAnswers(plan, planned)
        pictures = PlanPictures(plan, planned, answers)
    }

    /// The page, as UTF-8 text.
    var html: String {
        var body = "<h1>\(escaped(plan.name))</h1>\n"
        body += headline
        for (name, picture) in pictures.all {
            let drawing = String(decoding: picture.inlineSVG(named: name), as: UTF8.self)
            body += "<figure>\(drawing)</figure>\n"
        }
        body += "<h2>The plan in figures</h2>\n<pre>\(escaped(plan.text + answers.text))</pre>\n"
        body += published
        return """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Plan: \(escaped(plan.name))</title>
            <style>
            body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; \
            padding: 0 1rem; color: #14211f; background: #f8f7f3; }
            pre { overflow-x: auto; font-size: 13px; background: #fff; padding: 1rem; }
            figure { margin: 1.5rem 0; overflow-x: auto; }
            table { border-collapse: collapse; } td, th { padding: .2rem .8rem; text-align: left; \
            border-bottom: 1px solid #c3cac5; } td.n { text-align: right; }
            </style>
            </head>
            <body>
            \(body)</body>
            </html>

            """
    }

    private var headline: String {
        let patient = PlanNumber.whole(plan.cost.perPatientUsed)
        let comparison = plan.publishedComparison.map { ", \($0)" } ?? ""
        return "<p>\(PlanNumber.text(plan.doses.patients)) patients, "
            + "\(plan.batches.toStart) batches to start, \(plan.batch.releasable) containers from "
            + "each; \(patient) \(escaped(plan.currency)) a patient\(escaped(comparison)).</p>\n"
    }

    private var published: String {
        let rows = (PublishedCost.studies + PublishedCost.prices).map { entry in
            let amount =
                entry.low == entry.high
                ? PlanNumber.whole(entry.low)
                : "\(PlanNumber.whole(entry.low)) to \(PlanNumber.whole(entry.high))"
            return "<tr><td>\(escaped(entry.name))</td><td>\(entry.kind.rawValue)</td>"
                + "<td class=\"n\">\(amount) \(escaped(entry.currency))</td>"
                + "<td>\(escaped(entry.basis))</td><td>\(entry.year.map(String.init) ?? "")</td>"
                + "<td>\(escaped(entry.source))</td></tr>\n"
        }
        return "<h2>What was published</h2>\n<p>Costs of manufacture and prices paid are "
            + "different things; currencies are not converted.</p>\n<table><tr><th>product</th>"
            + "<th>kind</th><th>amount</th><th>basis</th><th>year</th><th>source</th></tr>\n"
            + rows.joined() + "</table>\n"
    }

    private func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            default: result.append(character)
            }
        }
        return result
    }
}
