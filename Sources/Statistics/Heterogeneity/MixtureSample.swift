/// What a mixture is fitted to: places, and how many values lie at each.
struct MixtureSample {
    /// Coordinates, place by place.
    let data: [Double]
    /// Coordinates of a place.
    let dimensions: Int
    /// Values at each place.
    let counts: [Double]
    /// Variance of the values about each place, in one dimension; empty when every place is one value.
    let spreads: [Double]
    /// Number of all values.
    let total: Double

    /// Number of places.
    var places: Int { counts.count }

    /// Values above which those close together share a place.
    private static let groupedFrom = 20_000
    /// Values of one place, as a share of all, and its width, as a share of the distance between the
    /// quartiles: the density of a component hardly changes over so little.
    private static let most = 1.0 / 4096
    private static let widest = 1.0 / 1000

    /// Every row is a place.
    init(_ rows: [[Double]]) {
        data = rows.flatMap { $0 }
        dimensions = rows.first?.count ?? 1
        counts = [Double](repeating: 1, count: rows.count)
        spreads = []
        total = Double(rows.count)
    }

    /// Values of one dimension, those close together at one place; `nil` for few, or when half of
    /// them are the same.
    init?(grouping values: [Double]) {
        guard values.count > Self.groupedFrom else { return nil }
        let sorted = values.sorted()
        let width =
            (sorted[3 * sorted.count / 4] - sorted[sorted.count / 4]) * Self.widest
        guard width > 0, width.isFinite else { return nil }
        let most = max(1, Int(Double(sorted.count) * Self.most))
        var (means, counts, spreads): ([Double], [Double], [Double]) = ([], [], [])
        var first = 0
        while first < sorted.count {
            var end = first + 1
            while end < sorted.count, end - first < most, sorted[end] - sorted[first] <= width {
                end += 1
            }
            let own = sorted[first..<end]
            let mean = own.reduce(0, +) / Double(own.count)
            means.append(mean)
            counts.append(Double(own.count))
            spreads.append(own.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(own.count))
            first = end
        }
        data = means
        dimensions = 1
        self.counts = counts
        self.spreads = spreads
        total = Double(sorted.count)
    }

    /// Places at equal shares of the values, by the first coordinate.
    func quantileCentres(_ components: Int) -> [[Double]] {
        let order = (0..<places).sorted { data[$0 * dimensions] < data[$1 * dimensions] }
        var (index, before) = (0, 0.0)
        return (0..<components).map { component in
            let rank = Double((2 * component + 1) * Int(total) / (2 * components))
            while index < places - 1, before + counts[order[index]] <= rank {
                before += counts[order[index]]
                index += 1
            }
            return place(order[index])
        }
    }

    /// k-means++ (D. Arthur & S. Vassilvitskii 2007).
    func spreadCentres(_ components: Int, _ generator: inout RandomSource) -> [[Double]] {
        var centres = [place(generator.integer(below: places))]
        var nearest = [Double](repeating: .infinity, count: places)
        while centres.count < components {
            let last = centres[centres.count - 1]
            var total = 0.0
            for index in 0..<places {
                var square = 0.0
                for coordinate in 0..<dimensions {
                    let distance = data[index * dimensions + coordinate] - last[coordinate]
                    square += distance * distance
                }
                nearest[index] = min(nearest[index], square)
                total += nearest[index] * counts[index]
            }
            var target = generator.uniform() * total
            let chosen = (0..<places).first { index in
                target -= nearest[index] * counts[index]
                return target <= 0
            }
            centres.append(place(chosen ?? places - 1))
        }
        return centres
    }

    private func place(_ index: Int) -> [Double] {
        Array(data[(index * dimensions)..<((index + 1) * dimensions)])
    }
}
