import Guidance
import ProductDefinition

extension CheckSubject {
    typealias SpecificationTest = Definition.SpecificationTest
    typealias Measurand = Definition.Measurand

    /// What a test measures: what it or its assay says, or else what its name says.
    func measurand(of test: SpecificationTest) -> Measurand? {
        if let stated = definition.measurand(of: test) { return stated }
        let name = test.name.value.lowercased()
        return Self.namedMeasurands.first { name.hasPrefix($0.rawValue) }
    }

    /// The release tests of any of these measurands.
    func releaseTests(measuring measurands: Measurand...) -> [SpecificationTest] {
        releaseTests.filter { test in measurand(of: test).map(measurands.contains) ?? false }
    }

    /// The limit of `test` in the phase, unless the result is only reported.
    func decidingLimit(of test: SpecificationTest) -> Located<Definition.Limit>? {
        guard let limit = test.limit.limit(in: phase), !limit.value.isOnlyReported else {
            return nil
        }
        return limit
    }

    /// The assay of a test.
    func assay(of test: SpecificationTest) -> Definition.Assay? { definition.assay(test.assay) }

    /// Every assay that a test of the product uses for potency, or that measures a pathway.
    var potencyAssays: [Definition.Assay] {
        let named = Set(
            potencyTests(includingCharacterisation: true).compactMap { $0.assay?.value })
        return definition.assays.filter { !$0.pathways.isEmpty || named.contains($0.id.value) }
    }

    /// The potency tests of product and substance.
    func potencyTests(includingCharacterisation: Bool = false) -> [SpecificationTest] {
        guard includingCharacterisation else {
            return releaseTests.filter { $0.testClass.value == .potency }
        }
        return definition.specifications.filter {
            [.drugProduct, .drugSubstance].contains($0.appliesTo.value)
        }.flatMap(\.tests).filter { $0.testClass.value == .potency }
    }

    /// The specifications a batch is released against.
    var releaseSpecifications: [Definition.Specification] {
        definition.specifications.filter {
            [.drugProduct, .drugSubstance].contains($0.appliesTo.value)
        }
    }

    /// Measurands that a test can be recognised by when it says nothing but its name.
    private static let namedMeasurands: [Measurand] = [
        .sterility, .mycoplasma, .endotoxin, .viability, .morphology, .appearance, .karyotype,
        .cellCount,
    ]
}

extension Definition.Limit {
    /// Whether the result decides nothing, in the words people use.
    var isOnlyReported: Bool {
        guard case .text(let text) = self else { return false }
        let words = text.lowercased()
        return isReportOnly || words.isEmpty || words.hasPrefix("report")
            || words.hasPrefix("informative")
    }
}
