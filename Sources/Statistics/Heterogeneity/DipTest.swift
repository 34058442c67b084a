/// Hartigan's dip: the largest distance between the distribution of a sample and the nearest
/// distribution with a single mode.
///
/// J. A. Hartigan & P. M. Hartigan, Ann. Statist. 13 (1985) 70, doi:10.1214/aos/1176346577;
/// computed by P. M. Hartigan's algorithm AS 217 (1985, doi:10.2307/2347485) with the correction
/// of its modal interval. Between 1/(2n) and 1/4; the time is that of sorting.
public struct DipTest: Hashable, Sendable {
    /// The dip.
    public let dip: Double
    /// Number of values.
    public let count: Int
    /// The modal interval: the least and greatest value between which the nearest unimodal
    /// distribution is steepest.
    public let modalInterval: ClosedRange<Double>
    /// Positions of its ends in the sorted sample, from 1.
    public let modalPositions: ClosedRange<Int>
    /// Probability of a larger dip for a uniform sample, interpolated in the published table; nil
    /// for fewer than 4 values. 0 means less than `smallestP`.
    public let p: Double?

    /// The smallest probability that the table can tell from 0.
    public static let smallestP = 1e-6

    /// Most values: positions are kept in 32 bits.
    public static let countLimit = Int(Int32.max) / 2

    /// The probability as it must be printed: never as 0.
    public var printedP: String {
        guard let p else { return "not defined for fewer than 4 values" }
        return p < DipTest.smallestP ? "< \(DipTest.smallestP)" : shortened(p)
    }

    /// Tests `values`.
    /// - Throws: without values, or for a value that is not finite.
    public init(_ values: [Double]) throws(AnalysisError) {
        guard !values.isEmpty else { throw .tooFew(what: "values", found: 0, needed: 1) }
        try requireFinite(values, "value")
        try self.init(sorted: sortedAscending(values))
    }

    /// Tests values that are already in ascending order.
    public init(sorted values: [Double]) throws(AnalysisError) {
        guard let first = values.first, let last = values.last else {
            throw .tooFew(what: "values", found: 0, needed: 1)
        }
        count = values.count
        guard values.count < DipTest.countLimit else {
            throw .tooMany(what: "values", found: values.count, limit: DipTest.countLimit)
        }
        guard values.count >= 2, last > first else {
            dip = 0.5 / Double(values.count)
            modalInterval = first...last
            modalPositions = 1...values.count
            p = values.count >= 4 ? 1 : nil
            return
        }
        let found = values.withUnsafeBufferPointer { DipSearch($0).run() }
        dip = found.dip
        modalInterval = values[found.low]...values[found.high]
        modalPositions = (found.low + 1)...(found.high + 1)
        p = DipTest.probability(dip: found.dip, count: values.count)
    }

    /// The probability of a larger dip, linear in n between the sizes of the table on the scale
    /// of sqrt(n) dip; beyond its last size that scale is constant.
    static func probability(dip: Double, count: Int) -> Double? {
        let sizes = DipTable.sizes
        guard let smallest = sizes.first, let largest = sizes.last, count >= smallest else {
            return nil
        }
        let n = Double(count)
        let scaled = n.squareRoot() * dip
        let row: [Double]
        if count >= largest {
            let root = Double(largest).squareRoot()
            row = DipTable.quantiles[sizes.count - 1].map { $0 * root }
        } else {
            let upper = sizes.firstIndex { $0 > count } ?? sizes.count - 1
            let (a, b) = (Double(sizes[upper - 1]), Double(sizes[upper]))
            let share = (n - a) / (b - a)
            row = zip(DipTable.quantiles[upper - 1], DipTable.quantiles[upper]).map {
                let (low, high) = ($0 * a.squareRoot(), $1 * b.squareRoot())
                return low + share * (high - low)
            }
        }
        // Small samples have the same quantile for several probabilities: one point at their mean.
        var knots: [(quantile: Double, probability: Double)] = []
        var place = 0
        while place < row.count {
            let end = row[place...].lastIndex(of: row[place]) ?? place
            let tied = DipTable.probabilities[place...end]
            knots.append((row[place], tied.reduce(0, +) / Double(tied.count)))
            place = end + 1
        }
        guard let last = knots.last, scaled < last.quantile else { return 0 }
        guard let below = knots.lastIndex(where: { $0.quantile <= scaled }) else { return 1 }
        let (low, high) = (knots[below], knots[below + 1])
        let share = (scaled - low.quantile) / (high.quantile - low.quantile)
        return 1 - (low.probability + share * (high.probability - low.probability))
    }
}

/// The search for the dip in a sorted sample: positions count from 0, distances in counts.
private struct DipSearch {
    let x: UnsafeBufferPointer<Double>
    let n: Int

    init(_ x: UnsafeBufferPointer<Double>) {
        self.x = x
        n = x.count
    }

    /// For each point the one before it on the greatest convex minorant up to it (or, backward,
    /// the one after it on the least concave majorant from it on).
    private func hull(_ links: UnsafeMutableBufferPointer<Int32>, forward: Bool) {
        let first = forward ? 0 : n - 1
        let step = forward ? 1 : -1
        links[first] = Int32(first)
        var point = first + step
        while point >= 0, point < n {
            var link = point - step
            while link != first {
                let next = Int(links[link])
                let left = (x[point] - x[link]) * Double(link - next)
                let right = (x[link] - x[next]) * Double(point - link)
                if left < right { break }
                link = next
            }
            links[point] = Int32(truncatingIfNeeded: link)
            point += step
        }
    }

    func run() -> (dip: Double, low: Int, high: Int) {
        // Every place is written before it is read.
        let memory = UnsafeMutableBufferPointer<Int32>.allocate(capacity: 4 * n + 4)
        defer { memory.deallocate() }
        let minorantLinks = UnsafeMutableBufferPointer(rebasing: memory[0..<n])
        let majorantLinks = UnsafeMutableBufferPointer(rebasing: memory[n..<2 * n])
        let minorant = UnsafeMutableBufferPointer(rebasing: memory[2 * n..<3 * n + 2])
        let majorant = UnsafeMutableBufferPointer(rebasing: memory[3 * n + 2..<4 * n + 4])
        hull(minorantLinks, forward: true)
        hull(majorantLinks, forward: false)
        var (low, high) = (0, n - 1)
        // The smallest possible dip is one half of a step of the distribution function.
        var dip = 1.0
        while true {
            // The minorant from high down to low, and the majorant from low up to high.
            var minorantCount = 1
            minorant[0] = Int32(high)
            while minorant[minorantCount - 1] > low {
                minorant[minorantCount] = minorantLinks[Int(minorant[minorantCount - 1])]
                minorantCount += 1
            }
            var majorantCount = 1
            majorant[0] = Int32(low)
            while majorant[majorantCount - 1] < high {
                majorant[majorantCount] = majorantLinks[Int(majorant[majorantCount - 1])]
                majorantCount += 1
            }
            var minorantEnd = minorantCount - 1
            var majorantEnd = majorantCount - 1
            var distance = 1.0
            if minorantCount > 2 || majorantCount > 2 {
                distance = greatestGap(
                    minorant, minorantCount, majorant, majorantCount, &minorantEnd, &majorantEnd)
            }
            if distance < dip { break }
            let inMinorant = excess(minorant, from: minorantEnd, count: minorantCount, above: true)
            let inMajorant = excess(majorant, from: majorantEnd, count: majorantCount, above: false)
            dip = max(dip, inMinorant, inMajorant)
            let (newLow, newHigh) = (Int(minorant[minorantEnd]), Int(majorant[majorantEnd]))
            if newLow == low, newHigh == high { break }
            (low, high) = (newLow, newHigh)
        }
        return (dip / Double(2 * n), low, high)
    }

    /// The greatest distance between majorant and minorant, walked from the low end up; the ends
    /// tell where the modal interval of the next round lies.
    private func greatestGap(
        _ minorant: UnsafeMutableBufferPointer<Int32>, _ minorantCount: Int,
        _ majorant: UnsafeMutableBufferPointer<Int32>, _ majorantCount: Int,
        _ minorantEnd: inout Int, _ majorantEnd: inout Int
    ) -> Double {
        var onMinorant = max(0, minorantCount - 2)
        var onMajorant = min(1, majorantCount - 1)
        var distance = 0.0
        repeat {
            let lower = Int(minorant[onMinorant])
            let upper = Int(majorant[onMajorant])
            if lower > upper {
                // The next knot is of the majorant: its height over the minorant segment.
                let before = Int(minorant[onMinorant + 1])
                let gap =
                    Double(upper - before + 1) - (x[upper] - x[before]) * Double(lower - before)
                    / (x[lower] - x[before])
                onMajorant += 1
                if gap >= distance {
                    distance = gap
                    minorantEnd = onMinorant + 1
                    majorantEnd = onMajorant - 1
                }
            } else {
                let before = Int(majorant[onMajorant - 1])
                let gap =
                    (x[lower] - x[before]) * Double(upper - before) / (x[upper] - x[before])
                    - Double(lower - before - 1)
                onMinorant -= 1
                if gap >= distance {
                    distance = gap
                    minorantEnd = onMinorant + 1
                    majorantEnd = onMajorant
                }
            }
            onMinorant = max(0, onMinorant)
            onMajorant = min(majorantCount - 1, onMajorant)
        } while minorant[onMinorant] != majorant[onMajorant]
        return distance
    }

    /// The greatest distance of the distribution function from the segments of a hull beyond its
    /// modal end: above the minorant, or below the majorant.
    private func excess(
        _ hull: UnsafeMutableBufferPointer<Int32>, from end: Int, count: Int, above: Bool
    ) -> Double {
        var greatest = 0.0
        for place in end..<max(end, count - 1) {
            let (from, to) =
                above
                ? (Int(hull[place + 1]), Int(hull[place]))
                : (Int(hull[place]), Int(hull[place + 1]))
            var local = 1.0
            if to - from > 1, x[to] != x[from] {
                let slope = Double(to - from) / (x[to] - x[from])
                for point in from...to {
                    let rise = (x[point] - x[from]) * slope
                    let step = Double(point - from)
                    local = max(local, above ? step + 1 - rise : rise - (step - 1))
                }
            }
            greatest = max(greatest, local)
        }
        return greatest
    }
}
