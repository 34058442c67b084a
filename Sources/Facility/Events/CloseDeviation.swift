package import Ledger

/// Says how grave a deviation is.
package struct ClassifyDeviation: Command {
    package static let name = "deviation.classify"
    package static let summary = "Say how grave a deviation is: minor, major or critical."
    package static let permission = Permission.closeDeviation
    package static let help = [
        "deviation": "which deviation", "grade": "how grave it is", "reason": "why",
        "sample": "the sample that is to be taken because of it, if any",
    ]

    package var deviation: DeviationID
    package var grade: DeviationGrade
    package var reason: String
    package var sample: String?

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let deviation = try site.openDeviation(deviation)
        try requireText(reason, "reason")
        if let sample { try requireText(sample, "sample") }
        return [
            DeviationClassified(
                deviation: deviation.id, grade: grade, reason: reason, sample: sample)
        ]
    }
}

/// A deviation was classified.
package struct DeviationClassified: Fact {
    package static let kind = "deviation.classified/1"
    package var deviation: DeviationID
    package var grade: DeviationGrade
    package var reason: String
    package var sample: String?

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.deviations[deviation]?.classified = .init(grade: grade, reason: reason, stamp: stamp)
        if let sample {
            site.deviations[deviation]?.sampleAsked = .init(what: sample, stamp: stamp)
        }
    }
}

/// Closes a deviation with its root cause, impact and disposition.
///
/// A critical one is closed only with a corrective action, and a result outside the specification
/// only after its investigation: the first phase in the laboratory, and the second in production
/// when the laboratory found no cause of its own. Rejection puts what is at hand of the things it is
/// about on hold; such a hold is not lifted any more.
package struct CloseDeviation: Command {
    package static let name = "deviation.close"
    package static let summary = "Close a deviation with root cause, impact and disposition."
    package static let permission = Permission.closeDeviation
    package static let signature: SignatureMeaning? = .approved
    package static let help = [
        "deviation": "which deviation", "rootCause": "why it happened",
        "impact": "what it means for the quality of the product",
        "disposition": "whether the batch, or what else it is about, may go on",
    ]

    package var deviation: DeviationID
    package var rootCause: String
    package var impact: String
    package var disposition: DeviationDisposition

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let deviation = try site.deviation(deviation)
        try requireText(rootCause, "rootCause")
        try requireText(impact, "impact")
        guard deviation.isOpen else {
            throw Rejection("deviation.closed", "'\(deviation.id)' is closed")
        }
        guard deviation.opened.person != moment.person else {
            throw Rejection(
                "deviation.own-event",
                "'\(moment.person)' opened '\(deviation.id)' or made the entry that opened it",
                help: "another person closes it")
        }
        if deviation.grade == .critical, !site.hasCorrectiveAction(deviation.id) {
            throw Rejection(
                "deviation.no-capa", "'\(deviation.id)' is critical and has no corrective action",
                help: "open one first: capa.open")
        }
        if site.isInvestigated(deviation) {
            try site.requireInvestigated(deviation, disposition: disposition)
        }
        let closed = DeviationClosed(
            deviation: deviation.id, rootCause: rootCause, impact: impact,
            disposition: disposition)
        guard disposition == .reject else { return [closed] }
        return [closed] + site.holds(rejectedBy: deviation, because: impact)
    }
}

/// A deviation was closed.
package struct DeviationClosed: Fact {
    package static let kind = "deviation.closed/1"
    package var deviation: DeviationID
    package var rootCause: String
    package var impact: String
    package var disposition: DeviationDisposition

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.deviations[deviation]?.closure = .init(
            rootCause: rootCause, impact: impact, disposition: disposition, stamp: stamp)
    }
}

extension SiteState {
    /// A deviation that is not closed.
    func openDeviation(_ id: DeviationID) throws(Rejection) -> Deviation {
        let deviation = try deviation(id)
        guard deviation.isOpen else {
            throw Rejection("deviation.closed", "'\(id)' is closed")
        }
        return deviation
    }

    fileprivate func hasCorrectiveAction(_ id: DeviationID) -> Bool {
        correctiveActions.values.contains { $0.source == id.naming(Thing.self) }
    }

    fileprivate func requireInvestigated(
        _ deviation: Deviation, disposition: DeviationDisposition
    ) throws(Rejection) {
        guard let laboratory = deviation.laboratoryPhase else {
            throw Rejection(
                "oos.not-investigated", "the laboratory has not investigated '\(deviation.id)'",
                help: "record its phase first: oos.record-laboratory-phase", rule: "release-points")
        }
        let isInvalidated = isResultInvalidated(of: deviation)
        if !isInvalidated, deviation.fullPhase == nil {
            throw Rejection(
                "oos.full-phase-missing",
                laboratory.assignableCause
                    ? "the result of '\(deviation.id)' is not invalidated"
                    : "the laboratory found no cause of its own for '\(deviation.id)'",
                help: "investigate production: oos.record-full-phase", rule: "release-points")
        }
        // A study says itself that its criterion was not met: what follows for the product is decided.
        if !isInvalidated, disposition == .acceptable, deviation.cause == .outOfSpecification {
            throw Rejection(
                "oos.confirmed", "the result of '\(deviation.id)' stands",
                help: "a result that was not invalidated is not acceptable: reject"
                    + (deviation.batch == nil
                        ? ""
                        : ", or supply under exceptional conditions: batch.supply-exceptionally"),
                rule: "release-all-pass")
        }
    }
}
