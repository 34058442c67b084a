import Diagnostics

extension Reading {
    /// Reports banks, media and stages that come, over others, from themselves.
    mutating func reportCycles(in definition: Definition) {
        reportCycles(
            "bank", definition.banks.map { ($0.id, [$0.madeFrom].compactMap(\.self)) },
            "is made from itself")
        reportCycles(
            "medium", definition.media.map { ($0.id, $0.recipe.map(\.material)) },
            "is part of itself")
        reportCycles(
            "stage",
            (definition.process?.stages ?? []).map { ($0.id, [$0.from].compactMap(\.self)) },
            "starts from itself")
        reportCycles(
            "assay", definition.assays.map { ($0.id, [$0.surrogateFor].compactMap(\.self)) },
            "is a surrogate for itself")
    }

    /// Walks the graph of `edges` without recursion: a chain may be as long as the definition.
    private mutating func reportCycles(
        _ noun: String, _ edges: [(id: Located<String>, to: [Located<String>])], _ what: String
    ) {
        let places = Dictionary(
            edges.enumerated().map { ($1.id.value, $0) }, uniquingKeysWith: { first, _ in first })
        enum Mark { case new, open, done }
        var marks = Array(repeating: Mark.new, count: edges.count)
        for start in edges.indices where marks[start] == .new {
            var path: [(node: Int, next: Int)] = [(start, 0)]
            marks[start] = .open
            while let (node, next) = path.last {
                guard next < edges[node].to.count else {
                    marks[node] = .done
                    path.removeLast()
                    continue
                }
                path[path.count - 1].next += 1
                let reference = edges[node].to[next]
                guard let target = places[reference.value] else { continue }
                switch marks[target] {
                case .new:
                    marks[target] = .open
                    path.append((target, 0))
                case .open:
                    let cycle = path.drop { $0.node != target }.map { edges[$0.node].id.value }
                    let way = (cycle + [reference.value]).joined(separator: " → ")
                    report(
                        "reference-cycle", "the \(noun) '\(reference)' \(what)",
                        at: reference.position, notes: [.init(way)])
                case .done: break
                }
            }
        }
    }
}
