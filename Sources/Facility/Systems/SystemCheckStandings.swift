package import Ledger
package import Quantities

/// A look at the computerised system as it stands on a day: for programs.
package struct SystemCheckStanding: Encodable, Sendable {
    package var report: String
    package var kind: SystemCheckKind
    package var passes: Bool
    package var findings: String
    package var performedOn: CalendarDate
    package var performedBy: PersonID
    /// Who signed the report.
    package var reviewedBy: PersonID
    /// The entries and the root of the backup that was restored, and how long that took.
    package var entries: UInt64?
    package var root: Digest?
    package var took: Quantity?
    /// The last day it holds; `nil` for one that failed.
    package var until: CalendarDate?
    /// Whether a later one of its kind has taken its place.
    package var isLatest: Bool
    package var overdue: Bool
}

extension SiteState {
    /// The looks at the computerised system, the latest first.
    package func systemCheckStandings(on day: CalendarDate) -> [SystemCheckStanding] {
        let latest = SystemCheckKind.allCases.compactMap { kind in
            systemChecks.lastIndex { $0.kind == kind }
        }
        return systemChecks.enumerated().map { place, check in
            let isLatest = latest.contains(place)
            return SystemCheckStanding(
                report: check.report, kind: check.kind, passes: check.passes,
                findings: check.findings, performedOn: check.stamp.happened.date,
                performedBy: check.performedBy, reviewedBy: check.stamp.person,
                entries: check.backup?.entries, root: check.backup?.root, took: check.backup?.took,
                until: check.until, isLatest: isLatest,
                overdue: isLatest && (check.until.map { $0 < day } ?? true))
        }.reversed()
    }
}
