package import Quantities

/// Fills the containers a stage gives: vials of a bank, or doses.
package struct FillContainers: Command {
    package static let name = "batch.fill"
    package static let summary = "Fill the vials of a bank, or doses, and issue their identifiers."
    package static let permission = Permission.execute
    package static let help = [
        "batch": "which batch", "step": "which step",
        "bank": "the number of the bank, when the stage gives one",
        "count": "how many containers were filled",
        "volume": "what was filled into each, when neither step nor definition says",
        "cells": "viable cells in each, to be held against what the record gives",
        "place": "where they are stored",
    ]

    package var batch: BatchID
    package var step: String
    package var bank: BankID?
    package var count: Int
    package var volume: Quantity?
    package var cells: Quantity?
    package var place: String

    /// Containers one fill may give; a larger one is recorded in parts.
    package static let maximumCount = 2_000

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let (batch, step, record) = try site.openStep(step, of: batch)
        let stage = try site.stage(of: batch)
        try requireText(place, "place")
        guard step.fillsContainers else {
            throw Rejection("batch.step-fills-nothing", "step '\(step.id)' fills no containers")
        }
        guard (1...Self.maximumCount).contains(count) else {
            throw Rejection(
                "batch.fill-count",
                "\(count) containers, between 1 and \(Self.maximumCount) are meant"
            )
        }
        guard !batch.inputs.isEmpty else {
            throw Rejection(
                "batch.no-input", "no starting container is recorded for '\(batch.id)'",
                help: "record what the batch was made from: batch.use-container")
        }
        guard batch.outputs.isEmpty else {
            throw Rejection("batch.filled", "'\(batch.id)' was filled before")
        }
        let content = try site.content(of: count, volume: volume, in: batch, step, record)
        try site.requireOwnCount(behind: content, of: batch)
        try requireAgreement(with: content)
        var facts = try filled(content.quantity, batch, step, stage, on: site, at: moment)
        facts += try site.contentEvent(content, in: batch, step)
        facts += try site.labelEvent(
            of: batch, step, filledOn: moment.happened.date, after: facts)
        return facts
    }

    private func filled(
        _ cells: Quantity, _ batch: Batch, _ step: MasterStep, _ stage: MasterStage,
        on site: SiteState, at moment: Moment
    ) throws(Rejection) -> [any Fact] {
        let label: String
        switch (stage.output, bank) {
        case (.bank(let kind), let bank?):
            try site.requireUnused(bank)
            label = bank.text
            let containers = try containers(labelled: label, on: site)
            return containers.chunks(of: HoldPlaced.containersMax).map {
                BankFilled(
                    bank: bank, kind: kind, batch: batch.id, step: step.id, containers: $0,
                    cells: cells, place: place)
            }
        case (.product, nil):
            label = batch.id.text
            let containers = try containers(labelled: label, on: site)
            let expires = try site.expiry(of: batch, filledOn: moment.happened.date)
            return containers.chunks(of: HoldPlaced.containersMax).map {
                DosesFilled(
                    batch: batch.id, step: step.id, containers: $0, cells: cells, place: place,
                    expires: expires)
            }
        case (.bank, nil):
            throw Rejection(
                "batch.bank-missing", "stage '\(stage.id)' gives \(stage.output)",
                help: "name the bank that was filled")
        default:
            throw Rejection(
                "batch.no-bank-here", "stage '\(stage.id)' gives \(stage.output), not a bank",
                help: "leave 'bank' out")
        }
    }

    /// Refuses a typed content that is another than the record gives.
    private func requireAgreement(with content: FilledContent) throws(Rejection) {
        guard let cells else { return }
        guard let typed = try? cells.doubleValue(in: .cells),
            abs(typed - content.cells) <= content.cells * FilledContent.countingUncertainty
        else {
            throw Rejection(
                "batch.content-disagrees",
                "'cells' is \(cells), the record gives \(content.quantity): \(content.origin)",
                help: "leave it out: the site works the content out", rule: "spec-dose-viable")
        }
    }

    private func containers(
        labelled label: String, on site: SiteState
    ) throws(Rejection) -> [ContainerID] {
        var containers: [ContainerID] = []
        for number in 1...count {
            guard let id = ContainerID("\(label)-\(padded(number, to: 3))") else {
                throw Rejection(
                    "batch.label-too-long", "'\(label)' leaves no room for container numbers",
                    help: "choose a number of at most \(ContainerID.maximumLength - 5) characters")
            }
            try site.requireUnused(id)
            containers.append(id)
        }
        return containers
    }
}

/// The vials of a bank were filled.
package struct BankFilled: Fact {
    package static let kind = "batch.bank-filled/1"
    package var bank: BankID
    /// The bank's id in the definition.
    package var kind: String
    package var batch: BatchID
    package var step: String
    package var containers: [ContainerID]
    package var cells: Quantity
    package var place: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        guard let master = site.batches[batch]?.master else { return }
        // A large filling is recorded in parts; the first one makes the bank.
        if site.banks[bank] == nil {
            site.things[bank.text] = .bank
            site.banks[bank] = Bank(
                id: bank, kind: kind, batch: batch, master: master, vials: [],
                status: .quarantine, filled: stamp)
        }
        site.banks[bank]?.vials += containers
        site.batches[batch]?.bank = bank
        site.genealogy.link(batch, to: bank)
        for container in containers {
            site.add(
                Container(
                    id: container, content: .vial(bank), status: .quarantine, location: .stored,
                    cells: cells, place: place, created: stamp, expires: nil),
                from: bank, filledIn: batch)
        }
    }
}

/// Doses were filled.
package struct DosesFilled: Fact {
    package static let kind = "batch.doses-filled/1"
    package var batch: BatchID
    package var step: String
    package var containers: [ContainerID]
    package var cells: Quantity
    package var place: String
    package var expires: CalendarDate?

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        for container in containers {
            site.add(
                Container(
                    id: container, content: .dose(batch), status: .quarantine, location: .stored,
                    cells: cells, place: place, created: stamp, expires: expires),
                from: batch, filledIn: batch)
        }
    }
}

extension SiteState {
    fileprivate mutating func add<Origin>(
        _ container: Container, from origin: Identifier<Origin>, filledIn batch: BatchID
    ) {
        var container = container
        if let source = batches[batch] {
            container.doublings = growth(of: source).cumulative
            container.freezings = freezings(of: source) + 1
        }
        things[container.id.text] = .container
        containers[container.id] = container
        batches[batch]?.outputs.append(container.id)
        genealogy.link(origin, to: container.id)
    }

    /// How often the cells a batch works with were frozen before.
    func freezings(of batch: Batch) -> Int {
        batch.inputs.compactMap { containers[$0]?.freezings }.max() ?? 0
    }
}
