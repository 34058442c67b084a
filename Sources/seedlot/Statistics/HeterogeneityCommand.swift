import ArgumentParser
import Statistics

/// `seedlot heterogeneity FILE`: what an average hides.
struct HeterogeneityCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "heterogeneity",
        abstract: "Spread, modes and components of single-cell or replicate values.",
        discussion: """
            Columns: value, and group (or lot, donor) for several distributions.

            Example: seedlot heterogeneity single-cells.csv --threshold 1000
            """)

    @OptionGroup var input: AnalysisFile
    @Option(parsing: .unconditional, help: "Report the share of values above this threshold.")
    var threshold: Double?
    @Option(help: "Most components of a mixture.") var components = 4
    @Option(help: "Seed of the starts of the mixtures.") var seed: UInt64 = 1

    func run() async throws {
        guard (1...20).contains(components) else {
            throw Complaint.misuse(
                "--components is \(components)", wayOut: "give a number from 1 to 20")
        }
        try await input.report { table throws(AnalysisError) in
            try .heterogeneity(table, threshold: threshold, components: components, seed: seed)
        }
    }
}
