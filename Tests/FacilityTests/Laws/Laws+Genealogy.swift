import Facility
import Ledger
import TestSupport

extension Laws {
    /// No cycle, no orphan, and traces that reach what a slow search of the ledger's edges reaches.
    static func genealogyIsWhole(_ site: TestSite) throws {
        let state = site.state
        let edges = edges(of: site.entries)
        try require(
            edges.count == state.genealogy.edgeCount,
            "the genealogy has other edges than the ledger")
        for edge in edges {
            try require(
                state.genealogy.parents(of: edge.child).contains(edge.parent)
                    && state.genealogy.children(of: edge.parent).contains(edge.child),
                "\(edge.child) is no child of \(edge.parent)")
            try require(
                state.things[edge.parent] != nil && state.things[edge.child] != nil,
                "\(edge) has an end without a name")
        }
        let children = Set(edges.map(\.child))
        for id in state.containers.keys.map(\.text) + state.banks.keys.map(\.text)
            + state.samples.keys.map(\.text)
        {
            try require(children.contains(id), "\(id) came from nothing")
        }
        try hasNoCycle(edges)
        let nodes = Set(edges.flatMap { [$0.parent, $0.child] }).sorted()
        for node in stride(from: 0, to: nodes.count, by: max(1, nodes.count / 20)) {
            for direction in Genealogy.Direction.allCases {
                let trace = state.genealogy.trace(from: nodes[node], direction).map(\.node)
                try require(Set(trace).count == trace.count, "\(nodes[node]) reaches one twice")
                try require(
                    Set(trace) == reached(from: nodes[node], direction, edges),
                    "the trace \(direction) of \(nodes[node]) is not whole")
            }
        }
    }

    private struct Edge: Hashable {
        var parent: String
        var child: String
    }

    /// Every edge there must be, read off the entries.
    private static func edges(of entries: [LedgerEntry]) -> Set<Edge> {
        var edges: Set<Edge> = []
        for entry in entries {
            func all(_ field: String) -> [String] {
                let body = entry.body[field]
                return body?.arrayValue?.compactMap(\.stringValue)
                    ?? [body?.stringValue].compactMap { $0 }
            }
            func link(_ parents: String, _ children: String) {
                for parent in all(parents) {
                    for child in all(children) { edges.insert(Edge(parent: parent, child: child)) }
                }
            }
            switch entry.kind {
            case "donation.received/1": link("donor", "container")
            case "line.registered/1": link("donor", "line")
            case "bank.received/1":
                link("line", "bank")
                link("bank", "containers")
            case "batch.container-used/1": link("container", "batch")
            case "batch.material-consumed/1": link("lot", "batch")
            case "batch.bank-filled/1":
                link("batch", "bank")
                link("bank", "containers")
            case "batch.doses-filled/1": link("batch", "containers")
            case "testing.result-recorded/1", "bank.test-recorded/1", "material.tested/1",
                "study.result-recorded/1", "cytometry.result-recorded/1", "material.prepared/1":
                let area = entry.kind.prefix { $0 != "." }
                let subject =
                    ["bank": "bank", "material": "lot", "study": "study"][area] ?? "batch"
                let list = entry.kind == "material.prepared/1" ? "ingredients" : "reagents"
                for use in entry.body[list]?.arrayValue ?? [] {
                    guard let lot = use["lot"]?.stringValue else { continue }
                    for child in all(subject) { edges.insert(Edge(parent: lot, child: child)) }
                }
            case "batch.split/1": link("batch", "into")
            case "batch.pooled/1": link("from", "batch")
            case "sample.taken/1": link("origin", "sample")
            case "dose.administered/1": link("container", "patient")
            default: break
            }
        }
        return edges
    }

    /// Takes away what has no parent until nothing is left.
    private static func hasNoCycle(_ edges: Set<Edge>) throws {
        var rest = edges
        while !rest.isEmpty {
            let children = Set(rest.map(\.child))
            let kept = rest.filter { children.contains($0.parent) }
            guard kept.count < rest.count else {
                let names = children.sorted().prefix(5).joined(separator: ", ")
                throw Broken("\(names) came from themselves")
            }
            rest = kept
        }
    }

    /// The slow search: over all edges again and again until nothing is added.
    private static func reached(
        from start: String, _ direction: Genealogy.Direction, _ edges: Set<Edge>
    ) -> Set<String> {
        var reached: Set<String> = [start]
        var size = 0
        while reached.count > size {
            size = reached.count
            for edge in edges {
                let (from, to) =
                    direction == .back ? (edge.child, edge.parent) : (edge.parent, edge.child)
                if reached.contains(from) { reached.insert(to) }
            }
        }
        return reached.subtracting([start])
    }
}
