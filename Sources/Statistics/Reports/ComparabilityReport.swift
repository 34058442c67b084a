import Foundation

/// What `compare` is asked for.
public struct ComparisonRequest: Hashable, Sendable {
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
        let groups = try table.texts("group", "process", "scale")
        let names = orderedNames(groups)
        guard names.count >= 2 else {
            throw .tooFew(what: "groups", found: names.count, needed: 2)
        }
        let reference = request.reference ?? names[0]
        let test = request.test ?? names.first { $0 != reference } ?? names[1]
        for name in [reference, test] where !names.contains(name) {
            throw .unknown(what: "group", name: name, known: names)
        }
        func members(_ name: String) -> [Int] { groups.indices.filter { groups[$0] == name } }
        let paired = table.has("pair", "donor")
        var report = AnalysisReport(
            "equivalence of '\(test)' and '\(reference)'\(paired ? ", paired" : "")")
        report.convention("test", "two one-sided tests, each at \(request.alpha)")
        report.convention("scale", request.scale.rawValue)
        report.convention(
            "margins",
            "\(request.margins.lower ?? -.infinity) to \(request.margins.upper ?? .infinity)")
        let result: EquivalenceTest
        let (x, y): ([Double], [Double])
        if paired {
            let pairs = try table.texts("pair", "donor")
            var (first, second): ([Double], [Double]) = ([], [])
            for pair in orderedNames(pairs) {
                let a = members(test).filter { pairs[$0] == pair }
                let b = members(reference).filter { pairs[$0] == pair }
                guard a.count == 1, b.count == 1 else {
                    throw .duplicate(
                        what: "pair without exactly one value of each group, pair", name: pair)
                }
                first.append(values[a[0]])
                second.append(values[b[0]])
            }
            (x, y) = (first, second)
            result = try .paired(
                test: x, reference: y, margins: request.margins, alpha: request.alpha,
                scale: request.scale)
        } else {
            (x, y) = (members(test).map { values[$0] }, members(reference).map { values[$0] })
            report.convention("variances", request.variances.rawValue)
            result = try .independent(
                test: x, reference: y, margins: request.margins, alpha: request.alpha,
                scale: request.scale, variances: request.variances)
        }
        report.equivalence(result, paired, x.count, y.count)
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
        switch test.outcome {
        case .equivalent: conclude("equivalence is shown: p = \(shortened(test.p))")
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
