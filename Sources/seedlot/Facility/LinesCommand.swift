import ArgumentParser
import Facility

/// `seedlot lines SITE`: the cell lines, how they were scored, and which was chosen.
struct LinesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lines",
        abstract: "List the cell lines with their scorecards, the best score first.")

    @OptionGroup var site: SiteArgument

    @OptionGroup var output: FormatOption

    func run() async throws {
        let lines = try await site.state().lineStandings()
        try output.give(lines) { show(lines) }
    }

    private func show(_ lines: [LineStanding]) {
        if lines.isEmpty { print("no line is registered") }
        for line in lines {
            let mean = line.mean.map { "score \(tenths($0)) of 10" } ?? "not scored"
            print("\(line.isSelected ? "*" : " ") \(line.line), \(line.name): \(mean)")
            for score in line.scores ?? [] {
                print(
                    "      \(score.criterion.rawValue): \(score.score), weight \(score.weight), "
                        + score.evidence)
            }
            if let reason = line.reason { print("      chosen: \(reason)") }
            if !line.banks.isEmpty {
                print("      banks: \(line.banks.map(\.text).joined(separator: ", "))")
            }
        }
    }

    private func tenths(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }
}
