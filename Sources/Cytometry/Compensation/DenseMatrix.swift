import Foundation

/// A small dense matrix, for spillover and covariance.
struct DenseMatrix: Hashable, Sendable {
    let rows: Int
    let columns: Int
    /// Row after row.
    var elements: [Double]

    init(rows: Int, columns: Int) {
        self.rows = rows
        self.columns = columns
        elements = [Double](repeating: 0, count: rows * columns)
    }

    /// Rows of equal length; nil when they are not.
    init?(_ values: [[Double]]) {
        guard let first = values.first, values.allSatisfy({ $0.count == first.count }) else {
            return nil
        }
        rows = values.count
        columns = first.count
        elements = values.flatMap { $0 }
    }

    subscript(row: Int, column: Int) -> Double {
        get { elements[row * columns + column] }
        set { elements[row * columns + column] = newValue }
    }

    var transposed: DenseMatrix {
        var result = DenseMatrix(rows: columns, columns: rows)
        for row in 0..<rows {
            for column in 0..<columns { result[column, row] = self[row, column] }
        }
        return result
    }

    /// Largest sum of absolute values of a row.
    var norm: Double {
        (0..<rows).map { row in (0..<columns).reduce(0) { $0 + abs(self[row, $1]) } }.max() ?? 0
    }

    /// Inverse by Gauss–Jordan elimination with partial pivoting; nil when a pivot vanishes.
    func inverse() -> DenseMatrix? {
        precondition(rows == columns, "inverse of \(rows) × \(columns)")
        var left = self
        var right = DenseMatrix(rows: rows, columns: rows)
        for index in 0..<rows { right[index, index] = 1 }
        for column in 0..<rows {
            var pivot = column
            for row in column..<rows where abs(left[row, column]) > abs(left[pivot, column]) {
                pivot = row
            }
            let value = left[pivot, column]
            guard value.isFinite, abs(value) > 0 else { return nil }
            for index in 0..<rows {
                let (a, b) = (left[column, index], left[pivot, index])
                left[column, index] = b / value
                left[pivot, index] = pivot == column ? b / value : a
                let (c, d) = (right[column, index], right[pivot, index])
                right[column, index] = d / value
                right[pivot, index] = pivot == column ? d / value : c
            }
            for row in 0..<rows where row != column {
                let factor = left[row, column]
                if factor == 0 { continue }
                for index in 0..<rows {
                    left[row, index] -= factor * left[column, index]
                    right[row, index] -= factor * right[column, index]
                }
            }
        }
        return right.elements.allSatisfy(\.isFinite) ? right : nil
    }

    /// Moore–Penrose inverse of a matrix with full column rank, by Householder reflections
    /// (G. H. Golub, C. F. Van Loan, "Matrix Computations", 5.3); nil when the rank is less.
    func leftInverse() -> DenseMatrix? {
        precondition(rows >= columns, "left inverse of \(rows) × \(columns)")
        var work = self
        // Q^T applied to the identity, so that R^-1 Q^T falls out by back substitution.
        var q = DenseMatrix(rows: rows, columns: rows)
        for index in 0..<rows { q[index, index] = 1 }
        let scale = norm
        for column in 0..<columns {
            var length = 0.0
            for row in column..<rows { length += work[row, column] * work[row, column] }
            length = length.squareRoot()
            guard length > scale * 1e-14 else { return nil }
            let alpha = work[column, column] > 0 ? -length : length
            var v = (column..<rows).map { work[$0, column] }
            v[0] -= alpha
            let square = v.reduce(0) { $0 + $1 * $1 }
            func reflect(_ matrix: inout DenseMatrix) {
                for index in 0..<matrix.columns {
                    var dot = 0.0
                    for (place, row) in (column..<rows).enumerated() {
                        dot += v[place] * matrix[row, index]
                    }
                    let factor = 2 * dot / square
                    for (place, row) in (column..<rows).enumerated() {
                        matrix[row, index] -= factor * v[place]
                    }
                }
            }
            reflect(&work)
            reflect(&q)
        }
        var result = DenseMatrix(rows: columns, columns: rows)
        for target in 0..<rows {
            for row in (0..<columns).reversed() {
                var sum = q[row, target]
                for index in (row + 1)..<max(columns, row + 1) {
                    sum -= work[row, index] * result[index, target]
                }
                result[row, target] = sum / work[row, row]
            }
        }
        return result.elements.allSatisfy(\.isFinite) ? result : nil
    }
}
