import ArgumentParser
import Statistics

/// `seedlot analyze-design FILE`: the analysis of an experiment and its design space.
struct AnalyzeDesignCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "analyze-design",
        abstract: "The analysis of an experiment, and its design space as a probability.",
        discussion: """
            A column for each factor and response, and block where there are blocks. Factors are \
            given as NAME=LOW:HIGH, responses as NAME or with a specification as NAME=LOW:HIGH, \
            where an end may be left out.
            """)

    @OptionGroup var input: AnalysisFile
    @Option(help: "A factor, NAME=LOW:HIGH; once for each.") var factor: [String]
    @Option(help: "A response, NAME or NAME=LOW:HIGH; once for each.") var response: [String]
    @Option(help: "linear, interactions or quadratic.")
    var model = PolynomialModel.Degree.quadratic
    @Option(help: "Probability a set point must reach.") var probability = 0.9

    func run() throws {
        var factors: [Factor] = []
        for text in factor {
            let (name, range) = try split(text)
            guard let low = range?.lower, let high = range?.upper else {
                throw Complaint.misuse(
                    "the factor '\(text)' has no range", wayOut: "write NAME=LOW:HIGH")
            }
            factors.append(
                try asMisuse { () throws(AnalysisError) in
                    try Factor(name, low: low, high: high)
                })
        }
        var responses: [(name: String, limits: SpecificationLimits?)] = []
        for text in response {
            let (name, range) = try split(text)
            let limits = try range.map { range in
                try asMisuse { () throws(AnalysisError) in
                    try SpecificationLimits(lower: range.lower, upper: range.upper)
                }
            }
            responses.append((name, limits))
        }
        var request = AnalysisReport.ExperimentRequest(factors: factors, responses: responses)
        request.degree = model
        request.required = probability
        try input.report { [request] table throws(AnalysisError) in
            try .experiment(table, request)
        }
    }

    private func split(_ text: String) throws -> (String, NumberRange?) {
        guard let equals = text.lastIndex(of: "=") else { return (text, nil) }
        guard let range = NumberRange(argument: String(text[text.index(after: equals)...])) else {
            throw Complaint.misuse("'\(text)' has no range", wayOut: "write NAME=LOW:HIGH")
        }
        return (String(text[..<equals]), range)
    }
}
