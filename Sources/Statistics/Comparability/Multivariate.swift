import Foundation

/// The mean and covariance of lots described by several attributes.
public struct MultivariateSummary: Hashable, Sendable {
    /// Number of lots.
    public let count: Int
    /// Mean of each attribute.
    public let mean: [Double]
    /// Covariance (divisor n - 1).
    public let covariance: Matrix

    /// Summarises `rows`, one lot each.
    public init(_ rows: [[Double]]) throws(AnalysisError) {
        guard rows.count >= 2, let width = rows.first?.count, width > 0 else {
            throw .tooFew(what: "lots", found: rows.count, needed: 2)
        }
        for (index, row) in rows.enumerated() {
            guard row.count == width else {
                throw .unequalLengths("lot 1", width, "lot \(index + 1)", row.count)
            }
            try requireFinite(row, "value of lot \(index + 1)")
        }
        let n = Double(rows.count)
        var mean: [Double] = []
        for column in 0..<width {
            mean.append((try Summary(rows.map { $0[column] })).mean)
        }
        var covariance = Matrix(rows: width, columns: width)
        for i in 0..<width {
            for j in 0...i {
                var sum = 0.0
                for row in rows { sum += (row[i] - mean[i]) * (row[j] - mean[j]) }
                covariance[i, j] = sum / (n - 1)
                covariance[j, i] = covariance[i, j]
            }
        }
        count = rows.count
        self.mean = mean
        self.covariance = covariance
    }

    func factor() throws(AnalysisError) -> Cholesky {
        guard count > mean.count, let factor = Cholesky(covariance) else {
            throw .singular(
                what: "the covariance of \(mean.count) attributes from \(count) lots",
                remedy: "use fewer attributes or their principal components, or more lots")
        }
        return factor
    }

    /// Squared Mahalanobis distance of `row` from the mean.
    public func squaredDistance(_ row: [Double]) throws(AnalysisError) -> Double {
        guard row.count == mean.count else {
            throw .unequalLengths("the reference", mean.count, "the lot", row.count)
        }
        let z = try factor().forward(zip(row, mean).map { $0 - $1 })
        return dot(z, z)
    }

    /// The squared distance that a future lot of the same population exceeds with probability
    /// 1 - `confidence`: p (n + 1)(n - 1) / (n (n - p)) F.
    public func limit(confidence: Double) throws(AnalysisError) -> Double {
        try requireProbability(confidence, "the confidence")
        let (n, p) = (Double(count), Double(mean.count))
        guard n > p else {
            throw .tooFew(what: "lots", found: count, needed: mean.count + 1)
        }
        return p * (n + 1) * (n - 1) / (n * (n - p))
            * (try FDistribution(p, n - p).quantile(confidence))
    }
}

/// The comparison of two groups of lots over several attributes at once.
public struct MultivariateComparison: Hashable, Sendable {
    /// Squared Mahalanobis distance between the means, by the pooled covariance.
    public let squaredDistance: Double
    /// Hotelling's T squared.
    public let tSquared: Double
    /// T squared as an F statistic.
    public let f: Double
    /// Degrees of freedom of the numerator.
    public let df1: Double
    /// Degrees of freedom of the denominator.
    public let df2: Double
    /// Probability of a larger F for equal means.
    public let p: Double
    /// F per squared distance: n1 n2 / (n1 + n2) x (n1 + n2 - p - 1) / ((n1 + n2 - 2) p).
    public let scale: Double
    private let pooled: Cholesky2
    private let weight: Double

    /// A wrapper that compares by the factor.
    private struct Cholesky2: Hashable, Sendable {
        let lower: Matrix
    }

    /// Compares two groups, one lot a row.
    public init(test: [[Double]], reference: [[Double]]) throws(AnalysisError) {
        let x = try MultivariateSummary(test)
        let y = try MultivariateSummary(reference)
        guard x.mean.count == y.mean.count else {
            throw .unequalLengths("test", x.mean.count, "reference", y.mean.count)
        }
        let (n1, n2, width) = (Double(x.count), Double(y.count), Double(x.mean.count))
        guard n1 + n2 - width - 1 > 0 else {
            throw .tooFew(
                what: "lots", found: x.count + y.count, needed: x.mean.count + 2)
        }
        var pooled = x.covariance
        for index in pooled.elements.indices {
            pooled.elements[index] =
                ((n1 - 1) * x.covariance.elements[index] + (n2 - 1) * y.covariance.elements[index])
                / (n1 + n2 - 2)
        }
        guard let factor = Cholesky(pooled) else {
            throw .singular(
                what: "the pooled covariance",
                remedy: "use fewer attributes or their principal components, or more lots")
        }
        let z = factor.forward(zip(x.mean, y.mean).map { $0 - $1 })
        squaredDistance = dot(z, z)
        weight = n1 * n2 / (n1 + n2)
        tSquared = weight * squaredDistance
        df1 = width
        df2 = n1 + n2 - width - 1
        scale = weight * df2 / ((n1 + n2 - 2) * width)
        f = scale * squaredDistance
        p = try FDistribution(df1, df2).upperTail(f)
        self.pooled = Cholesky2(lower: factor.lower)
    }

    /// The Mahalanobis distance between the means.
    public var distance: Double { squaredDistance.squareRoot() }

    /// The distance that a difference of the given size in each attribute makes.
    public func distance(of difference: [Double]) throws(AnalysisError) -> Double {
        guard difference.count == pooled.lower.rows else {
            throw .unequalLengths(
                "the attributes", pooled.lower.rows, "the difference", difference.count)
        }
        var z = difference
        for row in z.indices {
            var sum = z[row]
            for k in 0..<row { sum -= pooled.lower[row, k] * z[k] }
            z[row] = sum / pooled.lower[row, row]
        }
        return dot(z, z).squareRoot()
    }

    /// The least and greatest distance in the confidence region of the difference, on the line
    /// through the origin (Y. Tsong et al. 1996, doi:10.1177/009286159603000427).
    public func distanceInterval(confidence: Double) throws(AnalysisError) -> Interval {
        let critical = try FDistribution(df1, df2).quantile(confidence)
        let half = (critical / scale).squareRoot()
        return Interval(max(0, distance - half), distance + half)
    }

    /// The T2 test for equivalence: the probability of an F as small as this one for a true
    /// distance at the margin (S. Wellek 2010; T. Hoffelder 2015, doi:10.1002/pst.1687).
    public func equivalence(
        margin: Double, alpha: Double = 0.05
    ) throws(AnalysisError) -> (p: Double, critical: Double, noncentrality: Double) {
        guard margin > 0 else {
            throw .outOfRange(what: "the margin", value: margin, limits: "more than 0")
        }
        try requireProbability(alpha, "alpha")
        let noncentrality = weight * margin * margin
        let distribution = NoncentralF(df1, df2, noncentrality: noncentrality)
        return (
            try distribution.cumulative(f), try distribution.quantile(alpha), noncentrality
        )
    }
}

/// Principal components of standardised attributes.
public struct PrincipalComponents: Hashable, Sendable {
    /// Standard deviation of each component, largest first.
    public let standardDeviations: [Double]
    /// Loadings: attributes in rows, components in columns; signs are arbitrary.
    public let loadings: Matrix
    /// Share of the variance of each component.
    public let explained: [Double]
    private let mean: [Double]
    private let deviations: [Double]

    /// The components of the correlation matrix of `rows`.
    /// - Throws: when an attribute does not vary.
    public init(_ rows: [[Double]]) throws(AnalysisError) {
        let summary = try MultivariateSummary(rows)
        let width = summary.mean.count
        deviations = (0..<width).map { summary.covariance[$0, $0].squareRoot() }
        mean = summary.mean
        if let flat = deviations.firstIndex(of: 0) {
            throw .constant(what: "attribute \(flat + 1)")
        }
        var correlation = summary.covariance
        for i in 0..<width {
            for j in 0..<width { correlation[i, j] /= deviations[i] * deviations[j] }
        }
        let eigen = SymmetricEigen(correlation)
        standardDeviations = eigen.values.map { max(0, $0).squareRoot() }
        loadings = eigen.vectors
        explained = eigen.values.map { $0 / Double(width) }
    }

    /// The scores of a lot.
    public func scores(_ row: [Double]) -> [Double] {
        let z = row.indices.map { (row[$0] - mean[$0]) / deviations[$0] }
        return (0..<loadings.columns).map { dot(z, loadings.column($0)) }
    }

    /// Hotelling's T squared of a lot over the first `count` components, and the squared residual
    /// Q of what they leave.
    public func distances(_ row: [Double], components count: Int) -> (tSquared: Double, q: Double) {
        let scores = scores(row)
        var t = 0.0
        var q = 0.0
        for (index, score) in scores.enumerated() {
            if index < count {
                let deviation = standardDeviations[index]
                if deviation > 0 { t += score * score / (deviation * deviation) }
            } else {
                q += score * score
            }
        }
        return (t, q)
    }
}
