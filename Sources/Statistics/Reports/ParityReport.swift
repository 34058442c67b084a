import Foundation

extension AnalysisReport {
    /// An attribute with the margins within which it must not change.
    public struct AttributeMargin: Hashable, Sendable {
        /// The column of the attribute.
        public let name: String
        /// Margins: differences, or ratios on the logarithmic scale.
        public let margins: Interval

        /// An attribute with its margins.
        public init(name: String, margins: Interval) {
            self.name = name
            self.margins = margins
        }
    }

    /// Parity of two groups (scales, sites, processes) over several attributes from a table with
    /// the column group and one for each attribute, and pair for pairs.
    ///
    /// Parity is shown when every attribute is equivalent: each test keeps its level, for all
    /// must pass (R. L. Berger 1982, doi:10.1080/00401706.1982.10487790).
    public static func parity(
        _ table: MeasurementTable, _ attributes: [AttributeMargin], _ request: ComparisonRequest
    ) throws(AnalysisError) -> AnalysisReport {
        guard !attributes.isEmpty else {
            throw .tooFew(what: "attributes", found: 0, needed: 1)
        }
        let groups = try groups(table, request)
        var report = AnalysisReport(
            "parity of '\(groups.test)' and '\(groups.reference)'"
                + (groups.isPaired ? ", paired" : ""))
        report.convention("test", "\(request.method.words), each at \(request.alpha)")
        report.convention("scale", request.scale.rawValue)
        report.convention("all attributes", "each at its level: parity needs every one")
        var rows: [[Value]] = []
        var failed: [String] = []
        for attribute in attributes {
            let (x, y) = try groups.values(try table.numbers(named: attribute.name))
            var own = request
            own.margins = attribute.margins
            let answer = try answer(x, y, groups.isPaired, own)
            rows.append([
                .text(attribute.name), Value(answer.estimate), Value(answer.interval.lower),
                Value(answer.interval.upper), Value(attribute.margins.lower),
                Value(attribute.margins.upper), Value(answer.p), .text(answer.outcome.rawValue),
            ])
            if answer.outcome != .equivalent {
                failed.append("\(attribute.name) (\(answer.outcome.rawValue))")
            }
        }
        report.table(
            "attributes",
            [
                "attribute", request.scale == .logarithmic ? "ratio" : "difference", "lower",
                "upper", "margin from", "margin to", "p", "outcome",
            ], rows)
        if failed.isEmpty {
            report.conclude("parity is shown for all \(attributes.count) attributes")
        } else {
            report.conclude(
                "parity is not shown: \(failed.joined(separator: ", "))",
                finding: "not-equivalent")
        }
        return report
    }

    /// The comparison of two groups over several attributes at once: Mahalanobis distance,
    /// Hotelling's T squared, the equivalence test of the means, and the lots against the
    /// reference.
    /// - Parameter margin: equivalence margin of the distance between the means, in standard
    ///   deviations; nil: no test of equivalence.
    public static func multivariate(
        _ table: MeasurementTable, attributes: [String], _ request: ComparisonRequest,
        margin: Double?, confidence: Double
    ) throws(AnalysisError) -> AnalysisReport {
        let groups = try groups(table, request)
        var columns: [[Double]] = []
        for name in attributes { columns.append(try table.numbers(named: name)) }
        let test = groups.testRows.map { row in columns.map { $0[row] } }
        let reference = groups.referenceRows.map { row in columns.map { $0[row] } }
        var report = AnalysisReport(
            "multivariate comparison of '\(groups.test)' and '\(groups.reference)'")
        report.convention("attributes", attributes.joined(separator: ", "))
        report.convention(
            "covariance", "pooled over the groups for means, of the reference for lots")
        report.convention("confidence", "\(confidence)")
        let comparison = try MultivariateComparison(test: test, reference: reference)
        report.result(
            "Mahalanobis distance of the means", comparison.distance,
            try comparison.distanceInterval(confidence: confidence))
        report.result("T squared", comparison.tSquared)
        report.result("F", comparison.f)
        report.result("p of a difference", comparison.p)
        try report.lots(test, reference, groups.test, confidence)
        if let components = try? PrincipalComponents(reference + test) {
            report.table(
                "principal components of the standardised attributes",
                ["component", "share of the variance"] + attributes,
                components.explained.indices.map { place in
                    [Value(place + 1), Value(components.explained[place])]
                        + attributes.indices.map { Value(components.loadings[$0, place]) }
                })
        }
        guard let margin else {
            report.conclude("the means are \(shortened(comparison.distance)) apart")
            report.remark("a distance that is not significant does not show equivalence")
            return report
        }
        report.convention("margin of the distance", "\(margin)")
        let equivalence = try comparison.equivalence(margin: margin, alpha: request.alpha)
        report.result("p of equivalence", equivalence.p)
        if equivalence.p <= request.alpha {
            report.conclude("equivalence is shown: p = \(shortened(equivalence.p))")
        } else {
            report.conclude(
                Inconclusive(
                    .tooLittleData,
                    "the means are not shown to be within \(margin) standard deviations"),
                about: "equivalence")
        }
        return report
    }

    private mutating func lots(
        _ test: [[Double]], _ reference: [[Double]], _ name: String, _ confidence: Double
    ) throws(AnalysisError) {
        let summary = try MultivariateSummary(reference)
        guard let limit = try? summary.limit(confidence: confidence) else {
            remark("too few reference lots for a limit of single lots")
            return
        }
        var distances: [Double] = []
        for row in test { distances.append(try summary.squaredDistance(row)) }
        result("limit of the squared distance of a lot", limit)
        let beyond = distances.indices.filter { distances[$0] > limit }
        result("lots of '\(name)' beyond the limit", beyond.count)
        figure(
            .statistic(
                title: "squared distance of the lots of '\(name)' from the reference",
                quantity: "squared distance",
                series: [.init(name: "squared distance", values: distances, signals: beyond)],
                limits: [.init(name: "limit", values: [limit])], phases: []))
    }

    /// The rows of the two groups that are compared.
    struct Groups {
        var test: String
        var reference: String
        var testRows: [Int]
        var referenceRows: [Int]
        var isPaired: Bool

        func values(_ column: [Double]) throws(AnalysisError) -> ([Double], [Double]) {
            (testRows.map { column[$0] }, referenceRows.map { column[$0] })
        }
    }

    /// Finds the groups of a comparison; pairs are put in the same order.
    static func groups(
        _ table: MeasurementTable, _ request: ComparisonRequest
    ) throws(AnalysisError) -> Groups {
        let labels = try table.texts("group", "process", "scale", "site")
        let names = orderedNames(labels)
        guard names.count >= 2 else {
            throw .tooFew(what: "groups", found: names.count, needed: 2)
        }
        let reference = request.reference ?? names[0]
        let test = request.test ?? names.first { $0 != reference } ?? names[1]
        for name in [reference, test] where !names.contains(name) {
            throw .unknown(what: "group", name: name, known: names)
        }
        let a = labels.indices.filter { labels[$0] == test }
        let b = labels.indices.filter { labels[$0] == reference }
        guard table.has("pair", "donor") else {
            return Groups(
                test: test, reference: reference, testRows: a, referenceRows: b, isPaired: false)
        }
        let pairs = try table.texts("pair", "donor")
        var (first, second): ([Int], [Int]) = ([], [])
        for pair in orderedNames(pairs) {
            let x = a.filter { pairs[$0] == pair }
            let y = b.filter { pairs[$0] == pair }
            if x.isEmpty, y.isEmpty { continue }
            guard x.count == 1, y.count == 1 else {
                throw .duplicate(
                    what: "pair without exactly one value of each group, pair", name: pair)
            }
            first.append(x[0])
            second.append(y[0])
        }
        return Groups(
            test: test, reference: reference, testRows: first, referenceRows: second,
            isPaired: true)
    }

    /// The answer of either method, on the scale of the margins.
    struct EquivalenceAnswer {
        var estimate: Double
        var interval: Interval
        var p: Double
        var outcome: EquivalenceOutcome
    }

    static func answer(
        _ x: [Double], _ y: [Double], _ isPaired: Bool, _ request: ComparisonRequest
    ) throws(AnalysisError) -> EquivalenceAnswer {
        let isRatio = request.scale == .logarithmic
        switch request.method {
        case .means:
            let test =
                isPaired
                ? try EquivalenceTest.paired(
                    test: x, reference: y, margins: request.margins, alpha: request.alpha,
                    scale: request.scale)
                : try .independent(
                    test: x, reference: y, margins: request.margins, alpha: request.alpha,
                    scale: request.scale, variances: request.variances)
            return EquivalenceAnswer(
                estimate: test.ratio ?? test.difference,
                interval: test.ratioInterval ?? test.interval, p: test.p, outcome: test.outcome)
        case .ranks:
            let test = try ranks(x, y, isPaired, request)
            return EquivalenceAnswer(
                estimate: isRatio ? exp(test.shift) : test.shift,
                interval: isRatio ? test.interval.exponential : test.interval, p: test.p,
                outcome: test.outcome)
        }
    }

    static func ranks(
        _ x: [Double], _ y: [Double], _ isPaired: Bool, _ request: ComparisonRequest
    ) throws(AnalysisError) -> RankEquivalence {
        isPaired
            ? try .paired(
                test: x, reference: y, margins: request.margins, alpha: request.alpha,
                scale: request.scale, distribution: request.distribution)
            : try .independent(
                test: x, reference: y, margins: request.margins, alpha: request.alpha,
                scale: request.scale, distribution: request.distribution)
    }
}
