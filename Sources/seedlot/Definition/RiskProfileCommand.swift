import ArgumentParser
import ProductDefinition

/// `seedlot risk-profile PATH`: the matrix of risks and risk factors.
struct RiskProfileCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "risk-profile",
        abstract: "Show the risk-based approach as its matrix of risks and risk factors.",
        discussion: """
            ● discussed in the risk file, ○ shown by the product and bearing on the risk but not \
            discussed there, + discussed although the definition does not show it.
            """)

    @Argument(help: "The definition: a file or a folder.")
    var path: String

    @OptionGroup var output: FormatOption

    func run() throws {
        let profile = RiskProfile(of: try DefinitionArgument.read(path))
        switch output.format {
        case .json: print(try Matrix(profile).printedJSON())
        case .text: print(text(profile))
        }
    }

    private func text(_ profile: RiskProfile) -> String {
        let shown = profile.factors.indices.filter { column in
            !profile.factors[column].facts.isEmpty
                || profile.rows.contains { $0.cells[column] != .none }
        }
        let width = profile.rows.map { $0.hazard.rawValue.count }.max() ?? 0
        var lines = ["risk factors:"]
        for (number, column) in shown.enumerated() {
            let factor = profile.factors[column]
            let facts = factor.facts.isEmpty ? "" : ": " + factor.facts.joined(separator: "; ")
            lines.append("  \(padded("\(number + 1)", to: 3))\(factor.factor.rawValue)\(facts)")
        }
        let head = shown.indices.map { padded("\($0 + 1)", to: 3) }.joined()
        lines += ["", "\(padded("risk", to: width + 2))\(padded("level", to: 8))\(head)"]
        for row in profile.rows {
            let cells = shown.map { padded(sign(row.cells[$0]), to: 3) }.joined()
            let level = row.isInFile ? row.level?.rawValue ?? "?" : "-"
            lines.append(
                padded(row.hazard.rawValue, to: width + 2) + padded(level, to: 8) + cells)
        }
        let gaps = profile.rows.flatMap(\.cells).count { $0 == .gap }
        lines += ["", gaps == 0 ? "no gap" : "\(gaps) gaps (○): discuss them in 'risks: hazards:'"]
        for row in profile.rows where row.isInFile && (row.controls.isEmpty || row.evidence.isEmpty)
        {
            let missing = row.controls.isEmpty ? "controls" : "evidence"
            lines.append("'\(row.hazard.rawValue)' has no \(missing)")
        }
        return lines.joined(separator: "\n")
    }

    private func sign(_ cell: RiskProfile.Cell) -> String {
        switch cell {
        case .discussed: "●"
        case .gap: "○"
        case .declared: "+"
        case .none: "·"
        }
    }

    private func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(width - text.count, 0))
    }

    /// The matrix as JSON.
    private struct Matrix: Encodable {
        struct Factor: Encodable {
            let factor: String
            let facts: [String]
        }
        struct Row: Encodable {
            let risk: String
            let level: String?
            let controls: [String]
            let evidence: [String]
            let cells: [String: String]
        }
        let factors: [Factor]
        let rows: [Row]

        init(_ profile: RiskProfile) {
            factors = profile.factors.map { Factor(factor: $0.factor.rawValue, facts: $0.facts) }
            rows = profile.rows.map { row in
                let cells = zip(profile.factors, row.cells).filter { $0.1 != .none }
                    .map { ($0.0.factor.rawValue, $0.1.rawValue) }
                return Row(
                    risk: row.hazard.rawValue, level: row.level?.rawValue,
                    controls: row.controls, evidence: row.evidence,
                    cells: Dictionary(uniqueKeysWithValues: cells))
            }
        }
    }
}
