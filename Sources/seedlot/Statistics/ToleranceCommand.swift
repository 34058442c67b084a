import ArgumentParser
import Statistics

/// `seedlot tolerance FILE`: tolerance intervals, and the cost of a proposed limit.
struct ToleranceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tolerance",
        abstract: "A tolerance interval, and the wrong decisions of a proposed limit.",
        discussion: """
            Column: value. With --specification, --acceptance and --measurement-sd the rates of \
            false acceptance and false rejection are added.

            Example: seedlot tolerance lots.csv --content 0.95 --sides lower
            """)

    @OptionGroup var input: AnalysisFile
    @Option(help: "Share of the population.") var content = 0.95
    @Option(help: "Confidence.") var confidence = 0.95
    @Option(help: "normal, log-normal or distribution-free.")
    var model = ToleranceInterval.Model.normal
    @Option(help: "both, lower or upper.") var sides = ToleranceInterval.Sides.both
    @Option(help: "Two-sided factor: exact or howe.") var method = ToleranceFactor.Method.exact
    @Option(parsing: .unconditional, help: "Specification of the true value, LOW:HIGH.")
    var specification: NumberRange?
    @Option(parsing: .unconditional, help: "Proposed limits of the measured value, LOW:HIGH.")
    var acceptance: NumberRange?
    @Option(help: "Standard deviation of a single measurement.")
    var measurementSd: Double?
    @Option(help: "Measurements averaged for a decision.") var replicates = 1

    func validate() throws {
        try probability(content, "--content")
        try probability(confidence, "--confidence")
        try positive(measurementSd, "--measurement-sd")
        try count(replicates, "--replicates")
    }

    func run() async throws {
        let risk: (SpecificationLimits, SpecificationLimits, Double)?
        switch (specification, acceptance, measurementSd) {
        case (nil, nil, nil): risk = nil
        case (let specification?, let acceptance?, let deviation?):
            risk = try asMisuse { () throws(AnalysisError) in
                (
                    try SpecificationLimits(lower: specification.lower, upper: specification.upper),
                    try SpecificationLimits(lower: acceptance.lower, upper: acceptance.upper),
                    deviation
                )
            }
        default:
            throw Complaint.misuse(
                "the risk of a limit needs all of its numbers",
                wayOut: "give --specification, --acceptance and --measurement-sd together")
        }
        try await input.report { table throws(AnalysisError) in
            var report = try AnalysisReport.tolerance(
                table, content: content, confidence: confidence, model: model, sides: sides,
                method: method)
            if let (specification, acceptance, deviation) = risk {
                try report.addRisk(
                    table, specification: specification, acceptance: acceptance,
                    measurementDeviation: deviation, replicates: replicates)
            }
            return report
        }
    }
}
