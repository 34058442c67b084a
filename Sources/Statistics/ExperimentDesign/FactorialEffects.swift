import Foundation

/// The effects of a two-level factorial without replicates, judged by Lenth's pseudo standard
/// error (R. V. Lenth 1989, doi:10.1080/00401706.1989.10488595).
public struct FactorialEffects: Hashable, Sendable {
    /// One effect.
    public struct Effect: Hashable, Sendable {
        /// The factors, as in `AB`.
        public let name: String
        /// Mean at the high level minus mean at the low level.
        public let value: Double
        /// Whether it exceeds the margin of error.
        public let isActive: Bool
    }

    /// The effects, by order and name.
    public let effects: [Effect]
    /// Mean response.
    public let mean: Double
    /// Lenth's pseudo standard error.
    public let pseudoStandardError: Double
    /// Margin of error of a single effect.
    public let marginOfError: Double

    /// Effects of `runs` coded -1 and 1, up to an order of interaction; of effects that are
    /// aliased only the first is listed.
    public init(
        runs: [[Double]], response: [Double], names: [String], upTo order: Int,
        confidence: Double = 0.95
    ) throws(AnalysisError) {
        guard runs.count == response.count else {
            throw .unequalLengths("runs", runs.count, "responses", response.count)
        }
        guard names.count <= 20 else {
            throw .tooMany(what: "factors", found: names.count, limit: 20)
        }
        guard
            runs.allSatisfy({ run in run.count == names.count && run.allSatisfy { abs($0) == 1 } })
        else {
            throw .outOfRange(
                what: "a level", value: runs.flatMap { $0 }.first { abs($0) != 1 } ?? 0,
                limits: "-1 or 1 in a two-level design")
        }
        mean = (try Summary(response)).mean
        var seen: Set<[Double]> = []
        var raw: [(String, Double)] = []
        let half = Double(runs.count) / 2
        let subsets = (1..<(1 << names.count)).filter { $0.nonzeroBitCount <= order }
            .map { mask in names.indices.filter { mask >> $0 & 1 == 1 } }
            .sorted {
                ($0.count, $0.map { names[$0] }.joined()) < (
                    $1.count, $1.map { names[$0] }.joined()
                )
            }
        for subset in subsets {
            let column = runs.map { run in subset.reduce(1.0) { $0 * run[$1] } }
            guard Set(column).count > 1, !seen.contains(column),
                !seen.contains(column.map { -$0 })
            else { continue }
            seen.insert(column)
            raw.append((subset.map { names[$0] }.joined(), dot(column, response) / half))
        }
        guard raw.count >= 3 else {
            throw .tooFew(what: "effects", found: raw.count, needed: 3)
        }
        func median(_ values: [Double]) -> Double { Summary.quantile(sorted: values.sorted(), 0.5) }
        let sizes = raw.map { abs($0.1) }
        let first = 1.5 * median(sizes)
        let pse = 1.5 * median(sizes.filter { $0 < 2.5 * first })
        let t = try StudentT(degreesOfFreedom: Double(raw.count) / 3)
            .quantile(0.5 + confidence / 2)
        pseudoStandardError = pse
        marginOfError = t * pse
        effects = raw.map { Effect(name: $0.0, value: $0.1, isActive: abs($0.1) > t * pse) }
    }
}
