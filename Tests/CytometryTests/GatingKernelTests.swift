import Cytometry
import Foundation
import Testing
import TestSupport

/// The fast kernels against the slow plain twin, on random gates and events.
@Suite struct GatingKernelTests {
    private func dimension(
        _ name: String, _ random: inout SeededGenerator
    ) -> GateDimension {
        let compensation: GateDimension.Compensation =
            [.none, .file, .matrix("M")].randomElement(using: &random) ?? .none
        let transform: String? = [nil, "L", "A", "B"].randomElement(using: &random) ?? nil
        return .channel(name, compensation: compensation, transform: transform)
    }

    private func span(_ dimension: GateDimension) -> ClosedRange<Double> {
        dimension.transform == nil ? -200...1200 : -0.2...1.1
    }

    private func gates(_ random: inout SeededGenerator) -> [Gate] {
        var gates: [Gate] = []
        for index in 0..<8 {
            let (x, y) = (dimension("X", &random), dimension("Y", &random))
            let parent =
                index > 0 && Bool.random(using: &random)
                ? "g\(Int.random(in: 0..<index, using: &random))" : nil
            let shape: Gate.Shape
            switch index % 5 {
            case 0:
                let a = Double.random(in: span(x), using: &random)
                let b = Double.random(in: span(x), using: &random)
                shape = .rectangle([
                    Gate.Interval(
                        x, min: min(a, b), max: Bool.random(using: &random) ? max(a, b) : nil),
                    Gate.Interval(y, max: Double.random(in: span(y), using: &random)),
                ])
            case 1:
                shape = .polygon(
                    x, y,
                    (0..<Int.random(in: 3...9, using: &random)).map { _ in
                        GatePoint(
                            Double.random(in: span(x), using: &random).rounded(),
                            Double.random(in: span(y), using: &random))
                    })
            case 2:
                let size = span(x).upperBound / 4
                shape = .ellipsoid(
                    [GateDimension.channel("X"), .channel("Y")], mean: [300, 300],
                    covariance: [[9e4, 2e4], [1e4, 4e4]], distanceSquare: 1 + size / 300)
            case 3:
                shape = .boolean(
                    [.and, .or].randomElement(using: &random) ?? .and,
                    [
                        Gate.Operand("g0", complement: Bool.random(using: &random)),
                        Gate.Operand("g1", complement: Bool.random(using: &random)),
                    ])
            default: shape = .boolean(.not, [Gate.Operand("g2")])
            }
            gates.append(Gate(id: "g\(index)", parent: parent, shape))
        }
        let divided = dimension("Y", &random)
        gates.append(
            Gate(
                id: "q", parent: "g0",
                .quadrants(
                    [Gate.Divider(id: "d", dimension: divided, values: [0.2, 0.5])],
                    [
                        Gate.Quadrant(id: "low", positions: [.init(divider: "d", location: 0)]),
                        Gate.Quadrant(id: "mid", positions: [.init(divider: "d", location: 0.2)]),
                        Gate.Quadrant(id: "top", positions: [.init(divider: "d", location: 9)]),
                    ])))
        return gates
    }

    @Test func everyEventFallsWhereItsDefinitionPutsIt() throws {
        let matrix = try SpectrumMatrix(
            fluorochromes: ["X", "Y"], detectors: ["X", "Y", "Z"],
            coefficients: [[1, 0.2, 0.1], [0.1, 1, 0.3]])
        let spillover = try SpectrumMatrix(
            fluorochromes: ["X", "Y"], detectors: ["X", "Y"], coefficients: [[1, 0.2], [0.05, 1]])
        let transforms = [
            "L": try ScaleTransform.logicle(t: 1000, w: 0.5, m: 4, a: 0.2),
            "A": try ScaleTransform(.inverseHyperbolicSine(t: 1000, m: 3, a: 1)),
            "B": try ScaleTransform(.linear(t: 1000, a: 100), boundMin: 0.1, boundMax: 0.9),
        ]
        forAll(cases: 25) { random in
            let strategy = try GatingStrategy(
                gates: gates(&random), transforms: transforms, matrices: ["M": matrix])
            let count = Int.random(in: 1...260, using: &random)
            func number() -> Double {
                switch Int.random(in: 0..<30, using: &random) {
                case 0: .nan
                case 1: .infinity
                case 2: -.infinity
                case 3: 0
                default: Double.random(in: -300...1200, using: &random).rounded()
                }
            }
            let columns = (0..<3).map { _ in (0..<count).map { _ in number() } }
            let table = EventTable(names: ["X", "Y", "Z"], columns: columns, spillover: spillover)
            let result = try GatingPlan(strategy, on: table).run()
            for event in 0..<count {
                let plain = PlainGating(
                    strategy: strategy, names: table.channelNames,
                    event: columns.map { $0[event] }, spillover: spillover)
                for population in result.populations {
                    let fast = result.members(of: population.id)?[event] ?? false
                    try require(
                        try plain.contains(population.id) == fast,
                        "'\(population.id)', event \(event): \(columns.map { $0[event] })")
                }
            }
        }
    }

    @Test func aGridOverAPolygonChangesNoAnswer() throws {
        let vertices = [(0.0, 0.0), (100, 10), (60, 50), (100, 90), (0, 100), (30, 50)]
            .map { GatePoint($0.0, $0.1) }
        let strategy = try GatingStrategy(gates: [
            Gate(id: "p", .polygon(.channel("X"), .channel("Y"), vertices))
        ])
        var random = SeededGenerator(seed: 7)
        // Enough events for the grid, many of them on a lattice that meets the edges.
        let count = 60_000
        func column() -> [Double] {
            (0..<count).map { event in
                let value = Double.random(in: -5...105, using: &random)
                return event % 3 == 0 ? value.rounded() : value
            }
        }
        let (xs, ys) = (column(), column())
        func members(_ range: Range<Int>) throws -> [Bool] {
            let table = EventTable(
                names: ["X", "Y"], columns: [Array(xs[range]), Array(ys[range])])
            let mask = try #require(try GatingPlan(strategy, on: table).run().members(of: "p"))
            return range.indices.map { mask[$0 - range.lowerBound] }
        }
        let grid = try members(0..<count)
        let exact = try members(0..<20_000) + members(20_000..<40_000) + members(40_000..<count)
        #expect(grid == exact)
    }

    @Test func aGridOverATransformedPolygonChangesNoAnswer() throws {
        let transforms = [
            "L": try ScaleTransform.logicle(t: 1000, w: 0.5, m: 4, a: 0.2),
            "G": try ScaleTransform(.logarithmic(t: 1000, m: 3)),
            "B": try ScaleTransform(
                .inverseHyperbolicSine(t: 1000, m: 3, a: 1), boundMin: 0.3, boundMax: 0.9),
        ]
        let vertices = [(0.3, 0.35), (0.9, 0.3), (0.6, 0.6), (0.95, 0.9), (0.35, 0.95)]
            .map { GatePoint($0.0, $0.1) }
        let pairs: [(String?, String?)] = [("L", "L"), ("G", "L"), ("L", "B"), (nil, "G")]
        let gates = pairs.enumerated().map { index, pair in
            // A linear axis runs to a thousand, the others to one.
            let scaled = vertices.map { GatePoint(pair.0 == nil ? $0.x * 1000 : $0.x, $0.y) }
            return Gate(
                id: "p\(index)",
                .polygon(
                    .channel("X", transform: pair.0), .channel("Y", transform: pair.1), scaled))
        }
        let strategy = try GatingStrategy(gates: gates, transforms: transforms)
        var random = SeededGenerator(seed: 11)
        func column() -> [Double] {
            (0..<50_000).map { event in
                event % 500 == 0 ? .nan : pow(10, Double.random(in: -1...3.2, using: &random)) - 3
            }
        }
        let (xs, ys) = (column(), column())
        let table = EventTable(names: ["X", "Y"], columns: [xs, ys])
        let result = try GatingPlan(strategy, on: table).run()
        for (gate, pair) in zip(gates, pairs) {
            let mask = try #require(result.members(of: gate.id))
            #expect(mask.count > 1000)
            let plain = PlainGating(
                strategy: try GatingStrategy(gates: [gate], transforms: transforms),
                names: ["X", "Y"], event: [], spillover: nil)
            for event in stride(from: 0, to: 50_000, by: 7) {
                var one = plain
                one.event = [xs[event], ys[event]]
                #expect(try one.contains(gate.id) == mask[event], "\(pair), event \(event)")
            }
        }
    }

    /// A polygon a few floating-point numbers wide has no room for the grid's margin.
    @Test func aPolygonAsThinAsANumberIsNoTrouble() throws {
        let x = [1e10, 1e10.nextUp, 1e10.nextUp.nextUp, 0]
        for width in 1...3 {
            var right = 1e10
            for _ in 0..<width { right = right.nextUp }
            let gate = Gate(
                id: "g",
                .polygon(
                    .channel("X"), .channel("Y"),
                    [.init(1e10, 0), .init(right, 0), .init(right, 1), .init(1e10, 1)]))
            let count = 40_000
            let table = EventTable(
                names: ["X", "Y"],
                columns: [
                    (0..<count).map { x[$0 % 4] }, [Double](repeating: 1, count: count),
                ])
            let result = try GatingPlan(GatingStrategy(gates: [gate]), on: table).run()
            #expect(result.population("g")?.count == count / 4 * min(width + 1, 3))
        }
    }

    @Test func pointsOnAnEdgeAreInside() throws {
        // The triangle of the reference discussion: 91 of the 441 points of a 21 × 21 grid.
        let strategy = try GatingStrategy(gates: [
            Gate(
                id: "t",
                .polygon(
                    .channel("X"), .channel("Y"),
                    [GatePoint(2, 2), GatePoint(14, 2), GatePoint(14, 14)]))
        ])
        let xs = (0..<441).map { Double($0 % 21) }
        let ys = (0..<441).map { Double($0 / 21) }
        let table = EventTable(names: ["X", "Y"], columns: [xs, ys])
        #expect(try GatingPlan(strategy, on: table).run().population("t")?.count == 91)
    }

    @Test func theNumberOfThreadsChangesNothing() throws {
        let folder = fixtures().appending(path: "msc-panel")
        let set = try FCSFile.open(path: folder.appending(path: "lotA_pass.fcs").path)[0]
        let strategy = try GatingML.read(
            [UInt8](Data(contentsOf: folder.appending(path: "msc_gates.gml.xml"))))
        let columns = set.parameters.indices.map { index in
            (0..<8).flatMap { _ in set.scaleValues(of: index) }
        }
        let table = EventTable(
            names: set.channelNames, columns: columns, spillover: try set.spillover())
        let plan = try GatingPlan(strategy, on: table)
        let (one, three) = (plan.run(), plan.run(threads: 3))
        #expect(one.populations == three.populations)
        for id in strategy.populationIDs { #expect(one.members(of: id) == three.members(of: id)) }
    }
}
