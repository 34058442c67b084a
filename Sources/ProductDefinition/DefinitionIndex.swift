/// Where each thing with an id stands, so that looking one up takes the same time in a definition
/// of twenty steps and of twenty thousand.
struct DefinitionIndex: Sendable {
    private(set) var materials: [String: Int] = [:]
    private(set) var media: [String: Int] = [:]
    private(set) var assays: [String: Int] = [:]
    private(set) var banks: [String: Int] = [:]
    private(set) var rooms: [String: Int] = [:]
    private(set) var equipment: [String: Int] = [:]
    private(set) var attributes: [String: Int] = [:]
    private(set) var specifications: [String: Int] = [:]
    private(set) var sources: [String: Int] = [:]
    private(set) var stages: [String: Int] = [:]
    private(set) var operations: [String: (stage: Int, operation: Int)] = [:]

    init() {}

    init(_ definition: Definition) {
        materials = Self.places(definition.materials, \.id)
        media = Self.places(definition.media, \.id)
        assays = Self.places(definition.assays, \.id)
        banks = Self.places(definition.banks, \.id)
        rooms = Self.places(definition.premises?.rooms ?? [], \.id)
        equipment = Self.places(definition.premises?.equipment ?? [], \.id)
        attributes = Self.places(definition.product.qualityAttributes, \.id)
        specifications = Self.places(definition.specifications, \.id)
        sources = Self.places(definition.sources, \.id)
        guard let process = definition.process else { return }
        stages = Self.places(process.stages, \.id)
        for (place, stage) in process.stages.enumerated() {
            for (inner, operation) in stage.operations.enumerated()
            where operations[operation.id.value] == nil {
                operations[operation.id.value] = (place, inner)
            }
        }
    }

    private static func places<Element>(
        _ elements: [Element], _ id: KeyPath<Element, Located<String>>
    ) -> [String: Int] {
        Dictionary(
            elements.enumerated().map { ($1[keyPath: id].value, $0) },
            uniquingKeysWith: { first, _ in first })
    }
}

extension Definition {
    /// The material that `reference` names.
    public func material(_ reference: Located<String>?) -> Material? {
        reference.flatMap { index.materials[$0.value] }.map { materials[$0] }
    }

    /// The medium that `reference` names.
    public func medium(_ reference: Located<String>?) -> Medium? {
        reference.flatMap { index.media[$0.value] }.map { media[$0] }
    }

    /// The assay that `reference` names.
    public func assay(_ reference: Located<String>?) -> Assay? {
        reference.flatMap { index.assays[$0.value] }.map { assays[$0] }
    }

    /// The bank that `reference` names.
    public func bank(_ reference: Located<String>?) -> CellBank? {
        reference.flatMap { index.banks[$0.value] }.map { banks[$0] }
    }

    /// The room that `reference` names.
    public func room(_ reference: Located<String>?) -> Room? {
        guard let place = reference.flatMap({ index.rooms[$0.value] }) else { return nil }
        return premises?.rooms[place]
    }

    /// The equipment that `reference` names.
    public func equipment(_ reference: Located<String>?) -> Equipment? {
        guard let place = reference.flatMap({ index.equipment[$0.value] }) else { return nil }
        return premises?.equipment[place]
    }

    /// The quality attribute that `reference` names.
    public func qualityAttribute(_ reference: Located<String>?) -> QualityAttribute? {
        reference.flatMap { index.attributes[$0.value] }.map { product.qualityAttributes[$0] }
    }

    /// The source that `reference` names.
    public func source(_ reference: Located<String>?) -> Source? {
        reference.flatMap { index.sources[$0.value] }.map { sources[$0] }
    }

    /// The specification that `reference` names.
    public func specification(_ reference: Located<String>?) -> Specification? {
        reference.flatMap { index.specifications[$0.value] }.map { specifications[$0] }
    }

    /// The first specification for `scope`.
    public func specification(for scope: SpecificationScope) -> Specification? {
        specifications.first { $0.appliesTo.value == scope }
    }

    /// The stage with the id `id`.
    public func stage(id: String) -> Stage? {
        index.stages[id].flatMap { process?.stages[$0] }
    }

    /// The operation with the id `id`; ids of operations are unique in the whole process.
    public func operation(id: String) -> Operation? {
        index.operations[id].flatMap { process?.stages[$0.stage].operations[$0.operation] }
    }

    /// What a test measures: what it says itself, or else its assay.
    public func measurand(of test: SpecificationTest) -> Measurand? {
        test.measures?.value ?? assay(test.assay)?.measures.value
    }
}
