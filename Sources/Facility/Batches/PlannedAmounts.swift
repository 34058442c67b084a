import Quantities

/// What a step used of its materials, held against what the definition plans.
///
/// EU GMP Part IV 10.26 (batch processing record) has the amounts used recorded beside the planned
/// ones. A definition gives one amount and no tolerance, so a tenth either side counts as used as
/// planned: it covers how volumes are read and lots are emptied. Less than half or more than double is
/// another process.
extension SiteState {
    /// The share of the planned amount by which the used one may differ.
    private static let plannedTolerance = 0.1

    /// The events of materials of which `step` used another amount than planned.
    func amountEvents(
        of step: MasterStep, _ record: StepRecord, in batch: Batch, after count: Int
    ) -> [any Fact] {
        var events: [any Fact] = []
        for (material, planned) in step.plannedAmounts {
            let used = record.materials.filter { lots[$0.lot]?.material == material }
                .map(\.quantity)
            guard let cause = Self.cause(of: used, planned: planned) else { continue }
            let words = used.map(\.description).joined(separator: " + ")
            events.append(
                DeviationOpened(
                    deviation: nextDeviation(after: count + events.count), batch: batch.id,
                    step: step.id, cause: cause,
                    description: "\(material): planned \(planned), used \(words)",
                    rule: "batch-record-complete"))
        }
        return events
    }

    /// What the difference is; `nil` when what was used is what was planned.
    private static func cause(of used: [Quantity], planned: Quantity) -> DeviationCause? {
        let amounts = used.compactMap { try? $0.doubleValue(in: planned.unit) }
        let expected = planned.value.doubleValue
        guard expected > 0 else { return nil }
        // An amount in another unit cannot be held against the plan: people have to.
        guard amounts.count == used.count else { return .amountNotAsPlanned }
        let share = amounts.reduce(0, +) / expected
        if share < 0.5 || share > 2 { return .amountFarFromPlanned }
        return abs(share - 1) > plannedTolerance + 1e-9 ? .amountNotAsPlanned : nil
    }
}

extension MasterStep {
    /// What the step plans to use of each material, in the order of their names.
    fileprivate var plannedAmounts: [(material: String, amount: Quantity)] {
        var amounts: [String: Quantity] = [:]
        for use in materials {
            guard let quantity = use.quantity else { continue }
            let before = amounts[use.material] ?? Quantity(.zero, quantity.unit)
            amounts[use.material] = (try? before.adding(quantity)) ?? before
        }
        return amounts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}
