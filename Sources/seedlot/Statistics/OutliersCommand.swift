import ArgumentParser
import Statistics

/// `seedlot outliers FILE`: values that stand apart.
struct OutliersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "outliers",
        abstract: "Outliers by Grubbs, Rosner or Dixon; flagged, never removed.",
        discussion: """
            Columns: value, and group (or lot, batch) for several samples.

            Example: seedlot outliers replicates.csv --method esd --up-to 3
            """)

    @OptionGroup var input: AnalysisFile
    @Option(help: "grubbs, esd or dixon.") var method = OutlierMethod.grubbs
    @Option(help: "Level of the test.") var alpha = 0.05
    @Option(help: "Most outliers looked for by esd.") var upTo = 5

    func validate() throws {
        try probability(alpha, "--alpha")
        try count(upTo, "--up-to")
    }

    func run() async throws {
        let (method, alpha, limit) = (method, alpha, upTo)
        try await input.report { table throws(AnalysisError) in
            try .outliers(table, method: method, alpha: alpha, upTo: limit)
        }
    }
}
