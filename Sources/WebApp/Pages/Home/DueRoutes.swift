import Charts
import Facility
import Hummingbird

/// `/due`: everything that falls due, the oldest first.
struct DueRoutes {
    let reception: Reception

    /// Days ahead: the year that a planner of visits and simulations looks at.
    private static let daysAhead = 365

    func add(to group: RouterGroup<SignedInContext>) {
        group.get("due") { request, context in try list(request, context) }
    }

    private func list(_ request: Request, _ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        let (state, today) = (viewer.state, viewer.now.date)
        let lines = reception.workedOut.value([Line].self, of: state, on: today) {
            Self.lines(state, on: today)
        }
        let listing = Listing(
            at: .due, of: "tasks", lines,
            columns: [
                Column("due", "Due", { $0.due?.description ?? "at once" }),
                .status("status", "Status", { $0.standing(on: today) }),
                Column("task", "Task", { $0.task }),
                Column("subject", "For", { $0.subject }) { line, html in
                    if state.things[line.subject] != nil {
                        html(.a, .href(Link(to: line.subject, in: state)), text: line.subject)
                    } else {
                        html.text(line.subject)
                    }
                },
                Column("kind", "Kind", { $0.kind.replacing("-", with: " ") }),
                Column("rule", "Rule", { $0.rule ?? "" }) { line, html in
                    if let rule = line.rule { html(.a, .href(.rule(rule)), text: rule) }
                },
            ], query: ListQuery(request.queryPairs))
        return reception.list(
            listing, titled: "Due", in: .due, request: request, for: viewer
        ) { html in
            html.add(
                PageHead(
                    "Due",
                    under: "Training, calibration, qualification, readings, audits and pulls "
                        + "within \(Self.daysAhead) days."))
            let late = lines.count { $0.due.map { $0 < today } ?? true }
            let soon = lines.count { line in
                line.due.map { $0 >= today && $0 < today.advanced(byDays: DueSoon.days) } ?? false
            }
            html.add(
                Readings(readings: [
                    .init(name: "overdue", figure: "\(late)", tone: late > 0 ? .bad : .good),
                    .init(
                        name: "within \(DueSoon.days) days", figure: "\(soon)",
                        tone: soon > 0 ? .attention : .good),
                    .init(name: "within a year", figure: "\(lines.count)"),
                ]))
        }
    }

    /// One task with its day.
    struct Line: Sendable {
        var kind: String
        var subject: String
        var task: String
        var due: CalendarDate?
        var rule: String?

        func standing(on today: CalendarDate) -> (words: String, tone: Tone) {
            guard let due else { return ("overdue", .bad) }
            if due < today { return ("overdue", .bad) }
            return due < today.advanced(byDays: DueSoon.days)
                ? ("soon", .attention) : ("later", .good)
        }
    }

    /// What the site knows to be due, with the pulls of its studies and its corrective actions.
    static func lines(_ state: SiteState, on today: CalendarDate) -> [Line] {
        let site = state.due(asOf: today, within: daysAhead).map {
            Line(
                kind: $0.kind.rawValue, subject: $0.subject, task: $0.task, due: $0.due,
                rule: $0.rule)
        }
        let pulls = state.pullsDue(through: today.advanced(byDays: daysAhead)).map {
            Line(
                kind: "study-pull", subject: $0.study.text,
                task: "pull the samples of month \($0.month)", due: $0.latest)
        }
        let actions = state.correctiveActions.values.filter { $0.completed == nil }.map {
            Line(kind: "corrective-action", subject: $0.id.text, task: $0.action, due: $0.due)
        }
        return (site + pulls + actions).sorted { left, right in
            (left.due?.daysSinceEpoch ?? .min, left.kind, left.subject, left.task)
                < (right.due?.daysSinceEpoch ?? .min, right.kind, right.subject, right.task)
        }
    }
}
