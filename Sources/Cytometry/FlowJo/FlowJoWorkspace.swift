/// One sample of a FlowJo workspace: its gates in our terms, and FlowJo's own counts.
public struct FlowJoSample: Sendable {
    /// Name of the sample.
    public let name: String
    /// Where FlowJo had the file.
    public let uri: String
    /// The gates; ids are paths such as "Lymphocytes/CD4+".
    public let strategy: GatingStrategy
    /// FlowJo's counts by path, where it had computed them. FlowJo gates polygons and ellipses
    /// on binned data, so small differences are expected there.
    public let recordedCounts: [String: Int]
    /// What could not be taken over.
    public let remarks: [String]
}

/// Reads FlowJo 10 workspaces (`.wsp`).
public enum FlowJoWorkspace {
    /// The samples of a workspace in its order.
    ///
    /// - Throws: `GatingError` when the document is not a FlowJo 10 workspace or a gate in it
    ///   cannot be computed.
    public static func read(_ bytes: [UInt8]) throws(GatingError) -> [FlowJoSample] {
        try read(XMLDocument.root(of: bytes))
    }

    static func read(_ root: XMLElement) throws(GatingError) -> [FlowJoSample] {
        guard root.name == "Workspace" else {
            throw .init(
                .version, line: root.line,
                "the root element is '\(root.name)', a FlowJo workspace has 'Workspace'")
        }
        // FlowJo 9 and earlier describe gates in a form of their own.
        let version = root["flowJoVersion"] ?? ""
        let major = FCSNumber.integer(String(version.prefix { $0.isNumber }))
        guard let list = root.child("SampleList"), major.map({ $0 >= 10 }) ?? true else {
            throw .init(
                .version, line: root.line,
                "the workspace is of FlowJo '\(version)', which describes gates in another form; "
                    + "read are workspaces of FlowJo 10",
                remedy: "open it in FlowJo 10 and save it again")
        }
        var samples: [FlowJoSample] = []
        for sample in list.children("Sample") {
            var reader = FlowJoSampleReader()
            samples.append(try reader.read(sample))
        }
        return samples
    }
}

/// Gathers the gates of one sample.
private struct FlowJoSampleReader {
    private enum Axis {
        case linear(min: Double, max: Double)
        case scale(ScaleTransform)
    }

    private var gates: [Gate] = []
    private var axes: [String: Axis] = [:]
    private var transforms: [String: ScaleTransform] = [:]
    private var matrices: [String: SpectrumMatrix] = [:]
    private var prefix = "Comp-"
    private var counts: [String: Int] = [:]
    private var remarks: [String] = []

    mutating func read(_ sample: XMLElement) throws(GatingError) -> FlowJoSample {
        if let matrix = sample.child("spilloverMatrix") { try readMatrix(matrix) }
        for transform in sample.child("Transformations")?.children ?? [] {
            try readTransform(transform)
        }
        let node = sample.child("SampleNode")
        if let inner = node?.child("Subpopulations") { try readPopulations(inner, parent: nil) }
        return FlowJoSample(
            name: node?["name"] ?? "", uri: sample.child("DataSet")?["uri"] ?? "",
            strategy: try GatingStrategy(
                gates: gates, transforms: transforms, matrices: matrices, remarks: remarks),
            recordedCounts: counts, remarks: remarks)
    }

    // MARK: Scales and matrix

    private mutating func readTransform(_ element: XMLElement) throws(GatingError) {
        guard let name = element.child("parameter")?["name"] else { return }
        do throws(TransformError) {
            let scale: ScaleTransform
            switch element.name {
            case "linear":
                let low = element["minRange"].flatMap { FCSNumber.decimal($0) } ?? 0
                let high = element["maxRange"].flatMap { FCSNumber.decimal($0) } ?? 0
                guard high > low else { throw TransformError("linear range \(low) to \(high)") }
                axes[name] = .linear(min: low, max: high)
                return
            case "log":
                let offset = attribute(element, "offset")
                let decades = attribute(element, "decades")
                guard offset > 0, decades > 0, decades < 300 else {
                    throw TransformError("log offset \(offset), decades \(decades)")
                }
                scale = try ScaleTransform(
                    .logarithmic(t: offset * power10(decades), m: decades))
            case "biex":
                scale = try ScaleTransform(
                    .tabulated(
                        FlowJoBiexponential.scale(
                            negativeDecades: attribute(element, "neg"),
                            positiveDecades: attribute(element, "pos"),
                            widthBasis: attribute(element, "width"),
                            top: attribute(element, "maxRange"))))
            case "fasinh":
                scale = try ScaleTransform(
                    .inverseHyperbolicSine(
                        t: attribute(element, "T"), m: attribute(element, "M"),
                        a: attribute(element, "A")))
            case "logicle":
                scale = try ScaleTransform.logicle(
                    t: attribute(element, "T"), w: attribute(element, "W"),
                    m: attribute(element, "M"), a: attribute(element, "A"))
            case "hyperlog":
                scale = try ScaleTransform(
                    .hyperlog(
                        Hyperlog(
                            t: attribute(element, "T"), w: attribute(element, "W"),
                            m: attribute(element, "M"), a: attribute(element, "A"))))
            default:
                remarks.append(
                    "line \(element.line): scale '\(element.name)' of '\(name)' is not known")
                return
            }
            axes[name] = .scale(scale)
            transforms[name] = scale
        } catch {
            throw .init(.transform, line: element.line, "scale of '\(name)': \(error.message)")
        }
    }

    /// A number, or NaN, which every transformation refuses with its own rule.
    private func attribute(_ element: XMLElement, _ name: String) -> Double {
        element[name].flatMap { FCSNumber.decimal($0) } ?? .nan
    }

    private mutating func readMatrix(_ element: XMLElement) throws(GatingError) {
        prefix = element["prefix"] ?? "Comp-"
        let detectors = (element.child("parameters")?.children("parameter") ?? [])
            .compactMap { $0["name"] }
        var rows: [[Double]] = []
        var names: [String] = []
        for spillover in element.children("spillover") {
            guard let name = spillover["parameter"] else { continue }
            var values: [String: Double] = [:]
            for coefficient in spillover.children("coefficient") {
                values[coefficient["parameter"] ?? ""] = try coefficient.requiredNumber("value")
            }
            names.append(prefix + name)
            rows.append(detectors.map { values[$0] ?? ($0 == name ? 1 : 0) })
        }
        guard !names.isEmpty else { return }
        do throws(CompensationError) {
            matrices["FlowJo"] = try SpectrumMatrix(
                fluorochromes: names, detectors: detectors, coefficients: rows)
        } catch {
            throw .init(.compensation, line: element.line, error.message)
        }
    }

    // MARK: Populations

    private mutating func readPopulations(
        _ element: XMLElement, parent: String?
    ) throws(GatingError) {
        // A list instead of recursion: nesting is limited by the XML parser, not trusted.
        var open: [(element: XMLElement, parent: String?)] = [(element, parent)]
        while let (group, parent) = open.popLast() {
            for population in group.children {
                guard let name = population["name"] else { continue }
                let id = parent.map { "\($0)/\(name)" } ?? name
                switch population.name {
                case "Population":
                    guard let gate = population.child("Gate")?.children.first else { continue }
                    gates.append(contentsOf: try read(gate, id: id, parent: parent))
                case "AndNode", "OrNode", "NotNode":
                    let operands = (population.child("Dependents")?.children("Dependent") ?? [])
                        .compactMap { $0["name"] }.map { Gate.Operand(path($0)) }
                    let operation: Gate.Operation =
                        population.name == "AndNode"
                        ? .and : population.name == "OrNode" ? .or : .not
                    gates.append(Gate(id: id, parent: parent, .boolean(operation, operands)))
                default: continue
                }
                // FlowJo writes −1 for what it has not counted.
                if let count = population["count"].flatMap({ FCSNumber.integer($0) }) {
                    counts[id] = count
                }
                if let inner = population.child("Subpopulations") { open.append((inner, id)) }
            }
        }
    }

    private func path(_ name: String) -> String {
        name.split(separator: "/").joined(separator: "/")
    }

    private mutating func read(
        _ element: XMLElement, id: String, parent: String?
    ) throws(GatingError) -> [Gate] {
        let shape: Gate.Shape
        switch element.name {
        case "RectangleGate":
            var intervals: [Gate.Interval] = []
            for child in element.children("dimension") {
                // Limits are data values, whatever the axis shows.
                intervals.append(
                    Gate.Interval(
                        try dimension(child, scaled: false), min: try child.optionalNumber("min"),
                        max: try child.optionalNumber("max")))
            }
            shape = .rectangle(intervals)
        case "PolygonGate": shape = try polygon(element)
        case "EllipsoidGate": shape = try ellipse(element)
        default:
            throw .init(
                .element, line: element.line,
                "population '\(id)' has the gate '\(element.name)', which is not known")
        }
        guard element["eventsInside"] == "0" else { return [Gate(id: id, parent: parent, shape)] }
        // The events outside are meant: a complement inside the same parent.
        let inside = id + " (inside)"
        return [
            Gate(id: inside, parent: parent, shape),
            Gate(id: id, parent: parent, .boolean(.not, [Gate.Operand(inside)])),
        ]
    }

    private func dimension(
        _ element: XMLElement, scaled: Bool
    ) throws(GatingError) -> GateDimension {
        guard let channel = element.child("fcs-dimension") else {
            throw .init(.element, line: element.line, "a dimension names no channel")
        }
        let name = try channel.required("name")
        let isCompensated = matrices["FlowJo"]?.fluorochromes.contains(name) ?? false
        return .channel(
            name, compensation: isCompensated ? .matrix("FlowJo") : .none,
            transform: scaled && transforms[name] != nil ? name : nil)
    }

    private func polygon(_ element: XMLElement) throws(GatingError) -> Gate.Shape {
        let children = element.children("dimension")
        guard children.count == 2 else {
            throw .init(
                .shape, line: element.line,
                "polygon gate has \(children.count) dimensions, it needs 2")
        }
        let x = try dimension(children[0], scaled: true)
        let y = try dimension(children[1], scaled: true)
        var vertices: [GatePoint] = []
        for vertex in element.children("vertex") {
            let place = try GateElements.coordinates(vertex)
            guard place.count == 2 else {
                throw .init(.shape, line: vertex.line, "a vertex needs 2 coordinates")
            }
            // Vertices are data values; the edges between them are straight on the display.
            func shown(_ value: Double, _ dimension: GateDimension) -> Double {
                dimension.transform.flatMap { transforms[$0] }.map { $0(value) } ?? value
            }
            vertices.append(GatePoint(shown(place[0], x), shown(place[1], y)))
        }
        return .polygon(x, y, vertices)
    }

    /// An ellipse by its foci and the ends of its axes, in 256ths of the display. The foci are
    /// exact; of the ends, which FlowJo rounds to whole bins, only the length of the major axis
    /// is used.
    private func ellipse(_ element: XMLElement) throws(GatingError) -> Gate.Shape {
        let children = element.children("dimension")
        let foci = try points(element.child("foci"))
        let edge = try points(element.child("edge"))
        guard children.count == 2, foci.count == 2, edge.count >= 2 else {
            throw .init(
                .shape, line: element.line,
                "ellipse needs 2 dimensions, 2 foci and the ends of its axes")
        }
        let dimensions = [
            try dimension(children[0], scaled: true), try dimension(children[1], scaled: true),
        ]
        let units = [try unit(children[0]), try unit(children[1])]
        func distance(_ a: GatePoint, _ b: GatePoint) -> Double {
            ((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y)).squareRoot()
        }
        let half = distance(edge[0], edge[1]) / 2
        let focal = distance(foci[0], foci[1]) / 2
        guard half > focal else {
            throw .init(
                .shape, line: element.line,
                "ellipse has a half axis of \(half) and its foci \(focal) from the centre")
        }
        let minor = (half * half - focal * focal).squareRoot()
        let direction =
            focal > 0
            ? GatePoint(
                (foci[1].x - foci[0].x) / (2 * focal), (foci[1].y - foci[0].y) / (2 * focal))
            : GatePoint(1, 0)
        // With half axes u and v the ellipse is the unit circle under [u v], so that its
        // covariance is u·uᵀ + v·vᵀ, also where the axes have different units.
        let lengths = units.map { $0.length / 256 }
        let u = [half * direction.x * lengths[0], half * direction.y * lengths[1]]
        let v = [-minor * direction.y * lengths[0], minor * direction.x * lengths[1]]
        let centre = [(foci[0].x + foci[1].x) / 2, (foci[0].y + foci[1].y) / 2]
        return .ellipsoid(
            dimensions, mean: (0..<2).map { units[$0].start + centre[$0] * lengths[$0] },
            covariance: (0..<2).map { row in (0..<2).map { u[row] * u[$0] + v[row] * v[$0] } },
            distanceSquare: 1)
    }

    private func points(_ element: XMLElement?) throws(GatingError) -> [GatePoint] {
        var result: [GatePoint] = []
        for vertex in element?.children("vertex") ?? [] {
            let place = try GateElements.coordinates(vertex)
            guard place.count == 2 else {
                throw .init(.shape, line: vertex.line, "a vertex needs 2 coordinates")
            }
            result.append(GatePoint(place[0], place[1]))
        }
        return result
    }

    /// Where the display begins and how long it is, on the axis of the gate.
    private func unit(_ element: XMLElement) throws(GatingError) -> (start: Double, length: Double)
    {
        let name = element.child("fcs-dimension")?["name"] ?? ""
        switch axes[name] {
        case .linear(let min, let max): return (min, max - min)
        case .scale: return (0, 1)
        case nil:
            throw .init(
                .unknownReference, line: element.line, "no scale is given for '\(name)'")
        }
    }
}
