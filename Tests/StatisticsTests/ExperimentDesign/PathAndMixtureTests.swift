import Foundation
import TestSupport
import Testing

@testable import Statistics

struct PathAndMixtureTests {
    private func surface(_ coefficients: [Double], seed: UInt64 = 2) throws -> ResponseModel {
        let factors = [try Factor("a", low: -1, high: 1), try Factor("b", low: -1, high: 1)]
        let design = try ExperimentalDesign.centralComposite(
            factors, axial: .rotatable, halfFraction: false, centrePoints: (2, 2))
        let model = PolynomialModel(.quadratic, factors: ["a", "b"])
        var random = RandomSource(seed: seed)
        let response = design.runs.map {
            dot(model.row($0), coefficients) + 1e-6 * random.normal()
        }
        return try ResponseModel(runs: design.runs, response: response, model: model)
    }

    @Test(arguments: [true, false])
    func theRidgePathIsTheBestPlaceOnEachCircle(_ ascent: Bool) throws {
        for coefficients in [
            [80, 1, 0.5, 0.25, -1.4, -1.0], [80, 1, 0.5, 3, 1.4, -1.0], [10, -2, 1, 0.1, 0.2, 0.3],
        ] {
            let fitted = try surface(coefficients)
            let path = try ResponsePath.ridge(
                fitted, distances: [0, 0.5, 1, 1.5, 2], ascent: ascent
            ).get()
            for step in path.steps {
                let length = dot(step.point, step.point).squareRoot()
                expectClose(length, step.distance, relative: 1e-7, absolute: 1e-9)
                var best = ascent ? -Double.infinity : .infinity
                for angle in 0..<3600 {
                    let turn = Double(angle) / 1800 * Double.pi
                    let value = fitted.mean(at: [
                        step.distance * cos(turn), step.distance * sin(turn),
                    ])
                    best = ascent ? max(best, value) : min(best, value)
                }
                // No place of a fine grid on the circle is better.
                #expect(ascent ? step.mean >= best - 1e-9 : step.mean <= best + 1e-9)
                expectClose(step.mean, best, relative: 1e-4)
            }
        }
    }

    @Test func steepestAscentFollowsTheCoefficients() throws {
        let fitted = try surface([50, 3, 4, 0, 0, 0])
        let path = try ResponsePath.steepest(fitted, distances: [1]).get()
        expectClose(path.steps[0].point[0], 0.6, relative: 1e-4)
        expectClose(path.steps[0].point[1], 0.8, relative: 1e-4)
        let down = try ResponsePath.steepest(fitted, distances: [1], ascent: false).get()
        expectClose(down.steps[0].point[0], -0.6, relative: 1e-4)
        #expect(throws: AnalysisError.self) {
            try ResponsePath.ridge(fitted, distances: [-1])
        }
    }

    @Test func elongationOfYarnAsInCornell() throws {
        // J. A. Cornell, "Experiments with Mixtures", 2nd ed. 1990, table 2.3: polyethylene,
        // polystyrene and polypropylene.
        let runs: [([Double], [Double])] = [
            ([1, 0, 0], [11.0, 12.4]), ([0.5, 0.5, 0], [15.0, 14.8, 16.1]),
            ([0, 1, 0], [8.8, 10.0]), ([0, 0.5, 0.5], [10.0, 9.7, 11.8]),
            ([0, 0, 1], [16.8, 16.0]), ([0.5, 0, 0.5], [17.7, 16.4, 16.6]),
        ]
        let model = try MixtureModel(
            runs: runs.flatMap { run in run.1.map { _ in run.0 } },
            response: runs.flatMap(\.1), components: ["x1", "x2", "x3"], degree: .quadratic)
        let published = [11.7, 9.4, 16.4, 19.0, 11.4, -9.6]
        for (found, expected) in zip(model.fit.coefficients, published) {
            expectClose(found, expected, relative: 0, absolute: 1e-9)
        }
        #expect(model.names == ["x1", "x2", "x3", "x1:x2", "x1:x3", "x2:x3"])
        #expect(model.regression.degreesOfFreedom == 5)
        expectClose(model.mean(at: [0.5, 0.5, 0]), 15.3, relative: 1e-12)
    }

    @Test func latticesAndCentroidsHaveTheirRuns() throws {
        let lattice = try MixtureDesign.simplexLattice(["a", "b", "c"], degree: 3)
        #expect(lattice.runs.count == 10)
        let centroid = try MixtureDesign.simplexCentroid(
            ["a", "b", "c"], lowest: [0.1, 0.2, 0])
        #expect(centroid.runs.count == 7)
        for run in lattice.runs + centroid.runs {
            expectClose(run.reduce(0, +), 1, relative: 1e-12)
        }
        #expect(centroid.runs.allSatisfy { $0[0] >= 0.1 - 1e-12 && $0[1] >= 0.2 - 1e-12 })
        #expect(Set(lattice.runs.map { "\($0)" }).count == 10)
        #expect(throws: AnalysisError.self) {
            try MixtureDesign.simplexLattice(["a", "b"], degree: 2, lowest: [0.6, 0.4])
        }
        #expect(throws: AnalysisError.self) { try MixtureDesign.simplexLattice(["a"], degree: 2) }
        #expect(throws: AnalysisError.self) {
            try MixtureModel(
                runs: [[0.5, 0.4]], response: [1], components: ["a", "b"], degree: .linear)
        }
    }
}
