import Foundation

/// A chart between and within groups: individuals and moving ranges of the group means, and the
/// spread within groups (I-MR-R; D. J. Wheeler & D. S. Chambers, "Understanding Statistical
/// Process Control", 2nd ed. 1992).
///
/// For batches from different donors, or vials of one batch: an X-bar chart would judge the
/// batches by the spread of vials alone and signal without end.
public struct GroupChart: Hashable, Sendable {
    /// The means of the groups, judged by their own moving range.
    public let means: ControlChart
    /// Moving ranges of the means; the first belongs to the second group.
    public let movingRanges: ControlChart
    /// Ranges or standard deviations within groups.
    public let spread: ControlChart
    /// Standard deviation within groups.
    public let sigmaWithin: Double
    /// Standard deviation between groups beyond what the spread within explains; 0 when the
    /// estimate is negative.
    public let sigmaBetween: Double
    /// Whether the estimate between groups was negative.
    public let betweenWasNegative: Bool
    /// Whether fewer than 20 groups set the limits.
    public let isProvisional: Bool

    /// Standard deviation of a single value, between and within together.
    public var sigmaTotal: Double {
        (sigmaWithin * sigmaWithin + sigmaBetween * sigmaBetween).squareRoot()
    }

    /// Charts groups of equal size in order of time.
    /// - Parameter baseline: how many groups from the start set the limits; nil for all.
    public init(
        _ groups: [[Double]], spread kind: MeanChart.Spread = .range, baseline: Int? = nil,
        rules: RunRuleSet = .nelson, constants: ChartConstants.Convention = .exact
    ) throws(AnalysisError) {
        let within = try MeanChart(
            groups, spread: kind, baseline: baseline, rules: rules, constants: constants)
        let between = try IndividualsChart(
            within.means.values, baseline: baseline, rules: rules, constants: constants)
        means = ControlChart(
            location: "group mean", between.individuals.values, between.individuals.limits, rules)
        movingRanges = between.movingRanges
        spread = within.spread
        sigmaWithin = within.sigmaWithin
        let size = Double(groups.first?.count ?? 1)
        let variance =
            between.sigmaWithin * between.sigmaWithin
            - within.sigmaWithin * within.sigmaWithin / size
        sigmaBetween = max(0, variance).squareRoot()
        betweenWasNegative = variance < 0
        isProvisional = between.isProvisional
    }
}
