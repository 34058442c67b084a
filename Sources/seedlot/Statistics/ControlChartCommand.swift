import ArgumentParser
import Foundation
import Statistics

/// `seedlot control-chart FILE`: a control chart with its rules and limits.
struct ControlChartCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "control-chart",
        abstract: "A control chart with named rules and signed limits.",
        discussion: """
            Columns: value, in order of time, and sample for charts of samples or groups; a column \
            for each attribute on a T squared chart. Potencies of a control sample are charted \
            with --scale logarithmic.

            Example: seedlot control-chart controls.csv --baseline 20
            """)

    @OptionGroup var input: AnalysisFile
    @Option(help: "individuals, xbar-r, xbar-s, i-mr-r, ewma, cusum or t-squared.")
    var chart = ControlChartRequest.Kind.individuals
    @Option(help: "Rule set: nelson-1984, western-electric-1956 or limits.")
    var rules = RunRuleSet.nelson.name
    @Option(help: "Scale the values are charted on: linear or logarithmic.")
    var scale = ControlChartRequest.Scale.linear
    @Option(help: "A column of a T squared chart; once for each, all when absent.")
    var attribute: [String] = []
    @Option(help: "Probability of a false signal of one lot on a T squared chart.")
    var alpha = 0.0027
    @Option(help: "How many points from the start set the limits; all when absent.")
    var baseline: Int?
    @Option(help: "Constants: exact or tabulated.")
    var constants = ChartConstants.Convention.exact
    @Option(
        parsing: .unconditional,
        help: "Centre line set before; needs --sigma, --signed-by, --reason and --date.")
    var centre: Double?
    @Option(help: "Standard error of a point, set before; or sigma of an EWMA or CUSUM.")
    var sigma: Double?
    @Option(help: "Who set the limits.") var signedBy: String?
    @Option(help: "Why the limits were set.") var reason: String?
    @Option(help: "When the limits were set.") var date: String?
    @Option(parsing: .unconditional, help: "Target of an EWMA or CUSUM.") var target: Double?
    @Option(help: "Weight of the newest value of an EWMA.") var lambda = 0.2
    @Option(help: "Width of the limits of an EWMA, in sigmas.") var width = 3.0
    @Option(help: "Allowance of a CUSUM, in sigmas.") var k = 0.5
    @Option(help: "Decision interval of a CUSUM, in sigmas.") var h = 5.0

    func validate() throws {
        try probability(alpha, "--alpha")
        try count(baseline, "--baseline")
        try positive(sigma, "--sigma")
        try share(lambda, "--lambda")
        try positive(width, "--width")
        try positive(h, "--h")
    }

    func run() async throws {
        var request = ControlChartRequest()
        request.kind = chart
        request.rules = try asMisuse { () throws(AnalysisError) in try RunRuleSet.named(rules) }
        request.baseline = baseline
        request.constants = constants
        request.target = target
        request.sigma = sigma
        request.lambda = lambda
        request.l = width
        request.k = k
        request.h = h
        request.scale = scale
        request.attributes = attribute
        request.alpha = alpha
        if let centre {
            guard let sigma, sigma > 0, let signedBy, let reason, let date else {
                throw Complaint.misuse(
                    "limits set before need their origin",
                    wayOut: "give --sigma, --signed-by, --reason and --date with --centre")
            }
            guard scale == .linear || centre > 0 else {
                throw Complaint.misuse(
                    "--centre is \(centre) on a logarithmic scale", wayOut: "give a positive centre"
                )
            }
            request.frozen = ControlLimits(
                centre: scale == .linear ? centre : log(centre), sigma: sigma,
                origin: LimitsOrigin(signedBy: signedBy, date: date, reason: reason))
        }
        try await input.report { [request] table throws(AnalysisError) in
            try .controlChart(table, request)
        }
    }
}
