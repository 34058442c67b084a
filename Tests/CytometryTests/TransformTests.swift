import Cytometry
import Foundation
import Testing
import TestSupport

/// The scales against their defining equations and each other.
@Suite struct TransformTests {
    static let parameters: [(t: Double, w: Double, m: Double, a: Double)] = [
        (262_144, 0.7, 4.5, 0), (10_000, 1, 4.5, 0), (1000, 1, 4, 0), (262_144, 0.5, 4, 1),
        (1000, 1, 4, 1), (262_144, 2.25, 4.5, 0), (1000, 0.01, 4, 3.9), (262_144, 0.5, 4.5, -0.5),
    ]

    /// Values of the reference implementation in the publication's test cases (Moore and Parks
    /// 2012, table of the supplement, T 1000, W 1, M 4, A 0): data value, scale value.
    static let published: [(x: Double, y: Double)] = [
        (-10, 0.067574), (-5, 0.147986), (-1, 0.228752), (0, 0.25), (0.3, 0.256384),
        (1, 0.271248), (3, 0.312897), (10, 0.432426), (100, 0.739548), (1000, 1),
    ]

    @Test(arguments: published) func logicleHasThePublishedValues(x: Double, y: Double) throws {
        let scale = try Logicle(t: 1000, w: 1, m: 4, a: 0)
        #expect(abs(scale(x) - y) < 1e-6)
    }

    @Test(arguments: parameters) func zeroAndTopStandWhereTheStandardPutsThem(
        t: Double, w: Double, m: Double, a: Double
    ) throws {
        let logicle = try Logicle(t: t, w: w, m: m, a: a)
        let hyperlog = try Hyperlog(t: t, w: w, m: m, a: a)
        #expect(abs(logicle(0) - (a + w) / (m + a)) < 1e-14)
        #expect(abs(hyperlog(0) - (a + w) / (m + a)) < 1e-14)
        #expect(abs(logicle(t) - 1) < 1e-13)
        #expect(abs(hyperlog(t) - 1) < 1e-13)
    }

    @Test func everyScaleIsUndoneByItsInverseAndNeverFalls() throws {
        let scales = try Self.parameters.flatMap { p in
            [
                try ScaleTransform(.logicle(Logicle(t: p.t, w: p.w, m: p.m, a: p.a))),
                try ScaleTransform(.hyperlog(Hyperlog(t: p.t, w: p.w, m: p.m, a: p.a))),
                try ScaleTransform(.inverseHyperbolicSine(t: p.t, m: p.m, a: max(p.a, 0))),
                try ScaleTransform(.linear(t: p.t, a: max(p.a, 0))),
            ]
        }
        forAll(cases: 300) { random in
            for scale in scales {
                let size = pow(10, Double.random(in: -3...6, using: &random))
                let x = Bool.random(using: &random) ? size : -size
                let y = scale(x)
                let back = scale.inverse(y)
                // Near zero the scales are flat: an error of one bit in y is 1e-13 of T there.
                try require(
                    abs(back - x) <= 1e-9 * max(abs(x), 1),
                    "\(scale.kind): \(x) became \(y) and then \(back)")
                try require(scale(x + abs(x) * 1e-6) > y, "\(scale.kind) falls at \(x)")
            }
        }
    }

    @Test func negativeValuesAreReflected() throws {
        let logicle = try Logicle(t: 262_144, w: 0.7, m: 4.5, a: 0.3)
        let hyperlog = try Hyperlog(t: 262_144, w: 0.7, m: 4.5, a: 0.3)
        for x in [0.1, 1, 50, 3000, 200_000.0] {
            #expect(abs(logicle(-x) + logicle(x) - 2 * logicle(0)) < 1e-14)
            #expect(abs(hyperlog(-x) + hyperlog(x) - 2 * hyperlog(0)) < 1e-14)
        }
    }

    @Test func logarithmAndRatioLimits() throws {
        let log = try ScaleTransform(.logarithmic(t: 10_000, m: 5))
        #expect(log(10_000) == 1)
        #expect(abs(log(100) - 0.6) < 1e-15)
        #expect(log(0) == -.infinity)
        #expect(log(-5) == -.infinity)
        #expect(log(.nan).isNaN)
        let bounded = try ScaleTransform(.linear(t: 100, a: 0), boundMin: 0.2, boundMax: 0.8)
        #expect(bounded(10) == 0.2)
        #expect(bounded(90) == 0.8)
        #expect(bounded(50) == 0.5)
    }

    @Test(arguments: [
        (10_000.0, 3, 4.5, 0.0), (0, 1, 4.5, 0), (1000, 1, 4, 2.5), (1000, 1, 4, -1.5),
    ])
    func parametersOutsideTheRulesAreRefused(t: Double, w: Double, m: Double, a: Double) {
        #expect(throws: TransformError.self) { try Logicle(t: t, w: w, m: m, a: a) }
        #expect(throws: TransformError.self) { try Hyperlog(t: t, w: w, m: m, a: a) }
    }

    @Test func widthIsEstimatedFromNegativeValues() {
        let values = (0..<1000).map { Double($0) - 100 }
        // Fifth percentile of −100…−1 is −95.05: W = (4.5 − log10(262144 / 95.05)) / 2.
        let width = Logicle.estimatedWidth(of: values, t: 262_144, m: 4.5)
        #expect(abs(width - (4.5 - log10(262_144 / 95.05)) / 2) < 1e-12)
        #expect(Logicle.estimatedWidth(of: [1, 2, 3], t: 262_144, m: 4.5) == 0)
    }
}
