package import Quantities

/// One physical container with cells or tissue: a cord, a vial of a bank, a dose.
package struct Container: Sendable {
    package var id: ContainerID
    package var content: ContainerContent
    package var status: DispositionStatus
    /// Where it is, or where it ended.
    package var location: ContainerLocation
    /// Cells in it when it was filled.
    package var cells: Quantity?
    /// Storage place as labelled, such as `LN2-1/A/03/07`.
    package var place: String
    package var created: Stamp
    package var expires: CalendarDate?
    /// Reasons it must not be used, each placed by a fact.
    package var holds: [String] = []

    /// True while it is at the site.
    package var isInStock: Bool {
        if case .stored = location { true } else { false }
    }
}

/// What a container holds and where it came from.
package enum ContainerContent: Sendable, Hashable {
    /// Donated starting material of a donor; `material` is its id in the definition.
    case startingMaterial(DonorID, material: String)
    case vial(BankID)
    case dose(BatchID)
}

/// Where a container is.
package enum ContainerLocation: Sendable, Hashable {
    case stored
    case consumed(BatchID)
    case shipped(ShipmentID)
    case received(ShipmentID)
    case administered(PatientID)
    case destroyed
}

/// A container was put on hold.
package struct HoldPlaced: Fact {
    package static let kind = "container.hold-placed/1"
    package var container: ContainerID
    package var reason: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.containers[container]?.holds.append(reason)
    }
}

extension SiteState {
    /// The containers at the site that came from `origin`.
    func stock<T>(descendingFrom origin: Identifier<T>) -> [ContainerID] {
        genealogy.trace(from: origin.text, .forward).compactMap { step in
            let id = ContainerID(unchecked: step.node)
            return containers[id]?.isInStock == true ? id : nil
        }
    }
}
