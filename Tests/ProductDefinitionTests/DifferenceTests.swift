import Diagnostics
import Foundation
import ProductDefinition
import Testing

@Suite struct DifferenceTests {
    private let research = """
        product: { id: X, name: cells, version: 0.1.0, phase: preclinical }
        materials:
          - { id: serum, name: bovine serum, role: raw material }
          - { id: trypsin, name: trypsin, role: raw material, grade: research }
        process:
          stages:
            - id: expansion
              name: expansion
              phase: expansion
              operations:
                - id: p1
                  kind: culture
                  duration: 5 d
                  parameters:
                    - { name: seeding density, target: 5000 cells/cm2 }
                    - { name: confluence, target: 90 % }
        """

    @Test func changesAreToldInTheFieldsWords() throws {
        let production =
            research
            .replacing("grade: research", with: "grade: GMP")
            .replacing(
                "{ id: serum, name: bovine serum,", with: "{ id: lysate, name: platelet lysate,"
            )
            .replacing("target: 5000 cells/cm2", with: "target: 3000 cells/cm2, criticality: CPP")
            .replacing("duration: 5 d", with: "duration: { value: 5.5 d }")
            .replacing("0.1.0", with: "0.2.0")
        let changes = try definition(research).changes(to: definition(production))
        #expect(
            changes.map(\.description) == [
                "~ product › version: 0.1.0 → 0.2.0",
                "- material 'serum'",
                "~ material 'trypsin' › grade: research → GMP",
                "+ material 'lysate'",
                "~ process › stage 'expansion' › operation 'p1' › duration › value: 5 d → 5.5 d",
                "~ process › stage 'expansion' › operation 'p1' › parameter 'seeding density' "
                    + "› target: 5000 cells/cm2 → 3000 cells/cm2",
                "+ process › stage 'expansion' › operation 'p1' › parameter 'seeding density' "
                    + "› criticality: CPP",
            ])
    }

    @Test func theSameIsNoChangeHoweverItIsWritten() throws {
        let rewritten =
            research
            .replacing("5000 cells/cm2", with: "\"5000   cells/cm²\"")
            .replacing("product: {", with: "# a comment\nproduct: {")
        #expect(try definition(research).changes(to: definition(rewritten)).isEmpty)
    }

    @Test func anExampleDoesNotDifferFromItself() throws {
        let folder = repository.appending(path: "Examples/uc-msc").path
        let definition = try #require(DefinitionFiles.read(folder).definition)
        #expect(definition.changes(to: definition).isEmpty)
    }

    private func definition(_ text: String) throws -> Definition {
        let read = DefinitionReader.read([SourceFile(name: "a.yaml", text: text)])
        #expect(read.findings.isEmpty, "\(read.findings)")
        return try #require(read.definition)
    }
}
