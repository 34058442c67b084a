import ArgumentParser
import Statistics

/// `seedlot compare FILE`: equivalence of two groups of lots.
struct CompareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Equivalence of two groups of lots by two one-sided tests.",
        discussion: """
            Columns: group and value, and pair (or donor) when each donation was split. Margins \
            are differences, or ratios with --scale logarithmic.
            """)

    @OptionGroup var input: AnalysisFile
    @Option(help: "Margins, LOW:HIGH.") var margins: NumberRange
    @Option(help: "linear or logarithmic.") var scale = EquivalenceTest.Scale.linear
    @Option(help: "welch or pooled.") var variances = EquivalenceTest.Variances.welch
    @Option(help: "Level of each one-sided test.") var alpha = 0.05
    @Option(help: "The group that is compared; the second to appear when absent.")
    var test: String?
    @Option(help: "The group it is compared with; the first to appear when absent.")
    var reference: String?
    @Option(help: "Factor of the quality range.") var rangeFactor = 3.0

    func run() throws {
        guard let low = margins.lower, let high = margins.upper, low < high else {
            throw Complaint.misuse(
                "the margins need both ends", wayOut: "write --margins LOW:HIGH, as 0.8:1.25")
        }
        var request = ComparisonRequest(margins: Interval(low, high))
        request.scale = scale
        request.variances = variances
        request.alpha = alpha
        request.test = test
        request.reference = reference
        request.rangeFactor = rangeFactor
        try input.report { table throws(AnalysisError) in try .comparison(table, request) }
    }
}
