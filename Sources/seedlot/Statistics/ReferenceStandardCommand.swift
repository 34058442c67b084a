import ArgumentParser
import Statistics

/// `seedlot reference-standard FILE`: the chain of standards, their units and their bridging.
struct ReferenceStandardCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reference-standard",
        abstract: "The assigned potencies of a chain of standards, with their uncertainty.",
        discussion: """
            Columns: standard, against, potency (the ratio to the standard it was measured \
            against), lower, upper and df; one assay a line. The first standard a new one was \
            measured against gives its potency; assays against a second one judge the bridging.

            Example: seedlot reference-standard assays.csv --primary WHO-1=100 --unit IU/mg
            """)

    @OptionGroup var input: AnalysisFile
    @Option(help: "The primary standard, NAME=POTENCY.") var primary: String
    @Option(help: "The unit, as IU/mg.") var unit = "unit"
    @Option(help: "Fewest independent assays of an assignment.")
    var assays = AssignedPotency.assaysMin
    @Option(help: "Margins of a bridging ratio over that assigned, LOW:HIGH.")
    var margins: NumberRange?
    @Option(help: "Confidence of the intervals in the file, and of the answer.")
    var confidence = 0.95
    @Option(help: "Combination of assays: automatic, weighted, semi-weighted or unweighted.")
    var combination = PotencyCombination.Method.automatic

    func validate() throws {
        try probability(confidence, "--confidence")
    }

    func run() async throws {
        guard let equals = primary.lastIndex(of: "="),
            let potency = Double(primary[primary.index(after: equals)...]), potency > 0
        else {
            throw Complaint.misuse(
                "'\(primary)' is no primary standard", wayOut: "write --primary NAME=POTENCY")
        }
        let first = AnalysisReport.PrimaryStandard(
            name: String(primary[..<equals]), potency: potency, unit: unit)
        let limits = margins.map { Interval($0.lower, $0.upper) }
        let (assays, confidence, combination) = (assays, confidence, combination)
        try await input.report { table throws(AnalysisError) in
            try .referenceStandards(
                table, primary: first, needed: assays, margins: limits, confidence: confidence,
                method: combination)
        }
    }
}
