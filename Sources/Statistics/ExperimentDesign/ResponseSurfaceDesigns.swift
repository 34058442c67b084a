import Foundation

/// The distance of the axial points of a central composite design.
public enum AxialDistance: Hashable, Sendable {
    /// The fourth root of the number of factorial points.
    case rotatable
    /// 1: three levels of each factor.
    case faceCentred
    /// The distance that makes blocks of factorial and axial points orthogonal.
    case orthogonalBlocks
    /// A distance of one's own.
    case value(Double)
}

extension ExperimentalDesign {
    /// A central composite design (G. E. P. Box & K. B. Wilson 1951): a two-level factorial,
    /// two axial points for each factor, and centre points in both parts, which are its blocks.
    /// - Parameter halfFraction: a half fraction of resolution V or more, from 5 factors.
    public static func centralComposite(
        _ factors: [Factor], axial: AxialDistance = .rotatable, halfFraction: Bool = false,
        centrePoints: (factorial: Int, axial: Int) = (4, 4)
    ) throws(AnalysisError) -> ExperimentalDesign {
        let k = factors.count
        guard k >= 2 else { throw .tooFew(what: "factors", found: k, needed: 2) }
        guard k <= 12 else { throw .tooMany(what: "factors", found: k, limit: 12) }
        guard !halfFraction || k >= 5 else {
            throw .tooFew(what: "factors for a half fraction", found: k, needed: 5)
        }
        let basic = halfFraction ? k - 1 : k
        var words = (0..<basic).map { 1 << $0 }
        if halfFraction { words.append((1 << basic) - 1) }
        let cube = try FractionalFactorial(basic, words).design(factors: factors).runs
        let alpha = axialDistance(
            axial, factors: k, factorialPoints: cube.count, centrePoints: centrePoints)
        guard alpha > 0, alpha.isFinite else {
            throw .outOfRange(what: "the axial distance", value: alpha, limits: "more than 0")
        }
        var star: [[Double]] = []
        for index in 0..<k {
            for sign in [-1.0, 1] {
                var point = [Double](repeating: 0, count: k)
                point[index] = sign * alpha
                star.append(point)
            }
        }
        let first = cube + centres(centrePoints.factorial, k)
        let second = star + centres(centrePoints.axial, k)
        return ExperimentalDesign(
            "central composite", factors, first + second,
            blocks: first.map { _ in 1 } + second.map { _ in 2 })
    }

    /// The axial distance of a central composite design.
    public static func axialDistance(
        _ axial: AxialDistance, factors: Int, factorialPoints: Int,
        centrePoints: (factorial: Int, axial: Int) = (4, 4)
    ) -> Double {
        switch axial {
        case .rotatable: return pow(Double(factorialPoints), 0.25)
        case .faceCentred: return 1
        case .value(let value): return value
        case .orthogonalBlocks:
            // The share of the sum of squares of each factor in a block equals the share of runs.
            let f = Double(factorialPoints)
            let first = f + Double(centrePoints.factorial)
            let second = 2 * Double(factors) + Double(centrePoints.axial)
            return (f * second / (2 * first)).squareRoot()
        }
    }

    /// The sets of factors that vary together in a Box-Behnken design
    /// (G. E. P. Box & D. W. Behnken 1960, doi:10.2307/1266454).
    private static func boxBehnkenSets(_ k: Int) -> [[Int]]? {
        switch k {
        case 3, 4, 5:
            return (0..<k).flatMap { i in ((i + 1)..<max(i + 1, k)).map { [i, $0] } }
        case 6: return [[0, 1, 3], [1, 2, 4], [2, 3, 5], [0, 3, 4], [1, 4, 5], [0, 2, 5]]
        case 7:
            return [
                [3, 4, 5], [0, 5, 6], [1, 4, 6], [0, 1, 3], [2, 3, 6], [0, 2, 4], [1, 2, 5],
            ]
        default: return nil
        }
    }

    /// A Box-Behnken design for 3 to 7 factors.
    public static func boxBehnken(
        _ factors: [Factor], centrePoints: Int = 3
    ) throws(AnalysisError) -> ExperimentalDesign {
        let k = factors.count
        guard let sets = boxBehnkenSets(k) else {
            throw .outOfRange(
                what: "the number of factors", value: Double(k), limits: "between 3 and 7")
        }
        var runs: [[Double]] = []
        for set in sets {
            for corner in 0..<(1 << set.count) {
                var run = [Double](repeating: 0, count: k)
                for (place, factor) in set.enumerated() {
                    run[factor] = corner >> place & 1 == 1 ? 1 : -1
                }
                runs.append(run)
            }
        }
        return ExperimentalDesign(
            "Box-Behnken", factors, runs + centres(centrePoints, k))
    }
}
