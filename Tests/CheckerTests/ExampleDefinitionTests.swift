import Checker
import Diagnostics
import Foundation
import Guidance
import ProductDefinition
import Testing

/// The definitions in `Examples` have no error at the phase they declare.
@Suite struct ExampleDefinitionTests {
    @Test(arguments: ["uc-msc", "psc-dopaminergic"])
    func hasNoErrorAtItsDeclaredPhase(name: String) throws {
        let folder = RuleSource.repository.appending(path: "Examples/\(name)").path
        let read = DefinitionFiles.read(folder)
        let definition = try #require(read.definition)
        let day = try #require(CalendarDate("2026-11-21"))
        let report = DefinitionCheck.run(definition, asOf: day)
        let errors = (read.findings + report.findings).filter { $0.severity == .error }
        #expect(errors.isEmpty, "\(TextRenderer(sources: read.sources).render(errors))")
        #expect(report.waived.allSatisfy { !$0.justification.isEmpty })
    }
}

/// A starting definition from `seedlot new` has no error before the clinic: what is left to do is
/// said in warnings.
@Suite struct TemplateDefinitionTests {
    @Test(arguments: DefinitionTemplate.all.map(\.id))
    func hasNoErrorInThePreclinicalPhase(id: String) throws {
        let template = try #require(DefinitionTemplate.named(id))
        let read = DefinitionReader.read(template.files)
        let definition = try #require(read.definition)
        let day = try #require(CalendarDate("2026-11-21"))
        let report = DefinitionCheck.run(definition, phase: .preclinical, asOf: day)
        let errors = (read.findings + report.findings).filter { $0.severity == .error }
        #expect(errors.isEmpty, "\(TextRenderer(sources: template.files).render(errors))")
    }
}
