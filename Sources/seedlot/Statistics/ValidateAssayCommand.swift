import ArgumentParser
import Statistics

/// `seedlot validate-assay FILE`: the studies of an assay validation.
struct ValidateAssayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate-assay",
        abstract: "A study of an assay validation (ICH Q2, USP <1033>).",
        discussion: """
            Columns by study: linearity level, response; calibration concentration, signal; \
            precision result and analyst, day or run; bias target, measured; dilution dose, \
            tested, responding; digital partitions, positives; agreement first, second; \
            reliability subject, rater, value; outcome potency, outcome.

            Example: seedlot validate-assay levels.csv --study linearity

            The outcomes on the record of a site, a row a lot: seedlot validate-assay --study outcome \
            --site SITE --test TEST --endpoint ENDPOINT --responder "complete response"
            """)

    @OptionGroup var input: AnalysisFile
    @Option(
        help: """
            linearity, calibration, precision, bias, dilution, digital, agreement, reliability \
            or outcome.
            """)
    var study: AnalysisReport.ValidationStudy
    @Option(help: "Largest absolute relative bias, in percent.")
    var biasLimit: Double?
    @Option(help: "Largest coefficient of variation, in percent.")
    var precisionLimit: Double?
    @Option(help: "Errors of the detection limit.") var detectionAlpha = 0.01
    @Option(help: "Weights of disagreement: none, linear or quadratic.")
    var weights = Kappa.Weights.none

    func validate() throws {
        try positive(biasLimit, "--bias-limit")
        try positive(precisionLimit, "--precision-limit")
        try probability(detectionAlpha, "--detection-alpha")
    }

    func run() async throws {
        var limits = AnalysisReport.ValidationLimits()
        limits.bias = biasLimit
        limits.precision = precisionLimit
        limits.detectionAlpha = detectionAlpha
        limits.weights = weights
        try await input.report { [limits] table throws(AnalysisError) in
            try .validation(table, study, limits)
        }
    }
}
