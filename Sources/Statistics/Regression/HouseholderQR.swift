import Foundation

/// The QR factors of a matrix whose columns were first scaled to unit length.
///
/// Scaling makes the test for dependent columns free of units, and takes the part of the
/// condition number that comes from units alone (van der Sluis 1969, doi:10.1007/BF02165098).
struct HouseholderQR {
    let rows: Int
    let columns: Int
    /// R above the diagonal; the Householder vectors on and below it.
    private var factors: [Double]
    /// The diagonal of R.
    private let diagonal: [Double]
    /// The original length of each column.
    let scale: [Double]

    /// Columns whose distance from the span of those before is below this share of their length
    /// count as dependent on them. The hardest certified problem (NIST Filip) has 1e-10.
    static let rankTolerance = 1e-13

    init(_ matrix: Matrix) {
        rows = matrix.rows
        columns = matrix.columns
        var factors = matrix.elements
        var diagonal = [Double](repeating: 0, count: columns)
        var scale = [Double](repeating: 1, count: columns)
        let rows = rows
        let columns = columns
        factors.withUnsafeMutableBufferPointer { a in
            for column in 0..<columns {
                let start = column * rows
                var largest = 0.0
                for row in 0..<rows { largest = max(largest, abs(a[start + row])) }
                guard largest > 0 else { continue }
                var squares = 0.0
                for row in 0..<rows {
                    let value = a[start + row] / largest
                    squares += value * value
                }
                let length = largest * squares.squareRoot()
                scale[column] = length
                for row in 0..<rows { a[start + row] /= length }
            }
            for column in 0..<min(rows, columns) {
                let start = column * rows
                var squares = 0.0
                for row in column..<rows { squares += a[start + row] * a[start + row] }
                let length = squares.squareRoot()
                guard length > 0 else { continue }
                let signed = a[start + column] > 0 ? -length : length
                a[start + column] -= signed
                diagonal[column] = signed
                // v'v / 2 = -signed * v_1, with v_1 = a_11 - signed.
                let half = -signed * a[start + column]
                guard half > 0 else { continue }
                for other in (column + 1)..<max(column + 1, columns) {
                    let next = other * rows
                    var product = 0.0
                    for row in column..<rows { product += a[start + row] * a[next + row] }
                    product /= half
                    for row in column..<rows { a[next + row] -= product * a[start + row] }
                }
            }
        }
        self.factors = factors
        self.diagonal = diagonal
        self.scale = scale
    }

    /// The first column that depends on those before it, or nil when the rank is full.
    var firstDependentColumn: Int? {
        guard rows >= columns else { return rows }
        return diagonal.firstIndex { !(abs($0) > HouseholderQR.rankTolerance) }
    }

    /// Q' x, in place.
    func applyTransposed(_ x: inout [Double]) {
        for column in 0..<min(rows, columns) { reflect(&x, column) }
    }

    /// Q x, in place.
    func apply(_ x: inout [Double]) {
        for column in (0..<min(rows, columns)).reversed() { reflect(&x, column) }
    }

    private func reflect(_ x: inout [Double], _ column: Int) {
        let start = column * rows
        let half = -diagonal[column] * factors[start + column]
        guard half > 0 else { return }
        factors.withUnsafeBufferPointer { a in
            x.withUnsafeMutableBufferPointer { x in
                var product = 0.0
                for row in column..<rows { product += a[start + row] * x[row] }
                product /= half
                for row in column..<rows { x[row] -= product * a[start + row] }
            }
        }
    }

    private func r(_ row: Int, _ column: Int) -> Double {
        row == column ? diagonal[row] : factors[column * rows + row]
    }

    /// The first `columns` values of R^-1 x (for the scaled columns).
    func solveUpper(_ x: [Double]) -> [Double] {
        var y = Array(x.prefix(columns))
        for row in (0..<columns).reversed() {
            var value = y[row]
            for column in (row + 1)..<max(row + 1, columns) { value -= r(row, column) * y[column] }
            y[row] = value / diagonal[row]
        }
        return y
    }

    /// R'^-1 x (for the scaled columns).
    func solveTransposed(_ x: [Double]) -> [Double] {
        var y = x
        for row in 0..<columns {
            var value = y[row]
            for column in 0..<row { value -= r(column, row) * y[column] }
            y[row] = value / diagonal[row]
        }
        return y
    }

    /// (X'X)^-1 in the units of the unscaled columns.
    func inverseCrossProduct() -> Matrix {
        var inverse = Matrix(rows: columns, columns: columns)
        for column in 0..<columns {
            var unit = [Double](repeating: 0, count: columns)
            unit[column] = 1
            let solved = solveUpper(unit)
            for row in 0..<columns { inverse[row, column] = solved[row] }
        }
        var result = Matrix(rows: columns, columns: columns)
        for i in 0..<columns {
            for j in 0...i {
                var sum = 0.0
                for k in i..<columns { sum += inverse[i, k] * inverse[j, k] }
                result[i, j] = sum / (scale[i] * scale[j])
                result[j, i] = result[i, j]
            }
        }
        return result
    }

    /// The diagonal of the hat matrix.
    func leverages() -> [Double] {
        var leverages = [Double](repeating: 0, count: rows)
        for column in 0..<columns {
            var unit = [Double](repeating: 0, count: rows)
            unit[column] = 1
            apply(&unit)
            for row in 0..<rows { leverages[row] += unit[row] * unit[row] }
        }
        return leverages
    }

    /// ln |det(X'X)| of the unscaled columns.
    var logDeterminant: Double {
        var sum = 0.0
        for column in 0..<columns { sum += 2 * (log(abs(diagonal[column])) + log(scale[column])) }
        return sum
    }
}
