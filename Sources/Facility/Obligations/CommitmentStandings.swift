/// An obligation as it stands on a day: for programs.
package struct ObligationStanding: Encodable, Sendable {
    package var obligation: ObligationID
    package var kind: ObligationKind
    /// The reference of the authorisation that asks for it; for a commitment, the other side.
    package var authorisation: String
    package var task: String
    /// The meeting in which it was promised.
    package var meeting: MeetingID?
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

/// A meeting as it stands on a day: for programs.
package struct MeetingStanding: Encodable, Sendable {
    package var meeting: MeetingID
    package var kind: MeetingKind
    /// The authority, vendor or partner.
    package var with: String
    package var subject: String
    package var held: CalendarDate
    package var participants: String
    package var minutes: String?
    package var questions: [Question]
    /// What was promised in it, the earliest first.
    package var commitments: [ObligationStanding]
    /// Whether an answer or a promise is late.
    package var overdue: Bool

    /// A question with its answer, once there is one.
    package struct Question: Encodable, Sendable {
        package var question: String
        package var answer: String?
        package var answeredOn: CalendarDate?
    }
}

extension SiteState {
    /// What authorisations ask for, the earliest deadline first, what was met at the end.
    package func obligationStandings(on day: CalendarDate) -> [ObligationStanding] {
        obligations.inOrder.map { obligation in
            let fulfilled = obligation.fulfilled
            return ObligationStanding(
                obligation: obligation.id, kind: obligation.kind,
                authorisation: obligation.authorisation, task: obligation.task,
                meeting: obligation.meeting, deadline: obligation.deadline, due: obligation.due,
                evidence: fulfilled?.evidence,
                fulfilledOn: fulfilled?.stamp.happened.date, fulfilledBy: fulfilled?.stamp.person,
                overdue: fulfilled == nil && obligation.deadline < day)
        }.sorted { left, right in
            let (isMet, isOtherMet) = (left.evidence != nil, right.evidence != nil)
            return isMet == isOtherMet
                ? (left.deadline, left.obligation) < (right.deadline, right.obligation) : !isMet
        }
    }

    /// Meetings with authorities, vendors and partners, the latest first.
    package func meetingStandings(on day: CalendarDate) -> [MeetingStanding] {
        let commitments = Dictionary(grouping: obligationStandings(on: day)) { $0.meeting }
        return meetings.inOrder.map { meeting in
            let promised = commitments[meeting.id] ?? []
            let isLate = meeting.questions.contains { $0.answer == nil } && meeting.answersDue < day
            return MeetingStanding(
                meeting: meeting.id, kind: meeting.kind, with: meeting.with,
                subject: meeting.subject, held: meeting.held, participants: meeting.participants,
                minutes: meeting.minutes,
                questions: meeting.questions.map {
                    .init(
                        question: $0.question, answer: $0.answer,
                        answeredOn: $0.answered?.happened.date)
                }, commitments: promised, overdue: isLate || promised.contains(where: \.overdue))
        }.sorted { ($0.held, $0.meeting) > ($1.held, $1.meeting) }
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
