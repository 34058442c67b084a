import Foundation

/// A path through the region of an experiment along which the fitted response climbs (or falls)
/// fastest.
public struct ResponsePath: Hashable, Sendable {
    /// One setting on the path.
    public struct Step: Hashable, Sendable {
        /// Distance from the centre, coded.
        public let distance: Double
        /// The setting, coded.
        public let point: [Double]
        /// The fitted mean there.
        public let mean: Double
        /// Standard error of the fitted mean; nil without residual degrees of freedom.
        public let standardError: Double?
    }

    /// Whether the path climbs.
    public let isAscent: Bool
    /// The settings by rising distance.
    public let steps: [Step]

    /// The path of steepest ascent of a model with linear terms (G. E. P. Box & K. B. Wilson,
    /// J. R. Statist. Soc. B 13 (1951) 1): along the coefficients of the factors.
    /// - Parameter distances: coded distances from the centre, at least 0.
    public static func steepest(
        _ response: ResponseModel, distances: [Double], ascent: Bool = true
    ) throws(AnalysisError) -> Result<ResponsePath, Inconclusive> {
        try require(distances)
        let (slope, _) = quadratic(response)
        let length = dot(slope, slope).squareRoot()
        guard length > 0 else {
            return .failure(
                Inconclusive(
                    .notIdentifiable, "no factor has a linear effect: no direction to climb"))
        }
        let sign = ascent ? 1.0 : -1
        let direction = slope.map { sign * $0 / length }
        return .success(
            ResponsePath(
                isAscent: ascent,
                steps: distances.map { distance in
                    step(response, direction.map { $0 * distance }, distance)
                }))
    }

    /// The ridge path of a second-order model (A. E. Hoerl 1959; N. R. Draper, Technometrics 5
    /// (1963) 469): the best setting on each sphere about the centre.
    ///
    /// On a sphere the best point solves (B - mu I) x = -b / 2 with mu beyond the largest
    /// curvature; its distance falls as mu moves away, so bisection finds it.
    /// - Throws: for a distance below 0.
    public static func ridge(
        _ response: ResponseModel, distances: [Double], ascent: Bool = true
    ) throws(AnalysisError) -> Result<ResponsePath, Inconclusive> {
        try require(distances)
        let (slope, curvature) = quadratic(response)
        let k = slope.count
        guard curvature.elements.contains(where: { $0 != 0 }) else {
            return try steepest(response, distances: distances, ascent: ascent)
        }
        // Descent is the ascent of the surface turned over.
        let sign = ascent ? 1.0 : -1
        var turned = curvature
        for index in turned.elements.indices { turned.elements[index] *= sign }
        let eigen = SymmetricEigen(turned)
        let shares = (0..<k).map { sign * dot(eigen.vectors.column($0), slope) }
        guard shares.contains(where: { abs($0) > 1e-14 }) else {
            return .failure(
                Inconclusive(
                    .notIdentifiable,
                    "the stationary point is the centre: every direction along its axis is as good")
            )
        }
        func point(_ mu: Double) -> [Double] {
            var x = [Double](repeating: 0, count: k)
            for axis in 0..<k where shares[axis] != 0 {
                let part = 0.5 * shares[axis] / (mu - eigen.values[axis])
                let vector = eigen.vectors.column(axis)
                for index in 0..<k { x[index] += part * vector[index] }
            }
            return x
        }
        let largest = eigen.values[0]
        let size = max(abs(largest), shares.map { abs($0) }.max() ?? 1)
        var steps: [Step] = []
        for distance in distances {
            guard distance > 0 else {
                steps.append(step(response, [Double](repeating: 0, count: k), 0))
                continue
            }
            var (near, far) = (largest, largest + size)
            while dot(point(far), point(far)) > distance * distance, far.isFinite {
                far = largest + 2 * (far - largest)
            }
            for _ in 0..<200 {
                let middle = near + (far - near) / 2
                guard middle > near, middle < far else { break }
                let x = point(middle)
                if dot(x, x) > distance * distance { near = middle } else { far = middle }
            }
            var x = point(far)
            // Where the slope has no part along the steepest curvature, the sphere outgrows the
            // path: the rest of the distance goes along that axis.
            let missing = distance * distance - dot(x, x)
            if missing > 1e-9 * distance * distance {
                let axis = eigen.vectors.column(0)
                let along = missing.squareRoot()
                for index in 0..<k { x[index] += along * axis[index] }
            }
            steps.append(step(response, x, distance))
        }
        return .success(ResponsePath(isAscent: ascent, steps: steps))
    }

    private static func step(
        _ response: ResponseModel, _ point: [Double], _ distance: Double
    ) -> Step {
        Step(
            distance: distance, point: point, mean: response.mean(at: point),
            standardError: response.sigma.map { $0 * response.leverage(at: point).squareRoot() })
    }

    private static func require(_ distances: [Double]) throws(AnalysisError) {
        for (index, distance) in distances.enumerated() where !(distance >= 0 && distance < 1e6) {
            throw .outOfRange(
                what: "distance \(index + 1)", value: distance, limits: "at least 0 and finite")
        }
    }

    /// The linear coefficients b and the symmetric matrix B of the second-order ones.
    private static func quadratic(_ response: ResponseModel) -> (slope: [Double], curvature: Matrix)
    {
        let k = response.model.factorCount
        var slope = [Double](repeating: 0, count: k)
        var curvature = Matrix(rows: k, columns: k)
        for (index, powers) in response.model.terms.enumerated() {
            let value = response.fit.coefficients[index]
            let factors = powers.indices.filter { powers[$0] > 0 }
            switch (powers.reduce(0, +), factors.count) {
            case (1, _): slope[factors[0]] = value
            case (2, 1): curvature[factors[0], factors[0]] = value
            case (2, 2):
                curvature[factors[0], factors[1]] = value / 2
                curvature[factors[1], factors[0]] = value / 2
            default: continue
            }
        }
        return (slope, curvature)
    }
}
