/// The order in which gates can be evaluated.
enum GateOrder {
    /// Every gate and quadrant after all that it depends on, otherwise in document order.
    ///
    /// - Throws: when an id occurs twice, a reference leads nowhere or gates depend on each
    ///   other in a circle. Iterative, so that a chain of any depth cannot exhaust the stack.
    static func sorted(_ gates: [Gate]) throws(GatingError) -> [GatingStrategy.Node] {
        guard gates.count <= GatingStrategy.gatesMax else {
            throw .init(
                .limit, "there are \(gates.count) gates, limit \(GatingStrategy.gatesMax)")
        }
        let populations = try populations(of: gates)
        var place: [String: Int] = [:]
        for (index, population) in populations.enumerated() { place[population.id] = index }
        var dependencies: [[Int]] = []
        for population in populations {
            dependencies.append(try resolve(population, gates, place))
        }
        let order = try topological(populations.map(\.id), dependencies)
        var rank = [Int](repeating: 0, count: order.count)
        for (position, index) in order.enumerated() { rank[index] = position }
        return order.map { index in
            let population = populations[index]
            let gate = gates[population.gate]
            var references = dependencies[index].map { rank[$0] }
            let parent = gate.parent == nil ? nil : references.removeFirst()
            return GatingStrategy.Node(
                id: population.id, gate: population.gate, quadrant: population.quadrant,
                parent: parent, operands: references)
        }
    }

    private typealias Population = (id: String, gate: Int, quadrant: Int?)

    private static func populations(of gates: [Gate]) throws(GatingError) -> [Population] {
        var result: [Population] = []
        var seen: Set<String> = []
        for (index, gate) in gates.enumerated() {
            guard seen.insert(gate.id).inserted else {
                throw .init(.duplicate, "two gates have the id '\(gate.id)'")
            }
            guard case .quadrants(_, let quadrants) = gate.shape else {
                result.append((gate.id, index, nil))
                continue
            }
            for (number, quadrant) in quadrants.enumerated() {
                guard seen.insert(quadrant.id).inserted else {
                    throw .init(.duplicate, "two gates have the id '\(quadrant.id)'")
                }
                result.append((quadrant.id, index, number))
            }
        }
        return result
    }

    /// Places of the parent, first when there is one, and of the operands.
    private static func resolve(
        _ population: Population, _ gates: [Gate], _ place: [String: Int]
    ) throws(GatingError) -> [Int] {
        let gate = gates[population.gate]
        var result: [Int] = []
        if let parent = gate.parent {
            guard let index = place[parent] else {
                throw .init(
                    .unknownReference,
                    "gate '\(gate.id)' has the parent '\(parent)', which does not exist")
            }
            result.append(index)
        }
        if case .boolean(_, let operands) = gate.shape {
            for operand in operands {
                guard let index = place[operand.gate] else {
                    throw .init(
                        .unknownReference,
                        "boolean gate '\(gate.id)' refers to gate '\(operand.gate)', which does "
                            + "not exist")
                }
                result.append(index)
            }
        }
        return result
    }

    private static func topological(
        _ ids: [String], _ dependencies: [[Int]]
    ) throws(GatingError) -> [Int] {
        var order: [Int] = []
        // 0: not visited, 1: on the path, 2: done.
        var state = [UInt8](repeating: 0, count: ids.count)
        for root in ids.indices where state[root] == 0 {
            var path: [(node: Int, next: Int)] = [(root, 0)]
            state[root] = 1
            while let top = path.last {
                guard top.next < dependencies[top.node].count else {
                    state[top.node] = 2
                    order.append(top.node)
                    path.removeLast()
                    continue
                }
                path[path.count - 1].next += 1
                let dependency = dependencies[top.node][top.next]
                if state[dependency] == 1 {
                    let start = path.firstIndex { $0.node == dependency } ?? 0
                    let circle = path[start...].map { "'\(ids[$0.node])'" }
                    throw .init(
                        .cycle,
                        "gates depend on each other in a circle: "
                            + circle.prefix(8).joined(separator: " → ") + " → '\(ids[dependency])'")
                }
                if state[dependency] == 0 {
                    state[dependency] = 1
                    path.append((dependency, 0))
                }
            }
        }
        return order
    }
}
