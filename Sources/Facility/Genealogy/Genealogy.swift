/// What came from what, between the things of the site: donors, containers, lots, batches,
/// patients.
///
/// Every movement of material adds an edge from what was used to what it became, so the picture
/// can be read in either direction: from a donor to every patient, from a dose to every donor and
/// lot. An edge is never removed, and what something came from existed before it: there is no
/// cycle.
package struct Genealogy: Sendable {
    private var parentsOf = Table<String, [String]>()
    private var childrenOf = Table<String, [String]>()

    /// What `node` was made from, in the order it was recorded.
    package func parents(of node: String) -> [String] { parentsOf[node] ?? [] }

    /// What was made from `node`, in the order it was recorded.
    package func children(of node: String) -> [String] { childrenOf[node] ?? [] }

    /// Records that `child` was made from `parent`, once.
    mutating func link<P, C>(_ parent: Identifier<P>, to child: Identifier<C>) {
        guard !parents(of: child.text).contains(parent.text) else { return }
        parentsOf[child.text, default: []].append(parent.text)
        childrenOf[parent.text, default: []].append(child.text)
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
        var seen: Set<String> = [start]
        var steps = [Step(node: start, depth: 0)]
        var next = 0
        while next < steps.count {
            let step = steps[next]
            next += 1
            let neighbours =
                direction == .back ? parents(of: step.node) : children(of: step.node)
            for node in neighbours where seen.insert(node).inserted {
                steps.append(Step(node: node, depth: step.depth + 1))
            }
        }
        steps.removeFirst()
        return steps
    }
}
