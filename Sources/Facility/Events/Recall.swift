package import Ledger

package typealias RecallID = Identifier<Recall>

/// A recall of everything that came from something, real or as an exercise.
package struct Recall: Sendable, Codable {
    package var id: RecallID
    package var thing: ThingID
    package var reason: String
    /// True for an exercise: nothing is held and nobody is alarmed.
    package var isMock: Bool
    package var begun: Stamp
    /// Whom we reached, in the order of the calls.
    package var contacts: [Contact] = []
    package var closed: Closure?

    /// One call and its answer.
    package struct Contact: Sendable, Hashable, Codable {
        /// The shipment concerned; `nil` for a supplier, an establishment or an authority.
        package var shipment: ShipmentID?
        package var whom: String
        package var answer: String
        package var stamp: Stamp
    }

    /// How a recall ended.
    package struct Closure: Sendable, Hashable, Codable {
        package var conclusion: String
        package var stamp: Stamp
    }

    /// Seconds from the beginning to the last call, or to the closure when nobody had to be called.
    package var secondsTaken: Int64? {
        let end = contacts.last?.stamp.happened ?? closed?.stamp.happened
        return end.map { ($0.milliseconds - begun.happened.milliseconds) / 1000 }
    }
}

/// Begins a recall: what is in stock is put on hold, and batches in work get a deviation.
package struct BeginRecall: Command {
    package static let name = "recall.begin"
    package static let summary =
        "Recall what came from a lot, donor, cell line, bank, batch or container, or rehearse it."
    package static let permission = Permission.review
    package static let signature: SignatureMeaning? = .approved
    package static let help = [
        "recall": "the number of the recall",
        "thing": "the lot, donor, cell line, bank, batch or container recalled", "reason": "why",
        "isMock": "true for an exercise: nothing is held",
    ]

    package var recall: RecallID
    package var thing: ThingID
    package var reason: String
    package var isMock: Bool

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        try site.requireUnused(recall)
        try requireText(reason, "reason")
        let plan = try site.recallPlan(of: thing.text)
        let begun = RecallBegun(recall: recall, thing: thing, reason: reason, isMock: isMock)
        guard !isMock else { return [begun] }
        let source = recall.naming(Thing.self)
        let why = "recall \(recall) of \(thing): \(reason)"
        let lots = plan.lots.compactMap { LotID($0) }
        let batches = plan.batchesInWork.compactMap { BatchID($0) }.compactMap { site.batches[$0] }
        return [begun]
            + HoldPlaced.facts(
                holding: plan.quarantine.compactMap { ContainerID($0) }, reason: why,
                source: source)
            + lots.map { LotHoldPlaced(lot: $0, reason: why, source: source) }
            + site.deviations(for: batches, cause: .recalled, description: why)
    }
}

/// A recall began.
package struct RecallBegun: Fact {
    package static let kind = "recall.begun/1"
    package var recall: RecallID
    package var thing: ThingID
    package var reason: String
    package var isMock: Bool

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.things[recall.text] = .recall
        site.recalls[recall] = Recall(
            id: recall, thing: thing, reason: reason, isMock: isMock, begun: stamp)
    }
}

/// Records a call of a recall and its answer.
package struct RecordRecallContact: Command {
    package static let name = "recall.record-contact"
    package static let summary = "Record whom a recall reached and what they answered."
    package static let permission = Permission.openDeviation
    package static let help = [
        "recall": "which recall",
        "shipment": "the shipment concerned; none for a supplier, establishment or authority",
        "whom": "who was reached", "answer": "what they answered, and what they hold",
    ]

    package var recall: RecallID
    package var shipment: ShipmentID?
    package var whom: String
    package var answer: String

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let recall = try site.recall(recall)
        try requireText(whom, "whom")
        try requireText(answer, "answer")
        guard recall.closed == nil else {
            throw Rejection("recall.closed", "'\(recall.id)' is closed")
        }
        if let shipment {
            let plan = try site.recallPlan(of: recall.thing.text)
            guard plan.calls.contains(where: { $0.shipment == shipment.text }) else {
                throw Rejection(
                    "recall.shipment-not-concerned",
                    "'\(shipment)' carried nothing of '\(recall.thing)'")
            }
        }
        return [
            RecallContactRecorded(
                recall: recall.id, shipment: shipment, whom: whom, answer: answer)
        ]
    }
}

/// A recall reached somebody.
package struct RecallContactRecorded: Fact {
    package static let kind = "recall.contact-recorded/1"
    package var recall: RecallID
    package var shipment: ShipmentID?
    package var whom: String
    package var answer: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.recalls[recall]?.contacts.append(
            .init(shipment: shipment, whom: whom, answer: answer, stamp: stamp))
    }
}

/// Closes a recall: every shipment that carried something of it was answered for.
package struct CloseRecall: Command {
    package static let name = "recall.close"
    package static let summary = "Close a recall once every shipment was answered for."
    package static let permission = Permission.review
    package static let signature: SignatureMeaning? = .approved
    package static let help = [
        "recall": "which recall", "conclusion": "what was recovered and what was learned",
    ]

    package var recall: RecallID
    package var conclusion: String

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let recall = try site.recall(recall)
        try requireText(conclusion, "conclusion")
        guard recall.closed == nil else {
            throw Rejection("recall.closed", "'\(recall.id)' is closed")
        }
        let reached = Set(recall.contacts.compactMap { $0.shipment?.text })
        let missing = try site.recallPlan(of: recall.thing.text).calls.compactMap(\.shipment)
            .filter { !reached.contains($0) }
        guard missing.isEmpty else {
            throw Rejection(
                "recall.not-reached", "no answer for \(missing.joined(separator: ", "))",
                help: "record each call: recall.record-contact")
        }
        return [RecallClosed(recall: recall.id, conclusion: conclusion)]
    }
}

/// A recall was closed.
package struct RecallClosed: Fact {
    package static let kind = "recall.closed/1"
    package var recall: RecallID
    package var conclusion: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.recalls[recall]?.closed = .init(conclusion: conclusion, stamp: stamp)
    }
}
