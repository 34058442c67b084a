import TestSupport
import Testing

@testable import Charts

@Suite struct LayeredLayoutTests {
    private func randomGraph(
        _ random: inout SeededGenerator, acyclic: Bool
    ) -> (count: Int, edges: [(source: Int, target: Int)]) {
        let count = Int.random(in: 1...24, using: &random)
        let edges = (0..<Int.random(in: 0...40, using: &random)).map { _ in
            let (one, two) = (
                Int.random(in: 0..<count, using: &random), Int.random(in: 0..<count, using: &random)
            )
            return (source: acyclic ? min(one, two) : one, target: acyclic ? max(one, two) : two)
        }
        return (count, acyclic ? edges.filter { $0.source != $0.target } : edges)
    }

    @Test func everyEdgeRunsForwardThroughEachLayerBetween() {
        forAll { random in
            let (count, edges) = randomGraph(&random, acyclic: true)
            let layout = LayeredLayout(count: count, edges: edges)
            for (edge, route) in zip(edges, layout.routes) {
                try require(route.first == edge.source && route.last == edge.target, "\(route)")
                for (first, second) in zip(route, route.dropFirst()) {
                    try require(
                        layout.layers[second] == layout.layers[first] + 1, "\(edge) skips a layer")
                }
            }
        }
    }

    @Test func nothingOverlaps() {
        forAll { random in
            let (count, edges) = randomGraph(&random, acyclic: false)
            let layout = LayeredLayout(count: count, edges: edges)
            for layer in layout.order {
                for (first, second) in zip(layer, layer.dropFirst()) {
                    let bothNodes = first < count && second < count
                    let apart = layout.places[second] - layout.places[first]
                    try require(apart >= (bothNodes ? 1 : 0.349) - 1e-9, "\(apart) apart")
                }
            }
            try require(layout.places.allSatisfy { $0 >= 0 }, "a place below zero")
        }
    }

    @Test func aCycleIsLaidOutToo() {
        let layout = LayeredLayout(count: 3, edges: [(0, 1), (1, 2), (2, 0), (1, 1)])
        #expect(layout.layers.prefix(3) == [0, 1, 2])
    }

    @Test func aLateSourceStandsJustBeforeItsTarget() {
        // 0 → 1 → 2 → 3, and 4 → 3: a medium lot used at the end does not begin with the donor.
        let layout = LayeredLayout(count: 5, edges: [(0, 1), (1, 2), (2, 3), (4, 3)])
        #expect(layout.layers == [0, 1, 2, 3, 2])
    }

    @Test func aChainIsStraight() {
        let layout = LayeredLayout(count: 5, edges: (0..<4).map { ($0, $0 + 1) })
        #expect(Set(layout.places).count == 1)
    }

    @Test func aTreeHasNoCrossings() {
        forAll { random in
            let count = Int.random(in: 2...30, using: &random)
            let edges = (1..<count).map { child in
                (source: Int.random(in: 0..<child, using: &random), target: child)
            }
            let layout = LayeredLayout(count: count, edges: edges)
            let links = LayerLinks(
                vertices: layout.layers.count, layers: layout.layers, routes: layout.routes)
            try require(links.crossings(of: layout.order) == 0, "crossings in \(edges)")
        }
    }

    @Test func countsInversionsLikeThePlainDefinition() {
        forAll { random in
            let values = (0..<Int.random(in: 0...30, using: &random)).map { _ in
                Int.random(in: 0..<10, using: &random)
            }
            var plain = 0
            for first in values.indices {
                for second in values.indices where second > first && values[first] > values[second]
                { plain += 1 }
            }
            try require(inversions(values, below: 10) == plain, "\(values)")
        }
    }

    @Test func aLongChainDoesNotExhaustTheStack() {
        let layout = LayeredLayout(count: 20_000, edges: (0..<19_999).map { ($0, $0 + 1) })
        #expect(layout.depth == 20_000)
    }

    @Test func separationMovesNothingThatNeedsNotMove() {
        #expect(separated([0, 5, 9], rooms: [1, 1, 1]) == [0, 5, 9])
        #expect(separated([3, 3, 3], rooms: [1, 1, 1]) == [2, 3, 4])
        #expect(separated([], rooms: []) == [])
    }
}

@Suite struct GenealogyFoldingTests {
    @Test func likeVialsBecomeOneStack() throws {
        let folded = PictureSamples.genealogy.folded()
        let stack = try #require(folded.nodes.first { $0.count > 1 })
        // Vial 4 went into the batch and stays apart.
        #expect(stack.count == 11)
        #expect(folded.nodes.contains { $0.id == "WCB-01-4" })
    }

    @Test func theThingInQuestionStaysApart() {
        var genealogy = PictureSamples.genealogy
        genealogy.focus = "WCB-01-2"
        let folded = genealogy.folded()
        #expect(folded.nodes.contains { $0.id == "WCB-01-2" && $0.count == 1 })
        #expect(folded.nodes.contains { $0.count == 10 })
    }

    @Test func aHugeGenealogyKeepsWhatIsNearAndSaysWhatItLeftOut() {
        let nodes = (0..<1000).map {
            Genealogy.Node(id: "N\($0)", kind: "vial", status: "\($0)", tone: .good)
        }
        let edges = (1..<1000).map { Genealogy.Edge(from: "N\($0 - 1)", to: "N\($0)") }
        let picture = GenealogyChart(.init(nodes: nodes, edges: edges, focus: "N500")).picture()
        let text = String(decoding: picture.standaloneSVG(), as: UTF8.self)
        #expect(text.contains("600 more, farther away, are not drawn"))
        #expect(text.contains(">N500<"))
    }
}
