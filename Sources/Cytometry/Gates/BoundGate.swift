/// A gate of a strategy bound to the columns of a source.
enum BoundGate: Sendable {
    /// Limits on a column of scale values.
    struct Limits: Sendable {
        var column: Int
        var min: Double
        var max: Double
    }

    /// A column with the transformation to the axis of the gate.
    struct Axis: Sendable {
        var column: Int
        var transform: ScaleTransform?

        /// The place on the axis. What is no measurement has none, even where a bound of the
        /// transformation would give it one.
        @inline(__always)
        func value(_ x: Double) -> Double {
            guard let transform else { return x }
            return x.isFinite ? transform(x) : .nan
        }
    }

    case limits([Limits])
    case polygon(Axis, Axis, PolygonRegion)
    case ellipsoid([Axis], mean: [Double], inverse: DenseMatrix, distanceSquare: Double)
    case boolean(Gate.Operation, [(node: Int, isComplement: Bool)])
    /// Limits that no value can meet.
    case never
}

extension ColumnPlan {
    /// Binds one population of the strategy.
    mutating func bind(
        _ node: GatingStrategy.Node, useGrid: Bool
    ) throws(GatingError) -> BoundGate {
        let gate = strategy.gates[node.gate]
        switch gate.shape {
        case .rectangle(let intervals):
            var limits: [BoundGate.Limits] = []
            for interval in intervals {
                guard let bound = try bind(interval) else { return .never }
                limits.append(bound)
            }
            return .limits(limits)
        case .polygon(let x, let y, let vertices):
            let (axisX, axisY) = (try axis(x), try axis(y))
            return .polygon(
                axisX, axisY,
                PolygonRegion(
                    vertices, grid: useGrid, scales: (axisX.transform, axisY.transform)))
        case .ellipsoid(let dimensions, let mean, let covariance, let distance):
            var axes: [BoundGate.Axis] = []
            for dimension in dimensions { axes.append(try axis(dimension)) }
            guard let inverse = DenseMatrix(covariance)?.inverse() else {
                throw .init(.shape, "ellipsoid gate '\(gate.id)' has no inverse covariance")
            }
            return .ellipsoid(axes, mean: mean, inverse: inverse, distanceSquare: distance)
        case .quadrants(let dividers, let quadrants):
            return try bind(quadrants[node.quadrant ?? 0], dividers)
        case .boolean(let operation, let operands):
            return .boolean(
                operation,
                zip(node.operands, operands).map { (node: $0, isComplement: $1.isComplement) })
        }
    }

    private mutating func axis(_ dimension: GateDimension) throws(GatingError) -> BoundGate.Axis {
        BoundGate.Axis(
            column: try column(for: dimension),
            transform: dimension.transform.flatMap { strategy.transforms[$0] })
    }

    private mutating func bind(
        _ interval: Gate.Interval
    ) throws(GatingError) -> BoundGate.Limits? {
        let column = try column(for: interval.dimension)
        guard let id = interval.dimension.transform, let transform = strategy.transforms[id] else {
            return BoundGate.Limits(
                column: column, min: interval.min ?? -.greatestFiniteMagnitude,
                max: interval.max ?? .infinity)
        }
        return transform.dataLimits(min: interval.min, max: interval.max)
            .map { BoundGate.Limits(column: column, min: $0.min, max: $0.max) }
    }

    /// A quadrant is the interval around its location on each of its dividers.
    private mutating func bind(
        _ quadrant: Gate.Quadrant, _ dividers: [Gate.Divider]
    ) throws(GatingError) -> BoundGate {
        var limits: [BoundGate.Limits] = []
        for position in quadrant.positions {
            guard let divider = dividers.first(where: { $0.id == position.divider }) else {
                continue
            }
            let interval = Gate.Interval(
                divider.dimension,
                min: divider.values.filter { $0 <= position.location }.max(),
                max: divider.values.filter { $0 > position.location }.min())
            guard let bound = try bind(interval) else { return .never }
            limits.append(bound)
        }
        return .limits(limits)
    }
}
