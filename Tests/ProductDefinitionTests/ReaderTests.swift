import Diagnostics
import ProductDefinition
import Quantities
import Testing

@Suite struct ReaderTests {
    @Test func readsAProduct() throws {
        let text = """
            product:
              id: X-1
              name: cells
              version: 0.1.0
              phase: phase1
            process:
              stages:
                - id: s
                  name: expansion
                  phase: expansion
                  operations:
                    - id: p1
                      kind: culture
                      parameters:
                        - name: seeding density
                          target: 3000 cells/cm2
                          normal: 2500..3500 cells/cm2
            """
        let (definition, findings) = DefinitionReader.read([SourceFile(name: "a.yaml", text: text)])
        #expect(findings.isEmpty, "\(TextRenderer(sources: []).render(findings))")
        let parameter = try #require(
            definition?.process?.stages.first?.operations.first?.parameters.first)
        #expect(parameter.target.value.quantity?.description == "3000 cells/cm2")
        #expect(parameter.target.position.line == 16)
    }
}
