import ArgumentParser
import Statistics

/// `seedlot capability FILE`: capability indices with their intervals.
struct CapabilityCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "capability",
        abstract: "Capability of a process, and what it is shown to reach.",
        discussion: """
            Column: value, in order of time.

            Example: seedlot capability viability.csv --lower 80
            """)

    @OptionGroup var input: AnalysisFile
    @Option(parsing: .unconditional, help: "Lower specification limit.") var lower: Double?
    @Option(parsing: .unconditional, help: "Upper specification limit.") var upper: Double?
    @Option(parsing: .unconditional, help: "Target, for Cpm.") var target: Double?
    @Option(help: "The index the process must be shown to reach.") var required = 1.33
    @Option(help: "Confidence of the intervals.") var confidence = 0.95

    func validate() throws {
        try positive(required, "--required")
        try probability(confidence, "--confidence")
    }

    func run() async throws {
        let limits = try asMisuse { () throws(AnalysisError) in
            try SpecificationLimits(lower: lower, upper: upper)
        }
        try await input.report { table throws(AnalysisError) in
            try .capability(
                table, limits: limits, target: target, required: required, confidence: confidence)
        }
    }
}
