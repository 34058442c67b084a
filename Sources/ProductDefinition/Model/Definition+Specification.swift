public import Diagnostics
public import Quantities

extension Definition {
    /// The tests and limits that something is accepted against.
    public struct Specification: Sendable {
        /// The id of the specification.
        public var id: Located<String> = Located("", at: .missing)
        /// What it is for.
        public var name: Located<String> = Located("", at: .missing)
        /// What it applies to.
        public var appliesTo: Located<SpecificationScope> = Located(.drugProduct, at: .missing)
        /// Its version.
        public var version: Located<String>?
        /// The version in the trial or marketing authorisation.
        public var authorisedVersion: Located<String>?
        /// What is taken for the tests.
        @Indirect public var sampling: SamplingPlan?
        /// The tests, in the order of the certificate.
        public var tests: [SpecificationTest] = []
        /// The authorisation to release before all results are in.
        public var twoStageRelease: Located<String>?
        /// Where the figures come from.
        public var sources: [Located<String>] = []
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// What is taken for the tests.
    public struct SamplingPlan: Sendable {
        /// Containers tested.
        public var containers: Located<Int>?
        /// Containers kept.
        public var retention: Located<Int>?
        /// Cells taken before filling.
        public var cells: Located<Quantity>?
        /// Volume tested for sterility.
        public var sterilityVolume: Located<Quantity>?
        /// Volume of the batch.
        public var batchVolume: Located<Quantity>?
        /// When sterility samples are taken.
        public var sterilityPoints: [Located<SamplePoint>] = []
        /// Why no retention sample is kept.
        public var retentionException: Located<String>?
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// A test with its limit.
    public struct SpecificationTest: Sendable {
        /// A short id, unique in the specification.
        public var id: Located<String>?
        /// The test as the certificate prints it.
        public var name: Located<String> = Located("", at: .missing)
        /// Which side of quality it shows.
        public var testClass: Located<TestClass> = Located(.identity, at: .missing)
        /// The quality attribute.
        public var attribute: Located<String>?
        /// The assay.
        public var assay: Located<String>?
        /// What is measured, where no assay says it.
        public var measures: Located<Measurand>?
        /// Markers that must be present.
        public var positive: [Located<String>] = []
        /// Markers that must be absent.
        public var negative: [Located<String>] = []
        /// The limit, one for all phases or one for each.
        public var limit: PhasedLimit = PhasedLimit()
        /// The materials whose residue it limits.
        public var residueOf: [Located<String>] = []
        /// The calculation that stands in for a test.
        public var washout: Located<String>?
        /// Whether its result comes after a two-stage release.
        public var isSecondStage: Located<Bool>?
        /// Whether only a batch that was reprocessed is tested (PIC/S PE 009-17 Part I 5.69).
        public var isAfterReprocessing: Located<Bool>?
        /// Whether it is done for knowledge, not for release.
        public var isCharacterisation: Located<Bool>?
        /// Every batch, if nothing is said.
        public var frequency: Located<String>?
        /// The population doublings at which it is sampled.
        public var sampledAt: Located<Quantity>?
        /// What the limit rests on.
        @Indirect public var justification: LimitJustification?
        /// Where the figures come from.
        public var sources: [Located<String>] = []
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// What a limit rests on.
    public struct LimitJustification: Sendable {
        /// The kinds of knowledge.
        public var basis: [Located<LimitBasis>] = []
        /// Batches behind it.
        public var batches: Located<Int>?
        /// The report with the data.
        public var data: Located<String>?
        /// How it was computed.
        public var method: Located<String>?
        /// Residual cells shown to be safe.
        public var safeNumber: Located<Quantity>?
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// What a specification applies to.
    public enum SpecificationScope: String, CaseIterable, Hashable, Sendable {
        case drugProduct = "drug product"
        case drugSubstance = "drug substance"
        case intermediate
        case masterBank = "master bank"
        case workingBank = "working bank"
        case startingMaterial = "starting material"
        case rawMaterial = "raw material"
    }

    /// What a limit can rest on.
    public enum LimitBasis: String, CaseIterable, Hashable, Sendable {
        case ownData = "own data"
        case clinicalData = "clinical data"
        case pharmacopoeia
        case guideline
        case societyCriterion = "society criterion"
        case literature
        case safetyCalculation = "safety calculation"
    }
}

extension Definition.Specification: Record {
    static let name = "specification"
    static let summary =
        "The tests and limits that something is accepted against."
    static let table = FieldTable<Definition.Specification> { table in
        table.required(
            "id", \.id, .identifier(.specification),
            "the id of the specification")
        table.required(
            "name", \.name, .text,
            "what it is for")
        table.required(
            "applies-to", \.appliesTo, .choice(Definition.SpecificationScope.self),
            "what it applies to")
        table.optional(
            "version", \.version, .text,
            "its version")
        table.optional(
            "authorised-version", \.authorisedVersion, .text,
            "the version in the trial or marketing authorisation")
        table.optional(
            "sampling", \.sampling, .record,
            "what is taken for the tests")
        table.list(
            "tests", \.tests, .record,
            "the tests, in the order of the certificate")
        table.optional(
            "two-stage-release", \.twoStageRelease, .text,
            "the authorisation to release before all results are in")
        table.list(
            "source", \.sources, .reference(to: .source),
            "where the figures come from")
    }
}

extension Definition.SamplingPlan: Record {
    static let name = "sampling plan"
    static let summary =
        "What is taken for the tests."
    static let table = FieldTable<Definition.SamplingPlan> { table in
        table.optional(
            "containers", \.containers, .whole,
            "containers tested")
        table.optional(
            "retention", \.retention, .whole,
            "containers kept")
        table.optional(
            "cells", \.cells, .quantity(.cells),
            "cells taken before filling")
        table.optional(
            "sterility-volume", \.sterilityVolume, .quantity(.volume),
            "volume tested for sterility")
        table.optional(
            "batch-volume", \.batchVolume, .quantity(.volume),
            "volume of the batch")
        table.list(
            "sterility-points", \.sterilityPoints, .choice(Definition.SamplePoint.self),
            "when sterility samples are taken")
        table.optional(
            "retention-exception", \.retentionException, .text,
            "why no retention sample is kept")
    }
}

extension Definition.SpecificationTest: Record {
    static let name = "test"
    static let summary =
        "A test with its limit."
    static let table = FieldTable<Definition.SpecificationTest> { table in
        table.optional(
            "id", \.id, .localIdentifier,
            "a short id, unique in the specification")
        table.required(
            "name", \.name, .text,
            "the test as the certificate prints it")
        table.required(
            "class", \.testClass, .choice(Definition.TestClass.self),
            "which side of quality it shows")
        table.optional(
            "attribute", \.attribute, .reference(to: .attribute),
            "the quality attribute")
        table.optional(
            "assay", \.assay, .reference(to: .assay),
            "the assay")
        table.optional(
            "measures", \.measures, .choice(Definition.Measurand.self),
            "what is measured, where no assay says it")
        table.list(
            "positive", \.positive, .text,
            "markers that must be present")
        table.list(
            "negative", \.negative, .text,
            "markers that must be absent")
        table.required(
            "limit", \.limit, .phasedLimit,
            "the limit, one for all phases or one for each")
        table.list(
            "residue-of", \.residueOf, .reference(to: .material),
            "the materials whose residue it limits")
        table.optional(
            "washout", \.washout, .text,
            "the calculation that stands in for a test")
        table.optional(
            "second-stage", \.isSecondStage, .flag,
            "whether its result comes after a two-stage release")
        table.optional(
            "after-reprocessing", \.isAfterReprocessing, .flag,
            "whether only a batch that was reprocessed is tested")
        table.optional(
            "characterisation", \.isCharacterisation, .flag,
            "whether it is done for knowledge, not for release")
        table.optional(
            "frequency", \.frequency, .text,
            "every batch, if nothing is said")
        table.optional(
            "sampled-at", \.sampledAt, .quantity(.divisions),
            "the population doublings at which it is sampled")
        table.optional(
            "justification", \.justification, .record,
            "what the limit rests on")
        table.list(
            "source", \.sources, .reference(to: .source),
            "where the figures come from")
    }
}

extension Definition.LimitJustification: Record {
    static let name = "limit justification"
    static let summary =
        "What a limit rests on."
    static let table = FieldTable<Definition.LimitJustification> { table in
        table.list(
            "basis", \.basis, .choice(Definition.LimitBasis.self),
            "the kinds of knowledge")
        table.optional(
            "batches", \.batches, .whole,
            "batches behind it")
        table.optional(
            "data", \.data, .text,
            "the report with the data")
        table.optional(
            "method", \.method, .text,
            "how it was computed")
        table.optional(
            "safe-number", \.safeNumber, .quantity(.any),
            "residual cells shown to be safe")
    }
}

extension Definition.SpecificationScope: Choice {}
extension Definition.LimitBasis: Choice {}
