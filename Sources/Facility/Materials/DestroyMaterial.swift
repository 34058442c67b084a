package import Ledger
package import Quantities

/// Destroys some of a lot, before a witness.
package struct DestroyMaterial: Command {
    package static let name = "material.destroy"
    package static let summary = "Destroy some of a lot, before a witness."
    package static let permission = Permission.receive
    package static let signature: SignatureMeaning? = .performed
    package static let help = [
        "lot": "which lot", "quantity": "how much", "reason": "why",
        "witness": "who saw it destroyed",
    ]

    package var lot: LotID
    package var quantity: Quantity
    package var reason: String
    package var witness: PersonID

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let lot = try site.lot(lot)
        try requireText(reason, "reason")
        try site.requireWitness(witness, at: moment)
        try site.requireAvailable(quantity, of: lot, to: .destroyed)
        return [
            MaterialDestroyed(lot: lot.id, quantity: quantity, reason: reason, witness: witness)
        ]
    }
}

/// Some of a lot was destroyed.
package struct MaterialDestroyed: Fact {
    package static let kind = "material.destroyed/1"
    package var lot: LotID
    package var quantity: Quantity
    package var reason: String
    package var witness: PersonID

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        guard let account = site.lots[lot]?.stockAccount else { return }
        site.lots[lot]?.move(quantity, from: account, to: .destroyed, for: reason, at: stamp)
    }
}

/// Sends some of a lot back to its supplier.
package struct ReturnMaterial: Command {
    package static let name = "material.return"
    package static let summary = "Send some of a lot back to its supplier."
    package static let permission = Permission.receive
    package static let help = ["lot": "which lot", "quantity": "how much", "reason": "why"]

    package var lot: LotID
    package var quantity: Quantity
    package var reason: String

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let lot = try site.lot(lot)
        try requireText(reason, "reason")
        try site.requireAvailable(quantity, of: lot, to: .returned)
        return [MaterialReturned(lot: lot.id, quantity: quantity, reason: reason)]
    }
}

/// Some of a lot went back to its supplier.
package struct MaterialReturned: Fact {
    package static let kind = "material.returned/1"
    package var lot: LotID
    package var quantity: Quantity
    package var reason: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        guard let account = site.lots[lot]?.stockAccount else { return }
        site.lots[lot]?.move(quantity, from: account, to: .returned, for: reason, at: stamp)
    }
}

/// Records how much of a lot a count found, and books the difference.
package struct CountMaterial: Command {
    package static let name = "material.count"
    package static let summary =
        "Reconcile a lot with what a count finds; a difference opens a deviation."
    package static let permission = Permission.receive
    package static let signature: SignatureMeaning? = .performed
    package static let help = ["lot": "which lot", "counted": "how much there is"]

    package var lot: LotID
    package var counted: Quantity

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let lot = try site.lot(lot)
        let difference: Quantity
        do {
            difference = try lot.remaining.subtracting(counted)
            _ = try lot.balances.moving(difference, from: lot.stockAccount, to: .unaccounted)
        } catch {
            throw Rejection(
                "material.wrong-unit",
                "\(counted) cannot be held against \(lot.remaining): \(error)",
                help: "enter the count in \(lot.received.unit)")
        }
        guard !counted.value.isNegative else {
            throw Rejection(
                "site.quantity-not-positive", "'counted' is \(counted), below zero",
                help: "enter what was counted")
        }
        let count = MaterialCounted(lot: lot.id, counted: counted)
        guard !difference.value.isZero else { return [count] }
        return [
            count,
            DeviationOpened(
                deviation: site.nextDeviation(), batch: nil, step: nil, cause: .reconciliation,
                description: "lot \(lot.id): counted \(counted), the books say \(lot.remaining)",
                subjects: [lot.id.naming(Thing.self)]),
        ]
    }
}

/// A lot was counted.
package struct MaterialCounted: Fact {
    package static let kind = "material.counted/1"
    package var lot: LotID
    package var counted: Quantity

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        guard let held = site.lots[lot],
            let difference = try? held.remaining.subtracting(counted)
        else { return }
        site.lots[lot]?.move(
            difference, from: held.stockAccount, to: .unaccounted, for: "count", at: stamp)
    }
}

/// Destroys containers, before a witness.
package struct DestroyContainers: Command {
    package static let name = "container.destroy"
    package static let summary = "Destroy containers, before a witness."
    package static let permission = Permission.receive
    package static let signature: SignatureMeaning? = .performed
    package static let help = [
        "containers": "the containers scanned", "reason": "why",
        "witness": "who saw them destroyed",
    ]

    package var containers: [ContainerID]
    package var reason: String
    package var witness: PersonID

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        try requireText(reason, "reason")
        try site.requireWitness(witness, at: moment)
        guard (1...HoldPlaced.containersMax).contains(containers.count),
            Set(containers).count == containers.count
        else {
            throw Rejection(
                "container.list",
                "the list is empty, names one twice, or has more than "
                    + "\(HoldPlaced.containersMax)")
        }
        for id in containers {
            switch try site.container(id).location {
            case .stored, .received, .returned: continue
            case .consumed, .sampled, .shipped, .administered, .destroyed:
                throw Rejection(
                    "container.not-at-hand", "'\(id)' is gone", help: "scan the container again")
            }
        }
        return [ContainersDestroyed(containers: containers, reason: reason, witness: witness)]
    }
}

/// Containers were destroyed.
package struct ContainersDestroyed: Fact {
    package static let kind = "container.destroyed/1"
    package var containers: [ContainerID]
    package var reason: String
    package var witness: PersonID

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        for container in containers { site.relocate(container, to: .destroyed) }
    }
}

extension SiteState {
    /// Refuses a witness who is the acting person or has no access.
    func requireWitness(_ witness: PersonID, at moment: Moment) throws(Rejection) {
        guard try person(witness).isActive, witness != moment.person else {
            throw Rejection(
                "people.witness", "'\(witness)' cannot be the witness of '\(moment.person)'",
                help: "name a second person who was there")
        }
    }

    /// Refuses a quantity that is not above zero or not there to be moved to `account`.
    func requireAvailable(
        _ quantity: Quantity, of lot: Lot, to account: LotAccount
    ) throws(Rejection) {
        try requirePositive(quantity, "quantity")
        let left: Quantity
        do {
            let moved = try lot.balances.moving(quantity, from: lot.stockAccount, to: account)
            left = moved[lot.stockAccount]
        } catch {
            throw Rejection(
                "material.wrong-unit",
                "\(quantity) cannot be taken from \(lot.remaining): \(error)",
                help: "enter the quantity in \(lot.received.unit)")
        }
        guard !left.value.isNegative else {
            throw Rejection(
                "material.not-enough",
                "\(quantity) is more than the \(lot.remaining) left of lot '\(lot.id)'",
                help: "use another lot for the rest")
        }
    }
}
