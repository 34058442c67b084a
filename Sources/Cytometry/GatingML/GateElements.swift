/// Reading the gate elements of Gating-ML 2.0.
enum GateElements {
    /// The gate that `element` describes.
    static func gate(_ element: XMLElement) throws(GatingError) -> Gate {
        let id = try element.required("id")
        let shape: Gate.Shape
        switch element.name {
        case "RectangleGate": shape = try rectangle(element)
        case "PolygonGate": shape = try polygon(element)
        case "EllipsoidGate": shape = try ellipsoid(element)
        case "QuadrantGate": shape = try quadrants(element)
        default: shape = try boolean(element)
        }
        let gate = Gate(id: id, parent: element["parent_id"], shape)
        do throws(GatingError) {
            try GateChecks.check(gate)
        } catch {
            throw .init(error.code, line: element.line, error.message, remedy: error.remedy)
        }
        return gate
    }

    static func dimension(_ element: XMLElement) throws(GatingError) -> GateDimension {
        let source: GateDimension.Source
        if let channel = element.child("fcs-dimension") {
            source = .channel(try channel.required("name"))
        } else if let new = element.child("new-dimension") {
            source = .ratio(try new.required("transformation-ref"))
        } else {
            throw .init(.element, line: element.line, "'\(element.name)' names no channel")
        }
        let compensation: GateDimension.Compensation
        switch element["compensation-ref"] {
        case nil, "uncompensated": compensation = .none
        case "FCS": compensation = .file
        case let id?: compensation = .matrix(id)
        }
        return GateDimension(
            source, compensation: compensation, transform: element["transformation-ref"])
    }

    private static func rectangle(_ element: XMLElement) throws(GatingError) -> Gate.Shape {
        var intervals: [Gate.Interval] = []
        for child in element.children("dimension") {
            intervals.append(
                Gate.Interval(
                    try dimension(child), min: try child.optionalNumber("min"),
                    max: try child.optionalNumber("max")))
        }
        return .rectangle(intervals)
    }

    private static func polygon(_ element: XMLElement) throws(GatingError) -> Gate.Shape {
        let dimensions = element.children("dimension")
        guard dimensions.count == 2 else {
            throw .init(
                .shape, line: element.line,
                "polygon gate has \(dimensions.count) dimensions, it needs 2")
        }
        var vertices: [GatePoint] = []
        for vertex in element.children("vertex") {
            let place = try coordinates(vertex)
            guard place.count == 2 else {
                throw .init(
                    .shape, line: vertex.line, "a vertex has \(place.count) coordinates, not 2")
            }
            vertices.append(GatePoint(place[0], place[1]))
        }
        return .polygon(try dimension(dimensions[0]), try dimension(dimensions[1]), vertices)
    }

    static func coordinates(_ element: XMLElement) throws(GatingError) -> [Double] {
        var result: [Double] = []
        for coordinate in element.children("coordinate") {
            result.append(try coordinate.requiredNumber("value"))
        }
        return result
    }

    private static func ellipsoid(_ element: XMLElement) throws(GatingError) -> Gate.Shape {
        var dimensions: [GateDimension] = []
        for child in element.children("dimension") { dimensions.append(try dimension(child)) }
        guard let mean = element.child("mean"), let covariance = element.child("covarianceMatrix"),
            let distance = element.child("distanceSquare")
        else {
            throw .init(
                .element, line: element.line,
                "ellipsoid gate needs mean, covarianceMatrix and distanceSquare")
        }
        var rows: [[Double]] = []
        for row in covariance.children("row") {
            var values: [Double] = []
            for entry in row.children("entry") { values.append(try entry.requiredNumber("value")) }
            rows.append(values)
        }
        return .ellipsoid(
            dimensions, mean: try coordinates(mean), covariance: rows,
            distanceSquare: try distance.requiredNumber("value"))
    }

    private static func quadrants(_ element: XMLElement) throws(GatingError) -> Gate.Shape {
        var dividers: [Gate.Divider] = []
        for child in element.children("divider") {
            var values: [Double] = []
            for value in child.children("value") {
                guard let number = FCSNumber.decimal(value.text) else {
                    throw .init(
                        .element, line: value.line,
                        "a divider has the value '\(value.text.prefix(40))', not a number")
                }
                values.append(number)
            }
            dividers.append(
                Gate.Divider(
                    id: try child.required("id"), dimension: try dimension(child),
                    values: values.sorted()))
        }
        var quadrants: [Gate.Quadrant] = []
        for child in element.children("Quadrant") {
            var positions: [Gate.Position] = []
            for position in child.children("position") {
                positions.append(
                    Gate.Position(
                        divider: try position.required("divider_ref"),
                        location: try position.requiredNumber("location")))
            }
            quadrants.append(Gate.Quadrant(id: try child.required("id"), positions: positions))
        }
        return .quadrants(dividers, quadrants)
    }

    private static func boolean(_ element: XMLElement) throws(GatingError) -> Gate.Shape {
        for operation in [Gate.Operation.and, .or, .not] {
            guard let group = element.child(operation.rawValue) else { continue }
            var operands: [Gate.Operand] = []
            for reference in group.children("gateReference") {
                let complement = reference["use-as-complement"] ?? "false"
                guard ["true", "false", "1", "0"].contains(complement) else {
                    throw .init(
                        .element, line: reference.line,
                        "use-as-complement is '\(complement.prefix(20))', not true or false")
                }
                operands.append(
                    Gate.Operand(
                        try reference.required("ref"),
                        complement: complement == "true" || complement == "1"))
            }
            return .boolean(operation, operands)
        }
        throw .init(.element, line: element.line, "boolean gate has none of and, or, not")
    }
}
