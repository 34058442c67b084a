import ArgumentParser
import Statistics

/// `seedlot growth FILE`: growth rates and doubling times.
struct GrowthCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "growth",
        abstract: "Population doublings, growth rates and doubling times.",
        discussion: """
            Columns: seeded, harvested and hours for passages; time and count for curves.
            Doubling times are in the unit of the column of times.

            Example: seedlot growth counts.csv --model exponential --window 24:96
            """)

    @OptionGroup var input: AnalysisFile
    @Option(help: "passages, exponential, logistic, gompertz, baranyi, or compare for all by AICc.")
    var model = AnalysisReport.GrowthKind.passages
    @Option(help: "Times an exponential fit uses, FROM:TO.") var window: NumberRange?
    @Option(help: "Cumulative population doubling level of the seed.") var seedLevel = 0.0
    @Option(help: "Confidence of the intervals.") var confidence = 0.95

    func validate() throws {
        try probability(confidence, "--confidence")
    }

    func run() async throws {
        let range: ClosedRange<Double>?
        if let window {
            let (low, high) = (window.lower ?? -.infinity, window.upper ?? .infinity)
            guard low <= high else {
                throw Complaint.misuse("the window ends before it begins", wayOut: "write FROM:TO")
            }
            range = low...high
        } else {
            range = nil
        }
        try await input.report { table throws(AnalysisError) in
            try .growth(
                table, model, window: range, seedLevel: seedLevel, confidence: confidence)
        }
    }
}
