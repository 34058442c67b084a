import Foundation

/// A gate as it is drawn on a plot: lines in places from 0 to 1 on both axes.
public struct GateOutline: Hashable, Sendable {
    /// Points of the lines; a closed outline ends where it begins.
    public let lines: [[GatePoint]]
    /// Name and percentage.
    public let label: String
    /// Where the label stands.
    public let anchor: GatePoint

    /// The outline of `gate` on a plot of `x` and `y`; nil when the gate has other axes.
    public init?(
        _ gate: Gate, x: PlotAxis, y: PlotAxis, strategy: GatingStrategy, label: String
    ) {
        func matches(_ axis: PlotAxis, _ dimension: GateDimension) -> Bool {
            axis.dimension.source == dimension.source
                && axis.dimension.compensation == dimension.compensation
        }
        /// Place on the axis of a value on the gate's own scale.
        func place(_ value: Double, _ axis: PlotAxis, _ dimension: GateDimension) -> Double {
            let scale = dimension.transform.flatMap { strategy.transforms[$0] }
            return axis.place(of: scale.map { $0.inverse(value) } ?? value)
        }
        func clamped(_ value: Double) -> Double { value.isNaN ? 0 : min(max(value, 0), 1) }
        var lines: [[GatePoint]] = []
        switch gate.shape {
        case .rectangle(let intervals):
            guard intervals.allSatisfy({ matches(x, $0.dimension) || matches(y, $0.dimension) })
            else { return nil }
            var (left, right, bottom, top) = (0.0, 1.0, 0.0, 1.0)
            for interval in intervals {
                let isX = matches(x, interval.dimension)
                let axis = isX ? x : y
                let low = interval.min.map { clamped(place($0, axis, interval.dimension)) } ?? 0
                let high = interval.max.map { clamped(place($0, axis, interval.dimension)) } ?? 1
                if isX { (left, right) = (low, high) } else { (bottom, top) = (low, high) }
            }
            lines = [
                [
                    GatePoint(left, bottom), GatePoint(right, bottom), GatePoint(right, top),
                    GatePoint(left, top), GatePoint(left, bottom),
                ]
            ]
        case .polygon(let first, let second, let vertices):
            let isSwapped = matches(y, first) && matches(x, second)
            guard isSwapped || (matches(x, first) && matches(y, second)) else { return nil }
            var line = vertices.map { vertex in
                isSwapped
                    ? GatePoint(place(vertex.y, x, second), place(vertex.x, y, first))
                    : GatePoint(place(vertex.x, x, first), place(vertex.y, y, second))
            }
            if let start = line.first { line.append(start) }
            lines = [line]
        case .ellipsoid(let dimensions, let mean, let covariance, let distance):
            guard dimensions.count == 2, matches(x, dimensions[0]), matches(y, dimensions[1])
            else { return nil }
            // Cholesky factor of the covariance: the image of a circle.
            let a = max(covariance[0][0], 0).squareRoot()
            let b = a > 0 ? covariance[1][0] / a : 0
            let c = max(covariance[1][1] - b * b, 0).squareRoot()
            let radius = distance.squareRoot()
            lines = [
                (0...72).map { step in
                    let angle = Double(step) * Double.pi / 36
                    let (u, v) = (radius * cos(angle), radius * sin(angle))
                    return GatePoint(
                        place(mean[0] + a * u, x, dimensions[0]),
                        place(mean[1] + b * u + c * v, y, dimensions[1]))
                }
            ]
        case .quadrants(let dividers, _):
            for divider in dividers {
                let isX = matches(x, divider.dimension)
                guard isX || matches(y, divider.dimension) else { return nil }
                for value in divider.values {
                    let spot = place(value, isX ? x : y, divider.dimension)
                    lines.append(
                        isX
                            ? [GatePoint(spot, 0), GatePoint(spot, 1)]
                            : [GatePoint(0, spot), GatePoint(1, spot)])
                }
            }
        case .boolean: return nil
        }
        lines = lines.map { line in
            line.map { GatePoint(clamped($0.x), clamped($0.y)) }
        }
        let points = lines.joined()
        self.lines = lines
        self.label = label
        anchor = GatePoint(
            points.map(\.x).min() ?? 0, min(points.map(\.y).max() ?? 1, 0.94))
    }
}
