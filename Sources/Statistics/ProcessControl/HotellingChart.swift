import Foundation

/// Hotelling's T squared chart of lots described by several attributes, in phases.
///
/// Phase I estimates mean and covariance from the baseline and judges the same lots by the beta
/// distribution that T squared has there; phase II judges later lots by the F distribution of a
/// new one (N. D. Tracy, J. C. Young & R. L. Mason, J. Quality Technology 24 (1992) 88;
/// D. C. Montgomery, "Introduction to Statistical Quality Control", 6th ed., 11.3).
public struct HotellingChart: Hashable, Sendable {
    /// A lot that signals, with what each attribute adds to its T squared.
    public struct Signal: Hashable, Sendable {
        /// Position of the lot, from 0.
        public let position: Int
        /// T squared less that without the attribute (G. C. Runger, F. B. Alt & D. C. Montgomery,
        /// Commun. Statist. 25 (1996) 2203): large for the attributes that are the cause.
        public let contributions: [Double]
    }

    /// The names of the attributes.
    public let attributes: [String]
    /// Lots of the baseline, phase I.
    public let baseline: Int
    /// T squared of each lot.
    public let values: [Double]
    /// Upper limit of lots in the baseline; no limit below, for small is good.
    public let limitInBaseline: Double
    /// Upper limit of later lots.
    public let limitAfter: Double
    /// Lots beyond their limit.
    public let signals: [Signal]
    /// Mean of each attribute in the baseline.
    public let mean: [Double]
    /// Probability of a false signal of one lot.
    public let alpha: Double
    /// Whether fewer than 20 lots for each attribute set the limits.
    public let isProvisional: Bool

    /// The limit of each lot.
    public var limits: [Double] {
        values.indices.map { $0 < baseline ? limitInBaseline : limitAfter }
    }

    /// Charts `rows`, one lot each, in order of time.
    /// - Parameters:
    ///   - baseline: how many lots from the start set mean and covariance; nil for all.
    ///   - alpha: probability of a false signal; 0.0027 is that of limits at three sigmas.
    /// - Throws: for a baseline with no more lots than attributes and one, or attributes that
    ///   determine each other.
    public init(
        _ rows: [[Double]], attributes: [String], baseline: Int? = nil, alpha: Double = 0.0027
    ) throws(AnalysisError) {
        try requireProbability(alpha, "alpha")
        let count = min(baseline ?? rows.count, rows.count)
        let p = attributes.count
        guard p >= 2 else { throw .tooFew(what: "attributes", found: p, needed: 2) }
        guard count > p + 1 else {
            throw .tooFew(what: "lots of the baseline", found: count, needed: p + 2)
        }
        for (index, row) in rows.enumerated() where row.count != p {
            throw .unequalLengths("attributes", p, "values of lot \(index + 1)", row.count)
        }
        let summary = try MultivariateSummary(Array(rows.prefix(count)))
        let factor = try summary.factor()
        var values: [Double] = []
        for (index, row) in rows.enumerated() {
            try requireFinite(row, "value of lot \(index + 1)")
            let z = factor.forward(zip(row, summary.mean).map { $0 - $1 })
            values.append(dot(z, z))
        }
        let (n, width) = (Double(count), Double(p))
        let share = try BetaDistribution(width / 2, (n - width - 1) / 2).quantile(1 - alpha)
        let before = (n - 1) * (n - 1) / n * share
        let after = try summary.limit(confidence: 1 - alpha)
        self.attributes = attributes
        self.baseline = count
        self.values = values
        limitInBaseline = before
        limitAfter = after
        mean = summary.mean
        self.alpha = alpha
        isProvisional = count < provisionalLimitCount * p
        var signals: [Signal] = []
        for (index, value) in values.enumerated() where value > (index < count ? before : after) {
            signals.append(
                Signal(
                    position: index,
                    contributions: try HotellingChart.contributions(rows[index], value, summary)))
        }
        self.signals = signals
    }

    private static func contributions(
        _ row: [Double], _ whole: Double, _ summary: MultivariateSummary
    ) throws(AnalysisError) -> [Double] {
        var result: [Double] = []
        for left in row.indices {
            let kept = row.indices.filter { $0 != left }
            var covariance = Matrix(rows: kept.count, columns: kept.count)
            for (i, a) in kept.enumerated() {
                for (j, b) in kept.enumerated() { covariance[i, j] = summary.covariance[a, b] }
            }
            guard let factor = Cholesky(covariance) else {
                throw .singular(
                    what: "the covariance without attribute \(left + 1)",
                    remedy: "leave out attributes that determine each other")
            }
            let z = factor.forward(kept.map { row[$0] - summary.mean[$0] })
            result.append(whole - dot(z, z))
        }
        return result
    }

    /// The limit of means of samples, with the pooled covariance within `samples` samples of
    /// `size` (Montgomery, equations 11.19 and 11.20).
    public static func limitOfMeans(
        attributes p: Int, samples m: Int, size n: Int, alpha: Double, isNew: Bool
    ) throws(AnalysisError) -> Double {
        try requireProbability(alpha, "alpha")
        let df = m * n - m - p + 1
        guard p >= 1, m >= 2, n >= 2, df > 0 else {
            throw .tooFew(what: "samples", found: m, needed: 2)
        }
        let factor = Double(p * (isNew ? m + 1 : m - 1) * (n - 1)) / Double(df)
        return factor * (try FDistribution(Double(p), Double(df)).quantile(1 - alpha))
    }
}
