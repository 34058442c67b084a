import Foundation
public import Statistics

/// Which parameter moves the output, with the others held: partial rank correlation.
///
/// Values and output are replaced by their ranks; with C the inverse of the correlation matrix of
/// [X, Y], the coefficient of parameter i is −C_iY / √(C_ii C_YY). Its interval is that of a
/// correlation with the parameters partialled out (R. A. Fisher 1924).
public struct PartialRankCorrelation: Codable, Sendable, Hashable {
    /// The parameter.
    public var parameter: String
    /// The coefficient, from −1 to 1.
    public var coefficient: Double
    /// The lower end of its 95 % interval.
    public var lower: Double
    /// The upper end.
    public var upper: Double

    /// No sample is larger: ranks are sorted in memory.
    public static let samplesMax = 1_000_000

    /// The coefficients of `model` on a Latin hypercube of `samples` points, in the order of
    /// `varied`.
    public static func analyse(
        _ varied: [VariedParameter], samples: Int, seed: UInt64, model: ([Double]) -> Double
    ) throws(AnalysisError) -> [PartialRankCorrelation] {
        let needed = varied.count + 4
        guard samples >= needed else {
            throw .tooFew(what: "samples", found: samples, needed: needed)
        }
        guard samples <= samplesMax else {
            throw .tooMany(what: "samples", found: samples, limit: samplesMax)
        }
        var random = RandomSource(seed: seed)
        let columns = varied.map { parameter in
            var strata = Array(0..<samples)
            strata.shuffle(using: &random)
            return strata.map { stratum in
                let share = (Double(stratum) + random.uniform()) / Double(samples)
                return parameter.low + share * (parameter.high - parameter.low)
            }
        }
        var outputs: [Double] = []
        for sample in 0..<samples {
            let value = model(columns.map { $0[sample] })
            guard value.isFinite else { throw .notFinite(what: "output", position: sample + 1) }
            outputs.append(value)
        }
        return try of(columns, outputs, names: varied.map(\.name))
    }

    /// The coefficients of columns of values against an output.
    public static func of(
        _ columns: [[Double]], _ output: [Double], names: [String]
    ) throws(AnalysisError) -> [PartialRankCorrelation] {
        let ranked = (columns + [output]).map(ranks)
        var matrix: [[Double]] = []
        for (place, row) in ranked.enumerated() {
            guard let first = row.first, row.contains(where: { $0 != first }) else {
                throw .constant(what: place < names.count ? names[place] : "the output")
            }
            matrix.append(ranked.map { correlation(row, $0) })
        }
        guard let inverse = inverted(matrix) else {
            throw .singular(
                what: "the rank correlation", remedy: "leave out parameters that follow others")
        }
        let last = columns.count
        // Fisher's z with n − p − 3 degrees of freedom, p parameters being partialled out.
        let width = 1.959964 / Double(max(output.count - (last - 1) - 3, 1)).squareRoot()
        return names.indices.map { place in
            let value =
                -inverse[place][last] / (inverse[place][place] * inverse[last][last]).squareRoot()
            let z = atanh(min(max(value, -1 + 1e-15), 1 - 1e-15))
            return PartialRankCorrelation(
                parameter: names[place], coefficient: value, lower: tanh(z - width),
                upper: tanh(z + width))
        }
    }

    /// Ranks from 1, ties sharing their mean.
    static func ranks(_ values: [Double]) -> [Double] {
        let order = values.indices.sorted { values[$0] < values[$1] }
        var ranks = [Double](repeating: 0, count: values.count)
        var start = 0
        while start < order.count {
            var end = start
            while end + 1 < order.count, values[order[end + 1]] == values[order[start]] { end += 1 }
            for place in start...end { ranks[order[place]] = Double(start + end) / 2 + 1 }
            start = end + 1
        }
        return ranks
    }

    private static func correlation(_ left: [Double], _ right: [Double]) -> Double {
        let count = Double(left.count)
        let (meanLeft, meanRight) = (left.reduce(0, +) / count, right.reduce(0, +) / count)
        var (both, one, other) = (0.0, 0.0, 0.0)
        for place in left.indices {
            let (x, y) = (left[place] - meanLeft, right[place] - meanRight)
            both += x * y
            one += x * x
            other += y * y
        }
        return both / (one * other).squareRoot()
    }

    /// Gauss-Jordan with pivoting; nil for a singular matrix.
    private static func inverted(_ matrix: [[Double]]) -> [[Double]]? {
        let size = matrix.count
        var rows = matrix.enumerated().map { place, row in
            row + (0..<size).map { $0 == place ? 1 : 0 }
        }
        for column in 0..<size {
            let pivot = (column..<size).max { abs(rows[$0][column]) < abs(rows[$1][column]) }
            guard let pivot, abs(rows[pivot][column]) > 1e-12 else { return nil }
            rows.swapAt(column, pivot)
            let head = rows[column][column]
            for place in rows[column].indices { rows[column][place] /= head }
            for row in 0..<size where row != column {
                let factor = rows[row][column]
                guard factor != 0 else { continue }
                for place in rows[row].indices { rows[row][place] -= factor * rows[column][place] }
            }
        }
        return rows.map { Array($0[size...]) }
    }
}
