package import Quantities

/// A received lot of a raw material, kept in double entry.
package struct Lot: Sendable, Codable {
    package var id: LotID
    /// The material's id in the definition.
    package var material: String
    package var supplier: String
    package var supplierLot: String
    package var expiry: CalendarDate
    /// The last day it may be used before it is tested again; `nil` when only its expiry counts.
    package var retest: CalendarDate?
    /// Every retest, oldest first.
    package var retests: [LotRetest] = []
    package var received: Quantity
    package var status: DispositionStatus
    package var arrived: Stamp
    package var disposed: Stamp?
    /// Why it was rejected, in the words of whoever signed.
    package var lossReason: String?
    /// The supplier's certificate of analysis, where it was brought as a file.
    package var certificate: StoredFile?
    /// Where it is kept; `nil` until it was given a place.
    package var place: String?
    /// What stands on each account.
    package var balances: LotBalances
    /// Every movement since it arrived, oldest first.
    package var movements: [LotMovement] = []
    /// What was consumed, by batch and step.
    package var uses: [LotUse] = []
    /// The tests it was a reagent of, oldest first.
    package var tests: [TestUse] = []
    /// What was made of it at the site, oldest first.
    package var preparations: [PreparationUse] = []
    /// Results of testing it, oldest first.
    package var results: [LotResult] = []
    /// How it was made, for a lot that was made at the site.
    package var preparation: Preparation?
    /// Batches that may use the lot before its release, each approved by quality.
    package var conditionalUses: [ConditionalUse] = []
    /// Reasons it must not be used, past and present.
    package var holdRecords: [Hold] = []

    /// A lot that arrived.
    package init(
        id: LotID, material: String, supplier: String, supplierLot: String, expiry: CalendarDate,
        retest: CalendarDate? = nil, received: Quantity, arrived: Stamp
    ) {
        self.id = id
        self.material = material
        self.supplier = supplier
        self.supplierLot = supplierLot
        self.expiry = expiry
        self.retest = retest
        self.received = received
        status = .quarantine
        self.arrived = arrived
        balances = LotBalances(received: received)
    }

    /// What is left at the site.
    package var remaining: Quantity { balances.inStock }

    /// Reasons it must not be used now.
    package var holds: [String] { holdRecords.filter(\.isInForce).map(\.reason) }

    /// The account that holds what is left: stock moves as a whole when the lot is disposed.
    package var stockAccount: LotAccount {
        switch status {
        case .quarantine: .quarantine
        case .released: .released
        case .rejected: .rejected
        }
    }

    /// Books a movement that was decided before.
    mutating func move(
        _ quantity: Quantity, from source: LotAccount, to target: LotAccount, for occasion: String,
        at stamp: Stamp
    ) {
        guard let moved = try? balances.moving(quantity, from: source, to: target) else { return }
        balances = moved
        movements.append(
            LotMovement(
                from: source, to: target, quantity: quantity, occasion: occasion, stamp: stamp))
    }

    /// Moves what is left to the account of `status`.
    mutating func dispose(_ status: DispositionStatus, for occasion: String, at stamp: Stamp) {
        let source = stockAccount
        self.status = status
        disposed = stamp
        move(balances[source], from: source, to: stockAccount, for: occasion, at: stamp)
    }
}

/// One use of a lot.
package struct LotUse: Sendable, Hashable, Codable {
    package var batch: BatchID
    package var step: String
    package var quantity: Quantity
    package var stamp: Stamp
}

/// Leave to use a lot in one batch before the lot is released.
package struct ConditionalUse: Sendable, Hashable, Codable {
    package var batch: BatchID
    package var riskAssessment: String
    package var stamp: Stamp
}

/// Where a lot, a container or a bank stands between arrival and use.
package enum DispositionStatus: String, Sendable, Hashable, CaseIterable, Codable {
    case quarantine, released, rejected
}
