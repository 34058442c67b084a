public import Guidance
public import ProductDefinition

/// What a rule looks at: a definition, and the phase, places and day for which it is judged.
public struct CheckSubject: Sendable {
    /// The definition.
    public let definition: Definition
    /// The phase whose severities apply and whose limits are read.
    public let phase: DevelopmentPhase
    /// Where the product is to be made, tried or sold.
    public let jurisdictions: Set<Jurisdiction>
    /// The day on which due dates are judged.
    public let asOf: CalendarDate

    /// The tests that decide about a batch, of all specifications of product and substance.
    let releaseTests: [Definition.SpecificationTest]
    /// Risk assessments by id.
    let assessments: [String: Definition.RiskAssessment]
    /// The waivers that ask for an exception of Annex 2A 3.12, by the operation they name; those
    /// for every operation under the empty name.
    let exceptionWaivers: [String: [Definition.Waiver]]

    init(
        _ definition: Definition, phase: DevelopmentPhase, jurisdictions: Set<Jurisdiction>,
        asOf: CalendarDate
    ) {
        self.definition = definition
        self.phase = phase
        self.jurisdictions = jurisdictions
        self.asOf = asOf
        releaseTests = definition.specifications.filter {
            [.drugProduct, .drugSubstance].contains($0.appliesTo.value)
        }.flatMap(\.tests).filter { !$0.isCharacterisation.isYes }
        assessments = Dictionary(
            (definition.risks?.assessments ?? []).map { ($0.id.value, $0) },
            uniquingKeysWith: { first, _ in first })
        exceptionWaivers = Dictionary(
            grouping: (definition.risks?.waivers ?? []).filter {
                Waivers.exceptionRules.contains($0.rule.value)
            }, by: { $0.at?.value ?? "" })
    }
}
