/// Whether a gate encloses something that can be computed.
enum GateChecks {
    static func check(_ gate: Gate) throws(GatingError) {
        guard !gate.id.isEmpty else { throw .init(.element, "a gate has an empty id") }
        guard gate.dimensions.count <= GatingStrategy.dimensionsMax else {
            throw .init(
                .limit,
                "gate '\(gate.id)' has \(gate.dimensions.count) dimensions, limit "
                    + "\(GatingStrategy.dimensionsMax)")
        }
        switch gate.shape {
        case .rectangle(let intervals): try check(intervals, gate)
        case .polygon(_, _, let vertices): try check(vertices, gate)
        case .ellipsoid(let dimensions, let mean, let covariance, let distance):
            try check(dimensions.count, mean, covariance, distance, gate)
        case .quadrants(let dividers, let quadrants): try check(dividers, quadrants, gate)
        case .boolean(let operation, let operands):
            guard operation == .not ? operands.count == 1 : !operands.isEmpty else {
                throw .init(
                    .shape,
                    "boolean gate '\(gate.id)' has \(operands.count) operands, "
                        + "'\(operation.rawValue)' takes "
                        + (operation == .not ? "one" : "at least one"))
            }
        }
    }

    private static func check(_ intervals: [Gate.Interval], _ gate: Gate) throws(GatingError) {
        guard !intervals.isEmpty else {
            throw .init(.shape, "rectangle gate '\(gate.id)' has no dimension")
        }
        for interval in intervals {
            let numbers = [interval.min, interval.max].compactMap { $0 }
            guard numbers.allSatisfy({ !$0.isNaN }) else {
                throw .init(.shape, "rectangle gate '\(gate.id)' has a limit that is no number")
            }
            if numbers.count == 2, numbers[0] > numbers[1] {
                throw .init(
                    .shape,
                    "rectangle gate '\(gate.id)' has min \(numbers[0]) above max \(numbers[1]) on "
                        + "'\(interval.dimension.name)'")
            }
        }
    }

    private static func check(_ vertices: [GatePoint], _ gate: Gate) throws(GatingError) {
        guard vertices.count >= 3 else {
            throw .init(
                .shape, "polygon gate '\(gate.id)' has \(vertices.count) vertices, it needs 3")
        }
        guard vertices.count <= GatingStrategy.verticesMax else {
            throw .init(
                .limit,
                "polygon gate '\(gate.id)' has \(vertices.count) vertices, limit "
                    + "\(GatingStrategy.verticesMax)")
        }
        guard vertices.allSatisfy({ $0.x.isFinite && $0.y.isFinite }) else {
            throw .init(.shape, "polygon gate '\(gate.id)' has a vertex that is not finite")
        }
    }

    private static func check(
        _ count: Int, _ mean: [Double], _ covariance: [[Double]], _ distance: Double, _ gate: Gate
    ) throws(GatingError) {
        guard count >= 1, mean.count == count, covariance.count == count,
            covariance.allSatisfy({ $0.count == count })
        else {
            throw .init(
                .shape,
                "ellipsoid gate '\(gate.id)' has \(count) dimensions, \(mean.count) means and "
                    + "\(covariance.count) rows of covariance")
        }
        guard distance >= 0, distance.isFinite, mean.allSatisfy(\.isFinite),
            covariance.joined().allSatisfy(\.isFinite)
        else {
            throw .init(
                .shape,
                "ellipsoid gate '\(gate.id)' needs finite numbers and a squared distance of at "
                    + "least 0, it is \(distance)")
        }
        guard DenseMatrix(covariance)?.inverse() != nil else {
            throw .init(
                .shape, "ellipsoid gate '\(gate.id)' has a covariance matrix without an inverse")
        }
    }

    private static func check(
        _ dividers: [Gate.Divider], _ quadrants: [Gate.Quadrant], _ gate: Gate
    ) throws(GatingError) {
        guard !dividers.isEmpty, !quadrants.isEmpty else {
            throw .init(
                .shape,
                "quadrant gate '\(gate.id)' has \(dividers.count) dividers and "
                    + "\(quadrants.count) quadrants, it needs one of each")
        }
        var known: Set<String> = []
        for divider in dividers {
            guard known.insert(divider.id).inserted else {
                throw .init(
                    .duplicate, "quadrant gate '\(gate.id)' has two dividers '\(divider.id)'")
            }
            guard !divider.values.isEmpty, divider.values.allSatisfy(\.isFinite) else {
                throw .init(
                    .shape, "divider '\(divider.id)' of gate '\(gate.id)' needs finite values")
            }
        }
        for quadrant in quadrants {
            guard !quadrant.positions.isEmpty else {
                throw .init(.shape, "quadrant '\(quadrant.id)' has no position")
            }
            for position in quadrant.positions where !known.contains(position.divider) {
                throw .init(
                    .unknownReference,
                    "quadrant '\(quadrant.id)' refers to divider '\(position.divider)', which "
                        + "does not exist")
            }
        }
    }
}
