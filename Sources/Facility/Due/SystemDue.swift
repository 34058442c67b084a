/// Trial restores of a backup and evaluations of the computerised system.
enum SystemDue: DueSource {
    /// Again after the interval of the last, at once after one that failed; the first within the
    /// interval of the house from the first approved version, when records begin to matter.
    static func due(for site: SiteState, on date: CalendarDate) -> [DueItem] {
        let first = site.masters.values.compactMap { $0.approved?.happened.date }.min()
        return SystemCheckKind.allCases.compactMap { kind in
            func item(_ subject: String, _ due: CalendarDate?) -> DueItem {
                DueItem(kind.due, subject, kind.task, due: due, rule: kind.rule)
            }
            if let last = site.systemChecks.last(where: { $0.kind == kind }) {
                return item(last.report, last.until)
            }
            return first.map { item("site", $0.advanced(byMonths: kind.intervalMonths)) }
        }
    }
}

extension SystemCheckKind {
    fileprivate var due: DueKind {
        switch self {
        case .restoreDrill: .restoreDrill
        case .periodicEvaluation: .periodicEvaluation
        }
    }
}
