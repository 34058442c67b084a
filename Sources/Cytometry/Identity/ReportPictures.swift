/// The pictures of a phenotype report: each step of the gating, each marker against its control,
/// and the run over time.
public struct ReportPictures: Sendable {
    /// One picture.
    public struct Picture: Sendable {
        /// What it shows.
        public let title: String
        /// The picture as SVG.
        public let svg: String
    }

    private let dataSet: FCSDataSet
    private let strategy: GatingStrategy
    private let panel: MarkerPanel
    private let controls: [String: FCSDataSet]
    private let result: GatingResult
    private let palette: DensityPalette

    /// Prepares the pictures of one sample.
    public init(
        _ dataSet: FCSDataSet, strategy: GatingStrategy, panel: MarkerPanel,
        controls: [String: FCSDataSet] = [:], palette: DensityPalette = .classic
    ) throws(GatingError) {
        self.dataSet = dataSet
        self.strategy = strategy
        self.panel = panel
        self.controls = controls
        self.palette = palette
        result = try GatingPlan(strategy, on: dataSet).run()
    }

    /// All pictures in the order in which they are read.
    public func all() throws(GatingError) -> [Picture] {
        var pictures = try gatingSteps()
        for marker in panel.markers {
            if let picture = try histogram(marker) { pictures.append(picture) }
        }
        if let picture = try time() { pictures.append(picture) }
        return pictures
    }

    private var scale: ScaleTransform? { panel.scale.flatMap { strategy.transforms[$0] } }

    /// The gates from all events down to the population of the markers.
    private func gatingSteps() throws(GatingError) -> [Picture] {
        var chain: [Gate] = []
        var next: String? = panel.population
        while let id = next, let gate = strategy.gates.first(where: { $0.id == id }),
            chain.count < GatingStrategy.gatesMax
        {
            chain.insert(gate, at: 0)
            next = gate.parent
        }
        var pictures: [Picture] = []
        for gate in chain {
            let dimensions = gate.dimensions
            guard let first = dimensions.first else { continue }
            let second = dimensions.dropFirst().first ?? companion(of: first)
            guard let second else { continue }
            let x = axis(first)
            let y = axis(second)
            let population = result.population(gate.id)
            let share = population?.percentOfParent.map { "\(fixed($0, 1)) %" } ?? ""
            let outline = GateOutline(
                gate, x: x, y: y, strategy: strategy, label: "\(gate.id) \(share)")
            let raster = try DensityRaster(
                x: x, y: y, strategy: strategy, source: dataSet,
                mask: gate.parent.flatMap { result.members(of: $0) })
            let title = "\(gate.id) in \(gate.parent ?? "all events")"
            pictures.append(
                Picture(
                    title: title,
                    svg: PlotSVG.density(
                        raster, x: x, y: y, outlines: outline.map { [$0] } ?? [], title: title,
                        notes: notes([x, y]), palette: palette)))
        }
        return pictures
    }

    private func axis(_ dimension: GateDimension) -> PlotAxis {
        let own = dimension.transform.flatMap { strategy.transforms[$0] }
        return .standard(dimension, of: dataSet, scale: own ?? scale)
    }

    /// Side scatter beside a gate on one channel.
    private func companion(of dimension: GateDimension) -> GateDimension? {
        ["SSC-A", "SSC-H", "FSC-A", "FSC-H"].first {
            $0 != dimension.name && dataSet.parameterIndex(named: $0) != nil
        }.map { .channel($0) }
    }

    private func notes(_ axes: [PlotAxis]) -> [String] {
        axes.compactMap { axis in axis.scaleInWords.map { "\(axis.dimension.name): \($0)" } }
    }

    private func histogram(_ marker: MarkerPanel.Marker) throws(GatingError) -> Picture? {
        let gate = marker.gate.flatMap { id in strategy.gates.first { $0.id == id } }
        let gateDimension = gate?.dimensions.first
        guard
            let dimension = marker.channel.map({ GateDimension.channel($0, compensation: .file) })
                ?? gateDimension
        else { return nil }
        let axis = axis(
            GateDimension(
                dimension.source, compensation: dimension.compensation,
                transform: gateDimension?.transform))
        let values = try ColumnReader(strategy, on: dataSet).values(
            of: axis.dimension, in: result.members(of: panel.population))
        var curves = [
            PlotSVG.Curve(name: "sample", values: values, axis: axis, isFilled: true)
        ]
        var threshold: (Double, String)?
        if let control = marker.control, let other = controls[control.file] {
            let gated = try GatingPlan(strategy, on: other).run()
            let controlValues = try ColumnReader(strategy, on: other).values(
                of: axis.dimension, in: gated.members(of: panel.population))
            curves.append(
                PlotSVG.Curve(
                    name: control.kind.rawValue, values: controlValues, axis: axis,
                    isFilled: false))
            if let found = try? ControlThreshold(
                control.kind, channel: dimension.name, values: controlValues,
                fraction: control.percentile / 100)
            {
                threshold = (
                    found.value,
                    "\(control.kind.rawValue) \(rounded(control.percentile))th percentile"
                )
            }
        } else if case .rectangle(let intervals) = gate?.shape, let interval = intervals.first,
            let limit = interval.min ?? interval.max
        {
            let own = interval.dimension.transform.flatMap { strategy.transforms[$0] }
            threshold = (own.map { $0.inverse(limit) } ?? limit, "gate \(gate?.id ?? "")")
        }
        let title = "\(marker.marker) in \(panel.population)"
        return Picture(
            title: title,
            svg: PlotSVG.histogram(
                curves, axis: axis, threshold: threshold, title: title,
                notes: ["\(values.count) events"] + notes([axis])))
    }

    private func time() throws(GatingError) -> Picture? {
        guard let parameter = dataSet.parameters.first(where: \.isTime),
            let other = panel.markers.lazy.compactMap(\.channel).first
                ?? strategy.gates.lazy.flatMap(\.dimensions).map(\.name).first
        else { return nil }
        let x = PlotAxis.standard(.channel(parameter.name), of: dataSet)
        let y = axis(.channel(other, compensation: .file))
        let raster = try DensityRaster(x: x, y: y, strategy: strategy, source: dataSet)
        let title = "\(other) over time, all events"
        return Picture(
            title: title,
            svg: PlotSVG.density(raster, x: x, y: y, title: title, palette: palette))
    }
}
