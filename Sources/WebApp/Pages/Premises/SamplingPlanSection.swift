import Facility

/// The sampling plan of a place on its own page: each point, how often, and when it was taken last.
struct SamplingPlanSection {
    let place: PlaceID
    let viewer: Viewer

    func write(into html: inout HTML) {
        let state = viewer.state
        let plans = state.monitoringPlans[place] ?? []
        guard state.grade(of: place).cleanroom != nil || !plans.isEmpty else { return }
        html.panel("Sampling plan") { html in
            if let plan = plans.last {
                html(
                    .p, .class("help"),
                    text: "Version \(plan.version), \(plan.basis), \(state.signed(plan.stamp)).")
                html.add(RowsTable(of: "points", plan.points, columns: columns))
            } else {
                html(
                    .p, .class("nothing"),
                    text: "No plan is laid down: samples are taken where people say.")
            }
            for (title, address) in viewer.actions(
                [SetMonitoringPlan.self], ["place": place.text],
                returnTo: Link(to: place.text, in: state))
            {
                html(.a, .class("button"), .href(address), text: title)
            }
            if plans.count > 1 {
                html(.details) { html in
                    html(.summary, text: "Earlier versions")
                    html(.ul, .class("plain")) { html in
                        for plan in plans.dropLast().reversed() {
                            html(
                                .li,
                                text: "\(plan.version), \(plan.basis), \(state.signed(plan.stamp))")
                        }
                    }
                }
            }
        }
    }

    private var columns: [Column<MonitoringPoint>] {
        let samples = LastSamples(of: viewer.state)
        return [
            Column("location", "Location", { $0.location }),
            Column("method", "Method") { $0.method.rawValue.replacing("-", with: " ") },
            Column("often", "When") { point in
                [
                    point.eachOperation == true ? "at each open operation" : nil,
                    point.everyDays.map { $0 == 1 ? "every day" : "every \($0) days" },
                ].compactMap { $0 }.joined(separator: " and ")
            },
            Column("last", "Last taken") {
                samples.day(of: $0, at: place)?.description ?? "never"
            },
        ]
    }
}
