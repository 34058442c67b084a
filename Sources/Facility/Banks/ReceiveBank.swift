package import Quantities

/// A bank that came from outside, or was filled before the site kept its records here.
package struct BankArrival: Sendable, Hashable, Codable {
    package var line: CellLineID
    /// The passage at which it was frozen.
    package var passage: Int
    /// Who made it.
    package var maker: String
    /// Its certificate, with the batch record or the reference to it.
    package var certificate: String
}

/// Receives a bank made elsewhere into quarantine, vial by vial.
package struct ReceiveBank: Command {
    package static let name = "bank.receive"
    package static let summary = "Receive a bank that was made elsewhere into quarantine."
    package static let permission = Permission.receive
    package static let help = [
        "bank": "the number of the bank", "definition": "the definition version it belongs to",
        "kind": "the bank's id in the definition", "line": "the line it was made of",
        "batch": "the batch that filled it, as its maker numbers it",
        "maker": "who made it", "certificate": "its certificate",
        "passage": "the passage at which it was frozen",
        "doublings": "cumulative population doublings at freezing",
        "freezings": "how often its cells were frozen, this time included",
        "count": "how many vials arrived", "cells": "viable cells in each",
        "place": "where they are stored",
        "highestTemperature": "the highest temperature of the transport, from its logger",
    ]

    package var bank: BankID
    package var definition: MasterRecordID
    package var kind: String
    package var line: CellLineID
    package var batch: BatchID
    package var maker: String
    package var certificate: String
    package var passage: Int
    package var doublings: Quantity
    package var freezings: Int
    package var count: Int
    package var cells: Quantity
    package var place: String
    package var highestTemperature: Quantity

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        try site.requireUnused(bank)
        try site.requireUnused(batch)
        let master = try site.master(definition)
        guard let definition = master.bank(kind) else {
            throw Rejection(
                "bank.unknown-kind", "'\(master.id)' has no bank '\(kind)'",
                help: didYouMean(kind, among: master.banks.map(\.id)))
        }
        let line = try site.line(line)
        for (text, field) in [(maker, "maker"), (certificate, "certificate"), (place, "place")] {
            try requireText(text, field)
        }
        try requirePositive(cells, "cells")
        guard (1...FillContainers.maximumCount).contains(count) else {
            throw Rejection(
                "batch.fill-count",
                "\(count) vials, between 1 and \(FillContainers.maximumCount) are meant")
        }
        guard let reached = line.reachedPassage, reached >= passage else {
            throw Rejection(
                "line.history-gap",
                "the history of '\(line.id)' reaches passage "
                    + "\(line.reachedPassage.map { "\($0)" } ?? "none"), the bank is of \(passage)",
                help: "record the line's life up to the bank: line.record-stretch",
                rule: "line-history-complete")
        }
        try requireDoublings(within: definition)
        guard (1...100).contains(freezings) else {
            throw Rejection("bank.freezings", "\(freezings) freezings, 1 to 100 are meant")
        }
        return try facts(master, on: site)
    }

    private func requireDoublings(within bank: MasterBank) throws(Rejection) {
        guard let level = try? doublings.converted(to: try Unit("PD")),
            level.value.doubleValue >= 0
        else {
            throw Rejection(
                "bank.doublings", "'doublings' is \(doublings)",
                help: "enter doublings, such as 75 PD")
        }
        if let limit = bank.maximumDoublings, (try? limit.isLess(than: doublings)) ?? false {
            throw Rejection(
                "bank.too-many-doublings", "\(doublings), the bank's limit is \(limit)",
                help: "it cannot be used for this product", rule: "pdl-limit-kept")
        }
    }

    private func facts(
        _ master: MasterRecord, on site: SiteState
    ) throws(Rejection) -> [any Fact] {
        var vials: [ContainerID] = []
        for number in 1...count {
            guard let id = ContainerID("\(bank)-\(padded(number, to: 3))") else {
                throw Rejection(
                    "batch.label-too-long", "'\(bank)' leaves no room for vial numbers",
                    help: "choose a shorter number")
            }
            try site.requireUnused(id)
            vials.append(id)
        }
        var facts: [any Fact] = vials.chunks(of: HoldPlaced.containersMax).map {
            BankReceived(
                bank: bank, definition: master.id, kind: kind, line: line, batch: batch,
                maker: maker, certificate: certificate, passage: passage, doublings: doublings,
                freezings: freezings, containers: $0, cells: cells, place: place,
                highestTemperature: highestTemperature)
        }
        guard let range = master.product.storageTemperature else { return facts }
        guard let isKept = try? range.contains(highestTemperature) else {
            throw Rejection(
                "shipment.temperature", "\(highestTemperature) cannot be held against \(range)",
                help: "enter the temperature of the logger")
        }
        if !isKept {
            let why = "bank \(bank) arrived at \(highestTemperature), limit \(range)"
            facts += HoldPlaced.facts(holding: vials, reason: why, source: nil)
            facts.append(
                DeviationOpened(
                    deviation: site.nextDeviation(), batch: nil, step: nil,
                    cause: .transportExcursion, description: why, rule: "transport-qualified",
                    subjects: [bank.naming(Thing.self)]))
        }
        return facts
    }
}

/// Vials of a bank that was made elsewhere arrived.
package struct BankReceived: Fact {
    package static let kind = "bank.received/1"
    package var bank: BankID
    package var definition: MasterRecordID
    /// The bank's id in the definition.
    package var kind: String
    package var line: CellLineID
    package var batch: BatchID
    package var maker: String
    package var certificate: String
    package var passage: Int
    package var doublings: Quantity
    package var freezings: Int
    package var containers: [ContainerID]
    package var cells: Quantity
    package var place: String
    package var highestTemperature: Quantity

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        // A large bank is recorded in parts; the first one makes it.
        if site.banks[bank] == nil {
            site.things[bank.text] = .bank
            var received = Bank(
                id: bank, kind: kind, batch: batch, master: definition, vials: [],
                status: .quarantine, filled: stamp)
            received.arrival = BankArrival(
                line: line, passage: passage, maker: maker, certificate: certificate)
            site.banks[bank] = received
            site.genealogy.link(line, to: bank)
        }
        site.banks[bank]?.vials += containers
        for id in containers {
            var vial = Container(
                id: id, content: .vial(bank), status: .quarantine, location: .stored,
                cells: cells, place: place, created: stamp, expires: nil)
            vial.doublings = doublings
            vial.freezings = freezings
            site.things[id.text] = .container
            site.containers[id] = vial
            site.genealogy.link(bank, to: id)
        }
    }
}
