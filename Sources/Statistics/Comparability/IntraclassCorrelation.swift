/// Intraclass correlation in its six forms.
///
/// P. E. Shrout & J. L. Fleiss, Psychol. Bull. 86 (1979) 420, doi:10.1037/0033-2909.86.2.420;
/// intervals by K. O. McGraw & S. P. Wong (1996, doi:10.1037/1082-989X.1.1.30).
public struct IntraclassCorrelation: Hashable, Sendable {
    /// The forms; which one applies depends on the design and must be named.
    public enum Form: String, Hashable, Sendable, CaseIterable {
        /// Each subject rated by different raters; a single rating.
        case oneWaySingle = "ICC(1,1)"
        /// Each subject rated by the same random raters; a single rating.
        case twoWayRandomSingle = "ICC(2,1)"
        /// Each subject rated by the same fixed raters; a single rating.
        case twoWayFixedSingle = "ICC(3,1)"
        /// Different raters; the mean of the ratings.
        case oneWayMean = "ICC(1,k)"
        /// The same random raters; the mean of the ratings.
        case twoWayRandomMean = "ICC(2,k)"
        /// The same fixed raters; the mean of the ratings.
        case twoWayFixedMean = "ICC(3,k)"
    }

    /// The form.
    public let form: Form
    /// The correlation.
    public let value: Double
    /// F of the subjects.
    public let f: Double
    /// Degrees of freedom of the numerator.
    public let df1: Int
    /// Degrees of freedom of the denominator.
    public let df2: Int
    /// Probability of a larger F without differences between subjects.
    public let p: Double
    /// Confidence interval.
    public let interval: Interval

    /// All six forms for `ratings`, one subject a row and one rater a column.
    /// - Throws: for fewer than two subjects or raters, or ratings that do not vary.
    public static func allForms(
        _ ratings: [[Double]], confidence: Double = 0.95
    ) throws(AnalysisError) -> [IntraclassCorrelation] {
        try requireProbability(confidence, "the confidence")
        guard ratings.count > 1, let k = ratings.first?.count, k > 1 else {
            throw .tooFew(
                what: "subjects and raters",
                found: min(ratings.count, ratings.first?.count ?? 0), needed: 2)
        }
        for (index, row) in ratings.enumerated() {
            guard row.count == k else {
                throw .unequalLengths("subject 1", k, "subject \(index + 1)", row.count)
            }
            try requireFinite(row, "rating of subject \(index + 1)")
        }
        let n = ratings.count
        let (rows, raters) = (Double(n), Double(k))
        let all = try Summary(ratings.flatMap { $0 })
        var subjectSquares = 0.0
        for row in ratings {
            let deviation = row.reduce(0, +) / raters - all.mean
            subjectSquares += raters * deviation * deviation
        }
        var raterSquares = 0.0
        for column in 0..<k {
            let mean = ratings.reduce(0) { $0 + $1[column] } / rows
            raterSquares += rows * (mean - all.mean) * (mean - all.mean)
        }
        let msb = subjectSquares / (rows - 1)
        let msw = (all.sumOfSquares - subjectSquares) / (rows * (raters - 1))
        let msj = raterSquares / (raters - 1)
        let errorDF = (n - 1) * (k - 1)
        let mse = max(0, all.sumOfSquares - subjectSquares - raterSquares) / Double(errorDF)
        guard msw > 0, mse > 0 else {
            throw .constant(what: "the differences between raters: no error variation")
        }
        let tail = 0.5 + confidence / 2
        func bounds(_ f: Double, _ df2: Int) throws(AnalysisError) -> (Double, Double) {
            let (a, b) = (rows - 1, Double(df2))
            return (
                f / (try FDistribution(a, b).quantile(tail)),
                f * (try FDistribution(b, a).quantile(tail))
            )
        }
        func make(
            _ form: Form, _ value: Double, _ f: Double, _ df2: Int, _ low: Double, _ high: Double
        ) throws(AnalysisError) -> IntraclassCorrelation {
            IntraclassCorrelation(
                form: form, value: value, f: f, df1: n - 1, df2: df2,
                p: try FDistribution(rows - 1, Double(df2)).upperTail(f),
                interval: Interval(low, high))
        }
        let (f1, f3) = (msb / msw, msb / mse)
        let (df1, df3) = (n * (k - 1), errorDF)
        let (l1, u1) = try bounds(f1, df1)
        let (l3, u3) = try bounds(f3, df3)
        let two = (msb - mse) / (msb + (raters - 1) * mse + raters * (msj - mse) / rows)
        let (l2, u2) = try randomBounds(two, msb, msj, mse, rows, raters, tail)
        func single(_ ratio: Double) -> Double { (ratio - 1) / (ratio + raters - 1) }
        func mean(_ value: Double) -> Double { value * raters / (1 + value * (raters - 1)) }
        return [
            try make(.oneWaySingle, single(f1), f1, df1, single(l1), single(u1)),
            try make(.twoWayRandomSingle, two, f3, df3, l2, u2),
            try make(.twoWayFixedSingle, single(f3), f3, df3, single(l3), single(u3)),
            try make(.oneWayMean, 1 - 1 / f1, f1, df1, 1 - 1 / l1, 1 - 1 / u1),
            try make(
                .twoWayRandomMean, (msb - mse) / (msb + (msj - mse) / rows), f3, df3, mean(l2),
                mean(u2)),
            try make(.twoWayFixedMean, 1 - 1 / f3, f3, df3, 1 - 1 / l3, 1 - 1 / u3),
        ]
    }

    private static func randomBounds(
        _ value: Double, _ msb: Double, _ msj: Double, _ mse: Double, _ n: Double, _ k: Double,
        _ tail: Double
    ) throws(AnalysisError) -> (Double, Double) {
        let fj = msj / mse
        let inner = n * (1 + (k - 1) * value) - k * value
        let top = (k - 1) * (n - 1) * (k * value * fj + inner) * (k * value * fj + inner)
        let bottom = (n - 1) * k * k * value * value * fj * fj + inner * inner
        let v = top / bottom
        let upperF = try FDistribution(n - 1, v).quantile(tail)
        let lowerF = try FDistribution(v, n - 1).quantile(tail)
        let rest = k * msj + (k * n - k - n) * mse
        return (
            n * (msb - upperF * mse) / (upperF * rest + n * msb),
            n * (lowerF * msb - mse) / (rest + n * lowerF * msb)
        )
    }
}
