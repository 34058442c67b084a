/// Who is joined to whom between neighbouring layers, and the orders with few crossings.
struct LayerLinks {
    /// For each vertex its neighbours in the layer before.
    private(set) var before: [[Int]]
    /// For each vertex its neighbours in the layer after.
    private(set) var after: [[Int]]
    private let layers: [Int]

    init(vertices: Int, layers: [Int], routes: [[Int]]) {
        before = Array(repeating: [], count: vertices)
        after = Array(repeating: [], count: vertices)
        self.layers = layers
        for route in routes {
            for (first, second) in zip(route, route.dropFirst()) {
                let (low, high) = layers[first] < layers[second] ? (first, second) : (second, first)
                after[low].append(high)
                before[high].append(low)
            }
        }
    }

    /// The vertices of each layer in the best order that `sweeps` passes of barycentres found.
    func ordered(depth: Int, sweeps: Int) -> [[Int]] {
        var order = firstOrder(depth: depth)
        var best = order
        var fewest = crossings(of: order)
        for sweep in 0..<sweeps where fewest > 0 {
            let down = sweep.isMultiple(of: 2)
            let indices = down ? Array(order.indices) : order.indices.reversed()
            for index in indices {
                order[index] = sorted(order[index], among: order, down: down)
            }
            let count = crossings(of: order)
            if count < fewest {
                fewest = count
                best = order
            }
        }
        return best
    }

    /// Number of pairs of edges that cross, summed over the gaps between layers.
    func crossings(of order: [[Int]]) -> Int {
        var position = Array(repeating: 0, count: layers.count)
        for layer in order {
            for (index, vertex) in layer.enumerated() { position[vertex] = index }
        }
        return zip(order, order.dropFirst()).reduce(0) { total, gap in
            let ends = gap.0.flatMap { after[$0].map { position[$0] }.sorted() }
            return total + inversions(ends, below: gap.1.count)
        }
    }

    /// Depth-first from the first layer, so that a family stands together from the start.
    private func firstOrder(depth: Int) -> [[Int]] {
        var order = Array(repeating: [Int](), count: depth)
        var seen = Array(repeating: false, count: layers.count)
        for root in layers.indices.sorted(by: { (layers[$0], $0) < (layers[$1], $1) }) {
            var stack = [root]
            while let vertex = stack.popLast() {
                guard !seen[vertex] else { continue }
                seen[vertex] = true
                order[layers[vertex]].append(vertex)
                stack.append(contentsOf: after[vertex].reversed())
            }
        }
        return order
    }

    private func sorted(_ layer: [Int], among order: [[Int]], down: Bool) -> [Int] {
        guard let first = layer.first else { return layer }
        let other = layers[first] + (down ? -1 : 1)
        guard order.indices.contains(other) else { return layer }
        var position: [Int: Int] = [:]
        for (index, vertex) in order[other].enumerated() { position[vertex] = index }
        let keyed = layer.enumerated().map { index, vertex -> (key: Double, index: Int, Int) in
            let near = (down ? before[vertex] : after[vertex]).compactMap { position[$0] }
            let centre =
                near.isEmpty
                ? Double(index) : Double(near.reduce(0, +)) / Double(near.count)
            return (centre, index, vertex)
        }
        return keyed.sorted { ($0.key, $0.index) < ($1.key, $1.index) }.map(\.2)
    }
}

/// Number of pairs out of order in `values`, all in `0..<bound`, counted with a binary indexed tree:
/// W. Barth, M. Jünger, P. Mutzel, "Simple and efficient bilayer cross counting", Graph Drawing
/// 2002, doi:10.1007/3-540-36151-0_13. O(n log bound).
func inversions(_ values: [Int], below bound: Int) -> Int {
    var tree = Array(repeating: 0, count: bound + 1)
    var total = 0
    for (seen, value) in values.enumerated() {
        var notAbove = 0
        var index = value + 1
        while index > 0 {
            notAbove += tree[index]
            index -= index & -index
        }
        total += seen - notAbove
        index = value + 1
        while index <= bound {
            tree[index] += 1
            index += index & -index
        }
    }
    return total
}
