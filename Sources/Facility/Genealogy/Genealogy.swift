/// What came from what, between the things of the site: donors, containers, lots, batches,
/// patients.
///
/// Every movement of material adds an edge from what was used to what it became, so the picture
/// can be read in either direction: from a donor to every patient, from a dose to every donor and
/// lot. An edge is never removed, and what something came from existed before it: there is no
/// cycle.
///
/// Things are numbered as they are met, and every edge stands in two chains, one from its parent
/// and one from its child. A whole trace is a walk over numbers: milliseconds for a site of a
/// million edges.
package struct Genealogy: Sendable {
    private var numbers = Table<String, Int32>()
    private var names = ChunkedArray<String>()
    private var nodes = ChunkedArray<Node>()
    private var edges = ChunkedArray<Edge>()

    /// The ends of the two chains of one thing; -1 where there is none.
    private struct Node: Sendable {
        var firstParent: Int32 = -1
        var lastParent: Int32 = -1
        var firstChild: Int32 = -1
        var lastChild: Int32 = -1
    }

    /// One edge and the edges that follow it in its chains; -1 at the end.
    private struct Edge: Sendable {
        var parent: Int32
        var child: Int32
        var nextParent: Int32 = -1
        var nextChild: Int32 = -1
    }

    /// A genealogy of nothing.
    package init() {}

    /// How many things have a parent or a child.
    package var nodeCount: Int { names.count }

    /// How many edges there are.
    package var edgeCount: Int { edges.count }

    /// What `node` was made from, in the order it was recorded.
    package func parents(of node: String) -> [String] { neighbours(of: node, .back) }

    /// What was made from `node`, in the order it was recorded.
    package func children(of node: String) -> [String] { neighbours(of: node, .forward) }

    /// Records that `child` was made from `parent`, once. Linear in the parents of `child`.
    package mutating func link(_ parent: String, to child: String) {
        let (from, to) = (number(of: parent), number(of: child))
        var next = nodes[to].firstParent
        while next >= 0 {
            let edge = edges[Int(next)]
            if edge.parent == from { return }
            next = edge.nextParent
        }
        append(from, to)
    }

    /// Adds an edge that is not there yet.
    private mutating func append(_ from: Int, _ to: Int) {
        let new = Int32(edges.count)
        edges.append(Edge(parent: Int32(from), child: Int32(to)))
        let (lastParent, lastChild) = (nodes[to].lastParent, nodes[from].lastChild)
        if lastParent >= 0 {
            edges[Int(lastParent)].nextParent = new
        } else {
            nodes[to].firstParent = new
        }
        nodes[to].lastParent = new
        if lastChild >= 0 {
            edges[Int(lastChild)].nextChild = new
        } else {
            nodes[from].firstChild = new
        }
        nodes[from].lastChild = new
    }

    /// The names of all things, in the order they were met.
    var nodeNames: [String] { names.elements }

    /// The ends of all edges, in the order they were recorded, as numbers of things.
    var edgeEnds: (parents: [Int32], children: [Int32]) {
        let all = edges.elements
        return (all.map(\.parent), all.map(\.child))
    }

    /// The genealogy with these things and edges; `nil` when an edge names no thing.
    init?(names: [String], parents: [Int32], children: [Int32]) {
        for name in names { _ = number(of: name) }
        guard self.names.count == names.count, parents.count == children.count else { return nil }
        let known = 0..<Int32(names.count)
        for (parent, child) in zip(parents, children) {
            guard known.contains(parent), known.contains(child) else { return nil }
            append(Int(parent), Int(child))
        }
    }

    /// Which way to read.
    package enum Direction: String, Sendable, CaseIterable {
        /// Towards donors and lots.
        case back
        /// Towards patients.
        case forward
    }

    /// One step of a trace: a thing and how far it is from where the trace began.
    package struct Step: Hashable, Sendable {
        package var node: String
        package var depth: Int
    }

    /// Everything reached from `start` in one direction, nearest first, each thing once; `start`
    /// itself is not among them. Linear in what is reached.
    package func trace(from start: String, _ direction: Direction) -> [Step] {
        guard let number = numbers[start] else { return [] }
        let reached = reach(from: number, direction)
        var steps: [Step] = []
        steps.reserveCapacity(reached.numbers.count)
        for (offset, number) in reached.numbers.enumerated().dropFirst() {
            steps.append(Step(node: names[Int(number)], depth: Int(reached.depths[offset])))
        }
        return steps
    }

    /// How many things are reached from `start`.
    package func reachCount(from start: String, _ direction: Direction) -> Int {
        numbers[start].map { reach(from: $0, direction).numbers.count - 1 } ?? 0
    }

    private func reach(
        from start: Int32, _ direction: Direction
    ) -> (numbers: [Int32], depths: [Int32]) {
        // One bit a thing: 30 kB for a quarter of a million.
        var seen = [UInt64](repeating: 0, count: names.count >> 6 + 1)
        var found = [start]
        var depths: [Int32] = [0]
        seen[Int(start) >> 6] |= 1 << UInt64(start & 63)
        var next = 0
        while next < found.count {
            let node = nodes[Int(found[next])]
            let depth = depths[next] + 1
            next += 1
            var edge = direction == .back ? node.firstParent : node.firstChild
            while edge >= 0 {
                let link = edges[Int(edge)]
                let other = direction == .back ? link.parent : link.child
                edge = direction == .back ? link.nextParent : link.nextChild
                let (word, bit) = (Int(other) >> 6, UInt64(1) << UInt64(other & 63))
                guard seen[word] & bit == 0 else { continue }
                seen[word] |= bit
                found.append(other)
                depths.append(depth)
            }
        }
        return (found, depths)
    }

    private func neighbours(of node: String, _ direction: Direction) -> [String] {
        guard let number = numbers[node] else { return [] }
        var found: [String] = []
        let ends = nodes[Int(number)]
        var edge = direction == .back ? ends.firstParent : ends.firstChild
        while edge >= 0 {
            let link = edges[Int(edge)]
            found.append(names[Int(direction == .back ? link.parent : link.child)])
            edge = direction == .back ? link.nextParent : link.nextChild
        }
        return found
    }

    private mutating func number(of name: String) -> Int {
        if let known = numbers[name] { return Int(known) }
        let new = names.count
        numbers[name] = Int32(new)
        names.append(name)
        nodes.append(Node())
        return new
    }
}
