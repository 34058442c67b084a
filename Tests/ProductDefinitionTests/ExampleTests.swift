import Diagnostics
import Foundation
import Guidance
import ProductDefinition
import Testing

@Suite struct ExampleTests {
    static let examples = ["uc-msc", "psc-dopaminergic"]

    @Test(arguments: examples) func anExampleReadsWithoutAFinding(name: String) throws {
        let folder = repository.appending(path: "Examples/\(name)").path
        let (definition, findings, sources) = DefinitionFiles.read(folder)
        #expect(findings.isEmpty, "\(TextRenderer(sources: sources).render(findings))")
        #expect(definition?.process?.stages.isEmpty == false)
    }

    @Test func theUmbilicalCordExampleIsWhole() throws {
        let folder = repository.appending(path: "Examples/uc-msc").path
        let definition = try #require(DefinitionFiles.read(folder).definition)
        let process = try #require(definition.process)
        #expect(process.stages.map(\.id.value).count == 5)
        #expect(process.stages.flatMap(\.operations).count == 29)
        #expect(definition.materials.count == 15)
        let fill = try #require(definition.operation(id: "fill"))
        #expect(fill.parameters[0].target.value.description == "1.00e7 cells/mL")
        #expect(definition.material(fill.materials[0].material)?.name.value == "closed vial, 6 mL")
        let product = try #require(definition.specification(for: .drugProduct))
        let viability = try #require(product.tests.first { $0.name.value.hasPrefix("viability") })
        #expect(viability.limit.limit(in: .preclinical)?.description == ">= 70 %")
        #expect(viability.limit.limit(in: .pivotal)?.description == ">= 80 %")
        #expect(definition.assay(viability.assay)?.measures.value == .viability)
    }
}

/// The folder that holds `Package.swift`.
let repository = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
