/// Places the nodes of a directed graph in layers, so that edges run one way and rarely cross.
///
/// The four steps of K. Sugiyama, S. Tagawa and M. Toda, "Methods for visual understanding of
/// hierarchical system structures", IEEE Trans. SMC 11(2), 1981, doi:10.1109/TSMC.1981.4308636:
/// break cycles, layer by longest path, order each layer by barycentres, give coordinates. Points
/// are inserted where an edge passes through a layer, so that edges bend around nodes.
///
/// Everything is decided by the order of the input: equal input gives equal output. Time is
/// O(sweeps · (nodes + edge points) · log) after layering.
struct LayeredLayout {
    /// Layer of every node, 0 first; then of every passing point.
    private(set) var layers: [Int]
    /// Place across the layer of every node, then of every passing point, in units of one node.
    private(set) var places: [Double]
    /// For each input edge the vertices it runs through, from its source to its target.
    private(set) var routes: [[Int]]
    /// Number of layers.
    let depth: Int
    /// The vertices of each layer, first to last.
    private(set) var order: [[Int]]

    /// Sweeps of ordering and of placing. Crossings stop falling after a handful; the limit keeps
    /// the time bounded whatever the graph.
    private static let orderingSweeps = 12
    private static let placingSweeps = 10
    /// Room across the layer that a passing point takes, against 1 for a node.
    private static let passingRoom = 0.35

    /// A layout of `count` nodes joined by `edges` (source, target), both below `count`.
    init(count: Int, edges: [(source: Int, target: Int)]) {
        let forward = AcyclicEdges(count: count, edges: edges)
        var layers = forward.longestPathLayers()
        var routes: [[Int]] = []
        for edge in edges {
            let (low, high) =
                layers[edge.source] <= layers[edge.target]
                ? (edge.source, edge.target) : (edge.target, edge.source)
            var route = [low]
            for between in stride(from: layers[low] + 1, to: layers[high], by: 1) {
                route.append(layers.count)
                layers.append(between)
            }
            if edge.source != edge.target { route.append(high) }
            routes.append(low == edge.source ? route : route.reversed())
        }
        self.routes = routes
        self.layers = layers
        depth = (layers.max() ?? -1) + 1

        let links = LayerLinks(vertices: layers.count, layers: layers, routes: routes)
        order = links.ordered(depth: depth, sweeps: Self.orderingSweeps)
        places = Array(repeating: 0, count: layers.count)
        place(nodes: count, links: links)
    }

    /// Gives every layer the coordinates that bring its vertices nearest to their neighbours'
    /// means, in alternating directions.
    private mutating func place(nodes: Int, links: LayerLinks) {
        func room(_ vertex: Int) -> Double { vertex < nodes ? 1 : Self.passingRoom }
        for layer in order {
            var edge = 0.0
            for vertex in layer {
                places[vertex] = edge + room(vertex) / 2
                edge += room(vertex)
            }
            for vertex in layer { places[vertex] -= edge / 2 }
        }
        for sweep in 0..<Self.placingSweeps {
            let down = sweep.isMultiple(of: 2)
            let indices = down ? Array(order.indices) : order.indices.reversed()
            for index in indices {
                let layer = order[index]
                let wishes = layer.map { vertex -> Double in
                    let near = down ? links.before[vertex] : links.after[vertex]
                    guard !near.isEmpty else { return places[vertex] }
                    return near.map { places[$0] }.reduce(0, +) / Double(near.count)
                }
                let settled = separated(wishes, rooms: layer.map(room))
                for (vertex, place) in zip(layer, settled) { places[vertex] = place }
            }
        }
        let first = order.joined().map { places[$0] - room($0) / 2 }.min() ?? 0
        for vertex in places.indices { places[vertex] -= first }
    }
}

/// The positions nearest to `wishes` in the sense of least squares that keep their order and leave
/// each its room.
///
/// Subtracting the room before each turns it into isotonic regression, which pooling of adjacent
/// violators solves exactly in linear time: R. E. Barlow et al., "Statistical Inference under Order
/// Restrictions", Wiley 1972.
func separated(_ wishes: [Double], rooms: [Double]) -> [Double] {
    var offsets: [Double] = []
    var edge = 0.0
    for (index, room) in rooms.enumerated() {
        if index > 0 { edge += (rooms[index - 1] + room) / 2 }
        offsets.append(edge)
    }
    var pools: [(sum: Double, count: Int)] = []
    for (wish, offset) in zip(wishes, offsets) {
        pools.append((wish - offset, 1))
        while pools.count > 1 {
            let (last, previous) = (pools[pools.count - 1], pools[pools.count - 2])
            guard previous.sum / Double(previous.count) > last.sum / Double(last.count) else {
                break
            }
            pools.removeLast(2)
            pools.append((previous.sum + last.sum, previous.count + last.count))
        }
    }
    let levels = pools.flatMap {
        Array(repeating: $0.sum / Double($0.count), count: $0.count)
    }
    return zip(levels, offsets).map { $0 + $1 }
}
