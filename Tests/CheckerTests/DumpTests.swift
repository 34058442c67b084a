import Checker
import Diagnostics
import Foundation
import Guidance
import ProductDefinition
import Testing

@Suite struct DumpTests {
    @Test func dump() throws {
        let day = try #require(CalendarDate("2026-11-21"))
        for name in ["uc-msc", "psc-dopaminergic"] {
            let folder = RuleSource.repository.appending(path: "Examples/\(name)").path
            let read = DefinitionFiles.read(folder)
            let definition = try #require(read.definition)
            var text = TextRenderer(sources: read.sources).render(read.findings)
            for phase in [definition.product.phase.value, .pivotal] {
                let start = Date()
                let report = DefinitionCheck.run(definition, phase: phase, asOf: day)
                text +=
                    "== \(phase) \(Date().timeIntervalSince(start)) s \(TextRenderer.summary(of: report.findings)) waived \(report.waived.count)\n"
                text += TextRenderer(sources: read.sources).render(report.findings)
            }
            try Data(text.utf8).write(to: URL(filePath: "/tmp/gen/dump-\(name).txt"))
        }
        for template in DefinitionTemplate.all {
            let read = DefinitionReader.read(template.files)
            let definition = try #require(read.definition)
            var text = TextRenderer(sources: template.files).render(read.findings)
            let report = DefinitionCheck.run(definition, phase: .preclinical, asOf: day)
            text += "== \(TextRenderer.summary(of: report.findings))\n"
            text += TextRenderer(sources: template.files).render(report.findings)
            try Data(text.utf8).write(to: URL(filePath: "/tmp/gen/tmpl-\(template.id).txt"))
        }
    }
}
