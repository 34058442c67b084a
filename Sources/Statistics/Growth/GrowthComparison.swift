import Foundation

/// Growth models fitted to log10 of the same counts and compared by Akaike's criterion
/// (K. P. Burnham & D. R. Anderson, "Model Selection and Multimodel Inference", 2nd ed. 2002).
///
/// All models are on the scale of log10: criteria of models of different scales do not compare.
/// Nor do growth rates of different models, whatever their criteria.
public struct GrowthComparison: Hashable, Sendable {
    /// One model.
    public struct Candidate: Hashable, Sendable {
        /// The model.
        public let name: String
        /// The criterion, corrected for small samples; less is better.
        public let aicc: Double
        /// The criterion less the least one.
        public let difference: Double
        /// Akaike weight: the share of the evidence, among the models compared.
        public let weight: Double
        /// Residual standard deviation of log10 of the count.
        public let residualDeviation: Double
        /// Maximum specific growth rate per unit of time, or why there is none.
        public let rate: Result<Estimate, Inconclusive>
        /// The fitted curve: the parameters in the order of the model; intercept and slope of
        /// log10 for the exponential one.
        public let parameters: [Double]

        /// Time to double, or why there is none.
        public var doublingTime: Result<(value: Double, interval: Interval), Inconclusive> {
            rate.map { doublingTimeOf($0) }
        }
    }

    /// The models by their criterion, best first.
    public let candidates: [Candidate]
    /// Models that could not be fitted, with the reason.
    public let refused: [(name: String, reason: AnalysisError)]

    /// The name of straight growth on the logarithm.
    public static let exponential = "exponential"

    /// Fits every model that the counts allow.
    /// - Throws: when none can be fitted, or a count is not positive.
    public init(
        times: [Double], counts: [Double], confidence: Double = 0.95
    ) throws(AnalysisError) {
        for (index, count) in counts.enumerated() where !(count > 0 && count.isFinite) {
            throw .outOfRange(
                what: "count \(index + 1)", value: count,
                limits: "more than 0 to take its logarithm")
        }
        let values = counts.map { log10($0) }
        var fitted: [Fitted] = []
        var refused: [(String, AnalysisError)] = []
        do throws(AnalysisError) {
            fitted.append(try Fitted.straight(times, counts, values, confidence))
        } catch {
            refused.append((Self.exponential, error))
        }
        for model in [GrowthModel.logarithmicLogistic, .gompertz, .baranyi] {
            do throws(AnalysisError) {
                let fit = try GrowthFit(
                    model, times: times, values: values, confidence: confidence)
                guard fit.aicc.isFinite else {
                    throw .tooFew(
                        what: "counts", found: counts.count,
                        needed: model.parameterNames.count + 3)
                }
                fitted.append(
                    Fitted(
                        name: model.rawValue, aicc: fit.aicc,
                        deviation: (fit.residualSumOfSquares / Double(fit.degreesOfFreedom))
                            .squareRoot(),
                        rate: fit.rate, parameters: fit.parameters))
            } catch {
                refused.append((model.rawValue, error))
            }
        }
        guard let least = fitted.map(\.aicc).min() else {
            throw refused.first?.1 ?? .notConverged(what: "every growth model")
        }
        let evidence = fitted.map { exp(-0.5 * ($0.aicc - least)) }
        let total = evidence.reduce(0, +)
        candidates = zip(fitted, evidence).map { own, weight in
            Candidate(
                name: own.name, aicc: own.aicc, difference: own.aicc - least,
                weight: weight / total, residualDeviation: own.deviation, rate: own.rate,
                parameters: own.parameters)
        }.sorted { ($0.aicc, $0.name) < ($1.aicc, $1.name) }
        self.refused = refused
    }

    /// log10 of the count that a candidate gives at a time.
    public static func value(_ candidate: Candidate, at time: Double) -> Double {
        guard let model = GrowthModel(rawValue: candidate.name) else {
            return candidate.parameters[0] + candidate.parameters[1] * time
        }
        return model.value(candidate.parameters, at: time)
    }

    private struct Fitted {
        var name: String
        var aicc: Double
        var deviation: Double
        var rate: Result<Estimate, Inconclusive>
        var parameters: [Double]

        static func straight(
            _ times: [Double], _ counts: [Double], _ values: [Double], _ confidence: Double
        ) throws(AnalysisError) -> Fitted {
            let growth = try ExponentialGrowth(
                times: times, counts: counts, confidence: confidence)
            let (start, slope) = (growth.intercept / M_LN10, growth.rate.value / M_LN10)
            let squares = zip(times, values).reduce(0.0) { sum, pair in
                let residual = pair.1 - start - slope * pair.0
                return sum + residual * residual
            }
            let (n, k) = (Double(times.count), 3.0)
            guard n - k - 1 > 0 else {
                throw .tooFew(what: "counts", found: times.count, needed: 5)
            }
            guard squares > 0 else { throw .constant(what: "the residuals") }
            return Fitted(
                name: GrowthComparison.exponential,
                aicc: n * log(squares / n) + 2 * k + 2 * k * (k + 1) / (n - k - 1),
                deviation: (squares / (n - 2)).squareRoot(),
                rate: growth.rate.value > 0
                    ? .success(growth.rate)
                    : .failure(Inconclusive(.noGrowth, "the fitted growth rate is not positive")),
                parameters: [start, slope])
        }
    }

    /// Equal when the candidates are.
    public static func == (first: GrowthComparison, second: GrowthComparison) -> Bool {
        first.candidates == second.candidates
            && first.refused.map(\.name) == second.refused.map(\.name)
    }

    /// Hashes the candidates.
    public func hash(into hasher: inout Hasher) { hasher.combine(candidates) }
}

extension GrowthModel {
    /// The value of the curve with `parameters` at a time: a count, or log10 of one.
    public func value(_ parameters: [Double], at time: Double) -> Double {
        guard parameters.count == parameterNames.count else { return .nan }
        var parameters = parameters
        var gradient = (0.0, 0.0, 0.0, 0.0)
        return parameters.withUnsafeMutableBufferPointer { evaluate($0, time, &gradient) }
    }
}
