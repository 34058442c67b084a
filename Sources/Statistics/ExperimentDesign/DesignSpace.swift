import Foundation

/// The probability that all responses keep their specifications at given settings.
///
/// J. J. Peterson, J. Quality Technology 36 (2004) 139: with a flat prior the next response at x
/// is a t variate around the fitted mean, scaled by s sqrt(1 + x'(X'X)^-1 x). A region where the
/// fitted means keep the specifications is not a design space: at its edge every second batch
/// fails.
public struct DesignSpace: Sendable {
    /// A response with its specification.
    public struct Response: Sendable {
        /// The fitted model.
        public let model: ResponseModel
        /// The specification.
        public let limits: SpecificationLimits

        /// A response.
        public init(model: ResponseModel, limits: SpecificationLimits) {
            self.model = model
            self.limits = limits
        }
    }

    /// How the responses vary together.
    public enum Dependence: String, Hashable, Sendable, CaseIterable {
        /// Residuals of different responses are independent.
        case independent
        /// Residuals are correlated as observed; needs the same runs and model for all.
        case correlated
    }

    /// The responses.
    public let responses: [Response]

    /// A design space of responses fitted to the same factors.
    /// - Throws: when a model has no residual degrees of freedom to predict with.
    public init(_ responses: [Response]) throws(AnalysisError) {
        guard let first = responses.first else {
            throw .tooFew(what: "responses", found: 0, needed: 1)
        }
        for response in responses {
            guard response.model.model.factorCount == first.model.model.factorCount else {
                throw .unequalLengths(
                    "factors of the first response", first.model.model.factorCount,
                    "factors of another", response.model.model.factorCount)
            }
            guard let variance = response.model.fit.residualVariance, variance > 0 else {
                throw .tooFew(
                    what: "residual degrees of freedom", found: response.model.fit.degreesOfFreedom,
                    needed: 1)
            }
        }
        self.responses = responses
    }

    /// The predictive distribution of one response at a coded point.
    public struct Prediction: Hashable, Sendable {
        /// Fitted mean.
        public let mean: Double
        /// Scale of the t distribution of the next response.
        public let scale: Double
        /// Its degrees of freedom.
        public let degreesOfFreedom: Double
        /// Probability of keeping the specification.
        public let probability: Double
    }

    /// The predictive distributions at a coded point, in closed form.
    public func predictions(at point: [Double]) throws(AnalysisError) -> [Prediction] {
        var result: [Prediction] = []
        for response in responses {
            let df = Double(response.model.fit.degreesOfFreedom)
            let mean = response.model.mean(at: point)
            let variance = response.model.fit.residualVariance ?? 0
            let scale = (variance * (1 + response.model.leverage(at: point))).squareRoot()
            let t = StudentT(degreesOfFreedom: df)
            let above = try response.limits.lower.map { limit throws(AnalysisError) in
                try t.cumulative((limit - mean) / scale)
            }
            let below = try response.limits.upper.map { limit throws(AnalysisError) in
                try t.upperTail((limit - mean) / scale)
            }
            result.append(
                Prediction(
                    mean: mean, scale: scale, degreesOfFreedom: df,
                    probability: max(0, 1 - (above ?? 0) - (below ?? 0))))
        }
        return result
    }

    /// The probability that all responses keep their specifications, residuals independent.
    public func probability(at point: [Double]) throws(AnalysisError) -> Double {
        try predictions(at: point).reduce(1) { $0 * $1.probability }
    }

    /// A probability found by simulation.
    public struct Simulated: Hashable, Sendable {
        /// The share of samples inside all specifications.
        public let probability: Double
        /// Its standard error.
        public let standardError: Double
        /// Number of samples.
        public let samples: Int
    }

    /// Most samples of one simulation.
    public static let sampleLimit = 100_000_000

    /// The probability with the settings varying around a coded point.
    /// - Parameters:
    ///   - deviations: standard deviations of the settings, coded; zeros for exact settings.
    public func simulate(
        at point: [Double], deviations: [Double]? = nil, dependence: Dependence = .independent,
        samples: Int = 100_000, seed: UInt64 = 1
    ) throws(AnalysisError) -> Simulated {
        guard samples > 0, samples <= DesignSpace.sampleLimit else {
            throw .outOfRange(
                what: "the number of samples", value: Double(samples),
                limits: "between 1 and \(DesignSpace.sampleLimit)")
        }
        let k = responses.first?.model.model.factorCount ?? 0
        let noise = deviations ?? [Double](repeating: 0, count: k)
        guard point.count == k, noise.count == k else {
            throw .unequalLengths("factors", k, "settings", min(point.count, noise.count))
        }
        var simulation = try Simulation(responses, dependence)
        var generator = RandomSource(seed: seed)
        var inside = 0
        let varies = noise.contains { $0 > 0 }
        if !varies { simulation.move(to: point) }
        var setting = point
        for _ in 0..<samples {
            if varies {
                for index in 0..<k {
                    setting[index] = point[index] + noise[index] * generator.normal()
                }
                simulation.move(to: setting)
            }
            if simulation.isInside(&generator) { inside += 1 }
        }
        let share = Double(inside) / Double(samples)
        return Simulated(
            probability: share,
            standardError: (share * (1 - share) / Double(samples)).squareRoot(), samples: samples)
    }

    /// How far one factor can move from a set point, the others held, while the probability
    /// stays at least `required`: its proven acceptable range, coded; nil when the set point
    /// itself does not reach it.
    public func acceptableRange(
        of factor: Int, around point: [Double], required: Double
    ) throws(AnalysisError) -> Interval? {
        guard point.indices.contains(factor) else {
            throw .outOfRange(
                what: "the factor", value: Double(factor), limits: "below \(point.count)")
        }
        func holds(_ value: Double) throws(AnalysisError) -> Bool {
            var setting = point
            setting[factor] = value
            return try probability(at: setting) >= required
        }
        guard try holds(point[factor]) else { return nil }
        func end(_ direction: Double) throws(AnalysisError) -> Double {
            var inner = point[factor]
            // Steps of 1/50 of the coded range, so that a gap is not stepped over.
            while abs(inner) <= 1 {
                let outer = inner + 0.04 * direction
                if try !holds(outer) {
                    var (low, high) = (inner, outer)
                    for _ in 0..<40 {
                        let middle = 0.5 * (low + high)
                        if try holds(middle) { low = middle } else { high = middle }
                    }
                    return min(1, max(-1, low))
                }
                inner = outer
            }
            return direction
        }
        return try Interval(end(-1), end(1))
    }
}

/// The state of one simulation, so that a sample costs no memory.
private struct Simulation {
    private let models: [ResponseModel]
    private let lower: [Double]
    private let upper: [Double]
    private let degreesOfFreedom: [Double]
    private let sigma: [Double]
    private let factor: Matrix
    private let shared: Bool
    private var mean: [Double]
    private var scale: [Double]
    private var z: [Double]
    private var row: [Double]
    /// The factors of each term, each as often as its power, and where each term begins.
    private let factorsOfTerms: [[Int]]
    private let firstFactor: [[Int]]

    init(_ responses: [DesignSpace.Response], _ dependence: DesignSpace.Dependence)
        throws(AnalysisError)
    {
        models = responses.map(\.model)
        lower = responses.map { $0.limits.lower ?? -.infinity }
        upper = responses.map { $0.limits.upper ?? .infinity }
        degreesOfFreedom = models.map { Double($0.fit.degreesOfFreedom) }
        sigma = models.map { ($0.fit.residualVariance ?? 0).squareRoot() }
        mean = models.map { _ in 0 }
        scale = mean
        z = mean
        row = [Double](repeating: 0, count: models.map(\.model.terms.count).max() ?? 0)
        factorsOfTerms = models.map { model in
            model.model.terms.flatMap { powers in
                powers.indices.flatMap { [Int](repeating: $0, count: powers[$0]) }
            }
        }
        firstFactor = models.map { model in
            var first = [0]
            for powers in model.model.terms {
                first.append(first[first.count - 1] + powers.reduce(0, +))
            }
            return first
        }
        shared = dependence == .correlated
        guard dependence == .correlated, models.count > 1 else {
            factor = .identity(models.count)
            return
        }
        let residuals = models.map(\.fit.residuals)
        guard let first = models.first,
            models.allSatisfy({
                $0.model == first.model && $0.fit.residuals.count == first.fit.residuals.count
            })
        else {
            throw .unknown(
                what: "dependence", name: "correlated",
                known: ["independent, unless all responses have the same runs and model"])
        }
        var correlation = Matrix.identity(models.count)
        for i in models.indices {
            for j in models.indices where j != i {
                correlation[i, j] =
                    dot(residuals[i], residuals[j])
                    / (dot(residuals[i], residuals[i]) * dot(residuals[j], residuals[j]))
                    .squareRoot()
            }
        }
        guard let cholesky = Cholesky(correlation) else {
            throw .singular(
                what: "the correlation of the residuals",
                remedy: "leave out a response that another one determines")
        }
        factor = cholesky.lower
    }

    mutating func move(to point: [Double]) {
        for index in models.indices {
            let terms = firstFactor[index].count - 1
            let size = models[index].fit.inverseCrossProduct.rows
            var fitted = 0.0
            var spread = 0.0
            row.withUnsafeMutableBufferPointer { row in
                for term in 0..<terms {
                    var product = 1.0
                    for place in firstFactor[index][term]..<firstFactor[index][term + 1] {
                        product *= point[factorsOfTerms[index][place]]
                    }
                    row[term] = product
                    fitted += product * models[index].fit.coefficients[term]
                }
                models[index].fit.inverseCrossProduct.elements.withUnsafeBufferPointer { inverse in
                    for i in 0..<terms {
                        var inner = 0.0
                        for j in 0..<i { inner += inverse[i * size + j] * row[j] }
                        spread += row[i] * (2 * inner + inverse[i * size + i] * row[i])
                    }
                }
            }
            mean[index] = fitted
            scale[index] = sigma[index] * (1 + spread).squareRoot()
        }
    }

    mutating func isInside(_ generator: inout RandomSource) -> Bool {
        var divisor = 1.0
        for index in models.indices { z[index] = generator.normal() }
        for index in models.indices {
            // Correlated responses share their variance, as a multivariate t does.
            if index == 0 || !shared {
                let df = degreesOfFreedom[index]
                let chi =
                    df >= 2 ? generator.chiSquared(df) : { $0 * $0 }(generator.normal())
                divisor = (chi / df).squareRoot()
            }
            var value = z[index]
            if shared {
                value = 0
                for j in 0...index { value += factor[index, j] * z[j] }
            }
            let response = mean[index] + scale[index] * value / divisor
            if response < lower[index] || response > upper[index] { return false }
        }
        return true
    }
}
