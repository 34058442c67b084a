import Foundation

/// Experiments with mixtures, whose shares add up to 1: a medium, a cryoprotectant (H. Scheffé,
/// J. R. Statist. Soc. B 20 (1958) 344 and 25 (1963) 235; J. A. Cornell, "Experiments with
/// Mixtures", 3rd ed. 2002).
public struct MixtureDesign: Hashable, Sendable {
    /// How the design was made.
    public let name: String
    /// The components.
    public let components: [String]
    /// The lowest share of each component; 0 where it may be absent.
    public let lowest: [Double]
    /// One row of shares a run; each adds up to 1.
    public let runs: [[Double]]

    /// Most runs of a design.
    public static let runLimit = 4096

    /// The {q, m} simplex lattice: all mixtures of multiples of 1/m.
    /// - Parameter lowest: lowest shares; the lattice then spans what is left (L-pseudo-components).
    public static func simplexLattice(
        _ components: [String], degree m: Int, lowest: [Double]? = nil
    ) throws(AnalysisError) -> MixtureDesign {
        let lowest = try bounds(components, lowest)
        guard (1...10).contains(m) else {
            throw .outOfRange(what: "the degree", value: Double(m), limits: "from 1 to 10")
        }
        var points: [[Int]] = [[]]
        for place in components.indices {
            var next: [[Int]] = []
            for point in points {
                let left = m - point.reduce(0, +)
                let range = place == components.count - 1 ? left...left : 0...left
                for share in range.reversed() { next.append(point + [share]) }
                guard next.count <= runLimit else {
                    throw .tooMany(what: "runs", found: next.count, limit: runLimit)
                }
            }
            points = next
        }
        return MixtureDesign(
            "simplex lattice {\(components.count), \(m)}", components, lowest,
            points.map { $0.map { Double($0) / Double(m) } })
    }

    /// The simplex centroid: equal shares of every set of components.
    public static func simplexCentroid(
        _ components: [String], lowest: [Double]? = nil
    ) throws(AnalysisError) -> MixtureDesign {
        let lowest = try bounds(components, lowest)
        guard components.count <= 12 else {
            throw .tooMany(what: "components", found: components.count, limit: 12)
        }
        let sets = (1..<(1 << components.count)).sorted {
            ($0.nonzeroBitCount, $0) < ($1.nonzeroBitCount, $1)
        }
        return MixtureDesign(
            "simplex centroid", components, lowest,
            sets.map { set in
                components.indices.map {
                    set >> $0 & 1 == 1 ? 1 / Double(set.nonzeroBitCount) : 0
                }
            })
    }

    private init(
        _ name: String, _ components: [String], _ lowest: [Double], _ pseudo: [[Double]]
    ) {
        self.name = name
        self.components = components
        self.lowest = lowest
        let room = 1 - lowest.reduce(0, +)
        runs = pseudo.map { run in zip(run, lowest).map { $1 + room * $0 } }
    }

    private static func bounds(
        _ components: [String], _ lowest: [Double]?
    ) throws(AnalysisError) -> [Double] {
        guard components.count >= 2 else {
            throw .tooFew(what: "components", found: components.count, needed: 2)
        }
        let lowest = lowest ?? components.map { _ in 0 }
        guard lowest.count == components.count else {
            throw .unequalLengths(
                "components", components.count, "lowest shares", lowest.count)
        }
        for (name, share) in zip(components, lowest) where !(share >= 0 && share < 1) {
            throw .outOfRange(
                what: "the lowest share of '\(name)'", value: share, limits: "from 0 to below 1")
        }
        let total = lowest.reduce(0, +)
        guard total < 1 else {
            throw .outOfRange(
                what: "the sum of the lowest shares", value: total, limits: "below 1")
        }
        return lowest
    }
}

/// A Scheffé polynomial fitted to the response of a mixture: no intercept, for the shares add up
/// to 1.
public struct MixtureModel: Sendable {
    /// The polynomials.
    public enum Degree: String, Hashable, Sendable, CaseIterable {
        /// The components.
        case linear
        /// With products of two.
        case quadratic
        /// With products of three as well.
        case specialCubic = "special-cubic"
    }

    /// The terms, as places of the components that are multiplied.
    public let terms: [[Int]]
    /// The names of the terms.
    public let names: [String]
    /// The fit; its coefficients are in the order of the terms.
    public let fit: LinearFit
    /// All terms against a constant response.
    public let regression: VarianceLine
    /// Share of the sum of squares about the mean explained.
    public let rSquared: Double
    /// Lack of fit against replicates; nil without them.
    public let lackOfFit: VarianceLine?

    /// Fits `response` to runs of shares that add up to 1.
    public init(
        runs: [[Double]], response: [Double], components: [String], degree: Degree
    ) throws(AnalysisError) {
        guard runs.count == response.count else {
            throw .unequalLengths("runs", runs.count, "responses", response.count)
        }
        for (index, run) in runs.enumerated() {
            guard run.count == components.count else {
                throw .unequalLengths(
                    "components", components.count, "shares of run \(index + 1)", run.count)
            }
            let total = run.reduce(0, +)
            guard abs(total - 1) < 1e-6 else {
                throw .outOfRange(
                    what: "the sum of the shares of run \(index + 1)", value: total, limits: "1")
            }
        }
        var terms = components.indices.map { [$0] }
        let q = components.count
        if degree != .linear {
            for i in 0..<q {
                for j in (i + 1)..<max(i + 1, q) { terms.append([i, j]) }
            }
        }
        if degree == .specialCubic {
            for i in 0..<q {
                for j in (i + 1)..<max(i + 1, q) {
                    for k in (j + 1)..<max(j + 1, q) { terms.append([i, j, k]) }
                }
            }
        }
        let names = terms.map { term in term.map { components[$0] }.joined(separator: ":") }
        let design = Matrix(
            columns: terms.map { term in
                runs.map { run in term.reduce(1.0) { $0 * run[$1] } }
            })
        let fit = try LinearFit(design: design, response: response, terms: names)
        let summary = try Summary(response)
        guard summary.sumOfSquares > 0 else { throw .constant(what: "the response") }
        self.terms = terms
        self.names = names
        self.fit = fit
        let explained = max(0, summary.sumOfSquares - fit.residualSumOfSquares)
        rSquared = explained / summary.sumOfSquares
        regression = try VarianceLine(
            "regression", terms.count - 1, explained, error: fit.residualSumOfSquares,
            errorDegreesOfFreedom: fit.degreesOfFreedom)
        let pure = try pureError(response, numbered(runs.map { "\($0)" }))
        let lack = fit.degreesOfFreedom - pure.degreesOfFreedom
        lackOfFit =
            pure.degreesOfFreedom > 0 && lack > 0
            ? try VarianceLine(
                "lack of fit", lack, max(0, fit.residualSumOfSquares - pure.sumOfSquares),
                error: pure.sumOfSquares, errorDegreesOfFreedom: pure.degreesOfFreedom) : nil
    }

    /// The fitted mean of a mixture.
    public func mean(at shares: [Double]) -> Double {
        fit.prediction(terms.map { term in term.reduce(1.0) { $0 * shares[$1] } })
    }
}
