/// Adverse events of which an authority has to be told, and reports that are to be completed.
enum SafetyDue: DueSource {
    static func due(for site: SiteState, on date: CalendarDate) -> [DueItem] {
        site.patients.inOrder.flatMap { patient in
            patient.events.enumerated().compactMap { index, event -> DueItem? in
                let task: String
                let day: CalendarDate?
                switch event.reports.count {
                case 0: (task, day) = ("report", event.reportDue)
                case 1: (task, day) = ("complete the report of", event.followUpReportDue)
                default: return nil
                }
                return day.map {
                    DueItem(
                        .safetyReport, patient.id.text,
                        "\(task) event \(index + 1), grade \(event.grade), to the authority",
                        due: $0, rule: "followup-plan")
                }
            }
        }
    }
}
