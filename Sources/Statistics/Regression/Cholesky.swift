import Foundation

/// The lower triangle L with L L' equal to a symmetric, positive definite matrix.
struct Cholesky {
    let size: Int
    private(set) var lower: Matrix

    /// The factor, or nil when the matrix is not positive definite to rounding.
    init?(_ matrix: Matrix) {
        size = matrix.rows
        lower = Matrix(rows: size, columns: size)
        for column in 0..<size {
            var diagonal = matrix[column, column]
            for k in 0..<column { diagonal -= lower[column, k] * lower[column, k] }
            guard diagonal > 1e-15 * abs(matrix[column, column]), diagonal.isFinite else {
                return nil
            }
            let root = diagonal.squareRoot()
            lower[column, column] = root
            for row in (column + 1)..<max(column + 1, size) {
                var sum = matrix[row, column]
                for k in 0..<column { sum -= lower[row, k] * lower[column, k] }
                lower[row, column] = sum / root
            }
        }
    }

    /// L^-1 x.
    func forward(_ x: [Double]) -> [Double] {
        var y = x
        for row in 0..<size {
            var sum = y[row]
            for k in 0..<row { sum -= lower[row, k] * y[k] }
            y[row] = sum / lower[row, row]
        }
        return y
    }

    /// The solution of L L' y = x.
    func solve(_ x: [Double]) -> [Double] {
        var y = forward(x)
        for row in (0..<size).reversed() {
            var sum = y[row]
            for k in (row + 1)..<max(row + 1, size) { sum -= lower[k, row] * y[k] }
            y[row] = sum / lower[row, row]
        }
        return y
    }

    /// The inverse of the matrix.
    var inverse: Matrix {
        var result = Matrix(rows: size, columns: size)
        for column in 0..<size {
            var unit = [Double](repeating: 0, count: size)
            unit[column] = 1
            let solved = solve(unit)
            for row in 0..<size { result[row, column] = solved[row] }
        }
        return result
    }

    /// ln of the determinant of the matrix.
    var logDeterminant: Double {
        (0..<size).reduce(0) { $0 + 2 * log(lower[$1, $1]) }
    }
}
