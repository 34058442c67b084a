/// Reading and writing Gating-ML 2.0.
///
/// J. Spidlen, ISAC Data Standards Task Force, "ISAC's Gating-ML 2.0 data exchange standard for
/// gating description", Cytometry A 87A:683–687 (2015), doi:10.1002/cyto.a.22690.
public enum GatingML {
    static let namespaceRoot = "http://www.isac-net.org/std/Gating-ML/v2.0/"
    static let gating = namespaceRoot + "gating"
    static let transformations = namespaceRoot + "transformations"
    static let datatypes = namespaceRoot + "datatypes"

    /// The strategy in a Gating-ML 2.0 document.
    ///
    /// - Throws: `GatingError` with the line of the cause. A document never makes it open a file
    ///   or use more than a small multiple of its length in memory.
    public static func read(_ bytes: [UInt8]) throws(GatingError) -> GatingStrategy {
        try read(XMLDocument.root(of: bytes))
    }

    static func read(_ root: XMLElement) throws(GatingError) -> GatingStrategy {
        guard root.name == "Gating-ML" else {
            throw .init(
                .version, line: root.line,
                "the root element is '\(root.name)', a Gating-ML document has 'Gating-ML'")
        }
        guard root.namespace == gating else {
            throw .init(
                .version, line: root.line,
                "the document has the namespace '\(root.namespace)', Gating-ML 2.0 has '\(gating)'",
                remedy: "convert it to Gating-ML 2.0; version 1.5 is not read")
        }
        var reader = GatingMLReader()
        try reader.collect(root)
        return try reader.strategy()
    }
}

/// Gathers the definitions of a Gating-ML document.
struct GatingMLReader {
    private var gates: [Gate] = []
    private var transforms: [String: ScaleTransform] = [:]
    private var ratios: [String: RatioTransform] = [:]
    private var matrices: [String: SpectrumMatrix] = [:]
    private var remarks: [String] = []

    func strategy() throws(GatingError) -> GatingStrategy {
        try GatingStrategy(
            gates: gates, transforms: transforms, ratios: ratios, matrices: matrices,
            remarks: remarks)
    }

    mutating func collect(_ root: XMLElement) throws(GatingError) {
        // Other programs wrap gates into elements of their own; those are looked through.
        var open: [XMLElement] = [root]
        while let element = open.popLast() {
            var inner: [XMLElement] = []
            for child in element.children {
                switch child.name {
                case "custom_info": break
                case "transformation": try readTransformation(child)
                case "spectrumMatrix": try readMatrix(child)
                case "RectangleGate", "PolygonGate", "EllipsoidGate", "QuadrantGate",
                    "BooleanGate":
                    gates.append(try GateElements.gate(child))
                default:
                    remarks.append("line \(child.line): element '\(child.name)' is not Gating-ML")
                    inner.append(child)
                }
            }
            open += inner.reversed()
        }
    }

    // MARK: Transformations

    private mutating func readTransformation(_ element: XMLElement) throws(GatingError) {
        let id = try element.required("id")
        guard transforms[id] == nil, ratios[id] == nil else {
            throw .init(.duplicate, line: element.line, "two transformations have the id '\(id)'")
        }
        guard let kind = element.children.first(where: { $0.name != "custom_info" }) else {
            throw .init(.element, line: element.line, "transformation '\(id)' is empty")
        }
        if kind.name == "fratio" {
            ratios[id] = try ratio(kind)
        } else {
            transforms[id] = try scale(kind, id: id, bounds: element)
        }
    }

    private func scale(
        _ element: XMLElement, id: String, bounds: XMLElement
    ) throws(GatingError) -> ScaleTransform {
        let t = try element.requiredNumber("T")
        do throws(TransformError) {
            let kind: ScaleTransform.Kind
            switch element.name {
            case "flin": kind = .linear(t: t, a: try number(element, "A"))
            case "flog": kind = .logarithmic(t: t, m: try number(element, "M"))
            case "fasinh":
                kind = .inverseHyperbolicSine(
                    t: t, m: try number(element, "M"), a: try number(element, "A"))
            case "logicle":
                kind = .logicle(
                    try Logicle(
                        t: t, w: number(element, "W"), m: number(element, "M"),
                        a: number(element, "A")))
            case "hyperlog":
                kind = .hyperlog(
                    try Hyperlog(
                        t: t, w: number(element, "W"), m: number(element, "M"),
                        a: number(element, "A")))
            default: throw TransformError("'\(element.name)' is no transformation of Gating-ML 2.0")
            }
            // boundMin and boundMax stand on either of the two elements in the field.
            return try ScaleTransform(
                kind, boundMin: bound(bounds, element, "boundMin"),
                boundMax: bound(bounds, element, "boundMax"))
        } catch {
            throw .init(
                .transform, line: element.line, "transformation '\(id)': \(error.message)")
        }
    }

    private func bound(
        _ outer: XMLElement, _ inner: XMLElement, _ name: String
    ) throws(TransformError) -> Double? {
        guard let text = outer[name] ?? inner[name] else { return nil }
        guard let value = FCSNumber.decimal(text) else {
            throw TransformError("\(name) is '\(text.prefix(40))', not a number")
        }
        return value
    }

    private func number(_ element: XMLElement, _ name: String) throws(TransformError) -> Double {
        guard let text = element[name], let value = FCSNumber.decimal(text) else {
            throw TransformError(
                "\(element.name) has the parameter \(name) '\(element[name]?.prefix(40) ?? "")', "
                    + "not a number")
        }
        return value
    }

    private func ratio(_ element: XMLElement) throws(GatingError) -> RatioTransform {
        let names = element.children("fcs-dimension").map { $0["name"] ?? "" }
        guard names.count == 2, !names.contains("") else {
            throw .init(.element, line: element.line, "fratio needs two named dimensions")
        }
        return RatioTransform(
            a: try element.requiredNumber("A"), b: try element.requiredNumber("B"),
            c: try element.requiredNumber("C"), numerator: names[0], denominator: names[1])
    }

    // MARK: Matrices

    private mutating func readMatrix(_ element: XMLElement) throws(GatingError) {
        let id = try element.required("id")
        guard matrices[id] == nil else {
            throw .init(.duplicate, line: element.line, "two matrices have the id '\(id)'")
        }
        func names(_ group: String) -> [String] {
            element.child(group)?.children("fcs-dimension").map { $0["name"] ?? "" } ?? []
        }
        var rows: [[Double]] = []
        for spectrum in element.children("spectrum") {
            var row: [Double] = []
            for coefficient in spectrum.children("coefficient") {
                row.append(try coefficient.requiredNumber("value"))
            }
            rows.append(row)
        }
        do throws(CompensationError) {
            matrices[id] = try SpectrumMatrix(
                fluorochromes: names("fluorochromes"), detectors: names("detectors"),
                coefficients: rows)
        } catch {
            throw .init(.compensation, line: element.line, "matrix '\(id)': \(error.message)")
        }
    }
}

extension XMLElement {
    /// The value of an attribute that must not be missing or empty.
    func required(_ attribute: String) throws(GatingError) -> String {
        guard let value = self[attribute], !value.isEmpty else {
            throw .init(.element, line: line, "element '\(name)' has no attribute '\(attribute)'")
        }
        return value
    }

    /// The number in an attribute that must not be missing.
    func requiredNumber(_ attribute: String) throws(GatingError) -> Double {
        let text = try required(attribute)
        guard let value = FCSNumber.decimal(text) else {
            throw .init(
                .element, line: line,
                "attribute '\(attribute)' of '\(name)' is '\(text.prefix(40))', not a number")
        }
        return value
    }

    /// The number in an attribute that may be missing.
    func optionalNumber(_ attribute: String) throws(GatingError) -> Double? {
        self[attribute] == nil ? nil : try requiredNumber(attribute)
    }
}
