import Checker
import Diagnostics
import Guidance
import ProductDefinition
import Testing

/// The examples in the comment of every rule: what is shown as flagged is flagged by the rule,
/// and what is shown as accepted is not.
@Suite struct RuleExampleTests {
    @Test func flaggedExamplesAreFlaggedAndAcceptedOnesAreNot() throws {
        for source in try RuleSource.all() {
            let phase = try #require(DevelopmentPhase(named: source.phaseName))
            for (number, text) in source.flagged.enumerated() {
                let codes = try found(in: text, by: source, for: phase)
                #expect(
                    !codes.isEmpty, "\(source.id): flagged example \(number + 1) is not flagged")
            }
            for (number, text) in source.accepted.enumerated() {
                let messages = try found(in: text, by: source, for: phase)
                #expect(
                    messages.isEmpty,
                    "\(source.id): accepted example \(number + 1) is flagged: \(messages)")
            }
        }
    }

    /// What is wrong with an example is what its rule says, not that it cannot be read: only
    /// required parts that have nothing to do with the rule may be left out.
    @Test func examplesAreReadable() throws {
        for source in try RuleSource.all() {
            for text in source.flagged + source.accepted {
                let read = DefinitionReader.read([SourceFile(name: "example.yaml", text: text)])
                let tolerated: Set = ["missing-key", "unresolved-reference", "unknown-reference"]
                let problems = read.findings.filter { !tolerated.contains($0.code) }
                #expect(problems.isEmpty, "\(source.id): \(problems.map(\.message))")
            }
        }
    }

    private func found(
        in text: String, by source: RuleSource, for phase: DevelopmentPhase
    ) throws -> [String] {
        let read = DefinitionReader.read([SourceFile(name: "example.yaml", text: text)])
        let definition = try #require(read.definition, "\(source.id) cannot be read")
        let day = try #require(CalendarDate("2026-11-21"))
        let report = DefinitionCheck.run(
            definition, phase: phase, jurisdictions: [.eu, .unitedStates], asOf: day,
            only: [source.id])
        return report.findings.map(\.message)
    }
}
