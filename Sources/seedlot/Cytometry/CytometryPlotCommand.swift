import ArgumentParser
import Cytometry
import Documents
import Foundation

/// `seedlot cytometry plot FILE --x CHANNEL [--y CHANNEL]`: a density plot or a histogram.
struct CytometryPlotCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plot",
        abstract: "Draw a density plot of two channels, or a histogram of one.",
        discussion: """
            svg has vector axes and gates around the density; png is the same picture in pixels \
            and needs the Debian package librsvg2-bin; density is the density alone as PNG, one \
            pixel for a bin, without axes or gates.
            """)

    /// How a plot is written.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case svg, png, density
    }

    @Argument(help: "The FCS file.") var file: String
    @Option(help: "Channel of the horizontal axis.") var x: String
    @Option(help: "Channel of the vertical axis; a histogram without it.") var y: String?
    @Option(help: "Gates (Gating-ML 2.0 or a FlowJo 10 workspace).")
    var gates: String?
    @Option(help: "Draw only the members of this population.") var population: String?
    @Option(help: "Gates to outline, separated by commas; those that fit when absent.")
    var outline: String?
    @Option(help: "A control to overlay on a histogram; may be repeated.") var control: [String] =
        []
    @Flag(inversion: .prefixedNo, help: "Compensate with the spillover of the file.")
    var compensate = true
    @Option(help: "classic or safe, which colour-blind readers can tell apart.")
    var palette = "classic"
    @Option(help: "svg, png or density.") var format = Format.svg
    @Option(help: "Bins along each axis of a density plot, 16 to 4096.") var bins = 256
    @Option(name: .shortAndLong, help: "File to write; needed for pixels.")
    var output: String?
    @OptionGroup var fcs: FCSOptions

    func run() throws {
        guard let palette = DensityPalette(rawValue: palette) else {
            throw Complaint.misuse("--palette is '\(palette)'", wayOut: "classic or safe")
        }
        guard format == .svg || output != nil else {
            throw Complaint.misuse("--format \(format.rawValue) needs --output")
        }
        guard (16...4096).contains(bins) else {
            throw Complaint.misuse("--bins is \(bins)", wayOut: "a number from 16 to 4096")
        }
        guard format != .density || y != nil else {
            throw Complaint.misuse(
                "a histogram has no density", wayOut: "give --y, or use --format svg or png")
        }
        let set = try fcs.open(file)
        let strategy =
            try gates.map { try CytometryFiles.strategy($0, for: file) }
            ?? GatingStrategy(gates: [])
        let result = try CytometryFiles.complaining(file) {
            try CytometryFiles.run(strategy, on: set)
        }
        let mask = try members(result, strategy)
        let picture = try CytometryFiles.complaining(file) {
            guard let y else { return Array(try histogram(set, strategy, mask).utf8) }
            let axes = (axis(x, set, strategy), axis(y, set, strategy))
            let raster = try DensityRaster(
                x: axes.0, y: axes.1, strategy: strategy, source: set, mask: mask, width: bins,
                height: bins)
            return format == .density
                ? bare(raster, axes, palette)
                : Array(density(raster, axes, set, strategy, result, palette).utf8)
        }
        guard let output else {
            return print(String(decoding: picture, as: UTF8.self), terminator: "")
        }
        guard format == .png else { return try CytometryFiles.write(picture, to: output) }
        let pixels = try PaperFile.complaining { () throws(ConversionError) in
            try Converter().png(of: picture, zoom: 2)
        }
        try CytometryFiles.write(pixels, to: output)
    }

    private var title: String {
        let name = URL(filePath: file).lastPathComponent
        return population.map { "\($0) of \(name)" } ?? name
    }

    private func members(_ result: GatingResult, _ strategy: GatingStrategy) throws -> EventMask? {
        guard let population else { return nil }
        guard let mask = result.members(of: population) else {
            throw Complaint.misuse(
                "there is no population '\(population)'",
                wayOut: "there are: \(strategy.populationIDs.joined(separator: ", "))")
        }
        return mask
    }

    /// The axis of a channel, on the scale of the first gate that uses the channel.
    private func axis(_ name: String, _ set: FCSDataSet, _ strategy: GatingStrategy) -> PlotAxis {
        let used = strategy.gates.lazy.flatMap(\.plottedDimensions).first { $0.name == name }
        let compensation = used?.compensation ?? (compensate ? .file : .none)
        let scale = used?.transform.flatMap { strategy.transforms[$0] }
        return .standard(.channel(name, compensation: compensation), of: set, scale: scale)
    }

    private func density(
        _ raster: DensityRaster, _ axes: (x: PlotAxis, y: PlotAxis), _ set: FCSDataSet,
        _ strategy: GatingStrategy, _ result: GatingResult, _ palette: DensityPalette
    ) -> String {
        let wanted = outline.map { Set($0.split(separator: ",").map(String.init)) }
        let outlines = strategy.gates.compactMap { gate -> GateOutline? in
            guard wanted?.contains(gate.id) ?? (gate.parent == population) else { return nil }
            let share = result.population(gate.id)?.percentOfParent
            let label = share.map { "\(gate.id) \(Table.Cell($0).short) %" } ?? gate.id
            return GateOutline(gate, x: axes.x, y: axes.y, strategy: strategy, label: label)
        }
        return PlotSVG.density(
            raster, x: axes.x, y: axes.y, outlines: outlines, title: title,
            notes: notes([axes.x, axes.y], set, strategy), palette: palette)
    }

    /// The scale of each axis, and where its compensation comes from.
    private func notes(
        _ axes: [PlotAxis], _ set: FCSDataSet, _ strategy: GatingStrategy
    ) -> [String] {
        let spillover = (try? set.spillover()) ?? nil
        return axes.flatMap { axis -> [String] in
            let name = axis.dimension.name
            var parts = axis.scaleInWords.map { [$0] } ?? []
            switch axis.dimension.compensation {
            case .file where spillover?.detectors.contains(name) ?? false:
                parts.append("compensated by the file's matrix")
            case .matrix(let id) where strategy.matrices[id]?.fluorochromes.contains(name) ?? false:
                parts.append("compensated by '\(id)'")
            default: break
            }
            return parts.map { "\(name): \($0)" }
        }
    }

    /// The density alone says in words what its axes are.
    private func bare(
        _ raster: DensityRaster, _ axes: (x: PlotAxis, y: PlotAxis), _ palette: DensityPalette
    ) -> [UInt8] {
        func words(_ axis: PlotAxis) -> String {
            "\(axis.title) from \(axis.value(at: 0)) to \(axis.value(at: 1))"
        }
        return raster.png(
            palette: palette,
            words: [
                ("Title", title),
                (
                    "Description",
                    "\(raster.events) events, \(raster.offScale) of them off scale; from left "
                        + "to right \(words(axes.x)); from bottom to top \(words(axes.y))"
                ),
                ("Software", "seedlot \(SeedlotVersion.current)"),
            ])
    }

    private func histogram(
        _ set: FCSDataSet, _ strategy: GatingStrategy, _ mask: EventMask?
    ) throws -> String {
        let axis = axis(x, set, strategy)
        let values = try ColumnReader(strategy, on: set).values(of: axis.dimension, in: mask)
        var curves = [PlotSVG.Curve(name: "sample", values: values, axis: axis, isFilled: true)]
        for path in control {
            let other = try fcs.open(path)
            let gated = try CytometryFiles.run(strategy, on: other)
            let others = try ColumnReader(strategy, on: other).values(
                of: axis.dimension, in: population.flatMap { gated.members(of: $0) })
            curves.append(
                PlotSVG.Curve(
                    name: URL(filePath: path).lastPathComponent, values: others, axis: axis,
                    isFilled: false))
        }
        return PlotSVG.histogram(
            curves, axis: axis, title: title,
            notes: ["\(values.count) events"] + notes([axis], set, strategy))
    }
}

extension Gate {
    /// The axes on which the gate can be drawn.
    fileprivate var plottedDimensions: [GateDimension] {
        switch shape {
        case .rectangle(let intervals): intervals.map(\.dimension)
        case .polygon(let x, let y, _): [x, y]
        case .ellipsoid(let dimensions, _, _, _): dimensions
        case .quadrants(let dividers, _): dividers.map(\.dimension)
        case .boolean: []
        }
    }
}
