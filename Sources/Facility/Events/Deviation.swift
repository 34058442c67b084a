package import Ledger

/// Something that was not as planned, from its opening to its closure.
package struct Deviation: Sendable {
    package var id: DeviationID
    package var batch: BatchID?
    package var step: String?
    package var cause: DeviationCause
    package var description: String
    package var opened: Stamp
    package var closure: Closure?

    package var isOpen: Bool { closure == nil }

    /// What the quality reviewer concluded.
    package struct Closure: Sendable, Hashable {
        package var rootCause: String
        package var impact: String
        package var disposition: DeviationDisposition
        package var stamp: Stamp
    }
}

/// What opened a deviation.
package enum DeviationCause: String, Choice, Sendable, Hashable {
    /// A value outside the normal operating range, inside the proven acceptable range.
    case outsideNormalRange = "outside-normal-operating-range"
    /// A value outside the proven acceptable range.
    case outsideProvenRange = "outside-proven-acceptable-range"
    /// An in-process control that does not meet its criterion.
    case controlNotMet = "in-process-control-not-met"
    /// A test result outside the specification.
    case outOfSpecification = "out-of-specification"
    /// An environmental result at or above its action limit, or a trend of alerts.
    case environment
    /// Equipment found out of tolerance, or gloves that leak.
    case equipment
    /// Growth in an aseptic process simulation.
    case simulationFailed = "process-simulation-failed"
    /// A lot from a supplier who is not approved for it.
    case supplierNotApproved = "supplier-not-approved"
    /// Seen by a person.
    case observed
}

/// What a closed deviation means for the batch.
package enum DeviationDisposition: String, Choice, Sendable, Hashable {
    case acceptable
    case reject
}

/// A deviation was opened, by a person or by the site itself.
package struct DeviationOpened: Fact {
    package static let kind = "deviation.opened/1"
    package var deviation: DeviationID
    package var batch: BatchID?
    package var step: String?
    package var cause: DeviationCause
    package var description: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.things[deviation.text] = .deviation
        site.deviations[deviation] = Deviation(
            id: deviation, batch: batch, step: step, cause: cause, description: description,
            opened: stamp)
        if let batch { site.batches[batch]?.deviations.append(deviation) }
    }
}

extension SiteState {
    /// The number the next deviation gets: issued by the site, in order, without gaps.
    func nextDeviation(after count: Int = 0) -> DeviationID {
        var number = deviations.count + count + 1
        while things["DEV-" + padded(number, to: 4)] != nil { number += 1 }
        return DeviationID(unchecked: "DEV-" + padded(number, to: 4))
    }
}

/// Opens a deviation that a person saw.
package struct OpenDeviation: Command {
    package static let name = "deviation.open"
    package static let summary = "Open a deviation for something that was not as planned."
    package static let permission = Permission.openDeviation
    package static let help = [
        "batch": "the batch concerned, if any", "step": "the step concerned, if any",
        "description": "what was seen, in the observer's words",
    ]

    package var batch: BatchID?
    package var step: String?
    package var description: String

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        try requireText(description, "description")
        if let batch {
            let batch = try site.batch(batch)
            if let step { _ = try site.step(step, of: batch) }
        }
        return [
            DeviationOpened(
                deviation: site.nextDeviation(), batch: batch, step: step, cause: .observed,
                description: description)
        ]
    }
}

/// Closes a deviation with its root cause, impact and disposition.
package struct CloseDeviation: Command {
    package static let name = "deviation.close"
    package static let summary = "Close a deviation with root cause, impact and disposition."
    package static let permission = Permission.closeDeviation
    package static let signature: SignatureMeaning? = .approved
    package static let help = [
        "deviation": "which deviation", "rootCause": "why it happened",
        "impact": "what it means for the quality of the product",
        "disposition": "whether the batch may go on",
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
        return [
            DeviationClosed(
                deviation: deviation.id, rootCause: rootCause, impact: impact,
                disposition: disposition)
        ]
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
