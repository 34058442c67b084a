import Facility
import Foundation
import Ledger
import Testing
import TestSupport

/// Laws that hold after any sequence of commands.
///
/// `SEEDLOT_CASES=10000 SEEDLOT_STEPS=200` is the soak; `SEEDLOT_FIRST_SEED` begins it elsewhere, so
/// that several processes share it. The seed of a sequence that breaks a law is printed;
/// `SEEDLOT_SEED` replays it alone.
@Suite struct PropertyTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let steps = environment["SEEDLOT_STEPS"].flatMap { Int($0) } ?? 120
    private static let firstSeed = environment["SEEDLOT_FIRST_SEED"].flatMap { UInt64($0) } ?? 1

    @Test func everySequenceKeepsTheLaws() throws {
        let corpus = try Corpus(tours: try GoldenFactTests.tours.map { try $0() })
        let isLong = Self.environment["SEEDLOT_CASES"] != nil
        var coverage = Coverage()
        var count = 0
        forAll(cases: 12, seed: Self.firstSeed) { generator in
            var walk = Walk(of: corpus, generator: generator)
            let opening = walk.site
            for _ in 0..<Self.steps { try walk.step() }
            try Laws.check(walk.site, since: opening)
            generator = walk.generator
            coverage.add(walk.coverage)
            coverage.end(at: walk.site.state)
            count += 1
            if isLong, count % 500 == 0 { print("\(count) sequences from seed \(Self.firstSeed)") }
        }
        if isLong {
            print(
                "\(count) sequences of \(Self.steps) commands from seed \(Self.firstSeed): "
                    + coverage.report)
        }
    }

    @Test func everyTourKeepsTheLaws() throws {
        for tour in GoldenFactTests.tours { try Laws.check(try tour()) }
    }

    /// A walk is worth something only when it goes places.
    @Test func walksReachAllOfTheSite() throws {
        let corpus = try Corpus(tours: try GoldenFactTests.tours.map { try $0() })
        let neverGiven = CommandCatalogue.all.map { $0.name }.filter { corpus.byName[$0] == nil }
        #expect(neverGiven.isEmpty)
        var coverage = Coverage()
        var generator = SeededGenerator(seed: 7)
        // Two from each tour: what they reach does not hang on which tours chance would leave out.
        for index in 0..<2 * corpus.scripts.count {
            var walk = Walk(
                of: corpus, generator: generator, beginningIn: index % corpus.scripts.count)
            for _ in 0..<150 { try walk.step() }
            coverage.add(walk.coverage)
            coverage.end(at: walk.site.state)
            generator = walk.generator
        }
        let never = coverage.neverAccepted
        #expect(never.count <= CommandCatalogue.all.count / 8)
        if !never.isEmpty { print("walks never did: \(never.joined(separator: ", "))") }
    }
}
