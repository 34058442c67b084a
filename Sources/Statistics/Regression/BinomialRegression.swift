import Foundation

/// The scale on which the probability of a response is linear.
public enum BinomialLink: String, Hashable, Sendable, CaseIterable {
    /// Normal quantile.
    case probit
    /// Log odds.
    case logit
    /// ln(-ln(1 - p)), the scale of single-hit models.
    case complementaryLogLog = "cloglog"

    /// The probability at `eta`, and its derivative.
    func probability(_ eta: Double) -> (p: Double, slope: Double) {
        switch self {
        case .probit: return (Normal.cumulative(eta), Normal.density(eta))
        case .logit:
            let p = 1 / (1 + exp(-eta))
            return (p, p * (1 - p))
        case .complementaryLogLog:
            let rate = exp(eta)
            return (-expm1(-rate), rate * exp(-rate))
        }
    }

    func eta(_ p: Double) throws(AnalysisError) -> Double {
        switch self {
        case .probit: return try Normal.quantile(p)
        case .logit: return log(p / (1 - p))
        case .complementaryLogLog: return log(-log1p(-p))
        }
    }
}

/// A regression of the share of units that respond, by maximum likelihood.
public struct BinomialRegression: Hashable, Sendable {
    /// The coefficients, in the order of the columns.
    public let coefficients: [Double]
    /// Their covariance for binomial variation.
    public let covariance: Matrix
    /// Twice the log-likelihood ratio against the observed shares.
    public let deviance: Double
    /// Pearson's chi squared.
    public let pearson: Double
    /// Groups minus coefficients.
    public let degreesOfFreedom: Int

    /// Standard errors of the coefficients.
    public var standardErrors: [Double] {
        coefficients.indices.map { covariance[$0, $0].squareRoot() }
    }

    /// Fits `affected` out of `total` on the columns of `design`, by Fisher scoring.
    /// - Throws: `notConverged` when the likelihood has no maximum, as when responses separate
    ///   completely.
    init(
        design: Matrix, total: [Double], affected: [Double], link: BinomialLink,
        offset: [Double] = [], terms: [String] = []
    ) throws(AnalysisError) {
        let rows = design.rows
        let shift = offset.isEmpty ? [Double](repeating: 0, count: rows) : offset
        var eta: [Double] = []
        for row in 0..<rows {
            eta.append(try link.eta((affected[row] + 0.5) / (total[row] + 1)))
        }
        var coefficients: [Double] = []
        var deviance = Double.infinity
        var covariance = Matrix(rows: 0, columns: 0)
        var settled = false
        for _ in 0..<100 {
            var weighted = design
            var working = [Double](repeating: 0, count: rows)
            for row in 0..<rows {
                let (p, slope) = link.probability(eta[row])
                let q = BinomialRegression.complement(link, eta[row], p)
                guard p > 0, q > 0, slope > 0, eta[row].isFinite else {
                    throw .notConverged(what: "the \(link.rawValue) regression")
                }
                let root = (total[row] * slope * slope / (p * q)).squareRoot()
                working[row] =
                    root * (eta[row] - shift[row] + (affected[row] / total[row] - p) / slope)
                for column in 0..<design.columns { weighted[row, column] *= root }
            }
            let fit = try LinearFit(design: weighted, response: working, terms: terms)
            var next = fit.coefficients
            covariance = fit.inverseCrossProduct
            var nextDeviance = 0.0
            var trial: [Double] = []
            // Halve a step that would lower the likelihood.
            for attempt in 0..<30 {
                let linear = design.times(next)
                trial = linear.indices.map { linear[$0] + shift[$0] }
                nextDeviance = BinomialRegression.deviance(link, trial, total, affected)
                if nextDeviance.isFinite, nextDeviance <= deviance * (1 + 1e-10) + 1e-12 { break }
                guard !coefficients.isEmpty, attempt < 29 else { break }
                for index in next.indices {
                    next[index] = 0.5 * (next[index] + coefficients[index])
                }
            }
            var change = Double.infinity
            if !coefficients.isEmpty {
                change = 0
                for index in next.indices {
                    change = max(
                        change, abs(next[index] - coefficients[index]) / (abs(next[index]) + 1e-8))
                }
            }
            coefficients = next
            eta = trial
            deviance = nextDeviance
            if change < 1e-12 {
                settled = true
                break
            }
        }
        guard settled, deviance.isFinite else {
            throw .notConverged(what: "the \(link.rawValue) regression")
        }
        self.coefficients = coefficients
        self.covariance = covariance
        self.deviance = max(0, deviance)
        var pearson = 0.0
        for row in 0..<rows {
            let p = link.probability(eta[row]).p
            let expected = total[row] * p
            let difference = affected[row] - expected
            pearson += difference * difference / (expected * (1 - p))
        }
        self.pearson = pearson
        degreesOfFreedom = rows - design.columns
    }

    /// 1 - p without cancellation.
    private static func complement(_ link: BinomialLink, _ eta: Double, _ p: Double) -> Double {
        switch link {
        case .probit: Normal.upperTail(eta)
        case .logit: 1 / (1 + exp(eta))
        case .complementaryLogLog: exp(-exp(eta))
        }
    }

    static func deviance(
        _ link: BinomialLink, _ eta: [Double], _ total: [Double], _ affected: [Double]
    ) -> Double {
        var sum = 0.0
        for row in eta.indices {
            let p = link.probability(eta[row]).p
            let q = complement(link, eta[row], p)
            let (y, n) = (affected[row], total[row])
            if y > 0 { sum += y * log(y / (n * p)) }
            if y < n { sum += (n - y) * log((n - y) / (n * q)) }
        }
        return 2 * sum
    }
}
