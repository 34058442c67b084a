/// Something that was not as planned, from its opening to its closure.
package struct Deviation: Sendable, Codable {
    package var id: DeviationID
    package var batch: BatchID?
    /// What else it is about: a donation, a lot, a bank, a room, a shipment.
    package var subjects: [ThingID] = []
    /// What it was found to concern later, oldest first.
    package var extensions: [DeviationExtension] = []
    /// The step concerned, or for a test result the line of the specification.
    package var step: String?
    package var cause: DeviationCause
    package var description: String
    package var opened: Stamp
    /// The rule of the catalogue that was not kept, when the site itself opened it.
    package var rule: String?
    /// The sample it asks for, since quality said so.
    package var sampleAsked: SampleAsked?
    /// How grave quality found it; until then its cause says.
    package var classified: Classification?
    /// The investigation of a result outside the specification.
    package var laboratoryPhase: LaboratoryPhase?
    package var fullPhase: FullPhase?
    package var closure: Closure?

    package var isOpen: Bool { closure == nil }

    /// How grave it is.
    package var grade: DeviationGrade { classified?.grade ?? cause.usualGrade }

    /// A sample that quality asked for in an event.
    package struct SampleAsked: Sendable, Hashable, Codable {
        package var what: String
        package var stamp: Stamp
    }

    /// A grade given by quality.
    package struct Classification: Sendable, Hashable, Codable {
        package var grade: DeviationGrade
        package var reason: String
        package var stamp: Stamp
    }

    /// What the quality reviewer concluded.
    package struct Closure: Sendable, Hashable, Codable {
        package var rootCause: String
        package var impact: String
        package var disposition: DeviationDisposition
        package var stamp: Stamp
    }
}

/// How grave a deviation is.
package enum DeviationGrade: String, Choice, Sendable, Hashable {
    case minor, major, critical
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
    /// A storage unit that left its limits.
    case storageExcursion = "storage-excursion"
    /// A shipment that left its limits.
    case transportExcursion = "transport-excursion"
    /// A count that does not agree with the books.
    case reconciliation = "reconciliation"
    /// A lot found unfit after its use.
    case materialUnfit = "material-unfit"
    /// Donor, lot or batch recalled after its use.
    case recalled = "recalled"
    /// A yield, doubling level or dose outside its limits, as calculated.
    case calculation = "calculated-value-outside-limits"
    /// A step that took, or cells that waited, longer than was validated.
    case timeExceeded = "time-limit-exceeded"
    /// An environmental result at or above its action limit, or a trend of alerts.
    case environment
    /// Equipment found out of tolerance, or gloves that leak.
    case equipment
    /// Growth in an aseptic process simulation.
    case simulationFailed = "process-simulation-failed"
    /// A lot from a supplier who is not approved for it.
    case supplierNotApproved = "supplier-not-approved"
    /// Another amount of a material than planned: within a factor of two, or further off.
    case amountNotAsPlanned = "amount-not-as-planned"
    case amountFarFromPlanned = "amount-far-from-planned"
    /// An entry corrected after somebody had relied on it.
    case entryCorrected = "entry-corrected"
    /// A serious adverse event, and a serious adverse reaction that nobody expected.
    case seriousEvent = "serious-adverse-event"
    case unexpectedReaction = "unexpected-serious-reaction"
    /// A result of a study outside its criterion.
    case studyCriterionNotMet = "study-criterion-not-met"
    /// A defect of a product that the investigation of a complaint confirmed.
    case confirmedDefect = "confirmed-quality-defect"
    /// A backup that could not be restored, or a system found unfit for its use.
    case systemCheckFailed = "system-check-failed"
    /// Seen by a person.
    case observed

    /// The grade until quality gives one.
    package var usualGrade: DeviationGrade {
        switch self {
        case .outsideNormalRange, .reconciliation, .observed, .amountNotAsPlanned: .minor
        case .unexpectedReaction: .critical
        case .outsideProvenRange, .controlNotMet, .outOfSpecification, .storageExcursion,
            .transportExcursion, .materialUnfit, .recalled, .calculation, .environment, .equipment,
            .simulationFailed, .supplierNotApproved, .timeExceeded, .amountFarFromPlanned,
            .entryCorrected, .seriousEvent, .studyCriterionNotMet,
            .confirmedDefect, .systemCheckFailed:
            .major
        }
    }
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
    /// The rule of the catalogue that was not kept, when the site itself opened it.
    package var rule: String?
    /// What it is about besides the batch; none in the first facts of this kind.
    package var subjects: [ThingID]?

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.things[deviation.text] = .deviation
        site.deviations[deviation] = Deviation(
            id: deviation, batch: batch, subjects: subjects ?? [], step: step, cause: cause,
            description: description, opened: stamp, rule: rule)
        for thing in site.deviations[deviation]?.things ?? [] { site.note(deviation, about: thing) }
    }
}

extension SiteState {
    /// The number the next deviation gets: issued by the site, in order, without gaps.
    ///
    /// - Parameter count: how many the same command has opened before.
    func nextDeviation(after count: Int = 0) -> DeviationID {
        unusedNumber("DEV", from: deviations.count + 1, after: count)
    }

    /// One deviation for each of `batches`.
    func deviations(
        for batches: [Batch], cause: DeviationCause, description: String
    ) -> [any Fact] {
        batches.enumerated().map { offset, batch in
            DeviationOpened(
                deviation: nextDeviation(after: offset), batch: batch.id, step: nil, cause: cause,
                description: description)
        }
    }

    /// The batches that used some of `lot`, or were tested with it, and are not disposed of.
    func openBatches(using lot: Lot) -> [Batch] {
        Set(lot.uses.map(\.batch) + batches(testedIn: lot.tests)).sorted().compactMap {
            batches[$0]
        }.filter {
            !$0.status.isFinal
        }
    }
}

/// Opens a deviation that a person saw.
package struct OpenDeviation: Command {
    package static let name = "deviation.open"
    package static let summary = "Open a deviation for something that was not as planned."
    package static let permission = Permission.openDeviation
    package static let help = [
        "batch": "the batch concerned, if any", "step": "the step concerned, if any",
        "subjects": "what else is concerned: donations, lots, banks, vials, rooms, shipments …",
        "description": "what was seen, in the observer's words",
    ]

    package var batch: BatchID?
    package var step: String?
    package var subjects: [ThingID]?
    package var description: String

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        try requireText(description, "description")
        if let batch {
            let batch = try site.batch(batch)
            if let step { _ = try site.step(step, of: batch) }
        }
        let others = (subjects ?? []).filter { $0.text != batch?.text }
        try site.requireSubjects(others)
        return [
            DeviationOpened(
                deviation: site.nextDeviation(), batch: batch, step: step, cause: .observed,
                description: description, subjects: others.isEmpty ? nil : others)
        ]
    }
}
