public import Diagnostics
public import Quantities

extension Definition {
    /// A test method: what it measures, how, and how well.
    public struct Assay: Sendable {
        /// The id by which tests name it.
        public var id: Located<String> = Located("", at: .missing)
        /// The method.
        public var name: Located<String> = Located("", at: .missing)
        /// What it measures.
        public var measures: Located<Measurand> = Located(.sterility, at: .missing)
        /// The quality attributes it shows.
        public var attributes: [Located<String>] = []
        /// What its results are used for.
        public var uses: [Located<AssayUse>] = []
        /// The measuring principle: flow cytometry, PCR, ELISA ….
        public var principle: Located<String>?
        /// Functional or surrogate, for a potency assay.
        public var kind: Located<AssayKind>?
        /// The markers or substances it sees.
        public var analytes: [Located<String>] = []
        /// The modes of action it reflects.
        public var pathways: [Located<String>] = []
        /// Whether it was chosen for this indication and route.
        public var considersIndication: Located<Bool>?
        /// Whether cells are compared with and without priming by IFN-gamma.
        public var isPrimed: Located<Bool>?
        /// Whether it was evaluated as one of several candidates.
        public var isCandidate: Located<Bool>?
        /// The chapter it follows, such as Ph. Eur. 2.6.27.
        public var compendial: Located<String>?
        /// Why that chapter and not the general one.
        public var compendialReason: Located<String>?
        /// The study of suitability with this product.
        public var suitability: Located<String>?
        /// How antibiotics are neutralised.
        public var neutralisation: Located<String>?
        /// Whether it is validated in the product matrix.
        public var isMatrixValidated: Located<Bool>?
        /// What is tested: cells, supernatant, both.
        public var sample: Located<String>?
        /// Cells or volume needed.
        public var sampleAmount: Located<Quantity>?
        /// Limit of detection (LOD).
        public var detectionLimit: Located<Quantity>?
        /// Limit of quantitation (LOQ).
        public var quantitationLimit: Located<Quantity>?
        /// The validated range.
        public var range: Located<QuantityRange>?
        /// How far it is validated.
        public var validation: Located<ValidationState>?
        /// The design of its validation.
        @Indirect public var validationData: AssayValidation?
        /// The spiking study.
        public var spikeRecovery: Located<String>?
        /// The functional assay it stands for.
        public var surrogateFor: Located<String>?
        /// How it correlates with that assay.
        @Indirect public var correlation: Correlation?
        /// Evidence that it relates to the effect in patients.
        public var clinicalCorrelation: Located<String>?
        /// The reference it is compared with.
        @Indirect public var referenceStandard: ReferenceStandard?
        /// What a valid run must show.
        public var systemSuitability: [Located<String>] = []
        /// Replicates in a run.
        public var replicates: Located<Int>?
        /// Whether the distribution of single cells or replicates is kept.
        public var keepsDistribution: Located<Bool>?
        /// From sample to result.
        public var turnaround: Located<Quantity>?
        /// What a run costs.
        public var cost: Located<Quantity>?
        /// Where the figures come from.
        public var sources: [Located<String>] = []
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// The design of a validation (ICH Q2(R2)).
    public struct AssayValidation: Sendable {
        /// Levels in linearity.
        public var linearityLevels: Located<Int>?
        /// Determinations in repeatability.
        public var repeatabilityDeterminations: Located<Int>?
        /// Days in intermediate precision.
        public var intermediateDays: Located<Int>?
        /// The range that was shown.
        public var range: Located<QuantityRange>?
        /// The report.
        public var report: Located<String>?
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// How a surrogate correlates with what it stands for.
    public struct Correlation: Sendable {
        /// Lots compared.
        public var lots: Located<Int> = Located(0, at: .missing)
        /// Correlation coefficient.
        public var coefficient: Located<ExactDecimal>?
        /// Lower end of its 95 % confidence interval.
        public var lower: Located<ExactDecimal>?
        /// The report.
        public var report: Located<String>?
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// The reference that results are compared with.
    public struct ReferenceStandard: Sendable {
        /// The reference.
        public var name: Located<String> = Located("", at: .missing)
        /// The unit it defines.
        public var unit: Located<String>?
        /// What shows that it is stable.
        public var stability: Located<String>?
        /// How the next lot is bridged.
        public var bridging: Located<String>?
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// What an assay measures. The rules recognise these words, whatever the method is called.
    public enum Measurand: String, CaseIterable, Hashable, Sendable {
        case sterility
        case mycoplasma
        case endotoxin
        case adventitiousVirus = "adventitious virus"
        case viability
        case cellCount = "cell count"
        case morphology
        case appearance
        case surfaceMarkers = "surface markers"
        case intracellularMarkers = "intracellular markers"
        case geneExpression = "gene expression"
        case strProfile = "STR profile"
        case hlaType = "HLA type"
        case karyotype
        case copyNumber = "copy number"
        case recurrentLoci = "recurrent loci"
        case sequenceVariants = "sequence variants"
        case residualPluripotentCells = "residual pluripotent cells"
        case residualVector = "residual vector"
        case populationDoublings = "population doublings"
        case doublingTime = "doubling time"
        case confluence
        case colonyFormation = "colony formation"
        case differentiationCapacity = "differentiation capacity"
        case pluripotency
        case cytokineSecretion = "cytokine secretion"
        case enzymeInduction = "enzyme induction"
        case tCellProliferation = "T-cell proliferation"
        case functionalActivity = "functional activity"
        case tumorigenicity
        case residualProtein = "residual protein"
        case residualReagent = "residual reagent"
        case particles
        case aggregates
        case identityOfDonor = "identity of donor"
        case metabolites
        case osmolality
        case pH
        case containerIntegrity = "container integrity"
        case other
    }

    /// What the results of an assay are used for.
    public enum AssayUse: String, CaseIterable, Hashable, Sendable {
        case release
        case inProcess = "in-process"
        case characterisation
        case stability
        case bank
    }

    /// What a potency assay sees.
    public enum AssayKind: String, CaseIterable, Hashable, Sendable {
        case functional
        case surrogate
        case phenotypic
        case physical
    }
}

extension Definition.Assay: Record {
    static let name = "assay"
    static let summary =
        "A test method: what it measures, how, and how well."
    static let table = FieldTable<Definition.Assay> { table in
        table.required(
            "id", \.id, .identifier(.assay),
            "the id by which tests name it")
        table.required(
            "name", \.name, .text,
            "the method")
        table.required(
            "measures", \.measures, .choice(Definition.Measurand.self),
            "what it measures")
        table.list(
            "attribute", \.attributes, .reference(to: .attribute),
            "the quality attributes it shows")
        table.list(
            "use", \.uses, .choice(Definition.AssayUse.self),
            "what its results are used for")
        table.optional(
            "principle", \.principle, .text,
            "the measuring principle: flow cytometry, PCR, ELISA …")
        table.optional(
            "kind", \.kind, .choice(Definition.AssayKind.self),
            "functional or surrogate, for a potency assay")
        table.list(
            "analytes", \.analytes, .text,
            "the markers or substances it sees")
        table.list(
            "pathways", \.pathways, .reference(to: .pathway),
            "the modes of action it reflects")
        table.optional(
            "indication-considered", \.considersIndication, .flag,
            "whether it was chosen for this indication and route")
        table.optional(
            "primed", \.isPrimed, .flag,
            "whether cells are compared with and without priming by IFN-gamma")
        table.optional(
            "candidate", \.isCandidate, .flag,
            "whether it was evaluated as one of several candidates")
        table.optional(
            "compendial", \.compendial, .text,
            "the chapter it follows, such as Ph. Eur. 2.6.27")
        table.optional(
            "compendial-reason", \.compendialReason, .text,
            "why that chapter and not the general one")
        table.optional(
            "suitability", \.suitability, .text,
            "the study of suitability with this product")
        table.optional(
            "neutralisation", \.neutralisation, .text,
            "how antibiotics are neutralised")
        table.optional(
            "matrix-validated", \.isMatrixValidated, .flag,
            "whether it is validated in the product matrix")
        table.optional(
            "sample", \.sample, .text,
            "what is tested: cells, supernatant, both")
        table.optional(
            "sample-amount", \.sampleAmount, .quantity(.any),
            "cells or volume needed")
        table.optional(
            "detection-limit", \.detectionLimit, .quantity(.any),
            "limit of detection (LOD)")
        table.optional(
            "quantitation-limit", \.quantitationLimit, .quantity(.any),
            "limit of quantitation (LOQ)")
        table.optional(
            "range", \.range, .range(.any),
            "the validated range")
        table.optional(
            "validation", \.validation, .choice(Definition.ValidationState.self),
            "how far it is validated")
        table.optional(
            "validation-data", \.validationData, .record,
            "the design of its validation")
        table.optional(
            "spike-recovery", \.spikeRecovery, .text,
            "the spiking study")
        table.optional(
            "surrogate-for", \.surrogateFor, .reference(to: .assay),
            "the functional assay it stands for")
        table.optional(
            "correlation", \.correlation, .record,
            "how it correlates with that assay")
        table.optional(
            "clinical-correlation", \.clinicalCorrelation, .text,
            "evidence that it relates to the effect in patients")
        table.optional(
            "reference-standard", \.referenceStandard, .record,
            "the reference it is compared with")
        table.list(
            "system-suitability", \.systemSuitability, .text,
            "what a valid run must show")
        table.optional(
            "replicates", \.replicates, .whole,
            "replicates in a run")
        table.optional(
            "keeps-distribution", \.keepsDistribution, .flag,
            "whether the distribution of single cells or replicates is kept")
        table.optional(
            "turnaround", \.turnaround, .quantity(.time),
            "from sample to result")
        table.optional(
            "cost", \.cost, .quantity(.any),
            "what a run costs")
        table.list(
            "source", \.sources, .reference(to: .source),
            "where the figures come from")
    }
}

extension Definition.AssayValidation: Record {
    static let name = "validation data"
    static let summary =
        "The design of a validation (ICH Q2(R2))."
    static let table = FieldTable<Definition.AssayValidation> { table in
        table.optional(
            "linearity-levels", \.linearityLevels, .whole,
            "levels in linearity")
        table.optional(
            "repeatability-determinations", \.repeatabilityDeterminations, .whole,
            "determinations in repeatability")
        table.optional(
            "intermediate-days", \.intermediateDays, .whole,
            "days in intermediate precision")
        table.optional(
            "range", \.range, .range(.any),
            "the range that was shown")
        table.optional(
            "report", \.report, .text,
            "the report")
    }
}

extension Definition.Correlation: Record {
    static let name = "correlation"
    static let summary =
        "How a surrogate correlates with what it stands for."
    static let table = FieldTable<Definition.Correlation> { table in
        table.required(
            "lots", \.lots, .whole,
            "lots compared")
        table.optional(
            "r", \.coefficient, .number,
            "correlation coefficient")
        table.optional(
            "lower", \.lower, .number,
            "lower end of its 95 % confidence interval")
        table.optional(
            "report", \.report, .text,
            "the report")
    }
}

extension Definition.ReferenceStandard: Record {
    static let name = "reference standard"
    static let summary =
        "The reference that results are compared with."
    static let table = FieldTable<Definition.ReferenceStandard> { table in
        table.required(
            "name", \.name, .text,
            "the reference")
        table.optional(
            "unit", \.unit, .text,
            "the unit it defines")
        table.optional(
            "stability", \.stability, .text,
            "what shows that it is stable")
        table.optional(
            "bridging", \.bridging, .text,
            "how the next lot is bridged")
    }
}

extension Definition.Measurand: Choice {}
extension Definition.AssayUse: Choice {}
extension Definition.AssayKind: Choice {}
