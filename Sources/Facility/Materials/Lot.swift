package import Quantities

/// A received lot of a raw material, kept in double entry.
///
/// Every amount moves from one account to another, so that at all times
/// received = quarantine + released + rejected + consumed + destroyed.
package struct Lot: Sendable {
    package var id: LotID
    /// The material's id in the definition.
    package var material: String
    package var supplier: String
    package var supplierLot: String
    package var expiry: CalendarDate
    package var received: Quantity
    package var status: DispositionStatus
    package var arrived: Stamp
    package var disposed: Stamp?
    /// What was consumed, by batch and step.
    package var uses: [LotUse] = []

    /// What is left.
    package var remaining: Quantity {
        uses.reduce(received) { left, use in (try? left.subtracting(use.quantity)) ?? left }
    }
}

/// One use of a lot.
package struct LotUse: Sendable, Hashable {
    package var batch: BatchID
    package var step: String
    package var quantity: Quantity
    package var stamp: Stamp
}

/// Where a lot, a container or a bank stands between arrival and use.
package enum DispositionStatus: String, Sendable, Hashable, CaseIterable {
    case quarantine, released, rejected
}
