import Foundation

/// A polynomial in coded factors: a list of terms, each a power of every factor.
public struct PolynomialModel: Hashable, Sendable {
    /// Number of factors.
    public let factorCount: Int
    /// The powers of the factors in each term; all zeros for the intercept.
    public let terms: [[Int]]
    /// The names of the terms.
    public let names: [String]

    /// The polynomials in common use.
    public enum Degree: String, Hashable, Sendable, CaseIterable {
        /// Intercept and linear terms.
        case linear
        /// With two-factor interactions.
        case interactions
        /// With squares as well.
        case quadratic
    }

    /// A polynomial of a degree in the given factors.
    public init(_ degree: Degree, factors: [String]) {
        let k = factors.count
        var terms = [[Int](repeating: 0, count: k)]
        func term(_ powers: [Int: Int]) -> [Int] { (0..<k).map { powers[$0] ?? 0 } }
        terms += (0..<k).map { term([$0: 1]) }
        if degree != .linear {
            for i in 0..<k {
                for j in (i + 1)..<max(i + 1, k) { terms.append(term([i: 1, j: 1])) }
            }
        }
        if degree == .quadratic { terms += (0..<k).map { term([$0: 2]) } }
        self.init(terms: terms, factors: factors)
    }

    /// A polynomial of one's own terms.
    public init(terms: [[Int]], factors: [String]) {
        factorCount = factors.count
        self.terms = terms
        names = terms.map { powers in
            let parts = zip(factors, powers).filter { $0.1 > 0 }
                .map { $0.1 == 1 ? $0.0 : "\($0.0)^\($0.1)" }
            return parts.isEmpty ? "intercept" : parts.joined(separator: ":")
        }
    }

    /// The values of the terms at a point.
    public func row(_ point: [Double]) -> [Double] {
        var row = [Double](repeating: 1, count: terms.count)
        for (index, powers) in terms.enumerated() {
            var product = 1.0
            for (factor, power) in powers.enumerated() where power > 0 {
                for _ in 0..<power { product *= point[factor] }
            }
            row[index] = product
        }
        return row
    }

    /// Places of the terms that contain a factor.
    func terms(with factor: Int) -> [Int] { terms.indices.filter { terms[$0][factor] > 0 } }

    /// The mean of the products of all pairs of terms over the cube from -1 to 1.
    var cubeMoments: Matrix {
        var moments = Matrix(rows: terms.count, columns: terms.count)
        for i in terms.indices {
            for j in terms.indices {
                var value = 1.0
                for factor in 0..<factorCount {
                    let power = terms[i][factor] + terms[j][factor]
                    value *= power % 2 == 0 ? 1 / Double(power + 1) : 0
                }
                moments[i, j] = value
            }
        }
        return moments
    }
}
