package import Quantities

package typealias SampleID = Identifier<Sample>

/// Something taken to be tested or kept, with everyone who held it.
package struct Sample: Sendable, Codable {
    package var id: SampleID
    /// The lot, container or batch it was taken from.
    package var origin: ThingID
    package var step: String?
    package var quantity: Quantity?
    package var purpose: SamplePurpose
    /// When in the filling it was taken, for a sterility sample of a batch.
    package var point: SamplePoint?
    /// The event that asked for it.
    package var deviation: DeviationID?
    package var taken: Stamp
    /// Everyone who held it after its taker, oldest first.
    package var custody: [Custody] = []
    package var disposed: Stamp?

    /// The laboratory or place that holds it now; `nil` while it is with its taker or on its way.
    package var holder: String? { custody.last.flatMap { $0.isReceived ? $0.holder : nil } }
}

/// One link of a chain of custody.
package struct Custody: Sendable, Hashable, Codable {
    /// A laboratory of the site, a contract laboratory, or a store of retained samples.
    package var holder: String
    /// False while it is on its way there.
    package var isReceived: Bool
    package var temperature: Quantity?
    /// What it looked like on arrival.
    package var condition: String?
    package var stamp: Stamp
}

/// What a sample is for.
package enum SamplePurpose: String, Choice, Sendable, Hashable {
    case release, inProcess = "in-process", identity, investigation, stability
    /// Kept as a reference sample for analysis, or retained as packed.
    case reference, retained
}

/// When in a filling a sterility sample is taken (EU GMP Annex 1 10.6).
package enum SamplePoint: String, Choice, Sendable, Hashable {
    case begin, middle, end
    case afterIntervention = "after-intervention"
}

/// Takes a sample of a lot, uses a container up as one, or takes one of a batch in work.
package struct TakeSample: Command {
    package static let name = "sample.take"
    package static let summary = "Take a sample of a lot, a batch in work, or a whole container."
    package static let permission = Permission.takeSamples
    package static let help = [
        "sample": "the number of the sample", "origin": "the lot, container or batch",
        "step": "the step of the batch it was taken in",
        "quantity": "how much; needed for a lot", "purpose": "what it is for",
        "point": "when in the filling, for a sterility sample of a batch",
        "deviation": "the open event that asks for it, if one does",
    ]

    package var sample: SampleID
    package var origin: ThingID
    package var step: String?
    package var quantity: Quantity?
    package var purpose: SamplePurpose
    package var point: SamplePoint?
    package var deviation: DeviationID?

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        try site.requireUnused(sample)
        if let quantity { try requirePositive(quantity, "quantity") }
        switch site.things[origin.text] {
        case .lot:
            guard let quantity else {
                throw Rejection(
                    "sample.quantity-missing", "how much of lot '\(origin)' is not said",
                    help: "enter the quantity taken")
            }
            try site.requireAvailable(
                quantity, of: try site.lot(origin.naming(Lot.self)), to: .sampled)
        case .container:
            let container = try site.container(origin.naming(Container.self))
            try site.requireInStock(container)
            guard container.reservation == nil else {
                throw Rejection(
                    "container.reserved", "'\(container.id)' is kept for an order",
                    help: "take another container")
            }
        case .batch:
            let batch = try site.executing(origin.naming(Batch.self))
            if let step { _ = try site.openStep(step, of: batch.id) }
        case let other:
            throw Rejection(
                "sample.wrong-origin",
                "'\(origin)' is \(other.map { "a \($0.rawValue)" } ?? "unknown"), not a lot, "
                    + "container or batch")
        }
        guard point == nil || site.things[origin.text] == .batch else {
            throw Rejection(
                "sample.point", "'\(origin)' is no batch that is being filled",
                help: "leave out 'point'")
        }
        if let deviation {
            let event = try site.deviation(deviation)
            guard event.isOpen, event.sampleAsked != nil else {
                throw Rejection(
                    "sample.not-asked",
                    "'\(deviation)' \(event.isOpen ? "asks for no sample" : "is closed")",
                    help: "leave 'deviation' out, or let quality ask: deviation.classify")
            }
        }
        return [
            SampleTaken(
                sample: sample, origin: origin, step: step, quantity: quantity, purpose: purpose,
                point: point, deviation: deviation)
        ]
    }
}

/// A sample was taken.
package struct SampleTaken: Fact {
    package static let kind = "sample.taken/1"
    package var sample: SampleID
    package var origin: ThingID
    package var step: String?
    package var quantity: Quantity?
    package var purpose: SamplePurpose
    package var point: SamplePoint?
    package var deviation: DeviationID?

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        let kind = site.things[origin.text]
        site.things[sample.text] = .sample
        site.samples[sample] = Sample(
            id: sample, origin: origin, step: step, quantity: quantity, purpose: purpose,
            point: point, deviation: deviation, taken: stamp)
        site.genealogy.link(origin, to: sample)
        if kind == .lot, let quantity {
            let lot = origin.naming(Lot.self)
            guard let account = site.lots[lot]?.stockAccount else { return }
            site.lots[lot]?.move(
                quantity, from: account, to: .sampled, for: "sample \(sample)", at: stamp)
        } else if kind == .container {
            site.relocate(origin.naming(Container.self), to: .sampled(sample))
        }
    }
}

/// Hands a sample over to a laboratory, also one under contract.
package struct HandOverSample: Command {
    package static let name = "sample.hand-over"
    package static let summary = "Hand a sample over to a laboratory or a store."
    package static let permission = Permission.takeSamples
    package static let help = [
        "sample": "which sample",
        "to": "who gets it: a registered organisation, or a room or equipment of the site",
        "temperature": "the temperature it travels at",
    ]

    package var sample: SampleID
    package var to: String
    package var temperature: Quantity?

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let sample = try site.sampleAtHand(sample)
        try site.requireRecipient(to, on: moment.happened.date)
        if let temperature { try requireTemperature(temperature, "temperature") }
        guard sample.custody.last?.isReceived ?? true else {
            throw Rejection("sample.on-its-way", "'\(sample.id)' is on its way already")
        }
        return [SampleHandedOver(sample: sample.id, to: to, temperature: temperature)]
    }
}

/// A sample was handed over.
package struct SampleHandedOver: Fact {
    package static let kind = "sample.handed-over/1"
    package var sample: SampleID
    package var to: String
    package var temperature: Quantity?

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.samples[sample]?.custody.append(
            Custody(
                holder: to, isReceived: false, temperature: temperature, condition: nil,
                stamp: stamp))
    }
}

/// Confirms that a sample arrived.
package struct ReceiveSample: Command {
    package static let name = "sample.receive"
    package static let summary = "Confirm that a sample arrived, and its condition."
    package static let permission = Permission.test
    package static let help = [
        "sample": "which sample", "temperature": "the temperature on arrival",
        "condition": "what it looked like: intact, label legible",
    ]

    package var sample: SampleID
    package var temperature: Quantity?
    package var condition: String

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let sample = try site.sampleAtHand(sample)
        try requireText(condition, "condition")
        if let temperature { try requireTemperature(temperature, "temperature") }
        guard let last = sample.custody.last, !last.isReceived else {
            throw Rejection(
                "sample.not-sent", "'\(sample.id)' was not handed over",
                help: "its holder hands it over first: sample.hand-over")
        }
        return [
            SampleReceived(sample: sample.id, temperature: temperature, condition: condition)
        ]
    }
}

/// A sample arrived.
package struct SampleReceived: Fact {
    package static let kind = "sample.received/1"
    package var sample: SampleID
    package var temperature: Quantity?
    package var condition: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        guard let holder = site.samples[sample]?.custody.last?.holder else { return }
        site.samples[sample]?.custody.append(
            Custody(
                holder: holder, isReceived: true, temperature: temperature, condition: condition,
                stamp: stamp))
    }
}

/// Records that nothing is left of a sample.
package struct DisposeSample: Command {
    package static let name = "sample.dispose"
    package static let summary = "Record that a sample was used up or destroyed."
    package static let permission = Permission.test
    package static let help = ["sample": "which sample", "reason": "used up in the test, or why"]

    package var sample: SampleID
    package var reason: String

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let sample = try site.sampleAtHand(sample)
        try requireText(reason, "reason")
        if sample.purpose == .retained || sample.purpose == .reference,
            let until = site.retentionEnd(of: sample), until > moment.happened.date
        {
            throw Rejection(
                "sample.still-retained", "'\(sample.id)' is kept until \(until)",
                help: "keep it: one year after the expiry of the batch", rule: "reference-retention"
            )
        }
        return [SampleDisposed(sample: sample.id, reason: reason)]
    }
}

/// Nothing is left of a sample.
package struct SampleDisposed: Fact {
    package static let kind = "sample.disposed/1"
    package var sample: SampleID
    package var reason: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.samples[sample]?.disposed = stamp
    }
}

extension SiteState {
    /// Refuses a recipient that is no room or equipment of the site and no laboratory with which tests
    /// and their quality are agreed in writing (EU GMP chapter 7; Part IV §13).
    fileprivate func requireRecipient(_ name: String, on date: CalendarDate) throws(Rejection) {
        try requireText(name, "to")
        switch things[name] {
        case .room, .equipment: return
        case .organisation:
            guard let organisation = OrganisationID(name).flatMap({ organisations[$0] }) else {
                return
            }
            guard organisation.suspended == nil else {
                throw Rejection(
                    "organisation.suspended",
                    "'\(name)' is suspended: \(organisation.suspended ?? "")",
                    help: "send it to another laboratory", rule: "quality-agreement")
            }
            guard
                organisation.activities.contains(.testing)
                    || organisation.activities.contains(.storage)
            else {
                throw Rejection(
                    "sample.no-laboratory", "'\(name)' neither tests nor stores for the site",
                    help: "send it to a registered laboratory", rule: "quality-agreement")
            }
            guard organisation.hasAgreement(on: [.quality], at: date) else {
                throw Rejection(
                    "sample.no-agreement",
                    "no quality agreement with '\(name)' is in force on \(date)",
                    help: "record it first: organisation.record-agreement",
                    rule: "quality-agreement")
            }
        case let other:
            let known = organisations.keys.map(\.text) + rooms.keys.map(\.text)
            throw Rejection(
                "sample.unknown-recipient",
                "'\(name)' is \(other.map { "a \($0.rawValue)" } ?? "not registered")",
                help: didYouMean(name, among: known)
                    ?? "register the laboratory: organisation.register, or room.register",
                rule: "quality-agreement")
        }
    }

    /// A sample that was not used up.
    func sampleAtHand(_ id: SampleID) throws(Rejection) -> Sample {
        let sample = try sample(id)
        guard sample.disposed == nil else {
            throw Rejection("sample.disposed", "nothing is left of sample '\(id)'")
        }
        return sample
    }

    /// The day until which a retained sample of a batch is kept: one year after the expiry of the
    /// batch (EU GMP Annex 19 §3; the rule `reference-retention`).
    package func retentionEnd(of sample: Sample) -> CalendarDate? {
        let batch: Batch?
        switch things[sample.origin.text] {
        case .container:
            guard let container = containers[sample.origin.naming(Container.self)] else {
                return nil
            }
            return container.expires?.advanced(byDays: 365)
        case .batch: batch = batches[sample.origin.naming(Batch.self)]
        default: return nil
        }
        let expiry = batch?.outputs.lazy.compactMap { containers[$0]?.expires }.first
        return expiry?.advanced(byDays: 365)
    }
}
