import Foundation

/// A sum of squares to be minimised.
protocol LeastSquaresProblem {
    /// Number of parameters.
    var parameterCount: Int { get }
    /// Number of residuals.
    var residualCount: Int { get }
    /// Writes the residuals at `parameters`; a value that is not finite marks the point as
    /// outside the domain of the model.
    func residuals(
        at parameters: UnsafeMutableBufferPointer<Double>,
        into residuals: UnsafeMutableBufferPointer<Double>)
    /// Writes the derivatives of the residuals at `parameters`, column by column.
    func jacobian(
        at parameters: UnsafeMutableBufferPointer<Double>,
        into jacobian: UnsafeMutableBufferPointer<Double>)
}

/// Nonlinear least squares in a trust region.
///
/// J. J. Moré, "The Levenberg-Marquardt algorithm: implementation and theory", Lecture Notes in
/// Mathematics 630 (1978) 105, doi:10.1007/BFb0067700: QR with column pivoting, parameters scaled
/// by the largest column lengths seen, and the damping found from the secular equation. The first
/// radius is 10 times the scaled length of the start and no more: with the factor 100 that is
/// common, the first step from a poor start leaves the basin (NIST BoxBOD).
struct LevenbergMarquardt {
    /// Relative change of the sum of squares below which the search stops.
    var functionTolerance = 1e-15
    /// Relative change of the parameters below which the search stops.
    var stepTolerance = 1e-13
    /// Limit on evaluations of the residuals, so that every fit ends.
    var evaluationLimit = 2000
    /// First radius of the trust region over the scaled length of the start.
    var radiusFactor = 10.0

    /// Where the search ended.
    struct Solution: Sendable {
        var parameters: [Double]
        var sumOfSquares: Double
        /// False when the limit of evaluations was met, or the start lies outside the domain.
        var converged: Bool
        var evaluations: Int
    }

    func minimise<Problem: LeastSquaresProblem>(
        _ problem: Problem, from start: [Double]
    ) -> Solution {
        let n = problem.parameterCount
        let m = problem.residualCount
        let space = Workspace(parameters: n, residuals: m)
        defer { space.deallocate() }
        for index in 0..<n { space.x[index] = start[index] }
        problem.residuals(at: space.x, into: space.f)
        var norm = length(space.f)
        var solution = Solution(
            parameters: start, sumOfSquares: norm * norm, converged: false, evaluations: 1)
        guard norm.isFinite, m >= n else { return solution }
        if norm == 0 {
            solution.converged = true
            return solution
        }
        var damping = 0.0
        var radius = 0.0
        var first = true
        search: while solution.evaluations < evaluationLimit {
            problem.jacobian(at: space.x, into: space.jacobian)
            space.factorise()
            if first {
                var squares = 0.0
                for j in 0..<n {
                    space.scale[j] = space.columnLength[j] == 0 ? 1 : space.columnLength[j]
                    squares += (space.scale[j] * space.x[j]) * (space.scale[j] * space.x[j])
                }
                radius = radiusFactor * squares.squareRoot()
                if radius == 0 { radius = radiusFactor }
            }
            if space.gradientCosine(norm) <= 1e-16 {
                solution.converged = true
                break
            }
            for j in 0..<n { space.scale[j] = max(space.scale[j], space.columnLength[j]) }
            while true {
                damping = space.step(radius: radius, damping: damping)
                var stepLength = 0.0
                for j in 0..<n {
                    space.trial[j] = space.x[j] + space.p[j]
                    let scaled = space.scale[j] * space.p[j]
                    stepLength += scaled * scaled
                }
                stepLength = stepLength.squareRoot()
                if first { radius = min(radius, stepLength) }
                problem.residuals(at: space.trial, into: space.trialResiduals)
                solution.evaluations += 1
                let newNorm = length(space.trialResiduals)
                let actual =
                    newNorm.isFinite && 0.1 * newNorm < norm
                    ? 1 - (newNorm / norm) * (newNorm / norm) : -1
                let linear = space.linearDecrease() / norm
                let damped = damping.squareRoot() * stepLength / norm
                let predicted = linear * linear + 2 * damped * damped
                let slope = -(linear * linear + damped * damped)
                let ratio = predicted == 0 ? 0 : actual / predicted
                if ratio <= 0.25 {
                    var shrink = actual >= 0 ? 0.5 : 0.5 * slope / (slope + 0.5 * actual)
                    if !(0.1 * newNorm < norm) || shrink < 0.1 { shrink = 0.1 }
                    radius = shrink * min(radius, stepLength / 0.1)
                    damping /= shrink
                } else if damping == 0 || ratio >= 0.75 {
                    radius = stepLength / 0.5
                    damping *= 0.5
                }
                if ratio >= 1e-4 {
                    for j in 0..<n { space.x[j] = space.trial[j] }
                    for i in 0..<m { space.f[i] = space.trialResiduals[i] }
                    norm = newNorm
                    first = false
                    if norm == 0 {
                        solution.converged = true
                        break search
                    }
                }
                var size = 0.0
                for j in 0..<n {
                    size += (space.scale[j] * space.x[j]) * (space.scale[j] * space.x[j])
                }
                let small =
                    abs(actual) <= functionTolerance && predicted <= functionTolerance
                    && ratio <= 2
                if small || radius <= stepTolerance * size.squareRoot() {
                    solution.converged = true
                    break search
                }
                if solution.evaluations >= evaluationLimit { break search }
                if ratio >= 1e-4 { break }
                // Nothing smaller can be told from rounding: the point is as good as it gets.
                if abs(actual) <= Double.ulpOfOne && predicted <= Double.ulpOfOne {
                    solution.converged = true
                    break search
                }
            }
        }
        solution.parameters = Array(space.x)
        solution.sumOfSquares = norm * norm
        return solution
    }
}

/// The length of a vector; not finite when an element is not.
@inline(__always)
private func length(_ x: UnsafeMutableBufferPointer<Double>) -> Double {
    var largest = 0.0
    for value in x {
        let size = abs(value)
        if !(size <= largest) { largest = size }
        if size.isNaN { return .nan }
    }
    guard largest > 0, largest < .infinity else { return largest }
    if largest > 1e-140, largest < 1e140 {
        var squares = 0.0
        for value in x { squares += value * value }
        return squares.squareRoot()
    }
    var squares = 0.0
    for value in x { squares += (value / largest) * (value / largest) }
    return largest * squares.squareRoot()
}
