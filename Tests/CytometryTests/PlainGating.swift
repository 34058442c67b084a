import Cytometry
import Foundation

/// Gates applied one event at a time, straight from their definitions: slow, and easy to check
/// by eye. The fast kernels must agree with it on every event.
struct PlainGating {
    var strategy: GatingStrategy
    var names: [String]
    var event: [Double]
    var spillover: SpectrumMatrix?

    func contains(_ id: String) throws -> Bool {
        for gate in strategy.gates {
            if gate.id == id {
                return try (gate.parent.map { try contains($0) } ?? true) && inside(gate)
            }
            guard case .quadrants(let dividers, let quadrants) = gate.shape,
                let quadrant = quadrants.first(where: { $0.id == id })
            else { continue }
            guard try gate.parent.map({ try contains($0) }) ?? true else { return false }
            return try quadrant.positions.allSatisfy { position in
                let divider = dividers.first { $0.id == position.divider }!
                func field(_ value: Double) -> Int { divider.values.count { $0 <= value } }
                let value = try self.value(divider.dimension)
                return value.isFinite && field(value) == field(position.location)
            }
        }
        return false
    }

    private func inside(_ gate: Gate) throws -> Bool {
        switch gate.shape {
        case .rectangle(let intervals):
            return try intervals.allSatisfy { interval in
                let value = try self.value(interval.dimension)
                return !value.isNaN && value >= interval.min ?? -.infinity
                    && value < interval.max ?? .infinity
            }
        case .polygon(let x, let y, let vertices):
            return try inside(value(x), value(y), vertices)
        case .ellipsoid(let dimensions, let mean, let covariance, let distance):
            let difference = try zip(dimensions, mean).map { try value($0) - $1 }
            let solved = solve(covariance, difference)
            let sum = zip(difference, solved).reduce(0) { $0 + $1.0 * $1.1 }
            return sum <= distance
        case .boolean(let operation, let operands):
            let values = try operands.map { try contains($0.gate) != $0.isComplement }
            switch operation {
            case .and: return values.allSatisfy { $0 }
            case .or: return values.contains(true)
            case .not: return !values[0]
            }
        case .quadrants: return false
        }
    }

    private func value(_ dimension: GateDimension) throws -> Double {
        let raw: Double
        switch dimension.source {
        case .channel(let name): raw = try channel(name, dimension.compensation)
        case .ratio(let id):
            let ratio = strategy.ratios[id]!
            raw =
                try ratio.a * (channel(ratio.numerator, dimension.compensation) - ratio.b)
                / (channel(ratio.denominator, dimension.compensation) - ratio.c)
        }
        guard raw.isFinite else { return .nan }
        return dimension.transform.map { strategy.transforms[$0]!(raw) } ?? raw
    }

    private func channel(
        _ name: String, _ compensation: GateDimension.Compensation
    ) throws -> Double {
        let matrix: SpectrumMatrix? =
            switch compensation {
            case .none: nil
            case .file: spillover
            case .matrix(let id): strategy.matrices[id]
            }
        if let matrix, let place = matrix.fluorochromes.firstIndex(of: name) {
            let observed = matrix.detectors.map { event[names.firstIndex(of: $0)!] }
            return try matrix.unmix(observed)[place]
        }
        return event[names.firstIndex(of: name)!]
    }

    private func inside(_ x: Double, _ y: Double, _ vertices: [GatePoint]) -> Bool {
        var isInside = false
        for (index, a) in vertices.enumerated() {
            let b = vertices[(index + vertices.count - 1) % vertices.count]
            if (x - a.x) * (b.y - a.y) == (y - a.y) * (b.x - a.x), x >= min(a.x, b.x),
                x <= max(a.x, b.x), y >= min(a.y, b.y), y <= max(a.y, b.y)
            {
                return true
            }
            if (a.y > y) != (b.y > y), x < (b.x - a.x) * (y - a.y) / (b.y - a.y) + a.x {
                isInside.toggle()
            }
        }
        return isInside
    }

    /// Cramer's rule for two dimensions, which the tests use.
    private func solve(_ m: [[Double]], _ v: [Double]) -> [Double] {
        let determinant = m[0][0] * m[1][1] - m[0][1] * m[1][0]
        return [
            (v[0] * m[1][1] - m[0][1] * v[1]) / determinant,
            (m[0][0] * v[1] - v[0] * m[1][0]) / determinant,
        ]
    }
}
