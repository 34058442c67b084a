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
    }
}
