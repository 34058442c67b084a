import Quantities

/// The dose of an order, held against what is in the containers themselves.
extension SiteState {
    /// Refuses containers that complete an order and hold too few cells for its dose.
    ///
    /// An order is placed by the nominal content; what is kept or sent for it is counted by the
    /// content each container was filled with. A shortfall that two counts of one suspension may show is
    /// none.
    ///
    /// - Parameter earlier: containers kept or sent for the order before.
    func requireDose(
        of order: Order, in containers: [ContainerID], earlier: [ContainerID]
    ) throws(Rejection) {
        let all = Set(earlier).union(containers)
        guard let dose = order.dose, all.count >= order.containers,
            let needed = (try? PlaceOrder.cells(for: dose, weight: order.weight)) ?? nil
        else { return }
        let contents = all.compactMap { try? self.containers[$0]?.cells?.doubleValue(in: .cells) }
        let cells = contents.reduce(0, +)
        guard contents.count == all.count,
            cells < needed * (1 - FilledContent.countingUncertainty)
        else { return }
        throw Rejection(
            "order.too-few-cells",
            "\(all.count) containers hold \(FilledContent.quantity(of: cells)), "
                + "\(dose) needs \(FilledContent.quantity(of: needed))",
            help: "place the order anew with more containers", rule: "spec-dose-viable")
    }
}
