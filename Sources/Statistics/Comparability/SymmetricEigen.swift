import Foundation

/// Eigenvalues and eigenvectors of a symmetric matrix, by cyclic Jacobi rotations.
struct SymmetricEigen {
    /// Largest first.
    let values: [Double]
    /// The eigenvectors as columns, in the order of the values.
    let vectors: Matrix

    init(_ matrix: Matrix) {
        let n = matrix.rows
        var a = matrix
        var v = Matrix.identity(n)
        for _ in 0..<60 {
            var off = 0.0
            var size = 0.0
            for row in 0..<n {
                size += a[row, row] * a[row, row]
                for column in 0..<row { off += 2 * a[row, column] * a[row, column] }
            }
            if off <= 1e-32 * (size + off) { break }
            for p in 0..<n {
                for q in (p + 1)..<max(p + 1, n) where a[p, q] != 0 {
                    let theta = (a[q, q] - a[p, p]) / (2 * a[p, q])
                    let t =
                        (theta >= 0 ? 1.0 : -1) / (abs(theta) + (theta * theta + 1).squareRoot())
                    let c = 1 / (t * t + 1).squareRoot()
                    let s = t * c
                    for k in 0..<n {
                        let (x, y) = (a[k, p], a[k, q])
                        a[k, p] = c * x - s * y
                        a[k, q] = s * x + c * y
                    }
                    for k in 0..<n {
                        let (x, y) = (a[p, k], a[q, k])
                        a[p, k] = c * x - s * y
                        a[q, k] = s * x + c * y
                    }
                    for k in 0..<n {
                        let (x, y) = (v[k, p], v[k, q])
                        v[k, p] = c * x - s * y
                        v[k, q] = s * x + c * y
                    }
                }
            }
        }
        let order = (0..<n).sorted { a[$0, $0] > a[$1, $1] }
        values = order.map { a[$0, $0] }
        vectors = Matrix(columns: order.map { v.column($0) })
    }
}
