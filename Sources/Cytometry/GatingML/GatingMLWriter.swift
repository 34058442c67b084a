extension GatingML {
    /// The strategy as a Gating-ML 2.0 document, byte for byte the same for the same strategy.
    ///
    /// Numbers have the shortest digits that read back to the same value. FlowJo's tabulated
    /// scales have no place in the standard; a strategy that uses one is written with their ids
    /// and without their definition, so reading it back refuses it by name.
    public static func write(_ strategy: GatingStrategy) -> String {
        var writer = GatingMLWriter()
        writer.write(strategy)
        return writer.text
    }
}

/// Writes the elements of a Gating-ML document.
private struct GatingMLWriter {
    var text = ""
    private var depth = 0

    mutating func write(_ strategy: GatingStrategy) {
        text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        element(
            "gating:Gating-ML",
            [
                ("xmlns:gating", GatingML.gating), ("xmlns:transforms", GatingML.transformations),
                ("xmlns:data-type", GatingML.datatypes),
            ]
        ) { writer in
            for (id, matrix) in strategy.matrices.sorted(by: { $0.key < $1.key }) {
                writer.matrix(id, matrix)
            }
            for (id, transform) in strategy.transforms.sorted(by: { $0.key < $1.key }) {
                writer.transform(id, transform)
            }
            for (id, ratio) in strategy.ratios.sorted(by: { $0.key < $1.key }) {
                writer.element("transforms:transformation", [("transforms:id", id)]) {
                    $0.ratio(ratio)
                }
            }
            for gate in strategy.gates { writer.gate(gate) }
        }
    }

    // MARK: Elements

    private mutating func element(
        _ name: String, _ attributes: [(String, String?)] = [],
        _ content: ((inout GatingMLWriter) -> Void)? = nil
    ) {
        text += String(repeating: "  ", count: depth) + "<" + name
        for (key, value) in attributes {
            if let value { text += " \(key)=\"\(Self.escaped(value))\"" }
        }
        guard let content else {
            text += "/>\n"
            return
        }
        text += ">\n"
        depth += 1
        content(&self)
        depth -= 1
        text += String(repeating: "  ", count: depth) + "</\(name)>\n"
    }

    private static func escaped(_ value: String) -> String {
        var result = ""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\n", "\r", "\t": result += "&#\(scalar.value);"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private static func number(_ value: Double?) -> String? { value.map { "\($0)" } }

    // MARK: Definitions

    private mutating func matrix(_ id: String, _ matrix: SpectrumMatrix) {
        element("transforms:spectrumMatrix", [("transforms:id", id)]) { writer in
            for (group, names) in [
                ("fluorochromes", matrix.fluorochromes), ("detectors", matrix.detectors),
            ] {
                writer.element("transforms:" + group) { writer in
                    for name in names { writer.channel(name) }
                }
            }
            for row in matrix.rows {
                writer.element("transforms:spectrum") { writer in
                    for value in row {
                        writer.element(
                            "transforms:coefficient", [("transforms:value", "\(value)")])
                    }
                }
            }
        }
    }

    private mutating func transform(_ id: String, _ transform: ScaleTransform) {
        let name: String
        let parameters: [(String, Double)]
        switch transform.kind {
        case .linear(let t, let a): (name, parameters) = ("flin", [("T", t), ("A", a)])
        case .logarithmic(let t, let m): (name, parameters) = ("flog", [("T", t), ("M", m)])
        case .inverseHyperbolicSine(let t, let m, let a):
            (name, parameters) = ("fasinh", [("T", t), ("M", m), ("A", a)])
        case .logicle(let scale):
            (name, parameters) = (
                "logicle", [("T", scale.t), ("W", scale.w), ("M", scale.m), ("A", scale.a)]
            )
        case .hyperlog(let scale):
            (name, parameters) = (
                "hyperlog", [("T", scale.t), ("W", scale.w), ("M", scale.m), ("A", scale.a)]
            )
        case .tabulated: return
        }
        element(
            "transforms:transformation",
            [
                ("transforms:id", id), ("transforms:boundMin", Self.number(transform.boundMin)),
                ("transforms:boundMax", Self.number(transform.boundMax)),
            ]
        ) { writer in
            writer.element(
                "transforms:" + name, parameters.map { ("transforms:" + $0.0, "\($0.1)") })
        }
    }

    private mutating func ratio(_ ratio: RatioTransform) {
        element(
            "transforms:fratio",
            [
                ("transforms:A", "\(ratio.a)"), ("transforms:B", "\(ratio.b)"),
                ("transforms:C", "\(ratio.c)"),
            ]
        ) { writer in
            writer.channel(ratio.numerator)
            writer.channel(ratio.denominator)
        }
    }

    private mutating func channel(_ name: String) {
        element("data-type:fcs-dimension", [("data-type:name", name)])
    }

    // MARK: Gates

    private mutating func gate(_ gate: Gate) {
        let ids = [("gating:id", gate.id as String?), ("gating:parent_id", gate.parent)]
        switch gate.shape {
        case .rectangle(let intervals):
            element("gating:RectangleGate", ids) { writer in
                for interval in intervals {
                    writer.dimension(interval.dimension, interval.min, interval.max)
                }
            }
        case .polygon(let x, let y, let vertices):
            element("gating:PolygonGate", ids) { writer in
                writer.dimension(x)
                writer.dimension(y)
                for vertex in vertices {
                    writer.element("gating:vertex") { $0.coordinates([vertex.x, vertex.y]) }
                }
            }
        case .ellipsoid(let dimensions, let mean, let covariance, let distance):
            element("gating:EllipsoidGate", ids) { writer in
                for dimension in dimensions { writer.dimension(dimension) }
                writer.element("gating:mean") { $0.coordinates(mean) }
                writer.element("gating:covarianceMatrix") { writer in
                    for row in covariance {
                        writer.element("gating:row") { writer in
                            for value in row {
                                writer.element("gating:entry", [("data-type:value", "\(value)")])
                            }
                        }
                    }
                }
                writer.element("gating:distanceSquare", [("data-type:value", "\(distance)")])
            }
        case .quadrants(let dividers, let quadrants):
            element("gating:QuadrantGate", ids) { writer in
                for divider in dividers { writer.divider(divider) }
                for quadrant in quadrants {
                    writer.element("gating:Quadrant", [("gating:id", quadrant.id)]) { writer in
                        for position in quadrant.positions {
                            writer.element(
                                "gating:position",
                                [
                                    ("gating:divider_ref", position.divider),
                                    ("gating:location", "\(position.location)"),
                                ])
                        }
                    }
                }
            }
        case .boolean(let operation, let operands):
            element("gating:BooleanGate", ids) { writer in
                writer.element("gating:" + operation.rawValue) { writer in
                    for operand in operands {
                        writer.element(
                            "gating:gateReference",
                            [
                                ("gating:ref", operand.gate),
                                ("gating:use-as-complement", operand.isComplement ? "true" : nil),
                            ])
                    }
                }
            }
        }
    }

    private mutating func coordinates(_ values: [Double]) {
        for value in values { element("gating:coordinate", [("data-type:value", "\(value)")]) }
    }

    private mutating func divider(_ divider: Gate.Divider) {
        element(
            "gating:divider",
            [("gating:id", divider.id)] + Self.references(divider.dimension)
        ) { writer in
            writer.source(divider.dimension)
            for value in divider.values {
                writer.text += String(repeating: "  ", count: writer.depth)
                writer.text += "<gating:value>\(value)</gating:value>\n"
            }
        }
    }

    private mutating func dimension(
        _ dimension: GateDimension, _ min: Double? = nil, _ max: Double? = nil
    ) {
        element(
            "gating:dimension",
            Self.references(dimension) + [
                ("gating:min", Self.number(min)), ("gating:max", Self.number(max)),
            ]
        ) { $0.source(dimension) }
    }

    private static func references(_ dimension: GateDimension) -> [(String, String?)] {
        let compensation =
            switch dimension.compensation {
            case .none: "uncompensated"
            case .file: "FCS"
            case .matrix(let id): id
            }
        return [
            ("gating:compensation-ref", compensation),
            ("gating:transformation-ref", dimension.transform),
        ]
    }

    private mutating func source(_ dimension: GateDimension) {
        switch dimension.source {
        case .channel(let name): channel(name)
        case .ratio(let id):
            element("data-type:new-dimension", [("data-type:transformation-ref", id)])
        }
    }
}
