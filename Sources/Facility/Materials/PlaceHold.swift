package import Ledger

/// Puts a container, everything in stock of a lot, bank or batch, or everything in stock that came
/// from a cell line or a donor, on hold.
package struct PlaceHold: Command {
    package static let name = "hold.place"
    package static let summary =
        "Put a container, or what is in stock of a lot, bank, batch, line or donor, on hold."
    package static let permission = Permission.openDeviation
    package static let help = [
        "thing": "a container, lot, bank, batch, cell line or donor",
        "reason": "why it must not be used",
    ]

    package var thing: ThingID
    package var reason: String

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        try requireText(reason, "reason")
        if case .lot = site.things[thing.text] {
            let lot = try site.lot(thing.naming(Lot.self))
            return [LotHoldPlaced(lot: lot.id, reason: reason, source: nil)]
        }
        let containers = try site.containersHeld(with: thing)
        guard !containers.isEmpty else {
            throw Rejection("hold.nothing-in-stock", "nothing of '\(thing)' is in stock")
        }
        return HoldPlaced.facts(holding: containers, reason: reason, source: nil)
    }
}

/// Lifts a hold, with the reason: quality alone.
package struct LiftHold: Command {
    package static let name = "hold.lift"
    package static let summary = "Lift a hold, with the reason why the thing may be used again."
    package static let permission = Permission.review
    package static let signature: SignatureMeaning? = .approved
    package static let help = [
        "thing": "a container, lot, bank, batch, cell line or donor",
        "source": "the donor, excursion, recall or deviation the hold follows from; none for one "
            + "that a person placed",
        "reason": "why it may be used again",
    ]

    package var thing: ThingID
    package var source: ThingID?
    package var reason: String

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        try requireText(reason, "reason")
        if let source { try site.requireSettled(source) }
        if case .lot = site.things[thing.text] {
            let lot = try site.lot(thing.naming(Lot.self))
            try requireAnother(than: lot.holdRecords, moment)
            return [LotHoldLifted(lot: lot.id, source: source, reason: reason)]
        }
        let held = try site.containersHeld(with: thing).compactMap { site.containers[$0] }
            .filter { $0.holdRecords.contains { $0.isInForce && $0.source == source } }
        try requireAnother(than: held.flatMap(\.holdRecords), moment)
        return HoldLifted.facts(lifting: held.map(\.id), source: source, reason: reason)
    }

    private func requireAnother(than holds: [Hold], _ moment: Moment) throws(Rejection) {
        let meant = holds.filter { $0.isInForce && $0.source == source }
        guard !meant.isEmpty else {
            let by = source.map { "by '\($0)'" } ?? "by a person"
            throw Rejection("hold.none", "'\(thing)' is not on hold \(by)")
        }
        guard source != nil || meant.allSatisfy({ $0.placed.person != moment.person }) else {
            throw Rejection(
                "hold.own", "'\(moment.person)' placed this hold",
                help: "another person lifts it")
        }
    }
}

extension SiteState {
    /// The containers in stock that a hold on `thing` concerns.
    func containersHeld(with thing: ThingID) throws(Rejection) -> [ContainerID] {
        let all: [ContainerID]
        let kind = try kind(of: thing.text)
        switch kind {
        case .container: all = [thing.naming(Container.self)]
        case .bank: all = try bank(thing.naming(Bank.self)).vials
        case .batch: all = try batch(thing.naming(Batch.self)).outputs
        case .line, .donor: all = stock(descendingFrom: thing)
        default:
            throw Rejection(
                "hold.wrong-thing", "'\(thing)' is a \(kind.rawValue), which is not put on hold",
                help: "name a container, lot, bank, batch, cell line or donor")
        }
        return inStock(all)
    }

    /// Refuses to lift a hold while what it follows from still stands.
    fileprivate func requireSettled(_ source: ThingID) throws(Rejection) {
        switch things[source.text] {
        case .donor:
            let donor = try donor(source.naming(Donor.self))
            guard case .eligible = donor.eligibility else {
                throw Rejection(
                    "hold.donor-not-eligible", "donor '\(donor.id)' is not eligible",
                    help: "determine the donor eligible first, or destroy the material",
                    rule: "donor-quarantine-until-eligible")
            }
        case .excursion:
            let excursion = try excursion(source.naming(StorageExcursion.self))
            guard excursion.assessment?.disposition == .acceptable else {
                throw Rejection(
                    "hold.excursion-not-assessed",
                    "excursion '\(excursion.id)' is not assessed as acceptable",
                    help: "assess it: storage.assess-excursion", rule: "storage-temperature-kept")
            }
        case .recall:
            let recall = try recall(source.naming(Recall.self))
            guard recall.closed != nil else {
                throw Rejection(
                    "hold.recall-open", "recall '\(recall.id)' is open",
                    help: "close it first: recall.close", rule: "release-points")
            }
        case .deviation:
            let deviation = try deviation(source.naming(Deviation.self))
            guard deviation.closure?.disposition != .reject else {
                throw Rejection(
                    "hold.deviation-rejects",
                    "'\(deviation.id)' was closed with rejection: \(deviation.description)",
                    help: "destroy what is on hold: container.destroy, material.destroy",
                    rule: "deviation-closed-for-release")
            }
        default: break
        }
    }
}
