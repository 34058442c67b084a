public import Diagnostics

/// A product with everything its manufacture needs: one model that is checked, executed, simulated,
/// priced and printed.
///
/// ## Finding one's way
///
/// ```swift
/// let (definition, findings) = DefinitionReader.read(sources)
/// guard let definition, !findings.contains(where: { $0.severity == .error }) else { … }
///
/// for stage in definition.process?.stages ?? [] {            // "expansion"
///     for operation in stage.operations {                    // one page of the batch record
///         for parameter in operation.parameters {            // "seeding density"
///             parameter.target.value.quantity                // 3000 cells/cm2
///             parameter.normal?.value                        // NOR: 2500..3500 cells/cm2
///             parameter.proven?.value                        // PAR: 2000..5000 cells/cm2
///         }
///         for use in operation.materials {                   // what is taken from stock
///             definition.material(use.material)              // …or definition.medium(…)
///             use.amount.value                               // 250 mL
///         }
///         operation.controls                                 // in-process controls
///         operation.outputs                                  // containers that come out
///     }
/// }
/// for test in definition.specification(for: .drugProduct)?.tests ?? [] {
///     test.limit.limit(in: definition.product.phase.value)   // the limit of this phase
///     definition.assay(test.assay)                           // the method, if it has one
/// }
/// ```
///
/// - Every value is a `Located`: `.value` is what was written, `.position` where. Members of the
///   value can be asked for directly (`parameter.name.count`).
/// - References are ids; `material(_:)`, `bank(_:)` and their like look them up at once. Each takes
///   the optional reference as it stands in the model and gives nil for nil.
/// - What an author may leave out is optional or an empty list: whether it may be missing in a
///   phase is for the rules to say. What is required by the form has a placeholder when the
///   reader had to report it as missing, so **a definition whose findings hold an error is for
///   checking only**, never for executing.
/// - Records carry `position`, where they begin.
public struct Definition: Sendable {
    /// False when a file, or a part of one, could not be read: what it holds seems to be missing,
    /// and the rules have nothing to judge.
    public internal(set) var isWhole = true
    /// The medicine.
    public var product: Product = Product()
    /// Where the figures come from.
    public var sources: [Source] = []
    /// What enters or touches the product.
    public var materials: [Material] = []
    /// Mixtures made from materials.
    public var media: [Medium] = []
    /// How donors are chosen and tested.
    @Indirect public var donors: DonorScheme?
    /// The line the product comes from.
    @Indirect public var cellLine: CellLine?
    /// Cell banks.
    public var banks: [CellBank] = []
    /// Where the product is made.
    @Indirect public var premises: Premises?
    /// How it is made.
    @Indirect public var process: Process?
    /// Test methods.
    public var assays: [Assay] = []
    /// Tests and limits.
    public var specifications: [Specification] = []
    /// Stability studies.
    public var stability: [StabilityStudy] = []
    /// Hazards, risk assessments and waivers.
    @Indirect public var risks: RiskFile?
    /// Studies before the use in humans.
    public var nonclinical: [NonclinicalStudy] = []
    /// Comparisons before and after changes.
    public var comparability: [Comparability] = []
    /// Clinical trials.
    public var trials: [Trial] = []
    /// How patients are followed.
    public var followUp: [FollowUp] = []
    /// Technology transfer.
    @Indirect public var transfer: Transfer?
    /// The numbers of planning.
    @Indirect public var planning: Planning?
    /// Where the first file begins.
    public var position = SourcePosition.missing
    var index = DefinitionIndex()

    init() {}
}

extension Definition: Record {
    static let name = "definition"
    static let summary =
        "A product with everything its manufacture needs."
    static let table = FieldTable<Definition> { table in
        table.required(
            "product", \.product, .record,
            "the medicine")
        table.list(
            "sources", \.sources, .record,
            "where the figures come from")
        table.list(
            "materials", \.materials, .record,
            "what enters or touches the product")
        table.list(
            "media", \.media, .record,
            "mixtures made from materials")
        table.optional(
            "donors", \.donors, .record,
            "how donors are chosen and tested")
        table.optional(
            "cell-line", \.cellLine, .record,
            "the line the product comes from")
        table.list(
            "banks", \.banks, .record,
            "cell banks")
        table.optional(
            "facility", \.premises, .record,
            "where the product is made")
        table.optional(
            "process", \.process, .record,
            "how it is made")
        table.list(
            "assays", \.assays, .record,
            "test methods")
        table.list(
            "specifications", \.specifications, .record,
            "tests and limits")
        table.list(
            "stability", \.stability, .record,
            "stability studies")
        table.optional(
            "risks", \.risks, .record,
            "hazards, risk assessments and waivers")
        table.list(
            "nonclinical", \.nonclinical, .record,
            "studies before the use in humans")
        table.list(
            "comparability", \.comparability, .record,
            "comparisons before and after changes")
        table.list(
            "trials", \.trials, .record,
            "clinical trials")
        table.list(
            "follow-up", \.followUp, .record,
            "how patients are followed")
        table.optional(
            "transfer", \.transfer, .record,
            "technology transfer")
        table.optional(
            "planning", \.planning, .record,
            "the numbers of planning")
    }
}
