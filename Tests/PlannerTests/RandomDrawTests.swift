import Foundation
import TestSupport
import Testing

@testable import Planner

/// Draws are what the golden file says, and each belongs to its parameter alone.
@Suite struct RandomDrawTests {
    private struct Golden: Decodable {
        struct Uniforms: Decodable {
            let seed: UInt32
            let replication: String
            let entity: UInt32
            let slots: [String]
        }
        let uniforms: [Uniforms]
        let as241: [[String]]
    }

    private func golden() throws -> Golden {
        try JSONDecoder().decode(
            Golden.self, from: Data(contentsOf: fixtures().appending(path: "prng_golden.json")))
    }

    @Test func uniformsAreTheGoldenOnes() throws {
        for known in try golden().uniforms {
            let stream = DrawStream(
                seed: known.seed, replication: try #require(UInt64(known.replication)))
            for (number, text) in known.slots.enumerated() {
                let slot = try #require(DrawSlot(number: UInt64(number)))
                #expect(stream.uniform(entity: known.entity, slot: slot) == Double(text))
            }
        }
    }

    @Test func normalQuantilesAreThePublishedOnes() throws {
        for pair in try golden().as241 {
            let probability = try #require(Double(pair[0]))
            let value = try #require(Double(pair[1]))
            #expect(abs(InverseNormal.quantile(probability) - value) <= 2e-15 * abs(value))
        }
        #expect(InverseNormal.quantile(0) == -.infinity)
        #expect(InverseNormal.quantile(1) == .infinity)
        #expect(InverseNormal.quantile(-0.1).isNaN)
    }

    /// Own functions against the C library, which is good to a unit in the last place here.
    @Test func ownElementaryFunctionsAgreeWithTheLibrary() {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<20_000 {
            let x = Double.random(in: -700...700, using: &generator)
            expectClose(Elementary.exp(x), Foundation.exp(x), 4e-16)
            let small = Double.random(in: -3...3, using: &generator)
            expectClose(Elementary.exp(small), Foundation.exp(small), 4e-16)
            expectClose(Elementary.exp2(x), Foundation.exp2(x), 4e-16)
            let y = Foundation.exp(x)
            expectClose(Elementary.log(y), Foundation.log(y), 4e-16)
            let near = 1 + small * 0.1
            expectClose(Elementary.log(near), Foundation.log(near), 4e-16)
        }
        #expect(Elementary.exp(1000) == .infinity)
        #expect(Elementary.exp(-1000) == 0)
        #expect(Elementary.exp(.nan).isNaN)
        #expect(Elementary.exp(0) == 1)
        #expect(Elementary.log(1) == 0)
        #expect(Elementary.log(0) == -.infinity)
        #expect(Elementary.log(-1).isNaN)
        expectClose(
            Elementary.log(.leastNonzeroMagnitude), Foundation.log(.leastNonzeroMagnitude), 4e-16)
        expectClose(Elementary.exp(709.5), Foundation.exp(709.5), 4e-16)
    }

    private func expectClose(_ value: Double, _ expected: Double, _ relative: Double) {
        #expect(abs(value - expected) <= relative * abs(expected), "\(value) for \(expected)")
    }

    @Test func slotsComeFromNamesAndFitTheCounter() {
        #expect(DrawSlot(number: DrawSlot.maximum)?.block == .max)
        #expect(DrawSlot(number: DrawSlot.maximum + 1) == nil)
        #expect(DrawSlot(path: "harvest-4/duration") == DrawSlot(path: "harvest-4/duration"))
        #expect(DrawSlot(path: "harvest-4/duration") != DrawSlot(path: "harvest-3/duration"))
        // FNV-1a of the empty text is its offset basis; folded by hand.
        #expect(DrawSlot(path: "").block == 0x8422_2325 ^ 0xCBF2_9CE4)
    }

    /// Quantiles of distributions in closed form, and of the beta from SciPy 1.17 `beta.ppf`.
    @Test func quantilesAreThoseOfTheDistributions() {
        #expect(Distribution.fixed(3).quantile(0.2) == 3)
        #expect(Distribution.lognormal(median: 5, sdLog: 0.3).quantile(0.5) == 5)
        expectClose(
            Distribution.exponential(mean: 2).quantile(0.75), 2 * Foundation.log(4), 1e-15)
        #expect(Distribution.uniform(from: 2, to: 6).quantile(0.25) == 3)
        let triangle = Distribution.triangular(from: 0, mode: 1, to: 4)
        expectClose(triangle.quantile(0.25), 1, 1e-15)
        expectClose(triangle.quantile(0.0625), 0.5, 1e-15)
        expectClose(triangle.quantile(0.75), 4 - 3.0.squareRoot(), 1e-15)
        expectClose(Distribution.logitNormal(median: 0.9, sdLogit: 1).quantile(0.5), 0.9, 1e-15)
        #expect(
            Distribution.clampedNormal(mean: 0.9, sd: 1, from: 0, to: 1).quantile(0.99) == 1)
        let beta: [(mean: Double, sd: Double, p: Double, value: Double)] = [
            (0.92, 0.04, 1e-06, 0.6185448845252546), (0.92, 0.04, 0.01, 0.802241801860911),
            (0.92, 0.04, 0.5, 0.9261859177919548), (0.92, 0.04, 0.999, 0.9924492831665909),
            (0.3135, 0.1272, 1e-06, 0.0061698487713130615),
            (0.3135, 0.1272, 0.25, 0.21891574160289964),
            (0.3135, 0.1272, 0.9, 0.486518016447589), (0.85, 0.05, 0.01, 0.7151818580116834),
            (0.85, 0.05, 0.999, 0.9626044464309653), (0.5, 0.2, 0.01, 0.08933516218287894),
            (0.5, 0.2, 0.5, 0.5), (0.97, 0.01, 0.25, 0.9639530574699973),
            (0.97, 0.01, 0.9, 0.9819345644827226),
        ]
        for known in beta {
            let value = Distribution.beta(mean: known.mean, sd: known.sd).quantile(known.p)
            expectClose(value, known.value, 1e-11)
        }
        #expect(Distribution.beta(mean: 0.4, sd: 0).quantile(0.1) == 0.4)
    }

    @Test func distributionsThatAreNoneAreNamed() {
        #expect(Distribution.lognormal(median: .nan, sdLog: 0.1).flaw != nil)
        #expect(Distribution.lognormal(median: 1, sdLog: -0.1).flaw != nil)
        #expect(Distribution.exponential(mean: -1).flaw != nil)
        #expect(Distribution.uniform(from: 2, to: 1).flaw != nil)
        #expect(Distribution.triangular(from: 0, mode: 5, to: 1).flaw != nil)
        #expect(Distribution.logitNormal(median: 1, sdLogit: 0.1).flaw != nil)
        #expect(Distribution.fixed(.infinity).flaw != nil)
        // A standard error of 0.040 over four taken for a deviation of 0.08 around 0.952 gives a
        // shape of 0.3: the loader has to ask rather than pile the distribution up at 1.
        #expect(Distribution.beta(mean: 0.952, sd: 0.08).flaw?.contains("below 1") == true)
        #expect(Distribution.beta(mean: 0.92, sd: 0.04).flaw == nil)
    }
}
