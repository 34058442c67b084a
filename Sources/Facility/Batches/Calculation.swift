import Foundation
import Quantities

/// What the site works out from what was entered, and nobody types.
package enum Calculation: String, Codable, Hashable, Sendable, CaseIterable {
    /// Cumulative population doublings: those of the cells used, and log2(N_h / N_s) of each
    /// passage (Oliver-Vila et al. 2016, doi:10.1007/s10616-015-9907-x, use the same sum).
    case doublings
    /// t ln 2 / ln(N_h / N_s) of the latest passage.
    case doublingTime = "doubling-time"
    /// Viable cells of a count.
    case viableCells = "viable-cells"
    /// Viable cells over those of the count before.
    case recovery
    /// The passage of the bank, and each seeding since.
    case passage
    /// From the collection of tissue to its processing.
    case age

    /// How a calculated parameter is worked out; `nil` when the site does not know how.
    ///
    /// - Parameter ofTissue: whether the step receives donated tissue.
    init?(unit: String, name: String, ofTissue: Bool) {
        let name = name.lowercased()
        switch unit {
        case "PD": self = .doublings
        case "passages": self = .passage
        case "cells": self = .viableCells
        case "%" where name.contains("recover") || name.contains("yield"): self = .recovery
        case "h" where name.contains("doubling"): self = .doublingTime
        case "h" where ofTissue: self = .age
        default: return nil
        }
    }

    /// The rule of the catalogue that asks for it.
    var rule: String {
        self == .recovery ? "yield-in-range" : "growth-kinetics-recorded"
    }

    /// What has to be recorded for it.
    var source: String {
        self == .age
            ? "record the tissue that is used: batch.use-container"
            : "enter the cell counts: batch.record-count"
    }
}

extension MasterParameter {
    /// How the site works it out; `nil` for a value that is entered.
    package var formula: Calculation? {
        calculation ?? (isCalculated == true && unit == "PD" ? .doublings : nil)
    }

    /// Refuses to take a typed value for one that the site works out.
    func requireEntered() throws(Rejection) {
        guard let formula else { return }
        throw Rejection(
            "batch.calculated", "'\(id)' is worked out by the site", help: formula.source,
            rule: formula.rule)
    }
}

extension SiteState {
    /// The calculated parameters of `step` that `count`, the latest of `batch`, gives a value.
    func values(
        after count: CountEntry, in batch: Batch, _ step: MasterStep
    ) -> [(parameter: MasterParameter, value: Quantity)] {
        step.parameters.compactMap { parameter in
            guard let formula = parameter.formula,
                let value = value(formula, after: count, in: batch)
            else { return nil }
            return (parameter, value)
        }
    }

    private func value(
        _ formula: Calculation, after count: CountEntry, in batch: Batch
    ) -> Quantity? {
        let isHarvest = count.point == .harvested
        switch formula {
        case .doublings: return isHarvest ? growth(of: batch).cumulative : nil
        case .doublingTime:
            guard isHarvest, let hours = growth(of: batch).passages.last?.doublingTime else {
                return nil
            }
            return Self.rounded(hours, toTenths: "h")
        case .viableCells:
            guard let cells = count.viableCells, cells < 1e15 else { return nil }
            return Quantity(ExactDecimal(Int(cells.rounded())), .cells)
        case .recovery:
            guard count.point == .formulated, let cells = count.viableCells,
                let before = countBefore(count, in: batch),
                before.point == .harvested || before.point == .formulated
            else { return nil }
            let earlier = sources(of: batch, at: before, until: count.stamp.entry).heldCells
            guard earlier > 0 else { return nil }
            return Self.rounded(cells / earlier * 100, toTenths: "%")
        case .passage: return isHarvest ? passage(of: batch) : nil
        case .age: return nil
        }
    }

    func countBefore(_ count: CountEntry, in batch: Batch) -> CountEntry? {
        batch.executions.flatMap(\.record.counts).filter { $0.stamp.entry < count.stamp.entry }
            .max { $0.stamp.entry < $1.stamp.entry }
    }

    /// The passage of the cells: that of the bank they came from, and one more for each seeding.
    private func passage(of batch: Batch) -> Quantity? {
        let seedings = batch.executions.flatMap(\.record.counts).count { $0.point == .seeded }
        let passages = batch.inputs.compactMap { containers[$0] }.map { container -> Int? in
            switch container.content {
            case .startingMaterial: return 0
            case .vial(let id):
                let bank = banks[id]
                return bank?.arrival?.passage ?? bank.flatMap { definition(of: $0) }?.passage
            case .dose: return nil
            }
        }
        guard let first = passages.first, let start = first, let unit = try? Unit("passages")
        else { return nil }
        return Quantity(ExactDecimal(start + seedings), unit)
    }

    /// The age of tissue that is used at `instant`; `nil` for anything else.
    func age(of container: Container, at instant: Timestamp) -> Quantity? {
        guard case .startingMaterial(let donor, _) = container.content,
            let collected = donors[donor]?.donations.first(where: { $0.container == container.id })?
                .collected
        else { return nil }
        let hours = Double(instant.milliseconds - collected.milliseconds) / 3_600_000
        return Self.rounded(hours, toTenths: "h")
    }

    private static func rounded(_ value: Double, toTenths unit: String) -> Quantity? {
        guard let unit = try? Unit(unit), let decimal = ExactDecimal(value, decimals: 1) else {
            return nil
        }
        return Quantity(decimal, unit)
    }
}

extension SiteState {
    /// The facts that record calculated values, and the deviations of those outside their range.
    func judged(
        _ values: [(parameter: MasterParameter, value: Quantity)], in batch: Batch,
        _ step: MasterStep, _ record: StepRecord, after count: Int = 0
    ) throws(Rejection) -> [any Fact] {
        var facts: [any Fact] = []
        var opened = count
        for (parameter, value) in values where record.values[parameter.id]?.last?.value != value {
            let isEarlier = record.values[parameter.id] != nil
            facts.append(
                isEarlier
                    ? ParameterCorrected(
                        batch: batch.id, step: step.id, parameter: parameter.id, value: value,
                        reason: "worked out again from other entries") as any Fact
                    : ParameterRecorded(
                        batch: batch.id, step: step.id, parameter: parameter.id, value: value))
            let judgement = try parameter.judge(value)
            guard judgement != .withinNormal else { continue }
            facts.append(
                DeviationOpened(
                    deviation: nextDeviation(after: opened), batch: batch.id, step: step.id,
                    cause: judgement == .outsideNormal ? .outsideNormalRange : .outsideProvenRange,
                    description: "\(parameter.name) \(value), \(judgement.title)",
                    rule: parameter.formula?.rule))
            opened += 1
        }
        return facts
    }

    /// The deviation that too many doublings open.
    func overLimit(
        _ doublings: Quantity, in batch: Batch, _ step: MasterStep, after facts: [any Fact]
    ) throws(Rejection) -> [any Fact] {
        let master = try master(batch.master)
        var limit = master.product.maximumDoublings
        if case .bank(let id) = try stage(of: batch).output {
            limit = master.bank(id)?.maximumDoublings ?? limit
        }
        guard let limit, (try? limit.isLess(than: doublings)) ?? false else { return [] }
        let opened = facts.count { $0 is DeviationOpened }
        return [
            DeviationOpened(
                deviation: nextDeviation(after: opened), batch: batch.id, step: step.id,
                cause: .calculation,
                description: "cumulative population doublings \(doublings), limit \(limit)",
                rule: "pdl-limit-kept")
        ]
    }
}
