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

/// A seeded source of random numbers: xoshiro256++ (D. Blackman & S. Vigna 2021,
/// doi:10.1145/3460772), started by SplitMix64.
public struct RandomSource: RandomNumberGenerator, Sendable {
    private var a, b, c, d: UInt64
    private var spare: Double?

    /// A source that gives the same numbers for the same seed.
    public init(seed: UInt64) {
        var state = seed
        func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
        a = next()
        b = next()
        c = next()
        d = next()
    }

    /// The next 64 random bits.
    @inline(__always)
    public mutating func next() -> UInt64 {
        let sum = a &+ d
        let result = ((sum << 23) | (sum >> 41)) &+ a
        let shifted = b << 17
        c ^= a
        d ^= b
        b ^= c
        a ^= d
        c ^= shifted
        d = (d << 45) | (d >> 19)
        return result
    }

    /// A number in (0, 1).
    @inline(__always)
    public mutating func uniform() -> Double {
        (Double(next() >> 11) + 0.5) * 0x1p-53
    }

    /// A number from 0 to below `limit`.
    mutating func integer(below limit: Int) -> Int {
        Int(UInt64(limit).multipliedFullWidth(by: next()).high)
    }

    /// A standard normal number (G. Marsaglia's polar method).
    @inline(__always)
    public mutating func normal() -> Double {
        if let value = spare {
            spare = nil
            return value
        }
        while true {
            let x = 2 * uniform() - 1
            let y = 2 * uniform() - 1
            let square = x * x + y * y
            guard square < 1, square > 0 else { continue }
            let factor = (-2 * logarithm(square) / square).squareRoot()
            spare = y * factor
            return x * factor
        }
    }

    /// A chi-squared number with `df` degrees of freedom (G. Marsaglia & W. W. Tsang 2000,
    /// doi:10.1145/358407.358414), df at least 2.
    @inline(__always)
    mutating func chiSquared(_ df: Double) -> Double {
        let d = 0.5 * df - 1.0 / 3
        let c = 1 / (9 * d).squareRoot()
        while true {
            let x = normal()
            let v = (1 + c * x) * (1 + c * x) * (1 + c * x)
            guard v > 0 else { continue }
            let u = uniform()
            let square = x * x
            if u < 1 - 0.0331 * square * square { return 2 * d * v }
            if logarithm(u) < 0.5 * square + d * (1 - v + logarithm(v)) { return 2 * d * v }
        }
    }
}
