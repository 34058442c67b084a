/// A graph whose cycles are broken by turning one edge of each around.
///
/// A genealogy has no cycles; a picture of a wrong record must still be drawn, for it is how the
/// error is seen.
struct AcyclicEdges {
    private let count: Int
    private var targets: [[Int]]
    private var sources: [[Int]]

    init(count: Int, edges: [(source: Int, target: Int)]) {
        self.count = count
        var raw = Array(repeating: [Int](), count: count)
        for edge in edges where edge.source != edge.target { raw[edge.source].append(edge.target) }
        targets = Array(repeating: [], count: count)
        sources = Array(repeating: [], count: count)
        for (source, target) in Self.turned(raw) {
            targets[source].append(target)
            sources[target].append(source)
        }
    }

    /// The edges of `raw` with those that close a cycle in a depth-first walk turned around. The
    /// walk keeps its own stack: a chain may be as long as the graph.
    private static func turned(_ raw: [[Int]]) -> [(Int, Int)] {
        enum Mark { case unseen, open, done }
        var marks = Array(repeating: Mark.unseen, count: raw.count)
        var edges: [(Int, Int)] = []
        for root in raw.indices where marks[root] == .unseen {
            var stack = [(vertex: root, next: 0)]
            marks[root] = .open
            while let top = stack.last {
                guard top.next < raw[top.vertex].count else {
                    marks[top.vertex] = .done
                    stack.removeLast()
                    continue
                }
                stack[stack.count - 1].next += 1
                let target = raw[top.vertex][top.next]
                switch marks[target] {
                case .open: edges.append((target, top.vertex))
                case .done: edges.append((top.vertex, target))
                case .unseen:
                    edges.append((top.vertex, target))
                    marks[target] = .open
                    stack.append((target, 0))
                }
            }
        }
        return edges
    }

    /// For each node the length of the longest path that leads to it; a node without a source
    /// stands just before the nearest of its targets.
    func longestPathLayers() -> [Int] {
        var layers = Array(repeating: 0, count: count)
        var waiting = sources.map(\.count)
        var ready = (0..<count).filter { waiting[$0] == 0 }
        var cursor = 0
        while cursor < ready.count {
            let vertex = ready[cursor]
            cursor += 1
            for target in targets[vertex] {
                layers[target] = max(layers[target], layers[vertex] + 1)
                waiting[target] -= 1
                if waiting[target] == 0 { ready.append(target) }
            }
        }
        for vertex in 0..<count where sources[vertex].isEmpty {
            if let nearest = targets[vertex].map({ layers[$0] }).min() {
                layers[vertex] = nearest - 1
            }
        }
        return layers
    }
}
