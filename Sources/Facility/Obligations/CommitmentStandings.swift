/// An obligation as it stands on a day: for programs.
package struct ObligationStanding: Encodable, Sendable {
    package var obligation: ObligationID
    package var kind: ObligationKind
    /// The reference of the authorisation that asks for it.
    package var authorisation: String
    package var task: String
    /// The last day to act.
    package var deadline: CalendarDate
    /// The last day; for a renewal, the last day the authorisation holds.
    package var due: CalendarDate
    /// The submission or the report, once it was met.
    package var evidence: String?
    package var fulfilledOn: CalendarDate?
    package var fulfilledBy: PersonID?
    package var overdue: Bool
}

/// An inspection of the site by itself as it stands on a day: for programs.
package struct InspectionStanding: Encodable, Sendable {
    package var report: String
    package var scope: String
    /// What has to be put right; `nil` when nothing was found.
    package var findings: String?
    package var inspectedOn: CalendarDate
    package var inspectedBy: PersonID
    /// The last day it holds.
    package var until: CalendarDate
    /// Whether a later one has taken its place.
    package var isLatest: Bool
    package var overdue: Bool
}

extension SiteState {
    /// What authorisations ask for, the earliest deadline first, what was met at the end.
    package func obligationStandings(on day: CalendarDate) -> [ObligationStanding] {
        obligations.inOrder.map { obligation in
            let fulfilled = obligation.fulfilled
            return ObligationStanding(
                obligation: obligation.id, kind: obligation.kind,
                authorisation: obligation.authorisation, task: obligation.task,
                deadline: obligation.deadline, due: obligation.due, evidence: fulfilled?.evidence,
                fulfilledOn: fulfilled?.stamp.happened.date, fulfilledBy: fulfilled?.stamp.person,
                overdue: fulfilled == nil && obligation.deadline < day)
        }.sorted { left, right in
            let (isMet, isOtherMet) = (left.evidence != nil, right.evidence != nil)
            return isMet == isOtherMet
                ? (left.deadline, left.obligation) < (right.deadline, right.obligation) : !isMet
        }
    }

    /// Inspections of the site by itself, the latest first.
    package func inspectionStandings(on day: CalendarDate) -> [InspectionStanding] {
        let latest = selfInspections.indices.last
        return selfInspections.enumerated().map { place, inspection in
            InspectionStanding(
                report: inspection.report, scope: inspection.scope, findings: inspection.findings,
                inspectedOn: inspection.stamp.happened.date, inspectedBy: inspection.stamp.person,
                until: inspection.until, isLatest: place == latest,
                overdue: place == latest && inspection.until < day)
        }.reversed()
    }
}
