import Foundation

/// How many events fall on each pixel of a plot of two axes.
///
/// Events beyond an axis are piled on its edge, as on the cytometer's own screen, and counted.
public struct DensityRaster: Hashable, Sendable {
    /// Pixels in a row.
    public let width: Int
    /// Rows.
    public let height: Int
    /// Events on each pixel, row after row from the bottom.
    public private(set) var counts: [UInt32]
    /// Events shown.
    public private(set) var events = 0
    /// Events beyond an axis, shown on its edge.
    public private(set) var offScale = 0

    /// Counts the events of `source` that belong to `mask`, all when nil, in one pass.
    ///
    /// - Throws: `GatingError` for a channel or compensation that is not there.
    public init(
        x: PlotAxis, y: PlotAxis, strategy: GatingStrategy, source: any EventSource,
        mask: EventMask? = nil, width: Int = 256, height: Int = 256
    ) throws(GatingError) {
        precondition((1...4096).contains(width) && (1...4096).contains(height))
        self.width = width
        self.height = height
        counts = [UInt32](repeating: 0, count: width * height)
        var plan = ColumnPlan(source: source, strategy: strategy)
        let columnX = try plan.column(for: x.dimension)
        let columnY = try plan.column(for: y.dimension)
        let block = ColumnBlock(plan: plan)
        guard let pixelsX = PixelAxis(x, count: width), let pixelsY = PixelAxis(y, count: height)
        else {
            throw .init(
                .transform,
                "the axes of '\(x.dimension.name)' and '\(y.dimension.name)' do not rise from "
                    + "\(x.low) to \(x.high) and from \(y.low) to \(y.high)")
        }
        for first in stride(from: 0, to: source.eventCount, by: ColumnBlock.size) {
            let range = first..<min(first + ColumnBlock.size, source.eventCount)
            block.move(to: range)
            let (xs, ys) = (block.column(columnX), block.column(columnY))
            for event in 0..<range.count where mask?[first + event] ?? true {
                guard let px = pixelsX.pixel(xs[event]), let py = pixelsY.pixel(ys[event]) else {
                    continue
                }
                let column = min(max(px, 0), width - 1)
                let row = min(max(py, 0), height - 1)
                if column != px || row != py { offScale += 1 }
                counts[row * width + column] &+= 1
                events += 1
            }
        }
    }

    /// Density from 0 to 1 for each pixel, lightly smoothed, on a logarithmic scale; a pixel
    /// with an event is never 0, so that no single event is hidden.
    public func intensities() -> [Double] {
        let smooth = smoothed()
        let top = log1p(smooth.max() ?? 0)
        guard top > 0 else { return smooth }
        return zip(smooth, counts).map { value, count in
            count == 0 ? 0 : max(log1p(value) / top, 1 / 255)
        }
    }

    /// A binomial 3 × 3 filter, applied twice.
    private func smoothed() -> [Double] {
        var values = counts.map(Double.init)
        for _ in 0..<2 {
            var rows = values
            for row in 0..<height {
                for column in 0..<width {
                    let place = row * width + column
                    let left = column > 0 ? values[place - 1] : values[place]
                    let right = column < width - 1 ? values[place + 1] : values[place]
                    rows[place] = (left + 2 * values[place] + right) / 4
                }
            }
            for row in 0..<height {
                for column in 0..<width {
                    let place = row * width + column
                    let below = row > 0 ? rows[place - width] : rows[place]
                    let above = row < height - 1 ? rows[place + width] : rows[place]
                    values[place] = (below + 2 * rows[place] + above) / 4
                }
            }
        }
        return values
    }
}

/// Colours from low to high density.
public enum DensityPalette: String, Sendable, CaseIterable {
    /// Blue, cyan, green, yellow, red: what cytometrists know.
    case classic
    /// Dark violet to yellow, even for colour-blind readers.
    case safe

    /// The colour of a density from 0 to 1 as red, green and blue; white for 0.
    public func colour(_ intensity: Double) -> (red: UInt8, green: UInt8, blue: UInt8) {
        guard intensity > 0 else { return (255, 255, 255) }
        let stops: [(Double, Double, Double)] =
            switch self {
            case .classic:
                [
                    (0, 0, 170), (0, 90, 255), (0, 200, 220), (60, 200, 60), (240, 230, 0),
                    (220, 20, 0),
                ]
            case .safe:
                [
                    (68, 1, 84), (65, 68, 135), (42, 120, 142), (34, 168, 132), (122, 209, 81),
                    (253, 231, 37),
                ]
            }
        let place = min(max(intensity, 0), 1) * Double(stops.count - 1)
        let low = min(Int(place), stops.count - 2)
        let part = place - Double(low)
        func mix(_ a: Double, _ b: Double) -> UInt8 { UInt8((a + (b - a) * part).rounded()) }
        let (a, b) = (stops[low], stops[low + 1])
        return (mix(a.0, b.0), mix(a.1, b.1), mix(a.2, b.2))
    }
}
