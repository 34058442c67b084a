import Foundation

/// A constraint on the runs of a design in coded values: the sum of coefficients times factors
/// must not exceed a limit.
public struct LinearConstraint: Hashable, Sendable, Codable {
    /// A coefficient for each factor.
    public let coefficients: [Double]
    /// The limit.
    public let limit: Double

    /// A constraint.
    public init(coefficients: [Double], limit: Double) {
        self.coefficients = coefficients
        self.limit = limit
    }

    func holds(_ point: [Double]) -> Bool { dot(coefficients, point) <= limit + 1e-9 }
}

/// A design chosen by a criterion of optimality for a model, by coordinate exchange
/// (R. K. Meyer & C. J. Nachtsheim 1995, doi:10.1080/00401706.1995.10485889).
///
/// Each start is improved until no change of one coordinate helps, then disturbed in a few runs
/// and improved again. A design whose model cannot be estimated is never returned.
public struct OptimalDesign: Hashable, Sendable {
    /// What is optimised.
    public enum Criterion: String, Hashable, Sendable, CaseIterable {
        /// The determinant of the information: precise coefficients.
        case d
        /// The mean variance of prediction over the region.
        case i
    }

    /// What to search for, and how long.
    public struct Request: Hashable, Sendable {
        /// The model.
        public var model: PolynomialModel
        /// Number of runs.
        public var runs: Int
        /// The criterion.
        public var criterion: Criterion = .d
        /// Coded levels of each factor.
        public var levels: [Double] = [-1, 0, 1]
        /// Constraints that every run keeps.
        public var constraints: [LinearConstraint] = []
        /// Runs in each block, or empty for none; block effects are estimated as well.
        public var blockSizes: [Int] = []
        /// Random starts.
        public var restarts = 10
        /// Disturbances of each start.
        public var disturbances = 6
        /// Seed of the starts.
        public var seed: UInt64 = 1

        /// A request for so many runs.
        public init(model: PolynomialModel, runs: Int) {
            self.model = model
            self.runs = runs
        }
    }

    /// The design.
    public let design: ExperimentalDesign
    /// |X'X/N|^(1/p).
    public let dCriterion: Double
    /// Mean variance of prediction over the region, in units of the error variance.
    public let meanPredictionVariance: Double

    /// Finds a design for `factors`.
    /// - Throws: for fewer runs than coefficients, or constraints that leave no estimable design.
    public init(_ factors: [Factor], _ request: Request) throws(AnalysisError) {
        let model = request.model
        guard factors.count == model.factorCount else {
            throw .unequalLengths(
                "factors", factors.count, "factors of the model", model.factorCount)
        }
        let blockTerms = max(0, request.blockSizes.count - 1)
        guard request.runs >= model.terms.count + blockTerms else {
            throw .tooFew(
                what: "runs", found: request.runs, needed: model.terms.count + blockTerms)
        }
        guard request.runs <= 2000 else {
            throw .tooMany(what: "runs", found: request.runs, limit: 2000)
        }
        guard request.blockSizes.isEmpty || request.blockSizes.reduce(0, +) == request.runs else {
            throw .unequalLengths(
                "runs", request.runs, "runs in blocks", request.blockSizes.reduce(0, +))
        }
        for constraint in request.constraints
        where constraint.coefficients.count != factors.count {
            throw .unequalLengths(
                "factors", factors.count, "coefficients of a constraint",
                constraint.coefficients.count)
        }
        guard Set(request.levels).count > 1 else {
            throw .tooFew(what: "levels", found: Set(request.levels).count, needed: 2)
        }
        var generator = RandomSource(seed: request.seed)
        var best: CoordinateExchange?
        for _ in 0..<max(1, request.restarts) {
            guard var search = CoordinateExchange(request, &generator) else { continue }
            search.improve()
            for _ in 0..<max(0, request.disturbances) {
                guard var next = search.disturbed(&generator) else { continue }
                next.improve()
                if next.score > search.score { search = next }
            }
            if best == nil || search.score > best?.score ?? 0 { best = search }
        }
        guard let best else {
            throw .singular(
                what: "the model within the constraints",
                remedy: "add runs or levels, relax the constraints, or drop terms")
        }
        var blocks: [Int] = []
        for (index, size) in request.blockSizes.enumerated() {
            blocks += [Int](repeating: index + 1, count: size)
        }
        design = ExperimentalDesign(
            "\(request.criterion.rawValue.uppercased())-optimal", factors, best.points,
            blocks: blocks)
        dCriterion = best.dCriterion
        meanPredictionVariance = best.meanPredictionVariance
    }

    /// |X'X/N|^(1/p) of any runs for a model; 0 when the model cannot be estimated.
    public static func dCriterion(_ runs: [[Double]], model: PolynomialModel) -> Double {
        guard runs.count >= model.terms.count else { return 0 }
        let qr = HouseholderQR(Matrix(rows: runs.map { model.row($0) }))
        guard qr.firstDependentColumn == nil else { return 0 }
        let p = Double(model.terms.count)
        return exp(qr.logDeterminant / p) / Double(runs.count)
    }
}

/// The state of one search: points, the rows of the model, and the inverse information.
struct CoordinateExchange {
    private(set) var points: [[Double]]
    private let request: OptimalDesign.Request
    private let width: Int
    private var rows: [Double]
    private var inverse: [Double]
    private(set) var logDeterminant = 0.0
    private let affected: [[Int]]
    private let moments: Matrix?

    /// Larger is better.
    var score: Double {
        request.criterion == .d ? logDeterminant : -meanPredictionVariance
    }

    var dCriterion: Double {
        exp(logDeterminant / Double(width)) / Double(points.count)
    }

    var meanPredictionVariance: Double {
        let moments = moments ?? request.model.cubeMoments
        let p = request.model.terms.count
        var sum = 0.0
        for i in 0..<p { for j in 0..<p { sum += inverse[i * width + j] * moments[j, i] } }
        return sum
    }

    /// Random points of which the model can be estimated; nil when none are found.
    init?(_ request: OptimalDesign.Request, _ generator: inout RandomSource) {
        self.request = request
        let model = request.model
        width = model.terms.count + max(0, request.blockSizes.count - 1)
        affected = (0..<model.factorCount).map { model.terms(with: $0) }
        moments = request.criterion == .i ? model.cubeMoments : nil
        points = []
        rows = []
        inverse = []
        for _ in 0..<100 {
            var candidate: [[Double]] = []
            var tries = 0
            while candidate.count < request.runs, tries < request.runs * 1000 {
                tries += 1
                let point = CoordinateExchange.random(request, &generator)
                if request.constraints.allSatisfy({ $0.holds(point) }) { candidate.append(point) }
            }
            guard candidate.count == request.runs else { return nil }
            points = candidate
            if refresh() { return }
        }
        return nil
    }

    private static func random(
        _ request: OptimalDesign.Request, _ generator: inout RandomSource
    ) -> [Double] {
        (0..<request.model.factorCount).map { _ in
            request.levels[generator.integer(below: request.levels.count)]
        }
    }

    /// The row of the model for a point in a run, with the indicators of its block.
    private func row(_ point: [Double], run: Int) -> [Double] {
        var row = request.model.row(point)
        guard request.blockSizes.count > 1 else { return row }
        var rest = run
        var block = 0
        while block < request.blockSizes.count, rest >= request.blockSizes[block] {
            rest -= request.blockSizes[block]
            block += 1
        }
        for index in 1..<request.blockSizes.count { row.append(index == block ? 1 : 0) }
        return row
    }

    /// Computes rows and inverse afresh; false when the information is singular.
    private mutating func refresh() -> Bool {
        let list = points.indices.map { row(points[$0], run: $0) }
        let qr = HouseholderQR(Matrix(rows: list))
        guard qr.firstDependentColumn == nil else { return false }
        rows = list.flatMap { $0 }
        let cross = qr.inverseCrossProduct()
        inverse = cross.elements
        logDeterminant = qr.logDeterminant
        // An information that is singular but for rounding cannot be improved from.
        return inverse.allSatisfy { $0.isFinite } && logDeterminant.isFinite
            && logDeterminant > -15 * Double(width)
    }

    /// Changes single coordinates until none helps.
    mutating func improve() {
        for _ in 0..<200 {
            var improved = false
            for run in points.indices {
                for factor in 0..<request.model.factorCount where exchange(run, factor) {
                    improved = true
                }
            }
            guard refresh(), improved else { return }
        }
    }

    /// Puts the best level of a factor into a run; true when it changed.
    private mutating func exchange(_ run: Int, _ factor: Int) -> Bool {
        let p = width
        let places = affected[factor]
        let start = run * p
        var best: (level: Double, gain: Double, change: [Double])?
        // v = M^-1 o for the old row o.
        var v = [Double](repeating: 0, count: p)
        var leverage = 0.0
        inverse.withUnsafeBufferPointer { m in
            rows.withUnsafeBufferPointer { x in
                for i in 0..<p {
                    let value = x[start + i]
                    if value == 0 { continue }
                    for j in 0..<p { v[j] += m[i * p + j] * value }
                }
                for i in 0..<p { leverage += x[start + i] * v[i] }
            }
        }
        let old = points[run]
        let current = request.criterion == .i ? meanPredictionVariance : 0
        for level in request.levels where level != old[factor] {
            var point = old
            point[factor] = level
            guard request.constraints.allSatisfy({ $0.holds(point) }) else { continue }
            let change = places.map { place in
                ratio(request.model.terms[place], old, point) - rows[start + place]
            }
            var linear = 0.0
            var square = 0.0
            for (a, place) in places.enumerated() {
                linear += change[a] * v[place]
                for (b, other) in places.enumerated() {
                    square += change[a] * change[b] * inverse[place * p + other]
                }
            }
            // (1 + x'Mx)(1 - o'Mo) + (x'Mo)^2, the factor of the determinant.
            let mixed = leverage + linear
            let own = leverage + 2 * linear + square
            let factorOfDeterminant = (1 + own) * (1 - leverage) + mixed * mixed
            var gain = factorOfDeterminant - 1
            if request.criterion == .i {
                guard factorOfDeterminant > 1e-9 else { continue }
                gain = (current - predictionVariance(run, places, change)) / current
            }
            if gain > 1e-9, gain > best?.gain ?? 0 { best = (level, gain, change) }
        }
        guard let best else { return false }
        points[run][factor] = best.level
        let before = Array(rows[start..<start + p])
        for (a, place) in places.enumerated() { rows[start + place] += best.change[a] }
        CoordinateExchange.update(
            &inverse, p, adding: Array(rows[start..<start + p]), removing: before)
        return true
    }

    /// The value of one term at a point.
    private func ratio(_ powers: [Int], _ old: [Double], _ point: [Double]) -> Double {
        var product = 1.0
        for (factor, power) in powers.enumerated() where power > 0 {
            for _ in 0..<power { product *= point[factor] }
        }
        return product
    }

    /// The mean variance of prediction after an exchange.
    private func predictionVariance(_ run: Int, _ places: [Int], _ change: [Double]) -> Double {
        let p = width
        let before = Array(rows[run * p..<run * p + p])
        var after = before
        for (a, place) in places.enumerated() { after[place] += change[a] }
        var trial = self
        CoordinateExchange.update(&trial.inverse, p, adding: after, removing: before)
        return trial.meanPredictionVariance
    }

    /// The inverse of M + x x' - o o', by two steps of Sherman & Morrison.
    private static func update(
        _ m: inout [Double], _ width: Int, adding x: [Double], removing o: [Double]
    ) {
        for (row, sign) in [(x, 1.0), (o, -1.0)] {
            var v = [Double](repeating: 0, count: width)
            m.withUnsafeMutableBufferPointer { m in
                for i in 0..<width where row[i] != 0 {
                    for j in 0..<width { v[j] += m[i * width + j] * row[i] }
                }
                var own = 0.0
                for i in 0..<width { own += row[i] * v[i] }
                let scale = sign / (1 + sign * own)
                for i in 0..<width {
                    let value = scale * v[i]
                    for j in 0..<width { m[i * width + j] -= value * v[j] }
                }
            }
        }
    }

    /// A copy with a few runs drawn anew; nil when the model cannot be estimated from it.
    func disturbed(_ generator: inout RandomSource) -> CoordinateExchange? {
        var next = self
        let count = max(1, points.count / 10)
        for _ in 0..<count {
            let run = generator.integer(below: points.count)
            for _ in 0..<100 {
                let point = CoordinateExchange.random(request, &generator)
                if request.constraints.allSatisfy({ $0.holds(point) }) {
                    next.points[run] = point
                    break
                }
            }
        }
        return next.refresh() ? next : nil
    }
}
