/// Gives containers places of their own in storage, or moves them to others.
///
/// A position holds one container: a second one is refused, not overwritten.
package struct MoveContainers: Command {
    package static let name = "container.move"
    package static let summary = "Put containers into positions of storage, one each."
    package static let permission = Permission.receive
    package static let help = [
        "containers": "the containers scanned, in order",
        "positions": "the position of each, such as LN2-1/A/03/07, in the same order",
    ]

    package var containers: [ContainerID]
    package var positions: [String]

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        guard !containers.isEmpty, containers.count == positions.count,
            containers.count <= HoldPlaced.containersMax,
            Set(containers).count == containers.count, Set(positions).count == positions.count
        else {
            throw Rejection(
                "storage.positions",
                "\(containers.count) containers and \(positions.count) positions",
                help: "name one position for each container, none twice, at most "
                    + "\(HoldPlaced.containersMax)")
        }
        for (id, position) in zip(containers, positions) {
            let container = try site.container(id)
            try site.requireInStock(container)
            try requirePlace(position, "positions")
            // A container of the same command may leave the position free.
            if let occupant = site.positions[position], !containers.contains(occupant) {
                throw Rejection(
                    "storage.position-occupied", "'\(position)' holds '\(occupant)'",
                    help: "scan the position again, or choose a free one")
            }
        }
        return zip(containers, positions).map {
            ContainerMoved(container: $0, position: $1)
        }
    }
}

/// A container was put into a position.
package struct ContainerMoved: Fact {
    package static let kind = "container.moved/1"
    package var container: ContainerID
    package var position: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        guard let before = site.containers[container] else { return }
        // The position it left may have been taken by another container of the same command.
        if before.hasPosition, site.positions[before.place] == container {
            site.positions[before.place] = nil
        }
        site.positions[position] = container
        site.containers[container]?.place = position
        site.containers[container]?.hasPosition = true
    }
}

/// Gives a lot its place in storage.
package struct MoveLot: Command {
    package static let name = "material.move"
    package static let summary = "Put a lot into its place in storage."
    package static let permission = Permission.receive
    package static let help = ["lot": "which lot", "place": "where it is kept now"]

    package var lot: LotID
    package var place: String

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let lot = try site.lot(lot)
        try requirePlace(place, "place")
        return [LotMoved(lot: lot.id, place: place)]
    }
}

/// A lot was moved.
package struct LotMoved: Fact {
    package static let kind = "material.moved/1"
    package var lot: LotID
    package var place: String

    package func apply(to site: inout SiteState, at stamp: Stamp) { site.lots[lot]?.place = place }
}

/// Refuses text that is no place on a label.
func requirePlace(_ text: String, _ field: String) throws(Rejection) {
    try requireText(text, field)
    guard text.count <= 60 else {
        throw Rejection("storage.place-too-long", "'\(field)' has more than 60 characters")
    }
}

extension SiteState {
    /// Refuses a container that left storage.
    func requireInStock(_ container: Container) throws(Rejection) {
        guard container.isInStock else {
            throw Rejection(
                "container.not-in-stock", "'\(container.id)' is not in stock any more",
                help: "a container that left storage does not go back",
                rule: "bank-vial-not-returned")
        }
    }
}
