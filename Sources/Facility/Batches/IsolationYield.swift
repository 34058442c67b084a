import Quantities

/// How many viable cells a gram of tissue gave: what tissue of a donor is worth, and the first sign
/// of a change in collection or digestion (Mebarki et al. 2021, doi:10.1186/s13287-021-02222-y).
package struct IsolationYield: Sendable, Hashable, Encodable {
    package var batch: BatchID
    package var product: String
    /// The donors of the tissue.
    package var donors: [DonorID]
    /// The day of the first harvest.
    package var harvested: CalendarDate
    /// Mass of the tissue in grams.
    package var grams: Double
    package var viableCells: Double
    package var cellsPerGram: Double
    /// The range of the definition, as text; `nil` when there is none.
    package var range: String?
    /// Whether it lies in the range; `nil` without one.
    package var isWithin: Bool?
}

extension SiteState {
    /// The isolation yield of every batch that has one, oldest harvest first.
    package func isolationYields() -> [IsolationYield] {
        batches.inOrder.compactMap { batch -> (entry: UInt64, yield: IsolationYield)? in
            guard let count = firstHarvest(of: batch), let yield = isolationYield(of: batch) else {
                return nil
            }
            return (count.stamp.entry, yield)
        }.sorted { $0.entry < $1.entry }.map(\.yield)
    }

    /// The isolation yield of `batch`; `nil` when it was not made of tissue, or before tissue and
    /// cells were measured.
    package func isolationYield(of batch: Batch) -> IsolationYield? {
        guard let stage = try? stage(of: batch), case .startingMaterial = stage.input,
            let grams = tissueMass(of: batch, stage), let count = firstHarvest(of: batch),
            let cells = count.viableCells, let unit = try? Unit("cells/g")
        else { return nil }
        let perGram = cells / grams
        // To a whole cell: the range is exact, the yield two measurements.
        let value = ExactDecimal(perGram, decimals: 0).map { Quantity($0, unit) }
        return IsolationYield(
            batch: batch.id, product: masters[batch.master]?.product.id ?? "",
            donors: donors(behind: batch.id.text).sorted().map(DonorID.init(unchecked:)),
            harvested: count.stamp.happened.date, grams: grams, viableCells: cells,
            cellsPerGram: perGram, range: stage.isolationYield?.description,
            isWithin: value.flatMap { value in
                stage.isolationYield.flatMap { try? $0.contains(value) }
            })
    }

    /// The event of a yield outside its range; empty when it lies in it.
    ///
    /// - Parameter next: the site with the count that gives the yield.
    func yieldEvent(
        of batch: Batch, _ step: MasterStep, in next: SiteState, after facts: [any Fact]
    ) -> [any Fact] {
        guard let yield = next.isolationYield(of: batch), yield.isWithin == false,
            let range = yield.range
        else { return [] }
        let opened = facts.count { $0 is DeviationOpened }
        return [
            DeviationOpened(
                deviation: nextDeviation(after: opened), batch: batch.id, step: step.id,
                cause: .calculation,
                description: "isolation yield \(Int(yield.cellsPerGram)) cells/g, range \(range)",
                rule: "yield-in-range")
        ]
    }

    /// The mass in grams of the tissue: the latest value of the first parameter, in the order of the
    /// steps, that is a mass.
    private func tissueMass(of batch: Batch, _ stage: MasterStage) -> Double? {
        guard let gram = try? Unit("g") else { return nil }
        for step in stage.steps {
            for parameter in step.parameters {
                let entered = batch.steps[step.id]?.values[parameter.id]?.last?.value
                if let grams = entered.flatMap({ try? $0.doubleValue(in: gram) }), grams > 0 {
                    return grams
                }
            }
        }
        return nil
    }

    /// The first count at a harvest, with its last value where it was counted again: what came out
    /// of the tissue, before any passage.
    private func firstHarvest(of batch: Batch) -> CountEntry? {
        let counts = batch.executions.flatMap(\.record.counts)
        let seeded = counts.filter { $0.point == .seeded }.map(\.stamp.entry).min() ?? .max
        return counts.filter { $0.point == .harvested && $0.stamp.entry < seeded }
            .max { $0.stamp.entry < $1.stamp.entry }
    }
}
