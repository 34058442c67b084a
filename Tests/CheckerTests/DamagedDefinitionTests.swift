import Checker
import Diagnostics
import Foundation
import Guidance
import ProductDefinition
import TestSupport
import Testing

/// Damaged definitions are judged without a crash, whatever values they hold.
///
/// The examples of all rules are damaged by figures that nobody meant, lost lines and exchanged
/// words; `SEEDLOT_CASES` makes the run longer.
@Suite struct DamagedDefinitionTests {
    @Test func rulesSurviveDamagedDefinitions() throws {
        let examples = try RuleSource.all().flatMap { $0.flagged + $0.accepted }
        let day = try #require(CalendarDate("2026-11-21"))
        forAll(cases: 400) { generator in
            guard let example = examples.randomElement(using: &generator) else { return }
            var text = example
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                text = damaged(text, using: &generator)
            }
            let read = DefinitionReader.read([SourceFile(name: "damaged.yaml", text: text)])
            guard let definition = read.definition else { return }
            let phase = DevelopmentPhase.allCases.randomElement(using: &generator)
            let report = DefinitionCheck.run(
                definition, phase: phase, jurisdictions: [.eu, .unitedStates], asOf: day)
            try require(
                report.findings.allSatisfy { !$0.message.isEmpty }, "an empty message: \(text)")
        }
    }

    @Test func rulesSurviveADamagedExample() throws {
        let folder = RuleSource.repository.appending(path: "Examples/uc-msc").path
        let whole = DefinitionFiles.read(folder).sources
        let day = try #require(CalendarDate("2026-11-21"))
        forAll(cases: 6) { generator in
            let sources = whole.map { source in
                SourceFile(name: source.name, text: damaged(source.text, using: &generator))
            }
            guard let definition = DefinitionReader.read(sources).definition else { return }
            _ = DefinitionCheck.run(definition, phase: .commercial, asOf: day)
        }
    }

    private static let figures = [
        "0", "-1", "1e60", "1e-60", "999999999", "1e30 cells/kg", "-273.15 °C", "0 PD", "1e60 mL",
        "0 mL", "0..0 d", "9999-12-31", "0001-01-01", "1e60 %", "", "{}", "[]", "yes", "x",
    ]

    private func damaged(_ text: String, using generator: inout SeededGenerator) -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard let place = lines.indices.randomElement(using: &generator) else { return text }
        switch Int.random(in: 0...3, using: &generator) {
        case 0: lines.remove(at: place)
        case 1: lines.insert(lines[place], at: place)
        case 2:
            let other = lines.indices.randomElement(using: &generator) ?? place
            lines.swapAt(place, other)
        default:
            guard let colon = lines[place].lastIndex(of: ":") else { break }
            let figure = Self.figures.randomElement(using: &generator) ?? "0"
            let rest = lines[place][lines[place].index(after: colon)...]
            let tail = rest.firstIndex(where: { ",}]".contains($0) }).map { rest[$0...] } ?? ""
            lines[place] = "\(lines[place][...colon]) \(figure)\(tail)"
        }
        return lines.joined(separator: "\n")
    }
}
