import Quantities

/// What a step used of its materials, held against what the definition plans.
///
/// EU GMP Part IV 10.26 (batch processing record) has the amounts used recorded beside the planned
/// ones. The definition may say by how much they may differ; where it says nothing, a tenth either side
/// counts as used as planned: it covers how volumes are read and lots are emptied. Less than half or
/// more than double is another process. The definition plans for a whole batch: a part of a split batch
/// takes anything between its share of the plan and all of it, because media go by the cells and a kit
/// is opened whole.
extension SiteState {
    /// The share of the planned amount by which the used one may differ, where the definition says
    /// nothing.
    private static let usualTolerance = 0.1

    /// The events of materials of which `step` used another amount than planned.
    func amountEvents(
        of step: MasterStep, _ record: StepRecord, in batch: Batch, after count: Int
    ) -> [any Fact] {
        var events: [any Fact] = []
        let portion = batch.portion(since: 0, until: record.started.entry)
        let share = portion.isKnown ? portion.share : 1
        for (material, planned, tolerance) in step.plannedAmounts {
            let used = record.materials.filter { lots[$0.lot]?.material == material }
                .map(\.quantity)
            guard
                let cause = Self.cause(of: used, planned: planned, tolerance, share)
            else { continue }
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
    private static func cause(
        of used: [Quantity], planned: Quantity, _ tolerance: Double?, _ portion: Double
    ) -> DeviationCause? {
        let amounts = used.compactMap { try? $0.doubleValue(in: planned.unit) }
        let expected = planned.value.doubleValue
        guard expected > 0 else { return nil }
        // An amount in another unit cannot be held against the plan: people have to.
        guard amounts.count == used.count else { return .amountNotAsPlanned }
        let share = amounts.reduce(0, +) / expected
        if share < 0.5 * portion || share > 2 { return .amountFarFromPlanned }
        let tolerated = (tolerance ?? usualTolerance) + 1e-9
        return share < portion * (1 - tolerated) || share > 1 + tolerated
            ? .amountNotAsPlanned : nil
    }
}

extension MasterStep {
    /// What the step plans to use of each material with the share by which it may differ, in the order
    /// of their names. Where a material is planned twice, the narrower share holds.
    fileprivate var plannedAmounts: [(material: String, amount: Quantity, tolerance: Double?)] {
        var amounts: [String: (amount: Quantity, tolerance: Double?)] = [:]
        for use in materials {
            guard let quantity = use.quantity else { continue }
            let before = amounts[use.material] ?? (Quantity(.zero, quantity.unit), nil)
            let share = use.tolerance.flatMap { try? $0.doubleValue(in: .one) }
            amounts[use.material] = (
                (try? before.amount.adding(quantity)) ?? before.amount,
                [before.tolerance, share].compactMap(\.self).min()
            )
        }
        return amounts.sorted { $0.key < $1.key }.map {
            ($0.key, $0.value.amount, $0.value.tolerance)
        }
    }
}
