package import Ledger

package typealias ObligationID = Identifier<Obligation>

/// Something an authorisation asks for by a day: a specific obligation of a conditional approval, a
/// measure after the approval, or the renewal itself (Regulation (EC) No 726/2004 Art. 14-a;
/// Regulation (EC) No 507/2006); or what was promised in a meeting.
package struct Obligation: Sendable, Codable {
    package var id: ObligationID
    package var kind: ObligationKind
    /// The reference of the authorisation that asks for it; for a commitment, the other side.
    package var authorisation: String
    /// What is to be done.
    package var task: String
    /// The last day; for a renewal, the last day the authorisation holds.
    package var due: CalendarDate
    /// The meeting in which it was promised.
    package var meeting: MeetingID?
    package var recorded: Stamp
    package var fulfilled: Fulfilment?

    /// How an obligation was met.
    package struct Fulfilment: Sendable, Hashable, Codable {
        /// The submission or the report.
        package var evidence: String
        package var stamp: Stamp
    }

    /// Months before its end at which the renewal of a conditional approval is filed (Regulation
    /// (EC) No 507/2006 Art. 6(2)).
    package static let renewalMonths = 6

    /// The last day to act.
    package var deadline: CalendarDate {
        kind == .renewal ? due.advanced(byMonths: -Self.renewalMonths) : due
    }

    /// What is to be done and who waits for it, in words.
    package var duty: String {
        let occasion = meeting.map { " in \($0)" } ?? ""
        return switch kind {
        case .renewal: "file the renewal: \(task), \(authorisation)"
        case .commitment: "\(task), promised to \(authorisation)\(occasion)"
        case .partnerCommitment: "see that \(authorisation) keeps its word\(occasion): \(task)"
        case .specificObligation, .postAuthorisationMeasure, .report: "\(task), \(authorisation)"
        }
    }
}

/// What is asked for, or was promised.
package enum ObligationKind: String, Choice, Sendable, Hashable {
    /// A study that completes a conditional approval.
    case specificObligation = "specific-obligation"
    /// A measure agreed after an approval.
    case postAuthorisationMeasure = "post-authorisation-measure"
    /// A report to an authority or a sponsor.
    case report
    /// The renewal of the authorisation.
    case renewal
    /// What the site promised to an authority or a partner.
    case commitment
    /// What a vendor or a partner promised to the site.
    case partnerCommitment = "partner-commitment"

    /// The rule of the catalogue behind it; a promise has none.
    package var rule: String? {
        switch self {
        case .commitment, .partnerCommitment: nil
        case .specificObligation, .postAuthorisationMeasure, .report, .renewal: "obligation-due"
        }
    }
}

/// Records what an authorisation asks for, or what was promised.
package struct RecordObligation: Command {
    package static let name = "obligation.record"
    package static let summary = "Record what an authorisation asks for, or was promised, by a day."
    package static let permission = Permission.review
    package static let help = [
        "obligation": "the number of the obligation", "kind": "what is asked for",
        "authorisation":
            "the reference of the authorisation that asks for it; for a commitment, the other side",
        "task": "what is to be done",
        "due": "the last day; for a renewal, the last day the authorisation holds",
        "meeting": "the meeting in which it was promised, if it was recorded",
    ]

    package var obligation: ObligationID
    package var kind: ObligationKind
    package var authorisation: String
    package var task: String
    package var due: CalendarDate
    package var meeting: MeetingID?

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        try site.requireUnused(obligation)
        try requireText(authorisation, "authorisation")
        try requireText(task, "task")
        if let meeting { _ = try site.meeting(meeting) }
        return [
            ObligationRecorded(
                obligation: obligation, kind: kind, authorisation: authorisation, task: task,
                due: due, meeting: meeting)
        ]
    }
}

/// An obligation was recorded.
package struct ObligationRecorded: Fact {
    package static let kind = "obligation.recorded/1"
    package var obligation: ObligationID
    package var kind: ObligationKind
    package var authorisation: String
    package var task: String
    package var due: CalendarDate
    package var meeting: MeetingID?

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.things[obligation.text] = .obligation
        site.obligations[obligation] = Obligation(
            id: obligation, kind: kind, authorisation: authorisation, task: task, due: due,
            meeting: meeting, recorded: stamp)
    }
}

extension SiteState {
    /// The number the next obligation gets when the site records it itself.
    ///
    /// - Parameter count: how many the same command has recorded before.
    func nextObligation(after count: Int = 0) -> ObligationID {
        unusedNumber("OBL", from: obligations.count + 1, after: count)
    }
}

/// Records that an obligation was met, or a promise kept.
package struct FulfilObligation: Command {
    package static let name = "obligation.fulfil"
    package static let summary = "Record that an obligation was met, or a promise kept."
    package static let permission = Permission.review
    package static let signature: SignatureMeaning? = .approved
    package static let help = [
        "obligation": "which obligation", "evidence": "the submission or the report",
    ]

    package var obligation: ObligationID
    package var evidence: String

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let obligation = try site.obligation(obligation)
        try requireText(evidence, "evidence")
        guard obligation.fulfilled == nil else {
            throw Rejection(
                "obligation.fulfilled", "'\(obligation.id)' was met before",
                help: "a further one has a number of its own: obligation.record")
        }
        return [ObligationFulfilled(obligation: obligation.id, evidence: evidence)]
    }
}

/// An obligation was met.
package struct ObligationFulfilled: Fact {
    package static let kind = "obligation.fulfilled/1"
    package var obligation: ObligationID
    package var evidence: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.obligations[obligation]?.fulfilled = .init(evidence: evidence, stamp: stamp)
    }
}
