package import Quantities

/// One physical container with cells or tissue: a cord, a vial of a bank, a dose.
package struct Container: Sendable, Codable {
    package var id: ContainerID
    package var content: ContainerContent
    package internal(set) var status: DispositionStatus
    /// When it was released; `nil` before that.
    package internal(set) var released: Stamp?
    /// Where it is, or where it ended.
    package internal(set) var location: ContainerLocation
    /// Cells in it when it was filled.
    package var cells: Quantity?
    /// Storage place as labelled, such as `LN2-1/A/03/07`.
    package internal(set) var place: String
    /// True when `place` is a position of its own, which holds nothing else.
    package internal(set) var hasPosition = false
    /// Cumulative population doublings of the cells in it; `nil` for tissue.
    package var doublings: Quantity?
    /// How often the cells were frozen, this time included.
    package var freezings = 0
    package var created: Stamp
    package var expires: CalendarDate?
    /// Reasons it must not be used, past and present.
    package var holdRecords: [Hold] = []
    /// The order it is kept for.
    package var reservation: OrderID?
    /// The shipment it last left with.
    package var shipment: ShipmentID?

    /// Reasons it must not be used now.
    package var holds: [String] { holdRecords.filter(\.isInForce).map(\.reason) }

    /// True while it is at the site.
    package var isInStock: Bool {
        if case .stored = location { true } else { false }
    }
}

/// What a container holds and where it came from.
package enum ContainerContent: Sendable, Hashable, Codable {
    /// Donated starting material of a donor; `material` is its id in the definition.
    case startingMaterial(DonorID, material: String)
    case vial(BankID)
    case dose(BatchID)
}

/// Where a container is.
package enum ContainerLocation: Sendable, Hashable, Codable {
    case stored
    case consumed(BatchID)
    case sampled(SampleID)
    case shipped(ShipmentID)
    case received(ShipmentID)
    /// Came back from a hospital: it is destroyed, never used.
    case returned(ShipmentID)
    case administered(PatientID)
    case destroyed
}

extension SiteState {
    /// Takes a container to where it is now; one that leaves storage frees its position.
    mutating func relocate(_ id: ContainerID, to location: ContainerLocation) {
        guard let container = containers[id] else { return }
        if container.hasPosition, container.isInStock, location != .stored {
            positions[container.place] = nil
            containers[id]?.hasPosition = false
        }
        containers[id]?.location = location
    }

    /// Releases a container that was in quarantine.
    mutating func release(_ id: ContainerID, at stamp: Stamp) {
        guard containers[id]?.status == .quarantine else { return }
        containers[id]?.status = .released
        containers[id]?.released = stamp
    }

    /// Those of `containers` that are still at the site.
    func inStock(_ ids: [ContainerID]) -> [ContainerID] {
        ids.filter { containers[$0]?.isInStock == true }
    }

    /// The batch that filled a container; nil for what is no dose.
    package func batch(filling container: ContainerID) -> BatchID? {
        guard case .dose(let batch) = containers[container]?.content else { return nil }
        return batch
    }

    /// The containers at the site that came from `origin`.
    func stock<T>(descendingFrom origin: Identifier<T>) -> [ContainerID] {
        inStock(
            genealogy.trace(from: origin.text, .forward).map { ContainerID(unchecked: $0.node) })
    }
}
