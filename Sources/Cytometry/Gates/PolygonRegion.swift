/// The inside of a polygon by the even-odd rule, edges included.
struct PolygonRegion: Sendable {
    private let xs: [Double]
    private let ys: [Double]
    private let low: GatePoint
    private let high: GatePoint
    /// For each cell of a grid over the bounding box: 0 outside, 1 inside, 2 to be tested.
    private var grid: [UInt8] = []
    private var cellsX = 0.0
    private var cellsY = 0.0
    /// Where the grid begins and ends: one cell outside of the polygon on every side.
    private var gridLow = GatePoint(0, 0)
    private var gridHigh = GatePoint(0, 0)
    /// Cells of values before the transformation of their axis.
    private var lookup: (x: PixelAxis, y: PixelAxis)?

    /// Cells of the grid on each axis, a power of two: 16 KB stay inside the first-level cache.
    private static let resolution = 128

    /// - Parameters:
    ///   - grid: prepare a grid that answers most events with one look; worth its cost from some
    ///     ten thousand events.
    ///   - scales: transformations of the axes. With a grid, the borders of its cells are moved
    ///     to the values before them, so that only events near an edge are transformed.
    init(
        _ vertices: [GatePoint], grid: Bool,
        scales: (x: ScaleTransform?, y: ScaleTransform?) = (nil, nil)
    ) {
        xs = vertices.map(\.x)
        ys = vertices.map(\.y)
        low = GatePoint(xs.min() ?? 0, ys.min() ?? 0)
        high = GatePoint(xs.max() ?? 0, ys.max() ?? 0)
        if grid { prepareGrid() }
        if !self.grid.isEmpty, scales.x != nil || scales.y != nil { prepareLookup(scales) }
    }

    /// The exact test. NaN and infinite places are outside.
    func contains(_ x: Double, _ y: Double) -> Bool {
        guard x >= low.x, x <= high.x, y >= low.y, y <= high.y else { return false }
        return xs.withUnsafeBufferPointer { xs in
            ys.withUnsafeBufferPointer { ys in
                var isInside = false
                var j = xs.count - 1
                for i in 0..<xs.count {
                    let (xi, yi, xj, yj) = (xs[i], ys[i], xs[j], ys[j])
                    if isOnEdge(x, y, xi, yi, xj, yj) { return true }
                    if (yi > y) != (yj > y), x < (xj - xi) * (y - yi) / (yj - yi) + xi {
                        isInside.toggle()
                    }
                    j = i
                }
                return isInside
            }
        }
    }

    @inline(__always)
    private func isOnEdge(
        _ x: Double, _ y: Double, _ xi: Double, _ yi: Double, _ xj: Double, _ yj: Double
    ) -> Bool {
        (x - xi) * (yj - yi) == (y - yi) * (xj - xi)
            && x >= min(xi, xj) && x <= max(xi, xj) && y >= min(yi, yj) && y <= max(yi, yj)
    }

    /// Which of the places of `mask` are inside, for 64 events.
    func members(
        _ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>, of mask: UInt64
    ) -> UInt64 {
        var rest = mask
        var result: UInt64 = 0
        if grid.isEmpty {
            while rest != 0 {
                let index = rest.trailingZeroBitCount
                rest &= rest &- 1
                if contains(x[index], y[index]) { result |= 1 << UInt64(index) }
            }
            return result
        }
        var edges: UInt64 = 0
        grid.withUnsafeBufferPointer { grid in
            for group in 0..<8 where mask >> UInt64(group &* 8) & 0xFF != 0 {
                let lanes = cells(grid, x + group &* 8, y + group &* 8)
                result |= lanes.inside << UInt64(group &* 8)
                edges |= lanes.edge << UInt64(group &* 8)
            }
        }
        result &= mask
        rest = edges & mask
        while rest != 0 {
            let index = rest.trailingZeroBitCount
            rest &= rest &- 1
            if contains(x[index], y[index]) { result |= 1 << UInt64(index) }
        }
        return result
    }

    /// What the grid says of eight places: a bit for each that is inside, and for each to be tested.
    ///
    /// The number of a cell is read from the last bits of its place plus 2^52, where numbers lie 1
    /// apart. A place on a border may be given to either cell, which changes no answer: the cells
    /// around every touched cell are tested as well. Its bits are cut to a cell of the grid, so
    /// that a place outside of the box, or no number, reads some cell and is then left out.
    @inline(__always)
    private func cells(
        _ grid: UnsafeBufferPointer<UInt8>, _ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>
    ) -> (inside: UInt64, edge: UInt64) {
        let xs = UnsafeRawPointer(x).loadUnaligned(as: SIMD8<Double>.self)
        let ys = UnsafeRawPointer(y).loadUnaligned(as: SIMD8<Double>.self)
        let isInBox = (xs .>= low.x) .& (xs .<= high.x) .& (ys .>= low.y) .& (ys .<= high.y)
        let columns = (xs - gridLow.x) * cellsX - 0.5 + 0x1p52
        let rows = (ys - gridLow.y) * cellsY - 0.5 + 0x1p52
        let last = UInt64(Self.resolution - 1)
        let numbers =
            (unsafeBitCast(rows, to: SIMD8<UInt64>.self) & last) &* UInt64(Self.resolution)
            | (unsafeBitCast(columns, to: SIMD8<UInt64>.self) & last)
        let box = unsafeBitCast(isInBox, to: SIMD8<UInt64>.self)
        var (inside, edge): (UInt64, UInt64) = (0, 0)
        for lane in 0..<8 {
            let cell = UInt64(grid[Int(truncatingIfNeeded: numbers[lane])]) & box[lane]
            inside |= (cell & 1) << UInt64(lane)
            edge |= (cell >> 1) << UInt64(lane)
        }
        return (inside, edge)
    }

    /// Which events of `mask` are inside, for 64 events given before the transformation of their
    /// axes; nil when no lookup was prepared. `isInside` tests one event exactly.
    ///
    /// Moving a border loses its last digits, so an event beside one may be taken for the next
    /// cell. That changes no answer: the cells around every touched cell are tested as well.
    func members(
        untransformed x: UnsafePointer<Double>, _ y: UnsafePointer<Double>, of mask: UInt64,
        isInside: (Int) -> Bool
    ) -> UInt64? {
        guard let lookup else { return nil }
        var rest = mask
        var result: UInt64 = 0
        return grid.withUnsafeBufferPointer { grid in
            while rest != 0 {
                let index = rest.trailingZeroBitCount
                rest &= rest &- 1
                guard let column = lookup.x.pixel(x[index]), column >= 0,
                    column < Self.resolution, let row = lookup.y.pixel(y[index]), row >= 0,
                    row < Self.resolution
                else { continue }
                let cell = grid[row &* Self.resolution &+ column]
                if cell == 1 || (cell == 2 && isInside(index)) { result |= 1 << UInt64(index) }
            }
            return result
        }
    }

    private mutating func prepareLookup(_ scales: (x: ScaleTransform?, y: ScaleTransform?)) {
        // A bound folds many values onto one place, which no border can express.
        for scale in [scales.x, scales.y] where scale?.isBounded ?? false { return }
        func axis(_ scale: ScaleTransform?, _ low: Double, _ high: Double) -> PixelAxis? {
            PixelAxis(
                PlotAxis(.channel(""), scale: scale, low: low, high: high, title: ""),
                count: Self.resolution)
        }
        guard let x = axis(scales.x, gridLow.x, gridHigh.x),
            let y = axis(scales.y, gridLow.y, gridHigh.y)
        else { return }
        lookup = (x, y)
    }

    /// Marks every cell that an edge may touch, one cell of margin included, and tests the
    /// centre of every other cell, all of whose points share its answer.
    private mutating func prepareGrid() {
        let cells = Self.resolution
        let (width, height) = (high.x - low.x, high.y - low.y)
        guard width > 0, height > 0, width.isFinite, height.isFinite else { return }
        let inner = Double(cells - 2)
        gridLow = GatePoint(low.x - width / inner, low.y - height / inner)
        gridHigh = GatePoint(high.x + width / inner, high.y + height / inner)
        // A polygon a few steps of the floating-point numbers wide leaves no room for a margin.
        guard gridLow.x < low.x, gridLow.y < low.y, gridHigh.x > high.x, gridHigh.y > high.y else {
            return
        }
        cellsX = Double(cells) / (gridHigh.x - gridLow.x)
        cellsY = Double(cells) / (gridHigh.y - gridLow.y)
        guard cellsX.isFinite, cellsY.isFinite, cellsX > 0, cellsY > 0 else { return }
        var marks = [UInt8](repeating: 0, count: cells * cells)
        func cell(_ place: Double) -> Int { max(0, min(cells - 1, Int(place.rounded(.down)))) }
        var j = xs.count - 1
        for i in xs.indices {
            let (ax, ay) = ((xs[i] - gridLow.x) * cellsX, (ys[i] - gridLow.y) * cellsY)
            let (bx, by) = ((xs[j] - gridLow.x) * cellsX, (ys[j] - gridLow.y) * cellsY)
            j = i
            for row in max(0, cell(min(ay, by)) - 1)...min(cells - 1, cell(max(ay, by)) + 1) {
                // The part of the edge within this row and its neighbours.
                var (from, to) = (min(ax, bx), max(ax, bx))
                if ay != by {
                    let slope = (bx - ax) / (by - ay)
                    let first = ax + (Double(row) - 1 - ay) * slope
                    let last = ax + (Double(row) + 2 - ay) * slope
                    from = max(from, min(first, last))
                    to = min(to, max(first, last))
                }
                guard from <= to else { continue }
                for column in max(0, cell(from) - 1)...min(cells - 1, cell(to) + 1) {
                    marks[row * cells + column] = 2
                }
            }
        }
        for row in 0..<cells {
            for column in 0..<cells where marks[row * cells + column] == 0 {
                let x = gridLow.x + (Double(column) + 0.5) / cellsX
                let y = gridLow.y + (Double(row) + 0.5) / cellsY
                marks[row * cells + column] = contains(x, y) ? 1 : 0
            }
        }
        grid = marks
    }
}
