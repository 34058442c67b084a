package import Ledger

/// Something harmful that happened to a treated patient.
package struct AdverseEvent: Sendable, Hashable, Codable {
    package var description: String
    /// CTCAE grade, 1 to 5.
    package var grade: Int
    package var relation: EventRelation
    package var onset: CalendarDate
    package var stamp: Stamp
    /// What makes it serious, beside its grade.
    package var criteria: [SeriousCriterion] = []
    /// Whether the reference safety information lists it; `nil` when nobody said.
    package var isExpected: Bool?
    /// The dose it followed; `nil` when nothing says which.
    package var dose: ContainerID?
    /// Whether the product is on the market.
    package var isMarketed = false
    /// Reports to authorities, oldest first.
    package var reports: [Report] = []

    /// A report to an authority.
    package struct Report: Sendable, Hashable, Codable {
        package var authority: String
        package var reference: String
        package var stamp: Stamp
    }

    /// Serious: one of the criteria, or a grade of 3 or more, which stands for them until a physician has
    /// answered.
    package var isSerious: Bool { !criteria.isEmpty || grade >= 3 }

    /// Whether the product may have caused it.
    package var isReaction: Bool { relation != .unrelated }

    /// A serious reaction that nobody expected. What nobody assessed counts as unexpected.
    package var isUnexpectedReaction: Bool { isSerious && isReaction && isExpected != true }

    /// Fatal or life-threatening.
    package var endangersLife: Bool {
        grade >= 4 || criteria.contains(.death) || criteria.contains(.lifeThreatening)
    }

    /// The day by which authorities are told; `nil` when the event is not reported in haste.
    ///
    /// In a trial, a suspected unexpected serious reaction: 7 days after it became known when it
    /// endangered life, else 15 (Regulation (EU) 536/2014 Art. 42(2)). On the market, every serious
    /// reaction: 15 days (Directive 2001/83/EC Art. 107(3)).
    package var reportDue: CalendarDate? {
        let known = stamp.recorded.date
        if isMarketed {
            return isSerious && isReaction ? known.advanced(byDays: 15) : nil
        }
        guard isUnexpectedReaction else { return nil }
        return known.advanced(byDays: endangersLife ? 7 : 15)
    }

    /// The day by which the first report of a reaction that endangered life is completed: 8 days more.
    package var followUpReportDue: CalendarDate? {
        guard !isMarketed, endangersLife else { return nil }
        return reportDue?.advanced(byDays: 8)
    }

    /// What it opens; `nil` for an event that is kept with the patient alone.
    var cause: DeviationCause? {
        guard isSerious, isReaction else { return nil }
        return isUnexpectedReaction ? .unexpectedReaction : .seriousEvent
    }
}

/// Whether the product is thought to have caused an event.
package enum EventRelation: String, Choice, Sendable, Hashable {
    case unrelated, possible, probable, certain
}

/// What makes an event serious (Regulation (EU) 536/2014 Art. 2(2)(33); ICH E2A II.B).
package enum SeriousCriterion: String, Choice, Sendable, Hashable {
    case death
    case lifeThreatening = "life-threatening"
    case hospitalisation
    case disability
    case congenitalAnomaly = "congenital-anomaly"
    case medicallyImportant = "medically-important"
}

/// Records an adverse event of a treated patient.
package struct RecordAdverseEvent: Command {
    package static let name = "patient.record-adverse-event"
    package static let summary = "Record an adverse event of a treated patient."
    package static let permission = Permission.distribute
    package static let help = [
        "patient": "who", "description": "what happened", "grade": "CTCAE grade, 1 to 5",
        "relation": "whether the product is thought to have caused it", "onset": "when it began",
        "criteria": "what makes it serious, beside its grade",
        "isExpected": "whether the reference safety information lists it",
        "dose": "the dose it followed; the last one given before, when left out",
        "holdsSisters": "true to hold the other doses of the batch at the site",
    ]

    package var patient: PatientID
    package var description: String
    package var grade: Int
    package var relation: EventRelation
    package var onset: CalendarDate
    package var criteria: [SeriousCriterion]?
    package var isExpected: Bool?
    package var dose: ContainerID?
    package var holdsSisters: Bool?

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let patient = try site.patient(patient)
        try requireText(description, "description")
        guard (1...5).contains(grade), onset <= moment.now.date else {
            throw Rejection(
                "patient.event", "grade \(grade), onset \(onset)",
                help: "a grade from 1 to 5 and an onset not after today")
        }
        guard !patient.given.isEmpty else {
            throw Rejection("patient.not-treated", "'\(patient.id)' received no dose")
        }
        let criteria = Set(criteria ?? [])
        guard grade == 5 || !criteria.contains(.death) else {
            throw Rejection(
                "patient.event", "grade \(grade) and death",
                help: "the grade of an event that ended in death is 5")
        }
        let dose = try dose(of: patient)
        let recorded = AdverseEventRecorded(
            patient: patient.id, description: description, grade: grade, relation: relation,
            onset: onset,
            criteria: criteria.isEmpty ? nil : criteria.sorted { $0.rawValue < $1.rawValue },
            isExpected: isExpected, dose: dose)
        let stamp = Stamp(of: moment, on: site)
        let event = recorded.event(on: site, at: stamp)
        var facts: [any Fact] = [recorded]
        if let cause = event.cause {
            facts.append(site.deviation(of: event, cause, patient: patient.id))
        }
        guard holdsSisters == true else { return facts }
        guard let dose, let batch = site.batch(filling: dose) else {
            throw Rejection(
                "patient.no-dose-named", "nothing says which dose the event followed",
                help: "name it in 'dose'")
        }
        let sisters = site.inStock(try site.batch(batch).outputs)
        return facts
            + HoldPlaced.facts(
                holding: sisters, reason: "adverse event of \(patient.id), dose \(dose)",
                source: nil)
    }

    /// The dose named, or the last given on or before the day the event began.
    private func dose(of patient: Patient) throws(Rejection) -> ContainerID? {
        guard let dose else {
            return patient.given.last { $0.stamp.happened.date <= onset }?.container
        }
        guard patient.given.contains(where: { $0.container == dose }) else {
            throw Rejection(
                "patient.another-dose", "'\(patient.id)' was not given '\(dose)'",
                help: didYouMean(dose.text, among: patient.given.map(\.container.text)))
        }
        return dose
    }
}

/// An adverse event was recorded.
package struct AdverseEventRecorded: Fact {
    package static let kind = "patient.adverse-event-recorded/1"
    package var patient: PatientID
    package var description: String
    package var grade: Int
    package var relation: EventRelation
    package var onset: CalendarDate
    package var criteria: [SeriousCriterion]?
    package var isExpected: Bool?
    package var dose: ContainerID?

    /// The event as the record of the patient keeps it.
    func event(on site: SiteState, at stamp: Stamp) -> AdverseEvent {
        var isMarketed = false
        if let dose, let batch = site.batch(filling: dose), let master = site.batches[batch]?.master
        {
            isMarketed = site.masters[master]?.product.isCommercial == true
        }
        return AdverseEvent(
            description: description, grade: grade, relation: relation, onset: onset,
            stamp: stamp, criteria: criteria ?? [], isExpected: isExpected, dose: dose,
            isMarketed: isMarketed)
    }

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        let event = event(on: site, at: stamp)
        site.patients[patient]?.events.append(event)
    }
}

/// Records that an authority was told of an adverse event: the first report, or one that follows it up.
package struct ReportAdverseEvent: Command {
    package static let name = "patient.report-adverse-event"
    package static let summary = "Record a report of an adverse event to an authority."
    package static let permission = Permission.closeDeviation
    package static let signature: SignatureMeaning? = .performed
    package static let help = [
        "patient": "whose event", "event": "which event of the patient: 1 for the first",
        "authority": "who was told", "reference": "the number of the report",
    ]

    package var patient: PatientID
    package var event: Int
    package var authority: String
    package var reference: String

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let patient = try site.patient(patient)
        try requireText(authority, "authority")
        try requireText(reference, "reference")
        guard event >= 1, event <= patient.events.count else {
            throw Rejection(
                "patient.no-such-event",
                "'\(patient.id)' has \(patient.events.count) events, none numbered \(event)",
                help: "record it first: patient.record-adverse-event")
        }
        guard !patient.events[event - 1].reports.contains(where: { $0.reference == reference })
        else {
            throw Rejection(
                "patient.reported-before", "report '\(reference)' is recorded",
                help: "a follow-up report has a number of its own")
        }
        return [
            AdverseEventReported(
                patient: patient.id, event: event, authority: authority, reference: reference)
        ]
    }
}

/// An authority was told of an adverse event.
package struct AdverseEventReported: Fact {
    package static let kind = "patient.adverse-event-reported/1"
    package var patient: PatientID
    package var event: Int
    package var authority: String
    package var reference: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        guard let events = site.patients[patient]?.events, events.indices.contains(event - 1) else {
            return
        }
        site.patients[patient]?.events[event - 1].reports.append(
            .init(authority: authority, reference: reference, stamp: stamp))
    }
}

extension SiteState {
    /// The deviation a serious reaction opens, with everything it may concern.
    func deviation(
        of event: AdverseEvent, _ cause: DeviationCause, patient: PatientID
    ) -> DeviationOpened {
        var batch: BatchID?
        var origin = ""
        if let dose = event.dose, let container = containers[dose] {
            if case .dose(let id) = container.content { batch = id }
            let order = container.shipment.flatMap { shipments[$0]?.order.text }
            let donors = donors(behind: dose.text).sorted().joined(separator: ", ")
            origin =
                ", dose \(dose)" + (order.map { ", order \($0)" } ?? "")
                + (donors.isEmpty ? "" : ", donor \(donors)")
        }
        let report = event.reportDue.map { ", report by \($0)" } ?? ""
        return DeviationOpened(
            deviation: nextDeviation(), batch: batch, step: nil, cause: cause,
            description: "grade \(event.grade) event of \(patient), \(event.relation.rawValue): "
                + event.description + origin + report,
            rule: "followup-plan", subjects: [patient.naming(Thing.self)])
    }
}
