/// A set of gates with the transformations and matrices that they refer to.
///
/// The references are checked here, once: a strategy has no unknown references, no two gates
/// with one id and no gate that depends on itself.
public struct GatingStrategy: Hashable, Sendable {
    /// The gates in the order of the document.
    public let gates: [Gate]
    /// Scale transformations by id.
    public let transforms: [String: ScaleTransform]
    /// Ratio transformations by id.
    public let ratios: [String: RatioTransform]
    /// Spectrum matrices by id.
    public let matrices: [String: SpectrumMatrix]
    /// What was read around, such as elements of another program.
    public let remarks: [String]

    /// Every gate or quadrant in an order in which all that one depends on stand before it.
    let order: [Node]

    /// A population: a gate, or one quadrant of a quadrant gate.
    struct Node: Hashable, Sendable {
        var id: String
        var gate: Int
        var quadrant: Int?
        /// Place of the parent in `order`.
        var parent: Int?
        /// Places of the operands of a boolean gate in `order`.
        var operands: [Int]
    }

    /// More gates than this are refused; the largest published strategies have some hundreds.
    public static let gatesMax = 10_000
    /// More vertices than this in one polygon are refused.
    public static let verticesMax = 10_000
    /// More dimensions than this in one gate are refused.
    public static let dimensionsMax = 64

    /// - Throws: `GatingError` with the first broken rule.
    public init(
        gates: [Gate], transforms: [String: ScaleTransform] = [:],
        ratios: [String: RatioTransform] = [:], matrices: [String: SpectrumMatrix] = [:],
        remarks: [String] = []
    ) throws(GatingError) {
        self.gates = gates
        self.transforms = transforms
        self.ratios = ratios
        self.matrices = matrices
        self.remarks = remarks
        for gate in gates {
            try GateChecks.check(gate)
            for dimension in gate.dimensions {
                try Self.check(dimension, of: gate, transforms, ratios, matrices)
            }
        }
        order = try GateOrder.sorted(gates)
    }

    private static func check(
        _ dimension: GateDimension, of gate: Gate, _ transforms: [String: ScaleTransform],
        _ ratios: [String: RatioTransform], _ matrices: [String: SpectrumMatrix]
    ) throws(GatingError) {
        func unknown(_ what: String, _ id: String, _ known: some Collection<String>) -> GatingError
        {
            .init(
                .unknownReference,
                "gate '\(gate.id)' refers to \(what) '\(id)', which does not exist",
                remedy: known.isEmpty
                    ? "there is none" : "there are: \(known.sorted().joined(separator: ", "))")
        }
        if let id = dimension.transform, transforms[id] == nil {
            throw unknown("transformation", id, transforms.keys)
        }
        if case .ratio(let id) = dimension.source, ratios[id] == nil {
            throw unknown("ratio", id, ratios.keys)
        }
        if case .matrix(let id) = dimension.compensation, matrices[id] == nil {
            throw unknown("compensation", id, matrices.keys)
        }
    }

    /// Ids of all populations in an order in which parents stand before their children.
    public var populationIDs: [String] { order.map(\.id) }
}

extension Gate {
    /// The axes of the gate.
    var dimensions: [GateDimension] {
        switch shape {
        case .rectangle(let intervals): intervals.map(\.dimension)
        case .polygon(let x, let y, _): [x, y]
        case .ellipsoid(let dimensions, _, _, _): dimensions
        case .quadrants(let dividers, _): dividers.map(\.dimension)
        case .boolean: []
        }
    }
}
