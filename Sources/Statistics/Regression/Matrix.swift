/// A dense matrix of doubles, stored column by column.
public struct Matrix: Hashable, Sendable {
    /// Number of rows.
    public let rows: Int
    /// Number of columns.
    public let columns: Int
    var elements: [Double]

    /// A matrix of zeros.
    public init(rows: Int, columns: Int) {
        self.rows = rows
        self.columns = columns
        elements = [Double](repeating: 0, count: rows * columns)
    }

    /// A matrix from its rows, which must be equally long.
    public init(rows list: [[Double]]) {
        self.init(rows: list.count, columns: list.first?.count ?? 0)
        for (row, values) in list.enumerated() {
            precondition(values.count == columns, "row \(row) has \(values.count) values")
            for (column, value) in values.enumerated() { self[row, column] = value }
        }
    }

    /// A matrix from its columns, which must be equally long.
    public init(columns list: [[Double]]) {
        rows = list.first?.count ?? 0
        columns = list.count
        precondition(list.allSatisfy { [rows] in $0.count == rows }, "columns differ in length")
        elements = list.flatMap { $0 }
    }

    /// The unit matrix.
    public static func identity(_ size: Int) -> Matrix {
        var unit = Matrix(rows: size, columns: size)
        for index in 0..<size { unit[index, index] = 1 }
        return unit
    }

    /// The element at `row` and `column`, both from 0.
    public subscript(row: Int, column: Int) -> Double {
        get { elements[column * rows + row] }
        set { elements[column * rows + row] = newValue }
    }

    /// The values of one column.
    public func column(_ index: Int) -> [Double] {
        Array(elements[index * rows..<(index + 1) * rows])
    }

    /// The values of one row.
    public func row(_ index: Int) -> [Double] { (0..<columns).map { self[index, $0] } }

    /// The transpose.
    public var transposed: Matrix {
        var result = Matrix(rows: columns, columns: rows)
        for row in 0..<rows {
            for column in 0..<columns { result[column, row] = self[row, column] }
        }
        return result
    }

    /// The product of this matrix and a vector.
    public func times(_ vector: [Double]) -> [Double] {
        var result = [Double](repeating: 0, count: rows)
        for column in 0..<columns {
            let factor = vector[column]
            for row in 0..<rows { result[row] += self[row, column] * factor }
        }
        return result
    }

    /// The product of this matrix and another.
    public func times(_ other: Matrix) -> Matrix {
        var result = Matrix(rows: rows, columns: other.columns)
        for column in 0..<other.columns {
            for inner in 0..<columns {
                let factor = other[inner, column]
                if factor == 0 { continue }
                for row in 0..<rows { result[row, column] += self[row, inner] * factor }
            }
        }
        return result
    }

    /// x' M x.
    public func quadraticForm(_ x: [Double]) -> Double { dot(x, times(x)) }
}

/// The sum of products of two equally long vectors.
func dot(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for index in a.indices { sum += a[index] * b[index] }
    return sum
}
