import ArgumentParser
import Statistics

/// `seedlot compare FILE`: equivalence of two groups of lots.
struct CompareCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Equivalence of two groups of lots, in one attribute or several.",
        discussion: """
            Columns: group and value, and pair (or donor) when each donation was split. Margins \
            are differences, or ratios with --scale logarithmic. With --attribute once for each \
            column, parity over several attributes; with --multivariate, all of them at once.

            Example: seedlot compare lots.csv --margins -5:5
            """)

    @OptionGroup var input: AnalysisFile
    @Option(parsing: .unconditional, help: "Margins of the column value, LOW:HIGH.")
    var margins: NumberRange?
    @Option(help: "An attribute and its margins, NAME=LOW:HIGH; NAME alone with --multivariate.")
    var attribute: [String] = []
    @Flag(help: "Mahalanobis distance and T squared of the attributes together.")
    var multivariate = false
    @Option(help: "Equivalence margin of the Mahalanobis distance, in standard deviations.")
    var distanceMargin: Double?
    @Option(help: "t or wilcoxon.") var method = ComparisonRequest.Method.means
    @Option(help: "Probability of rank tests: automatic, exact, normal or normal-uncorrected.")
    var distribution = RankEquivalence.Distribution.automatic
    @Option(help: "linear or logarithmic.") var scale = EquivalenceTest.Scale.linear
    @Option(help: "welch or pooled.") var variances = EquivalenceTest.Variances.welch
    @Option(help: "Level of each one-sided test.") var alpha = 0.05
    @Option(
        name: .customLong("test-group"),
        help: "The group that is compared; the second to appear when absent.")
    var test: String?
    @Option(
        name: .customLong("reference-group"),
        help: "The group it is compared with; the first to appear when absent.")
    var reference: String?
    @Option(help: "Factor of the quality range.") var rangeFactor = 3.0

    func validate() throws {
        try positive(distanceMargin, "--distance-margin")
        try probability(alpha, "--alpha")
        try positive(rangeFactor, "--range-factor")
    }

    func run() async throws {
        let request = comparison
        if multivariate {
            guard attribute.count >= 2 else {
                throw Complaint.misuse(
                    "--multivariate needs attributes", wayOut: "give --attribute NAME for each")
            }
            let names = attribute.map { String($0.prefix { $0 != "=" }) }
            let margin = distanceMargin
            try await input.report { table throws(AnalysisError) in
                try .multivariate(
                    table, attributes: names, request, margin: margin,
                    confidence: 1 - 2 * request.alpha)
            }
            return
        }
        if !attribute.isEmpty {
            let attributes = try attribute.map(parsed)
            try await input.report { table throws(AnalysisError) in
                try .parity(table, attributes, request)
            }
            return
        }
        guard let low = margins?.lower, let high = margins?.upper, low < high else {
            throw Complaint.misuse(
                "the margins need both ends", wayOut: "write --margins LOW:HIGH, as 0.8:1.25")
        }
        var single = request
        single.margins = Interval(low, high)
        try await input.report { [single] table throws(AnalysisError) in
            try .comparison(table, single)
        }
    }

    private var comparison: ComparisonRequest {
        var request = ComparisonRequest(margins: Interval(nil, nil))
        request.scale = scale
        request.variances = variances
        request.alpha = alpha
        request.test = test
        request.reference = reference
        request.rangeFactor = rangeFactor
        request.method = method
        request.distribution = distribution
        return request
    }

    private func parsed(_ text: String) throws -> AnalysisReport.AttributeMargin {
        guard let equals = text.lastIndex(of: "="),
            let range = NumberRange(argument: String(text[text.index(after: equals)...])),
            let low = range.lower, let high = range.upper, low < high
        else {
            throw Complaint.misuse(
                "'\(text)' has no margins", wayOut: "write --attribute NAME=LOW:HIGH")
        }
        return .init(name: String(text[..<equals]), margins: Interval(low, high))
    }
}
