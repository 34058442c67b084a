import ArgumentParser
import Statistics

/// `seedlot analyze-design FILE`: the analysis of an experiment and its design space.
struct AnalyzeDesignCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "analyze-design",
        abstract: "The analysis of an experiment, and its design space as a probability.",
        discussion: """
            A column for each factor and response, and block where there are blocks. Factors are \
            given as NAME=LOW:HIGH, responses as NAME or with a specification as NAME=LOW:HIGH, \
            where an end may be left out. With --mixture the factors are components, NAME alone.

            Example: seedlot analyze-design runs.csv --factor pH=6.8:7.4 --response yield=80:
            """)

    @OptionGroup var input: AnalysisFile
    @Option(help: "A factor, NAME=LOW:HIGH; once for each.") var factor: [String]
    @Option(help: "A response, NAME or NAME=LOW:HIGH; once for each.") var response: [String]
    @Option(help: "linear, interactions or quadratic.")
    var model = PolynomialModel.Degree.quadratic
    @Option(help: "Add the path of each response: ascent or descent.")
    var path: AnalysisReport.ExperimentRequest.Path?
    @Option(help: "The factors are shares of a mixture: linear, quadratic or special-cubic.")
    var mixture: MixtureModel.Degree?
    @Option(help: "Probability a set point must reach.") var probability = 0.9

    func validate() throws {
        try probability(probability, "--probability")
    }

    func run() async throws {
        if let mixture {
            let (components, responses) = (factor, response)
            try await input.report { table throws(AnalysisError) in
                try .mixtureExperiment(
                    table, components: components, responses: responses, degree: mixture)
            }
            return
        }
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
        request.path = path
        try await input.report { [request] table throws(AnalysisError) in
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
