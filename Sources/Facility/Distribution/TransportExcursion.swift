extension SiteState {
    /// What follows when `shipment` left its limits: the doses that nobody gave yet are held, and an
    /// event about the shipment is opened (EU GDP guidelines 2013/C 343/01, 9.2).
    func transportExcursion(of shipment: Shipment, because why: String) -> [any Fact] {
        let source = shipment.id.naming(Thing.self)
        let reason = "shipment \(shipment.id): \(why)"
        let there = shipment.containers.filter { id in
            switch containers[id]?.location {
            case .shipped(shipment.id), .received(shipment.id): true
            default: false
            }
        }
        return HoldPlaced.facts(holding: there, reason: reason, source: nil) + [
            DeviationOpened(
                deviation: nextDeviation(), batch: nil, step: nil, cause: .transportExcursion,
                description: reason, rule: "transport-qualified", subjects: [source])
        ]
    }
}
