import Foundation

/// Cells per well, wells tested, and wells that responded.
public struct DilutionObservation: Hashable, Sendable {
    /// The group, as a population of cells.
    public var group: String
    /// Cells per well.
    public var dose: Double
    /// Wells.
    public var tested: Int
    /// Wells with a response.
    public var responding: Int

    /// An observation.
    public init(group: String = "", dose: Double, tested: Int, responding: Int) {
        self.group = group
        self.dose = dose
        self.tested = tested
        self.responding = responding
    }
}

/// The frequency of active cells by limiting dilution, for a single-hit Poisson model.
///
/// Y. Hu & G. K. Smyth, J. Immunol. Methods 347 (2009) 70, doi:10.1016/j.jim.2009.06.008: a
/// complementary log-log regression with offset ln dose.
public struct LimitingDilution: Hashable, Sendable {
    /// One cell in so many is active.
    public struct Frequency: Hashable, Sendable {
        /// Cells per active cell; nil when the data only bound it.
        public let oneIn: Double?
        /// The interval of that; the lower end is the higher frequency. One-sided when no well,
        /// or every well, responded.
        public let interval: Interval
    }

    /// A signed test statistic of the single-hit slope of 1.
    public struct SlopeTest: Hashable, Sendable {
        /// Standard normal under the single-hit model.
        public let z: Double
        /// Two-sided probability.
        public let p: Double

        init(_ z: Double) {
            self.z = z
            p = 2 * Normal.upperTail(abs(z))
        }
    }

    /// The groups in order of appearance.
    public let groups: [String]
    /// The frequency in each group.
    public let frequencies: [String: Frequency]
    /// Likelihood-ratio test of equal frequencies; nil for one group.
    public let difference: QuantalAssay.DevianceTest?
    /// Slope of ln dose with its Wald interval; nil when it cannot be estimated.
    public let slope: Estimate?
    /// Likelihood-ratio test of a slope of 1.
    public let slopeLikelihoodRatio: SlopeTest?
    /// Wald test of a slope of 1.
    public let slopeWald: SlopeTest?
    /// Score test for ln dose.
    public let scoreLogDose: SlopeTest?
    /// Score test for dose.
    public let scoreDose: SlopeTest?

    /// Estimates frequencies.
    /// - Throws: for doses that are not positive or impossible counts.
    public init(
        _ observations: [DilutionObservation], confidence: Double = 0.95
    ) throws(AnalysisError) {
        try requireProbability(confidence, "the confidence")
        guard !observations.isEmpty else { throw .tooFew(what: "doses", found: 0, needed: 1) }
        for (index, row) in observations.enumerated() {
            guard row.dose > 0, row.dose.isFinite else {
                throw .outOfRange(
                    what: "dose \(index + 1)", value: row.dose, limits: "more than 0")
            }
            guard row.tested > 0, (0...row.tested).contains(row.responding) else {
                throw .outOfRange(
                    what: "the wells responding in row \(index + 1)",
                    value: Double(row.responding), limits: "between 0 and \(row.tested)")
            }
        }
        var names: [String] = []
        for row in observations where !names.contains(row.group) { names.append(row.group) }
        groups = names
        var frequencies: [String: Frequency] = [:]
        var deviance = 0.0
        for name in names {
            let rows = observations.filter { $0.group == name }
            let (frequency, own) = try LimitingDilution.frequency(rows, confidence)
            frequencies[name] = frequency
            deviance += own
        }
        self.frequencies = frequencies
        if names.count > 1 {
            let (_, pooled) = try LimitingDilution.frequency(observations, confidence)
            difference = try QuantalAssay.DevianceTest(pooled - deviance, names.count - 1)
        } else {
            difference = nil
        }
        let z = try Normal.quantile(0.5 + confidence / 2)
        let tests = LimitingDilution.slopeTests(observations, names, deviance)
        slope = tests.map { tests in
            Estimate(
                value: tests.slope.value, standardError: tests.slope.standardError,
                interval: Interval(
                    tests.slope.value - z * tests.slope.standardError,
                    tests.slope.value + z * tests.slope.standardError))
        }
        slopeLikelihoodRatio = tests?.ratio
        slopeWald = tests?.wald
        scoreLogDose = tests?.logDose
        scoreDose = tests?.dose
    }

    /// The frequency of one group, and its deviance.
    private static func frequency(
        _ rows: [DilutionObservation], _ confidence: Double
    ) throws(AnalysisError) -> (Frequency, Double) {
        let responding = rows.reduce(0) { $0 + $1.responding }
        let tested = rows.reduce(0) { $0 + $1.tested }
        let alpha = 1 - confidence
        if responding == 0 {
            // Nothing seen: exp(-f x cells) = alpha bounds the frequency from above.
            let cells = rows.reduce(0) { $0 + $1.dose * Double($1.tested) }
            return (Frequency(oneIn: nil, interval: Interval(cells / -log(alpha), nil)), 0)
        }
        if responding == tested {
            // Everything responds: the product of 1 - exp(-f dose) over the wells is alpha.
            func logProbability(_ f: Double) -> Double {
                rows.reduce(0) { $0 + Double($1.tested) * log(-expm1(-f * $1.dose)) }
            }
            let smallest = rows.map(\.dose).min() ?? 1
            var (low, high) = (1e-12 / smallest, 50 / smallest)
            for _ in 0..<200 {
                let middle = (low * high).squareRoot()
                if logProbability(middle) < log(alpha) { low = middle } else { high = middle }
            }
            return (Frequency(oneIn: nil, interval: Interval(nil, 1 / high)), 0)
        }
        let fit = try regression(rows, Matrix(columns: [rows.map { _ in 1 }]), offset: true)
        let z = try Normal.quantile(0.5 + confidence / 2)
        let (estimate, error) = (fit.coefficients[0], fit.standardErrors[0])
        return (
            Frequency(
                oneIn: exp(-estimate),
                interval: Interval(exp(-estimate - z * error), exp(-estimate + z * error))),
            fit.deviance
        )
    }

    private static func regression(
        _ rows: [DilutionObservation], _ design: Matrix, offset: Bool
    ) throws(AnalysisError) -> BinomialRegression {
        try BinomialRegression(
            design: design, total: rows.map { Double($0.tested) },
            affected: rows.map { Double($0.responding) }, link: .complementaryLogLog,
            offset: offset ? rows.map { log($0.dose) } : [])
    }

    private struct SlopeTests {
        var slope: (value: Double, standardError: Double)
        var ratio, wald: SlopeTest
        var logDose, dose: SlopeTest?
    }

    /// The tests of a common slope over the groups in which some and not all wells responded.
    private static func slopeTests(
        _ observations: [DilutionObservation], _ names: [String], _ deviance: Double
    ) -> SlopeTests? {
        let mixed = names.filter { name in
            let rows = observations.filter { $0.group == name }
            let responding = rows.reduce(0) { $0 + $1.responding }
            return responding > 0 && responding < rows.reduce(0) { $0 + $1.tested }
        }
        let rows = observations.filter { mixed.contains($0.group) }
        guard Set(rows.map(\.dose)).count > 1 else { return nil }
        let indicators = mixed.map { name in rows.map { $0.group == name ? 1.0 : 0 } }
        let logDose = rows.map { log($0.dose) }
        do {
            let free = try regression(
                rows, Matrix(columns: indicators + [logDose]), offset: false)
            let last = mixed.count
            let value = free.coefficients[last]
            let error = free.standardErrors[last]
            let gain = max(0, deviance - free.deviance).squareRoot()
            let null = try regression(rows, Matrix(columns: indicators), offset: true)
            func score(_ column: [Double]) throws(AnalysisError) -> SlopeTest? {
                try scoreTest(column, rows, indicators, null)
            }
            return SlopeTests(
                slope: (value, error), ratio: SlopeTest(value >= 1 ? gain : -gain),
                wald: SlopeTest((value - 1) / error), logDose: try score(logDose),
                dose: try score(rows.map(\.dose)))
        } catch {
            return nil
        }
    }

    /// The score test for adding a column to the single-hit model: the weighted working
    /// residuals against what of the column the groups do not explain.
    private static func scoreTest(
        _ column: [Double], _ rows: [DilutionObservation], _ indicators: [[Double]],
        _ null: BinomialRegression
    ) throws(AnalysisError) -> SlopeTest? {
        var weights: [Double] = []
        var residuals: [Double] = []
        for (index, row) in rows.enumerated() {
            var eta = log(row.dose)
            for (place, indicator) in indicators.enumerated() {
                eta += indicator[index] * null.coefficients[place]
            }
            let (p, slope) = BinomialLink.complementaryLogLog.probability(eta)
            // Far beyond saturation a well says nothing.
            let q = exp(-exp(eta))
            guard p > 0, q > 0, slope > 0 else {
                weights.append(0)
                residuals.append(0)
                continue
            }
            weights.append(Double(row.tested) * slope * slope / (p * q))
            residuals.append((Double(row.responding) / Double(row.tested) - p) / slope)
        }
        var (top, bottom) = (0.0, 0.0)
        for indicator in indicators {
            let own = rows.indices.filter { indicator[$0] == 1 }
            let total = own.reduce(0) { $0 + weights[$1] }
            guard total > 0 else { continue }
            let mean = own.reduce(0) { $0 + weights[$1] * column[$1] } / total
            for index in own {
                let distance = column[index] - mean
                top += weights[index] * residuals[index] * distance
                bottom += weights[index] * distance * distance
            }
        }
        return bottom > 0 ? SlopeTest(top / bottom.squareRoot()) : nil
    }
}

/// The mean number of targets per partition of a digital assay, -ln(1 - k/n), with the exact
/// interval of the proportion behind it.
public struct DigitalCount: Hashable, Sendable {
    /// Targets per partition, or why there is no number: every partition was positive.
    public let perPartition: Result<Double, Inconclusive>
    /// Its interval; without an upper end when every partition was positive.
    public let interval: Interval

    /// A count of positive partitions.
    public init(
        positives: Int, partitions: Int, confidence: Double = 0.95
    ) throws(AnalysisError) {
        let share = try ExactInterval.proportion(
            positives, of: partitions, confidence: confidence)
        func mean(_ share: Double?) -> Double? {
            share.flatMap { $0 < 1 ? -log1p(-$0) : nil }
        }
        interval = Interval(mean(share.lower), mean(share.upper))
        perPartition =
            positives < partitions
            ? .success(-log1p(-Double(positives) / Double(partitions)))
            : .failure(
                Inconclusive(
                    .allOrNone, "every partition is positive: only a lower bound can be given"))
    }
}
