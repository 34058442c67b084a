import Foundation

/// The association of the potency of lots with the outcome of the patients who received them.
///
/// Lots given to responders are compared with those given to non-responders on the logarithm of
/// the potency. Patients who shared a lot do not make it two observations; give each lot once,
/// or average. A difference that is not shown is not shown to be absent: the smallest ratio that
/// the numbers could have detected is always part of the answer.
public struct OutcomeAssociation: Hashable, Sendable {
    /// What may be concluded.
    public enum Conclusion: String, Hashable, Sendable {
        /// Potency is higher in lots given to responders.
        case higherInResponders = "higher-in-responders"
        /// Potency is lower in lots given to responders.
        case lowerInResponders = "lower-in-responders"
    }

    /// Lots given to responders.
    public let responders: Int
    /// Lots given to non-responders.
    public let nonResponders: Int
    /// Geometric mean potency of responders over that of non-responders.
    public let ratio: Double
    /// Confidence interval of the ratio (Welch).
    public let ratioInterval: Interval
    /// Two-sided probability of the Welch test.
    public let p: Double
    /// Probability that a lot of a responder is more potent than one of a non-responder, ties
    /// half (area under the receiver operating characteristic).
    public let areaUnderCurve: Double
    /// Its confidence interval (J. A. Hanley & B. J. McNeil 1982, doi:10.1148/radiology.143.1.7063747).
    public let areaInterval: Interval
    /// The ratio that would have been detected with the power asked for.
    public let detectableRatio: Double
    /// Power of that ratio.
    public let power: Double
    /// The direction shown, or what cannot be concluded.
    public let conclusion: Result<Conclusion, Inconclusive>

    /// Compares potencies, which must be positive.
    public init(
        responders: [Double], nonResponders: [Double], confidence: Double = 0.95,
        power: Double = 0.8
    ) throws(AnalysisError) {
        try requireProbability(confidence, "the confidence")
        try requireProbability(power, "the power")
        for (what, values) in [("responders", responders), ("non-responders", nonResponders)] {
            guard values.count >= 2 else {
                throw .tooFew(what: "lots given to \(what)", found: values.count, needed: 2)
            }
            for (index, value) in values.enumerated() where !(value > 0 && value.isFinite) {
                throw .outOfRange(
                    what: "potency \(index + 1) of \(what)", value: value, limits: "more than 0")
            }
        }
        let x = try Summary(responders.map { log($0) })
        let y = try Summary(nonResponders.map { log($0) })
        let (nx, ny) = (Double(x.count), Double(y.count))
        let (a, b) = ((x.variance ?? 0) / nx, (y.variance ?? 0) / ny)
        guard a + b > 0 else { throw .constant(what: "the potency within both groups") }
        let error = (a + b).squareRoot()
        let df = (a + b) * (a + b) / (a * a / (nx - 1) + b * b / (ny - 1))
        let t = StudentT(degreesOfFreedom: df)
        let critical = try t.quantile(0.5 + confidence / 2)
        let difference = x.mean - y.mean
        self.responders = x.count
        self.nonResponders = y.count
        ratio = exp(difference)
        ratioInterval =
            Interval(
                difference - critical * error, difference + critical * error
            ).exponential
        p = try t.twoSided(difference / error)
        var wins = 0.0
        for high in responders {
            for low in nonResponders { wins += high > low ? 1 : high == low ? 0.5 : 0 }
        }
        let area = wins / (nx * ny)
        areaUnderCurve = area
        let q1 = area / (2 - area)
        let q2 = 2 * area * area / (1 + area)
        let square = area * area
        let variance =
            (area * (1 - area) + (nx - 1) * (q1 - square) + (ny - 1) * (q2 - square)) / (nx * ny)
        let z = try Normal.quantile(0.5 + confidence / 2)
        let half = z * max(0, variance).squareRoot()
        areaInterval = Interval(max(0, area - half), min(1, area + half))
        // The difference whose noncentral t exceeds the critical value with the wanted power.
        func powerOf(_ delta: Double) throws(AnalysisError) -> Double {
            try 1
                - NoncentralT(degreesOfFreedom: df, noncentrality: delta / error)
                .cumulative(critical)
        }
        var (low, high) = (0.0, critical * error)
        while try powerOf(high) < power { high *= 1.5 }
        for _ in 0..<60 {
            let middle = 0.5 * (low + high)
            if try powerOf(middle) < power { low = middle } else { high = middle }
        }
        detectableRatio = exp(high)
        self.power = power
        if p < 1 - confidence {
            conclusion = .success(difference > 0 ? .higherInResponders : .lowerInResponders)
        } else {
            conclusion = .failure(
                Inconclusive(
                    .tooLittleData,
                    "no difference is shown (p = \(shortened(p))); with \(x.count) and \(y.count)"
                        + " lots a ratio below \(shortened(exp(high))) would mostly go unseen, so"
                        + " no absence of association can be concluded"))
        }
    }
}

/// The correlation of a surrogate with a functional assay over lots.
public struct SurrogateCorrelation: Hashable, Sendable {
    /// Number of lots.
    public let count: Int
    /// Pearson's correlation.
    public let pearson: Double
    /// Its confidence interval (R. A. Fisher's z).
    public let interval: Interval
    /// Two-sided probability for no correlation.
    public let p: Double
    /// Spearman's rank correlation.
    public let spearman: Double

    /// The correlation over at least 4 lots.
    public init(
        surrogate: [Double], functional: [Double], confidence: Double = 0.95
    ) throws(AnalysisError) {
        guard surrogate.count == functional.count else {
            throw .unequalLengths(
                "surrogate values", surrogate.count, "functional values", functional.count)
        }
        guard surrogate.count >= 4 else {
            throw .tooFew(what: "lots", found: surrogate.count, needed: 4)
        }
        try requireProbability(confidence, "the confidence")
        let r = try SurrogateCorrelation.pearson(surrogate, functional)
        count = surrogate.count
        pearson = r
        let n = Double(surrogate.count)
        let half = try Normal.quantile(0.5 + confidence / 2) / (n - 3).squareRoot()
        let centre = atanh(max(-1 + 1e-16, min(1 - 1e-16, r)))
        interval = Interval(tanh(centre - half), tanh(centre + half))
        let room = max(1 - r * r, 1e-300)
        p = try StudentT(degreesOfFreedom: n - 2).twoSided(r * ((n - 2) / room).squareRoot())
        spearman = try SurrogateCorrelation.pearson(
            SurrogateCorrelation.ranks(surrogate), SurrogateCorrelation.ranks(functional))
    }

    private static func pearson(_ x: [Double], _ y: [Double]) throws(AnalysisError) -> Double {
        let (a, b) = (try Summary(x), try Summary(y))
        guard a.sumOfSquares > 0 else { throw .constant(what: "the surrogate") }
        guard b.sumOfSquares > 0 else { throw .constant(what: "the functional assay") }
        var sum = 0.0
        for index in x.indices { sum += (x[index] - a.mean) * (y[index] - b.mean) }
        return max(-1, min(1, sum / (a.sumOfSquares * b.sumOfSquares).squareRoot()))
    }

    /// Ranks from 1, ties at their mean.
    private static func ranks(_ values: [Double]) -> [Double] {
        let order = values.indices.sorted { values[$0] < values[$1] }
        var ranks = [Double](repeating: 0, count: values.count)
        var place = 0
        while place < order.count {
            var end = place
            while end + 1 < order.count, values[order[end + 1]] == values[order[place]] { end += 1 }
            for index in place...end { ranks[order[index]] = 0.5 * Double(place + end) + 1 }
            place = end + 1
        }
        return ranks
    }
}
