import Diagnostics
import Foundation
import ProductDefinition
import Testing

@Suite struct ClassificationTests {
    @Test(arguments: [
        (
            "viable-cells: yes, recombinant-nucleic-acid: no, substantially-manipulated: yes, actions: [immunological]",
            "somatic cell therapy"
        ),
        (
            "viable-cells: yes, recombinant-nucleic-acid: no, substantially-manipulated: yes, actions: [metabolic, repair]",
            "tissue engineered"
        ),
        (
            "viable-cells: yes, recombinant-nucleic-acid: no, substantially-manipulated: no, same-essential-function: yes",
            "not an ATMP"
        ),
        (
            "viable-cells: yes, recombinant-nucleic-acid: no, substantially-manipulated: no, same-essential-function: no, actions: [repair]",
            "tissue engineered"
        ),
        (
            "viable-cells: yes, recombinant-nucleic-acid: yes, effect-from-nucleic-acid: yes, infectious-disease-vaccine: no, actions: [repair]",
            "gene therapy"
        ),
        (
            "viable-cells: yes, recombinant-nucleic-acid: yes, effect-from-nucleic-acid: no, substantially-manipulated: yes, actions: [immunological]",
            "somatic cell therapy"
        ),
        (
            "viable-cells: yes, recombinant-nucleic-acid: no, substantially-manipulated: yes, actions: [repair], device: { name: scaffold, integral: yes }",
            "combined"
        ),
        ("viable-cells: no, non-viable-cells-act: no, recombinant-nucleic-acid: no", "not an ATMP"),
    ])
    func answersLeadToOneClass(answers: String, outcome: String) throws {
        let classification = Classification(of: try product(answers))
        #expect(classification.outcome?.rawValue == outcome)
        #expect(classification.unanswered.isEmpty)
        #expect(classification.steps.allSatisfy { !$0.clause.isEmpty })
    }

    @Test func anOpenAnswerLeavesSeveralClassesAndSaysWhatIsMissing() throws {
        let classification = Classification(
            of: try product(
                "viable-cells: yes, recombinant-nucleic-acid: no, substantially-manipulated: yes"))
        #expect(classification.outcome == nil)
        #expect(classification.possible == [.somaticCellTherapy, .tissueEngineered])
        #expect(classification.unanswered == ["actions"])
    }

    @Test func cultureInTheProcessIsSubstantialManipulation() throws {
        let text = """
            product:
              { id: X, name: x, version: "1", phase: preclinical, classification:
                { viable-cells: yes, recombinant-nucleic-acid: no, actions: [immunological] } }
            process:
              stages:
                - { id: s, name: s, phase: expansion, operations: [{ id: p1, kind: culture }] }
            """
        let read = DefinitionReader.read([SourceFile(name: "a", text: text)])
        let classification = Classification(of: try #require(read.definition))
        #expect(classification.outcome == .somaticCellTherapy)
        let step = try #require(
            classification.steps.first { $0.question.hasPrefix("are the cells") })
        #expect(step.basis.contains("'p1'"))
    }

    @Test func theExampleAgreesWithItsAuthor() throws {
        let folder = repository.appending(path: "Examples/uc-msc").path
        let definition = try #require(DefinitionFiles.read(folder).definition)
        let classification = Classification(of: definition)
        #expect(classification.outcome == .somaticCellTherapy)
        #expect(classification.agreesWithDeclared == true)
        #expect(classification.precedents.first?.text.contains("graft-versus-host") == true)
    }

    private func product(_ answers: String) throws -> Definition {
        let text = """
            product:
              { id: X, name: x, version: "1", phase: preclinical, classification: { \(answers) } }
            """
        let read = DefinitionReader.read([SourceFile(name: "a", text: text)])
        #expect(read.findings.isEmpty, "\(read.findings)")
        return try #require(read.definition)
    }
}

@Suite struct RiskProfileTests {
    @Test func theMatrixShowsWhatIsDiscussedAndWhatIsNot() throws {
        let folder = repository.appending(path: "Examples/uc-msc").path
        let definition = try #require(DefinitionFiles.read(folder).definition)
        let profile = RiskProfile(of: definition)
        let infection = try #require(profile.rows.first { $0.hazard == .infection })
        let open = try #require(profile.factors.firstIndex { $0.factor == .openProcessing })
        #expect(infection.cells[open] == .discussed)
        #expect(infection.level == .low)
        #expect(profile.factors[open].facts == ["16 open operations"])
        let residues = try #require(profile.rows.first { $0.hazard == .toxicityOfResidues })
        let impurities = try #require(profile.factors.firstIndex { $0.factor == .impurities })
        #expect(!residues.isInFile)
        #expect(residues.cells[impurities] == .gap)
    }
}
