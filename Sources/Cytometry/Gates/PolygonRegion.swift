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

    /// Cells of the grid on each axis: 16 KB stay inside the first-level cache.
    private static let resolution = 128

    /// - Parameter grid: prepare a grid that answers most events with one look; worth its cost
    ///   from some ten thousand events.
    init(_ vertices: [GatePoint], grid: Bool) {
        xs = vertices.map(\.x)
        ys = vertices.map(\.y)
        low = GatePoint(xs.min() ?? 0, ys.min() ?? 0)
        high = GatePoint(xs.max() ?? 0, ys.max() ?? 0)
        if grid { prepareGrid() }
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
        return grid.withUnsafeBufferPointer { grid in
            while rest != 0 {
                let index = rest.trailingZeroBitCount
                rest &= rest &- 1
                let (px, py) = (x[index], y[index])
                guard px >= low.x, px <= high.x, py >= low.y, py <= high.y else { continue }
                let column = Int(truncatingIfNeeded: Int32((px - low.x) * cellsX))
                let row = Int(truncatingIfNeeded: Int32((py - low.y) * cellsY))
                let cell = grid[row &* Self.resolution &+ column]
                if cell == 1 || (cell == 2 && contains(px, py)) { result |= 1 << UInt64(index) }
            }
            return result
        }
    }

    /// Marks every cell that an edge may touch, one cell of margin included, and tests the
    /// centre of every other cell, all of whose points share its answer.
    private mutating func prepareGrid() {
        let cells = Self.resolution
        let (width, height) = (high.x - low.x, high.y - low.y)
        guard width > 0, height > 0, width.isFinite, height.isFinite else { return }
        // Slightly less than the resolution, so that the far edges fall into the last cells.
        cellsX = Double(cells) * (1 - 1e-12) / width
        cellsY = Double(cells) * (1 - 1e-12) / height
        guard cellsX.isFinite, cellsY.isFinite, cellsX > 0, cellsY > 0 else { return }
        var marks = [UInt8](repeating: 0, count: cells * cells)
        func cell(_ place: Double) -> Int { max(0, min(cells - 1, Int(place.rounded(.down)))) }
        var j = xs.count - 1
        for i in xs.indices {
            let (ax, ay) = ((xs[i] - low.x) * cellsX, (ys[i] - low.y) * cellsY)
            let (bx, by) = ((xs[j] - low.x) * cellsX, (ys[j] - low.y) * cellsY)
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
                let x = low.x + (Double(column) + 0.5) / cellsX
                let y = low.y + (Double(row) + 0.5) / cellsY
                marks[row * cells + column] = contains(x, y) ? 1 : 0
            }
        }
        grid = marks
    }
}
