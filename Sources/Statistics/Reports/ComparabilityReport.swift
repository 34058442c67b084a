import Foundation

/// What `compare` is asked for.
public struct ComparisonRequest: Hashable, Sendable {
    /// The tests of equivalence.
    public enum Method: String, Hashable, Sendable, CaseIterable {
        /// Two one-sided t tests of the means.
        case means = "t"
        /// Two one-sided Wilcoxon tests of a shift.
        case ranks = "wilcoxon"

        var words: String {
            switch self {
            case .means: "two one-sided t tests"
            case .ranks: "two one-sided Wilcoxon tests"
            }
        }
    }

    /// The group that is compared; nil for the second to appear.
    public var test: String?
    /// The group it is compared with; nil for the first to appear.
    public var reference: String?
    /// Margins: differences, or ratios on the logarithmic scale.
    public var margins: Interval
    /// The scale.
    public var scale = EquivalenceTest.Scale.linear
    /// How independent groups are compared.
    public var variances = EquivalenceTest.Variances.welch
    /// Level of each one-sided test.
    public var alpha = 0.05
    /// The test.
    public var method = Method.means
    /// How the probability of a rank test is found.
    public var distribution = RankEquivalence.Distribution.automatic
    /// Factor of the quality range.
    public var rangeFactor = 3.0

    /// A request with margins.
    public init(margins: Interval) { self.margins = margins }
}

extension AnalysisReport {
    /// Equivalence of two groups from a table with the columns group and value, and pair (or
    /// donor) for pairs.
    public static func comparison(
        _ table: MeasurementTable, _ request: ComparisonRequest
    ) throws(AnalysisError) -> AnalysisReport {
        let values = try table.numbers("value", "result", "y")
        let groups = try groups(table, request)
        let (test, reference, paired) = (groups.test, groups.reference, groups.isPaired)
        var report = AnalysisReport(
            "equivalence of '\(test)' and '\(reference)'\(paired ? ", paired" : "")")
        report.convention("test", "\(request.method.words), each at \(request.alpha)")
        report.convention("scale", request.scale.rawValue)
        report.convention(
            "margins",
            "\(request.margins.lower ?? -.infinity) to \(request.margins.upper ?? .infinity)")
        let (x, y) = try groups.values(values)
        switch request.method {
        case .ranks:
            report.shift(try ranks(x, y, paired, request), request)
        case .means:
            let result: EquivalenceTest
            if paired {
                result = try .paired(
                    test: x, reference: y, margins: request.margins, alpha: request.alpha,
                    scale: request.scale)
            } else {
                report.convention("variances", request.variances.rawValue)
                result = try .independent(
                    test: x, reference: y, margins: request.margins, alpha: request.alpha,
                    scale: request.scale, variances: request.variances)
            }
            report.equivalence(result, paired, x.count, y.count)
        }
        let range = try QualityRange(reference: y, test: x, k: request.rangeFactor)
        report.result("lots of '\(test)' inside the quality range", range.inside)
        report.result("lots of '\(test)'", range.count)
        report.result(
            "quality range", .text("mean ± \(shortened(range.k)) s of '\(reference)'"), range.range)
        report.remark("the quality range is descriptive: it controls no error rate")
        return report
    }

    private mutating func equivalence(
        _ test: EquivalenceTest, _ paired: Bool, _ nx: Int, _ ny: Int
    ) {
        if let ratio = test.ratio {
            result("ratio of geometric means", ratio, test.ratioInterval)
        } else {
            result("difference of means", test.difference, test.interval)
        }
        result("standard error", test.standardError)
        result("degrees of freedom", test.degreesOfFreedom)
        result("p against the lower margin", test.pLower)
        result("p against the upper margin", test.pUpper)
        if let low = test.margins.lower, let high = test.margins.upper {
            // Power for no true difference, with the deviation found and the smaller group.
            let count = min(nx, ny)
            let margin = min(-low, high)
            let deviation =
                paired
                ? test.standardError * Double(count).squareRoot()
                : test.standardError * (Double(count) / 2).squareRoot()
            if margin > 0,
                let power = try? EquivalencePower.power(
                    paired ? .paired : .independent, difference: 0, standardDeviation: deviation,
                    count: count, margin: margin, alpha: test.alpha)
            {
                result("power for no true difference", power)
                if power < 0.8 {
                    remark(
                        "the power was \(shortened(power)): too few lots to expect a decision")
                }
            }
        }
        outcome(test.outcome, test.p)
    }

    private mutating func shift(_ test: RankEquivalence, _ request: ComparisonRequest) {
        let isRatio = request.scale == .logarithmic
        convention("distribution of the rank statistic", test.distribution.rawValue)
        convention("estimate", "Hodges and Lehmann")
        result(
            isRatio ? "ratio" : "shift", isRatio ? exp(test.shift) : test.shift,
            isRatio ? test.interval.exponential : test.interval)
        result("p against the lower margin", test.pLower)
        result("p against the upper margin", test.pUpper)
        if !test.interval.isBounded {
            remark("so few values have no bounded interval at this level")
        }
        outcome(test.outcome, test.p)
    }

    private mutating func outcome(_ outcome: EquivalenceOutcome, _ p: Double) {
        switch outcome {
        case .equivalent: conclude("equivalence is shown: p = \(shortened(p))")
        case .different:
            conclude(
                "the groups differ by more than the margin", finding: "not-equivalent")
        case .undecided:
            conclude(
                Inconclusive(
                    .tooLittleData,
                    "the interval crosses a margin: neither equivalence nor a difference is shown"),
                about: "equivalence")
        }
    }
}
