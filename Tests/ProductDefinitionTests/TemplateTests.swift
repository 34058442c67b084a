import Diagnostics
import Guidance
import ProductDefinition
import Testing

@Suite struct TemplateTests {
    @Test(arguments: DefinitionTemplate.all.map(\.id))
    func aTemplateReadsWithoutAFinding(id: String) throws {
        let template = try #require(DefinitionTemplate.named(id))
        let (definition, findings) = DefinitionReader.read(template.files)
        #expect(findings.isEmpty, "\(TextRenderer(sources: template.files).render(findings))")
        let product = try #require(definition?.product)
        #expect(product.phase.value == .preclinical)
        #expect(definition?.process?.stages.isEmpty == false)
        #expect(definition?.specification(for: .drugProduct)?.tests.isEmpty == false)
        #expect(Classification(of: try #require(definition)).agreesWithDeclared == true)
    }

    @Test func thereIsOneForEveryProductOfTheReviews() {
        #expect(
            DefinitionTemplate.all.map(\.id) == [
                "uc-msc-explant", "uc-msc-enzymatic", "psc-rpe", "psc-dopaminergic",
                "psc-cardiomyocyte", "psc-islet", "psc-msc",
            ])
    }
}
