import Foundation

/// Agreement of scorers beyond chance for graded observations.
public struct Kappa: Hashable, Sendable {
    /// How much a disagreement counts.
    public enum Weights: String, Hashable, Sendable, CaseIterable {
        /// Every disagreement in full.
        case none
        /// By the distance of the grades.
        case linear
        /// By the square of the distance of the grades.
        case quadratic
    }

    /// The coefficient: 1 for perfect agreement, 0 for that of chance.
    public let value: Double
    /// Its large-sample standard error.
    public let standardError: Double
    /// Confidence interval.
    public let interval: Interval
    /// Observed agreement.
    public let observed: Double
    /// Agreement expected by chance.
    public let expected: Double

    /// Cohen's kappa of two scorers with its large-sample variance (J. L. Fleiss, J. Cohen &
    /// B. S. Everitt 1969, doi:10.1037/h0028106).
    /// - Parameter grades: the grades in order; weights need the order.
    /// - Throws: for unknown grades, fewer than two observations, or scorers that use one and
    ///   the same grade throughout, for whom agreement by chance is complete.
    public static func cohen(
        _ first: [String], _ second: [String], grades: [String], weights: Weights = .none,
        confidence: Double = 0.95
    ) throws(AnalysisError) -> Kappa {
        guard first.count == second.count else {
            throw .unequalLengths("the first scorer", first.count, "the second", second.count)
        }
        guard first.count >= 2 else {
            throw .tooFew(what: "scored observations", found: first.count, needed: 2)
        }
        guard grades.count >= 2 else {
            throw .tooFew(what: "grades", found: grades.count, needed: 2)
        }
        let k = grades.count
        let n = Double(first.count)
        var table = Matrix(rows: k, columns: k)
        for (a, b) in zip(first, second) {
            guard let i = grades.firstIndex(of: a) else {
                throw .unknown(what: "grade", name: a, known: grades)
            }
            guard let j = grades.firstIndex(of: b) else {
                throw .unknown(what: "grade", name: b, known: grades)
            }
            table[i, j] += 1 / n
        }
        func agreement(_ i: Int, _ j: Int) -> Double {
            let share = abs(Double(i - j)) / Double(k - 1)
            switch weights {
            case .none: return i == j ? 1 : 0
            case .linear: return 1 - share
            case .quadratic: return 1 - share * share
            }
        }
        let rows = (0..<k).map { i in (0..<k).reduce(0) { $0 + table[i, $1] } }
        let columns = (0..<k).map { j in (0..<k).reduce(0) { $0 + table[$1, j] } }
        var (observed, expected) = (0.0, 0.0)
        for i in 0..<k {
            for j in 0..<k {
                observed += agreement(i, j) * table[i, j]
                expected += agreement(i, j) * rows[i] * columns[j]
            }
        }
        guard expected < 1 else { throw .constant(what: "the grades") }
        let value = (observed - expected) / (1 - expected)
        var sum = 0.0
        for i in 0..<k {
            let meanRow = (0..<k).reduce(0) { $0 + columns[$1] * agreement(i, $1) }
            for j in 0..<k {
                let meanColumn = (0..<k).reduce(0) { $0 + rows[$1] * agreement($1, j) }
                let term = agreement(i, j) - (meanRow + meanColumn) * (1 - value)
                sum += table[i, j] * term * term
            }
        }
        let centre = value - expected * (1 - value)
        let variance = max(0, sum - centre * centre) / (n * (1 - expected) * (1 - expected))
        return try Kappa(value, variance.squareRoot(), observed, expected, confidence)
    }

    /// Fleiss' kappa of any number of scorers (J. L. Fleiss 1971, doi:10.1037/h0031619), with the
    /// standard error for no agreement beyond chance.
    /// - Parameter counts: one row an observation, one column a grade: how many scorers gave it.
    public static func fleiss(
        _ counts: [[Int]], confidence: Double = 0.95
    ) throws(AnalysisError) -> Kappa {
        guard counts.count >= 2, let first = counts.first else {
            throw .tooFew(what: "scored observations", found: counts.count, needed: 2)
        }
        let scorers = first.reduce(0, +)
        guard scorers >= 2 else { throw .tooFew(what: "scorers", found: scorers, needed: 2) }
        for (index, row) in counts.enumerated() {
            guard row.count == first.count, row.reduce(0, +) == scorers,
                row.allSatisfy({ $0 >= 0 })
            else {
                throw .unequalLengths(
                    "scorers of observation 1", scorers, "of observation \(index + 1)",
                    row.reduce(0, +))
            }
        }
        let (n, m) = (Double(counts.count), Double(scorers))
        let shares = first.indices.map { grade in
            Double(counts.reduce(0) { $0 + $1[grade] }) / (n * m)
        }
        let expected = shares.reduce(0) { $0 + $1 * $1 }
        guard expected < 1 else { throw .constant(what: "the grades") }
        var observed = 0.0
        for row in counts {
            let squares = row.reduce(0) { $0 + Double($1) * Double($1) }
            observed += (squares - m) / (m * (m - 1)) / n
        }
        let cubes = shares.reduce(0) { $0 + $1 * $1 * (1 - $1) * (1 - 2 * $1) / max($1, 1e-300) }
        let q = shares.reduce(0) { $0 + $1 * (1 - $1) }
        let variance = 2 / (q * q * n * m * (m - 1)) * (q * q - cubes)
        return try Kappa(
            (observed - expected) / (1 - expected), max(0, variance).squareRoot(), observed,
            expected, confidence)
    }

    private init(
        _ value: Double, _ error: Double, _ observed: Double, _ expected: Double,
        _ confidence: Double
    ) throws(AnalysisError) {
        let z = try Normal.quantile(0.5 + confidence / 2)
        self.value = value
        standardError = error
        interval = Interval(max(-1, value - z * error), min(1, value + z * error))
        self.observed = observed
        self.expected = expected
    }
}
