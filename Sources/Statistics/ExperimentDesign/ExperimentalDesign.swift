/// A factor of an experiment with its range in its own unit.
public struct Factor: Hashable, Sendable, Codable {
    /// The name.
    public let name: String
    /// The value coded as -1.
    public let low: Double
    /// The value coded as +1.
    public let high: Double

    /// A factor; low below high.
    public init(_ name: String, low: Double = -1, high: Double = 1) throws(AnalysisError) {
        guard low < high, low.isFinite, high.isFinite else {
            throw .outOfRange(
                what: "the high level of '\(name)'", value: high,
                limits: "above the low level \(low)")
        }
        self.name = name
        self.low = low
        self.high = high
    }

    /// The value in the unit of the factor for a coded value.
    public func decoded(_ coded: Double) -> Double {
        0.5 * (low + high) + 0.5 * (high - low) * coded
    }

    /// The coded value for a value in the unit of the factor.
    public func coded(_ value: Double) -> Double {
        (value - 0.5 * (low + high)) / (0.5 * (high - low))
    }

    /// `count` factors named A, B, C … without I, coded.
    public static func letters(_ count: Int) throws(AnalysisError) -> [Factor] {
        guard count <= letterNames.count else {
            throw .tooMany(what: "factors", found: count, limit: letterNames.count)
        }
        var factors: [Factor] = []
        for name in letterNames.prefix(count) { factors.append(try Factor(String(name))) }
        return factors
    }

    /// The letters of factors: I is the identity of a defining relation.
    static let letterNames: [Character] = Array("ABCDEFGHJKLMNOPQRSTUVWXYZ")
}

/// The runs of an experiment in coded values.
public struct ExperimentalDesign: Hashable, Sendable {
    /// How the runs were made.
    public let name: String
    /// The factors.
    public let factors: [Factor]
    /// One row of coded values a run, in standard order.
    public let runs: [[Double]]
    /// The block of each run from 1, or empty without blocks.
    public let blocks: [Int]

    init(_ name: String, _ factors: [Factor], _ runs: [[Double]], blocks: [Int] = []) {
        self.name = name
        self.factors = factors
        self.runs = runs
        self.blocks = blocks
    }

    /// The runs in the units of the factors.
    public var decodedRuns: [[Double]] {
        runs.map { run in zip(factors, run).map { $0.decoded($1) } }
    }

    /// The order in which to carry out the runs: shuffled within blocks, the same for a seed.
    public func randomisedOrder(seed: UInt64) -> [Int] {
        var generator = RandomSource(seed: seed)
        var order: [Int] = []
        for block in Set(blocks.isEmpty ? [0] : blocks).sorted() {
            var members = runs.indices.filter { blocks.isEmpty || blocks[$0] == block }
            // Fisher & Yates, from the last place down.
            for place in members.indices.dropFirst().reversed() {
                members.swapAt(place, generator.integer(below: place + 1))
            }
            order += members
        }
        return order
    }

    /// All combinations of the given numbers of equally spaced levels.
    /// - Throws: for more than 65,536 runs.
    public static func fullFactorial(
        _ factors: [Factor], levels: [Int], centrePoints: Int = 0
    ) throws(AnalysisError) -> ExperimentalDesign {
        guard factors.count == levels.count else {
            throw .unequalLengths("factors", factors.count, "levels", levels.count)
        }
        guard let few = levels.min(), few >= 2 else {
            throw .tooFew(what: "levels", found: levels.min() ?? 0, needed: 2)
        }
        var size = 1
        for level in levels {
            size *= level
            guard size <= runLimit else {
                throw .tooMany(what: "runs", found: size, limit: runLimit)
            }
        }
        var runs = (0..<size).map { index in
            var rest = index
            return levels.map { level -> Double in
                defer { rest /= level }
                return -1 + 2 * Double(rest % level) / Double(level - 1)
            }
        }
        runs += centres(centrePoints, factors.count)
        return ExperimentalDesign("full factorial", factors, runs)
    }

    /// Most runs of a design.
    public static let runLimit = 65_536

    static func centres(_ count: Int, _ factors: Int) -> [[Double]] {
        [[Double]](repeating: [Double](repeating: 0, count: factors), count: max(0, count))
    }
}
