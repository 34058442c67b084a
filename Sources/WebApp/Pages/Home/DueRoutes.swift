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
        let lines = reception.workedOut.value([DueItem].self, of: state, on: today) {
            state.due(asOf: today, within: Self.daysAhead)
        }
        let listing = Listing(
            at: .due, of: "tasks", lines,
            columns: [
                Column("due", "Due", { $0.due?.description ?? "at once" }),
                .status("status", "Status", { $0.lateness(on: today) }),
                Column("task", "Task", { $0.task }),
                Column("subject", "For", { $0.subject }) { line, html in
                    if state.things[line.subject] != nil {
                        html(.a, .href(Link(to: line.subject, in: state)), text: line.subject)
                    } else {
                        html.text(line.subject)
                    }
                },
                Column("kind", "Kind", { $0.kind.rawValue.replacing("-", with: " ") }),
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
                    under:
                        "Everything the site has to do within \(Self.daysAhead) days, the oldest first."
                ))
            let late = lines.count { $0.isOverdue(on: today) }
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
}

extension DueItem {
    /// How it stands on `today`, in words.
    fileprivate func lateness(on today: CalendarDate) -> (words: String, tone: Tone) {
        guard !isOverdue(on: today), let due else { return ("overdue", .bad) }
        return due < today.advanced(byDays: DueSoon.days)
            ? ("soon", .attention) : ("later", .good)
    }
}
