import Quantities

/// The risk-based approach as its matrix: the risks of the product against the risk factors that
/// carry them (EMA/CAT/CPWP/686637/2011; Directive 2001/83/EC Annex I Part IV).
///
/// Which factors a definition shows is read from the definition itself. Which factors bear on which
/// risk is our reading of the field, a starting point for the developer's own matrix: a factor that
/// is shown, bears on a risk and is not discussed there is a gap.
public struct RiskProfile: Sendable {
    /// A risk factor with what the definition shows of it.
    public struct Factor: Sendable {
        /// The factor.
        public var factor: Definition.RiskFactor
        /// What the definition shows, in short sentences; empty when nothing does.
        public var facts: [String]
    }

    /// What a risk has to do with a factor.
    public enum Cell: String, Sendable {
        /// The factor bears on the risk, the product shows it, and the risk file discusses it.
        case discussed
        /// The factor bears on the risk and the product shows it, but nothing is said.
        case gap
        /// The risk file discusses it though nothing here shows it.
        case declared
        /// Nothing to say.
        case none
    }

    /// One risk across all factors.
    public struct Row: Sendable {
        /// The risk.
        public var hazard: Definition.HazardKind
        /// The level that remains, the highest of the hazards of this kind.
        public var level: Definition.RiskLevel?
        /// What controls it.
        public var controls: [String]
        /// What shows that the controls work.
        public var evidence: [String]
        /// One cell for each factor, in the order of `factors`.
        public var cells: [Cell]
        /// Whether the risk file has it at all.
        public var isInFile: Bool
    }

    /// Every risk factor.
    public var factors: [Factor]
    /// The risks, the ones of the file first.
    public var rows: [Row]

    /// The risk profile of `definition`.
    public init(of definition: Definition) {
        let facts = RiskFacts(definition)
        let factors = Definition.RiskFactor.allCases.map {
            Factor(factor: $0, facts: facts.facts(for: $0))
        }
        let hazards = definition.risks?.hazards ?? []
        let rows = Definition.HazardKind.allCases.compactMap { kind -> Row? in
            let same = hazards.filter { $0.kind.value == kind }
            let bearing = Self.bearing[kind] ?? []
            guard !same.isEmpty || !bearing.isEmpty else { return nil }
            let discussed = Set(same.flatMap(\.factors).map(\.value))
            return Row(
                hazard: kind, level: same.compactMap(\.level?.value).max { $0.rank < $1.rank },
                controls: same.flatMap(\.controls).map(\.value),
                evidence: same.flatMap(\.evidence).map(\.value),
                cells: factors.map { factor in
                    let isShown = !factor.facts.isEmpty && bearing.contains(factor.factor)
                    if discussed.contains(factor.factor) {
                        return factor.facts.isEmpty ? .declared : .discussed
                    }
                    return isShown ? .gap : .none
                }, isInFile: !same.isEmpty)
        }
        self.factors = factors
        self.rows = rows.filter(\.isInFile) + rows.filter { !$0.isInFile }
    }

    private static let bearing: [Definition.HazardKind: Set<Definition.RiskFactor>] = [
        .infection: [
            .originOfCells, .donor, .materialsOfBiologicalOrigin, .openProcessing,
            .absenceOfSterilisation,
        ],
        .embolism: [.cellSizeAndAggregates, .dose, .route],
        .acuteImmunogenicity: [.immuneMismatch, .materialsOfBiologicalOrigin, .impurities],
        .chronicImmunogenicity: [.immuneMismatch, .durationOfExposure],
        .tumorigenicity: [
            .capacityToProliferate, .durationOfCulture, .geneticStability,
            .residualUndifferentiatedCells, .manipulation,
        ],
        .treatmentFailure: [.donor, .durationOfCulture, .storageAndTransport, .dose],
        .toxicityOfResidues: [.impurities],
        .unwantedDifferentiation: [.capacityToDifferentiate, .residualUndifferentiatedCells],
        .unwantedTissueDistribution: [.route, .dose],
    ]
}

extension Definition.RiskLevel {
    /// 0 for low to 2 for high.
    var rank: Int {
        switch self {
        case .low: 0
        case .medium: 1
        case .high: 2
        }
    }
}

/// What a definition shows of each risk factor.
private struct RiskFacts {
    private let definition: Definition
    private let operations: [Definition.Operation]

    init(_ definition: Definition) {
        self.definition = definition
        operations = (definition.process?.stages ?? []).flatMap(\.operations)
    }

    func facts(for factor: Definition.RiskFactor) -> [String] {
        let product = definition.product
        switch factor {
        case .originOfCells:
            return [product.cellSource.map { "from \($0.rawValue)" }, product.origin?.rawValue]
                .compactMap(\.self)
        case .donor: return definition.donors == nil ? [] : ["each batch depends on its donor"]
        case .capacityToProliferate: return proliferation
        case .capacityToDifferentiate:
            return isPluripotent ? ["made from pluripotent cells"] : []
        case .durationOfCulture:
            return [definition.process?.maximumPDL.map { "up to \($0.limit)" }]
                .compactMap(\.self)
        case .geneticStability: return proliferation.isEmpty ? [] : ["cells divide in culture"]
        case .manipulation: return manipulation
        case .materialsOfBiologicalOrigin: return biologicalMaterials
        case .openProcessing:
            let open = operations.filter { $0.state?.value == .open }
            return open.isEmpty ? [] : ["\(open.count) open operations"]
        case .absenceOfSterilisation:
            return operations.isEmpty ? [] : ["living cells cannot be sterilised"]
        case .impurities:
            let residues = definition.specifications.flatMap(\.tests).flatMap(\.residueOf)
            let names = Set(residues.map(\.value)).sorted()
            return names.isEmpty ? [] : ["residues of \(names.joined(separator: ", "))"]
        case .residualUndifferentiatedCells:
            return isPluripotent ? ["undifferentiated cells can remain"] : []
        case .cellSizeAndAggregates:
            return isIntravascular ? ["cells are given into a vessel"] : []
        case .immuneMismatch:
            return product.origin?.value == .allogeneic ? ["donor and patient differ"] : []
        case .abilityToStartAnImmuneResponse: return []
        case .dose: return [product.dose.map { "\($0.target)" }].compactMap(\.self)
        case .route: return [product.route?.rawValue].compactMap(\.self)
        case .durationOfExposure:
            return [product.dose?.administrations.map { "\($0) administrations" }]
                .compactMap(\.self)
        case .storageAndTransport:
            return [product.storage?.state.map { "kept \($0.rawValue)" }].compactMap(\.self)
        case .experienceOfUse:
            return definition.trials.map { "trial '\($0.id)'" }
        }
    }

    private var isPluripotent: Bool {
        let sources: Set<Definition.CellSource> = [
            .embryonicStemCells, .inducedPluripotentStemCells,
        ]
        return definition.product.cellSource.map { sources.contains($0.value) } ?? false
    }

    private var isIntravascular: Bool {
        let routes: Set<Definition.Route> = [
            .intravenous, .intraArterial, .intracoronary, .intraportal,
        ]
        return definition.product.route.map { routes.contains($0.value) } ?? false
    }

    private var proliferation: [String] {
        let cultures = operations.count { $0.kind.value == .culture }
        var facts = cultures > 0 ? ["\(cultures) culture steps"] : []
        if isPluripotent { facts.append("pluripotent cells divide without limit") }
        return facts
    }

    private var manipulation: [String] {
        let kinds: [Definition.OperationKind] = [.culture, .differentiate, .enrich]
        let found = kinds.filter { kind in operations.contains { $0.kind.value == kind } }
        return found.isEmpty ? [] : [found.map(\.rawValue).joined(separator: ", ")]
    }

    private var biologicalMaterials: [String] {
        let names = definition.materials.filter {
            $0.origin?.kind.value == .human || $0.origin?.kind.value == .animal
        }.map(\.id.value)
        return names.isEmpty ? [] : [names.joined(separator: ", ")]
    }
}
