import Foundation
public import Statistics

/// One passage as a site recorded it.
public struct PassageRecord: Codable, Sendable, Hashable {
    /// The donor or line.
    public var donor: String
    /// The batch.
    public var batch: String
    /// The passage of the cells.
    public var passage: Int
    /// Its doubling time, in hours.
    public var doublingTime: Double

    /// A passage.
    public init(donor: String, batch: String, passage: Int, doublingTime: Double) {
        self.donor = donor
        self.batch = batch
        self.passage = passage
        self.doublingTime = doublingTime
    }
}

/// The doubling time as a site's own records tell it, beside what the definition assumed.
///
/// `log DT = m + log(1 + s(k − 1)) + donor + batch + passage`, each effect normal with the spread
/// of the definition, m normal about the assumed value. Everything is normal, so that the
/// posterior is exact: batch means are weighed by `1 / (σ_b² + σ_e² / n)`, donor means by
/// `1 / (σ_d² + v_d)`. For a bank that exists its donor's own posterior is used; a new donor is
/// drawn from the population.
public struct GrowthLearning: Codable, Sendable {
    /// A doubling time with its uncertainty, in hours.
    public struct Estimate: Codable, Sendable, Hashable {
        /// The median.
        public var median: Double
        /// The lower end of the 95 % interval.
        public var lower: Double
        /// The upper end.
        public var upper: Double
        /// Standard deviation of the logarithm.
        public var logSpread: Double

        init(mean: Double, variance: Double) {
            let spread = variance.squareRoot()
            median = exp(mean)
            lower = exp(mean - 1.959964 * spread)
            upper = exp(mean + 1.959964 * spread)
            logSpread = spread
        }
    }

    /// What is known of one donor.
    public struct Donor: Codable, Sendable, Hashable {
        /// The donor or line.
        public var donor: String
        /// Its passages.
        public var passages: Int
        /// Its batches.
        public var batches: Int
        /// The donor's own doubling time.
        public var own: Estimate
        /// The next passage of its bank.
        public var nextPassage: Estimate
    }

    /// What the definition assumed of the population.
    public var prior: Estimate
    /// Passages recorded.
    public var passages: Int
    /// Their geometric mean doubling time at passage 1, in hours; nil without records.
    public var observedMedian: Double?
    /// Standard deviation of their logarithm; nil for fewer than two.
    public var observedLogSpread: Double?
    /// The population after the records.
    public var posterior: Estimate
    /// A passage of a new donor.
    public var newDonor: Estimate
    /// The donors of the records.
    public var donors: [Donor]

    /// No site has more records than this; the bound keeps a damaged one from filling memory.
    public static let recordsMax = 1_000_000

    /// Learns from `records` what `law` says of the doubling time.
    /// - Parameter priorLogSpread: how sure the definition is of its doubling time; that of one
    ///   donor, batch and passage when nil.
    /// - Throws: `AnalysisError` for a doubling time that is not above 0, or spreads that are none.
    public static func from(
        _ records: [PassageRecord], law: GrowthLaw, priorLogSpread: Double? = nil
    ) throws(AnalysisError) -> GrowthLearning {
        guard records.count <= recordsMax else {
            throw .tooMany(what: "passages", found: records.count, limit: recordsMax)
        }
        let (donorVariance, batchVariance, passageVariance) = try variances(law)
        let whole = donorVariance + batchVariance + passageVariance
        let priorVariance = priorLogSpread.map { $0 * $0 } ?? whole
        guard priorVariance > 0, law.doublingTime > 0 else {
            throw .outOfRange(
                what: "the assumed doubling time", value: law.doublingTime,
                limits: "above 0 h, with a spread above 0")
        }
        let logs = try records.enumerated().map { place, record throws(AnalysisError) in
            let slope = 1 + law.slope * (Double(record.passage) - 1)
            guard record.doublingTime > 0, record.doublingTime.isFinite, slope > 0 else {
                throw .notFinite(what: "logarithm of a doubling time", position: place + 1)
            }
            return log(record.doublingTime / slope)
        }
        let prior = log(law.doublingTime)
        var byDonor: [String: [String: [Double]]] = [:]
        for (record, value) in zip(records, logs) {
            byDonor[record.donor, default: [:]][record.batch, default: []].append(value)
        }
        // Mean and variance of each donor's records, the donor itself being fixed.
        let means = byDonor.mapValues { batches -> (mean: Double, variance: Double) in
            var (weights, sum) = (0.0, 0.0)
            for batch in batches.keys.sorted() {
                guard let values = batches[batch] else { continue }
                let count = Double(values.count)
                let weight = 1 / (batchVariance + passageVariance / count)
                weights += weight
                sum += weight * values.reduce(0, +) / count
            }
            return (sum / weights, 1 / weights)
        }
        var (precision, sum) = (1 / priorVariance, prior / priorVariance)
        for donor in means.keys.sorted() {
            guard let known = means[donor] else { continue }
            let weight = 1 / (donorVariance + known.variance)
            precision += weight
            sum += weight * known.mean
        }
        let (mean, variance) = (sum / precision, 1 / precision)
        let donors = means.keys.sorted().compactMap { name -> Donor? in
            guard let known = means[name], let batches = byDonor[name] else { return nil }
            let weight = donorVariance / (donorVariance + known.variance)
            let own = mean + weight * (known.mean - mean)
            let ownVariance = weight * known.variance + (1 - weight) * (1 - weight) * variance
            return Donor(
                donor: name, passages: batches.values.reduce(0) { $0 + $1.count },
                batches: batches.count, own: Estimate(mean: own, variance: ownVariance),
                nextPassage: Estimate(
                    mean: own, variance: ownVariance + batchVariance + passageVariance))
        }
        let summary = try? Summary(logs)
        return GrowthLearning(
            prior: Estimate(mean: prior, variance: priorVariance), passages: records.count,
            observedMedian: summary.map { exp($0.mean) },
            observedLogSpread: summary?.standardDeviation,
            posterior: Estimate(mean: mean, variance: variance),
            newDonor: Estimate(mean: mean, variance: variance + whole), donors: donors)
    }

    private static func variances(
        _ law: GrowthLaw
    ) throws(AnalysisError) -> (Double, Double, Double) {
        let spreads = [
            ("donor-spread", law.donorSpread), ("batch-spread", law.batchSpread),
            ("passage-spread", law.passageSpread),
        ]
        for (name, spread) in spreads where !(spread >= 0 && spread.isFinite) {
            throw .outOfRange(what: name, value: spread, limits: "at least 0")
        }
        guard law.batchSpread + law.passageSpread > 0 else {
            throw .outOfRange(
                what: "batch-spread and passage-spread", value: 0,
                limits: "above 0, or one record would settle everything")
        }
        return (
            law.donorSpread * law.donorSpread, law.batchSpread * law.batchSpread,
            law.passageSpread * law.passageSpread
        )
    }
}
