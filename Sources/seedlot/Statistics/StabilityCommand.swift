import ArgumentParser
import Statistics

/// `seedlot stability FILE`: shelf life by ICH Q1E.
struct StabilityCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stability",
        abstract: "Shelf life of an attribute by ICH Q1E.",
        discussion: """
            Columns: time, value, and batch for several batches.

            Example: seedlot stability study.csv --lower 70 --extrapolation refrigerated
            """)

    @OptionGroup var input: AnalysisFile
    @Option(parsing: .unconditional, help: "Lower acceptance criterion.") var lower: Double?
    @Option(parsing: .unconditional, help: "Upper acceptance criterion.") var upper: Double?
    @Flag(help: "The direction of change is not known: half of the error on each side.")
    var unknownDirection = false
    @Option(help: "Level of the tests of poolability.") var poolingAlpha = 0.25
    @Option(help: "Error of the intercept test: full-model (JMP) or reduced-model.")
    var interceptError = StabilityConventions.InterceptError.fullModel
    @Option(help: "Error of separate slopes: pooled (Minitab) or own (JMP).")
    var slopeError = StabilityConventions.SeparateSlopeError.pooled
    @Option(
        help: """
            How far beyond the data: room-temperature, room-temperature-intermediate, refrigerated \
            or real-time-only.
            """)
    var extrapolation = ExtrapolationRule.realTimeOnly
    @Option(help: "The unit of the column time: hours, days, weeks, months or years.")
    var timeUnit = StabilityTimeUnit.months

    func validate() throws {
        try probability(poolingAlpha, "--pooling-alpha")
    }

    func run() async throws {
        let limit: StabilityLimit
        switch (lower, upper) {
        case (let low?, let high?): limit = .both(lower: low, upper: high)
        case (let low?, nil): limit = unknownDirection ? .lowerUnknownDirection(low) : .lower(low)
        case (nil, let high?):
            limit = unknownDirection ? .upperUnknownDirection(high) : .upper(high)
        case (nil, nil):
            throw Complaint.misuse(
                "there is no acceptance criterion", wayOut: "give --lower, --upper or both")
        }
        if input.recorded.site != nil, timeUnit != .months {
            throw Complaint.misuse(
                "recorded results of stability studies are in months, not in \(timeUnit.rawValue)",
                wayOut: "leave out --time-unit")
        }
        let conventions = StabilityConventions(
            poolingAlpha: poolingAlpha, interceptError: interceptError,
            separateSlopeError: slopeError)
        try await input.report { table throws(AnalysisError) in
            try .stability(
                table, limit: limit, conventions: conventions, extrapolation: extrapolation,
                timeUnit: timeUnit)
        }
    }
}
