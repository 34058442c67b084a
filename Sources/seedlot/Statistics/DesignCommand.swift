import ArgumentParser
import Statistics

/// `seedlot design FILE`: the runs of an experiment.
struct DesignCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "design",
        abstract: "The runs of an experiment, in a random order that a seed repeats.",
        discussion: """
            Columns: factor, low and high; one factor a line.

            Example: seedlot design factors.csv --type central-composite --seed 7
            """)

    @OptionGroup var input: AnalysisFile
    @Option(
        help: """
            full, fractional, plackett-burman, definitive, central-composite, box-behnken, \
            d-optimal or i-optimal; simplex-lattice or simplex-centroid for mixtures, with the \
            column component.
            """)
    var type = DesignRequest.Kind.full
    @Option(help: "Number of runs, for designs that leave a choice.") var runs: Int?
    @Option(help: "Levels of each factor of a full factorial.") var levels = 2
    @Option(help: "Model of an optimal design: linear, interactions or quadratic.")
    var model = PolynomialModel.Degree.quadratic
    @Option(help: "Degree of a simplex lattice.") var degree = 2
    @Option(help: "Centre points.") var centrePoints: Int?
    @Option(help: "Axial distance: rotatable, face, blocks, or a number.") var axial = "rotatable"
    @Flag(help: "Half fraction in a central composite design.") var halfFraction = false
    @Option(help: "Seed of the order of runs.") var seed: UInt64 = 1

    func run() async throws {
        var request = DesignRequest()
        request.kind = type
        request.runs = runs
        request.levels = levels
        request.degree = model
        request.centrePoints = centrePoints
        request.halfFraction = halfFraction
        request.seed = seed
        request.latticeDegree = degree
        switch axial {
        case "rotatable": request.axial = .rotatable
        case "face": request.axial = .faceCentred
        case "blocks": request.axial = .orthogonalBlocks
        default:
            guard let value = Double(axial), value > 0 else {
                throw Complaint.misuse(
                    "'\(axial)' is no axial distance",
                    wayOut: "give rotatable, face, blocks or a positive number")
            }
            request.axial = .value(value)
        }
        try await input.report { [request] table throws(AnalysisError) in
            try .design(table, request)
        }
    }
}
