public import Statistics

/// Which number of a plan matters most to the cost of a patient, all being moved together.
public struct PlanSensitivity: Codable, Sendable {
    /// Shares of the variance, with half-widths of their 95 % intervals.
    public var sobol: SobolIndices
    /// Partial rank correlations, with their 95 % intervals.
    public var ranks: [PartialRankCorrelation]
    /// The limits between which each number was moved.
    public var parameters: [VariedParameter]

    /// Moves the numbers of `plan` between the ends that `CostTornado` uses.
    /// - Parameters:
    ///   - samples: N of the indices; the plan is made N(D + 2) times, and N times for the ranks.
    /// - Throws: `AnalysisError` for too few or too many samples.
    public static func of(
        _ plan: PlanningCase, _ options: PlanOptions, samples: Int, seed: UInt64
    ) throws(AnalysisError) -> PlanSensitivity {
        let levers = PlanLever.all(of: plan, options)
        let varied = levers.map { VariedParameter($0.name, $0.ends.low, $0.ends.high) }
        var free = plan
        // What is asked is what a number costs, not whether the record would allow the batch.
        for stage in free.stages.indices {
            for operation in free.stages[stage].operations.indices {
                free.stages[stage].operations[operation].seeding?.proven = nil
            }
        }
        func cost(_ values: [Double]) -> Double {
            var (changed, asked) = (free, options)
            for (lever, value) in zip(levers, values) { lever.set(value, &changed, &asked) }
            return (try? Plan.make(changed, asked).cost.perPatientUsed) ?? .nan
        }
        return PlanSensitivity(
            sobol: try SobolIndices.analyse(varied, samples: samples, seed: seed, model: cost),
            ranks: try PartialRankCorrelation.analyse(
                varied, samples: max(samples, 64), seed: seed, model: cost),
            parameters: varied)
    }

    /// The strongest first, for a person.
    public var text: String {
        var page = PlanText()
        page.line(
            "What moves the cost of a patient, all numbers moved together (\(sobol.runs) plans)")
        page.line("")
        let order = sobol.indices.indices.sorted {
            sobol.indices[$0].total > sobol.indices[$1].total
        }
        page.table(
            ["number", "from", "to", "by itself", "+/-", "in all", "+/-", "rank correlation"],
            order.map { place in
                let (index, rank) = (sobol.indices[place], ranks[place])
                return [
                    index.parameter, PlanNumber.text(parameters[place].low),
                    PlanNumber.text(parameters[place].high), PlanNumber.text(index.first),
                    PlanNumber.text(index.firstHalfWidth), PlanNumber.text(index.total),
                    PlanNumber.text(index.totalHalfWidth),
                    "\(PlanNumber.text(rank.coefficient)) (\(PlanNumber.text(rank.lower)) to "
                        + "\(PlanNumber.text(rank.upper)))",
                ]
            })
        return page.text
    }
}
