import Checker
import Diagnostics
import Guidance
import ProductDefinition
import Testing

/// Checks a text as its author would, on a fixed day.
struct CheckedText {
    let report: CheckReport
    let rendered: String

    /// What `rules` find in `text`, judged on 2026-11-21.
    init(
        _ text: String, rules: Set<String>? = nil, phase: DevelopmentPhase = .pivotal,
        jurisdictions: Set<Jurisdiction> = [.eu],
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let source = SourceFile(name: "process.yaml", text: text)
        let read = DefinitionReader.read([source])
        let definition = try #require(read.definition, sourceLocation: sourceLocation)
        let day = try #require(CalendarDate("2026-11-21"))
        report = DefinitionCheck.run(
            definition, phase: phase, jurisdictions: jurisdictions, asOf: day, only: rules)
        rendered = TextRenderer(sources: [source]).render(report.findings)
    }

    var codes: [String] { report.findings.map(\.code) }
    var messages: [String] { report.findings.map(\.message) }
}
