import Facility

/// The ways on which people, material, product and waste pass between rooms.
struct RoomWays: Component {
    /// One way, with the room it leads out of.
    struct Line {
        let from: RoomID
        let way: RoomWay
    }

    let lines: [Line]
    let state: SiteState

    func write(into html: inout HTML) {
        html.add(
            RowsTable(
                of: "ways", lines,
                columns: [
                    .link("from", "From", { $0.from.text }, to: { .room($0.from.text) }),
                    .link("to", "To", { $0.way.to.text }, to: { .room($0.way.to.text) }),
                    Column("flow", "Flow", { $0.way.flow.rawValue }),
                    Column("airlock", "Through") { $0.way.airlock ?? "a door, same grade" },
                    Column("procedure", "What is done there", { $0.way.procedure }).roomy,
                    Column("separation", "Kept apart by") { $0.way.separation ?? "" },
                    Column("approved", "Approved") { state.signed($0.way.stamp) },
                ], nothing: "No way is laid down yet."))
    }
}
