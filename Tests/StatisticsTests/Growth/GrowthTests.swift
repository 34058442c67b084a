import Foundation
import Testing

@testable import Statistics

struct GrowthTests {
    @Test func populationDoublings() throws {
        let rows = try ReferenceCase("growth", "population-doublings").expected["rows"].list
        for row in rows {
            let passage = try PopulationDoubling(
                start: row["N0"].number ?? 0, end: row["Nt"].number ?? 0,
                duration: row["hours"].number ?? 0)
            expectClose(
                passage.doublings, row["population_doublings"].number, relative: 1e-10,
                absolute: 1e-12)
            expectClose(
                passage.rate, row["growth_rate_per_h"].number, relative: 1e-10, absolute: 1e-15)
            expectClose(passage.foldExpansion, row["fold_expansion"].number, relative: 1e-12)
            switch passage.doublingTime {
            case .success(let time):
                expectClose(time, row["doubling_time_h"].number, relative: 1e-10)
            case .failure(let reason):
                #expect(row["doubling_time_h"].isNull)
                #expect(reason.code == .noGrowth)
            }
        }
        let passages = try [(1.0, 4.0), (1, 0.5), (1, 8)].map {
            try PopulationDoubling(start: $0.0, end: $0.1, duration: 72)
        }
        #expect(PopulationDoubling.cumulativeLevels(passages, from: 3) == [5, 5, 8])
        #expect(throws: AnalysisError.self) {
            try PopulationDoubling(start: 0, end: 1, duration: 1)
        }
    }

    static let curves = ReferenceCase.names("growth").filter { $0.hasPrefix("growthcurve") }

    @Test(arguments: curves)
    func lagAndRateOnLogarithms(_ name: String) throws {
        let reference = try ReferenceCase("growth", name)
        let (t, y) = (reference.data["t"].numbers, reference.data["LOG10N"].numbers)
        for (model, key) in [(GrowthModel.baranyi, "baranyi"), (.gompertz, "gompertzm")] {
            let node = reference.expected[key]
            guard !node.isNull else { continue }
            let fit = try GrowthFit(model, times: t, values: y)
            for (index, parameter) in ["lag", "mumax", "LOG10N0", "LOG10Nmax"].enumerated() {
                expectClose(
                    fit.parameters[index], node["coef"][parameter].number, relative: 1e-6,
                    "\(key) \(parameter)")
                expectClose(
                    fit.standardErrors[index], node["se"][parameter].number, relative: 1e-5,
                    "\(key) \(parameter)")
            }
            expectClose(fit.residualSumOfSquares, node["rss"].number, relative: 1e-7)
            #expect(fit.degreesOfFreedom == node["df"].int)
        }
    }

    @Test(
        arguments: ReferenceCase.names("growth").filter { $0.hasPrefix("sim-") })
    func expansionKinetics(_ name: String) throws {
        let reference = try ReferenceCase("growth", name)
        let (t, n) = (reference.data["t"].numbers, reference.data["N"].numbers)
        let expected = reference.expected
        if expected["mu"].number != nil {
            let fit = try ExponentialGrowth(times: t, counts: n)
            expectClose(fit.rate.value, expected["mu"].number)
            expectClose(fit.rate.standardError, expected["se"].number)
            expectClose(fit.intercept, expected["intercept"].number)
            expectClose(fit.rate.interval.lower, expected["mu_ci"].numbers.first)
            let time = try fit.doublingTime.get()
            expectClose(time.value, expected["doubling_time"].number)
            expectClose(time.interval.lower, expected["doubling_time_ci"].numbers.first)
            expectClose(time.interval.upper, expected["doubling_time_ci"].numbers.last)
        } else if !expected["coef"]["K"].isNull {
            let fit = try GrowthFit(.logistic, times: t, values: n)
            for (index, parameter) in ["K", "N0", "r"].enumerated() {
                expectClose(
                    fit.parameters[index], expected["coef"][parameter].number, relative: 1e-6)
                expectClose(
                    fit.standardErrors[index], expected["se"][parameter].number, relative: 1e-5)
            }
            expectClose(
                try fit.doublingTime.get().value, expected["doubling_time"].number, relative: 1e-6)
        }
    }

    @Test func orangeTrees() throws {
        let reference = try ReferenceCase("growth", "orange-logistic")
        let trees = reference.data["Tree"].strings
        let (age, size) = (
            reference.data["age"].numbers, reference.data["circumference"].numbers
        )
        func check(_ rows: [Int], _ node: Node) throws {
            let fit = try GrowthFit(
                .logisticMidpoint, times: rows.map { age[$0] }, values: rows.map { size[$0] })
            for (index, parameter) in ["Asym", "xmid", "scal"].enumerated() {
                expectClose(fit.parameters[index], node["coef"][parameter].number, relative: 1e-5)
                expectClose(fit.standardErrors[index], node["se"][parameter].number, relative: 1e-5)
            }
            expectClose(fit.residualSumOfSquares, node["rss"].number, relative: 1e-6)
        }
        try check(Array(trees.indices), reference.expected["all_trees"])
        for tree in reference.expected["by_tree"].keys {
            try check(
                trees.indices.filter { trees[$0] == tree }, reference.expected["by_tree"][tree])
        }
    }

    @Test func growthThatCannotBeSeen() throws {
        let falling = try ExponentialGrowth(times: [0, 1, 2, 3], counts: [8, 4, 2, 1.1])
        #expect(throws: Inconclusive.self) { try falling.doublingTime.get() }
        // A rate whose interval includes 0 has a doubling time without an upper end.
        let noisy = try ExponentialGrowth(times: [0, 1, 2, 3], counts: [1, 1.6, 0.9, 1.7])
        #expect(try noisy.doublingTime.get().interval.upper == nil)
        #expect(throws: AnalysisError.self) {
            try ExponentialGrowth(times: [0, 1, 2], counts: [1, 0, 2])
        }
        #expect(throws: AnalysisError.constant(what: "the counts")) {
            try GrowthFit(.logistic, times: [0, 1, 2, 3, 4], values: [1, 1, 1, 1, 1])
        }
        #expect(throws: AnalysisError.tooFew(what: "counts", found: 4, needed: 5)) {
            try GrowthFit(.baranyi, times: [0, 1, 2, 3], values: [1, 2, 3, 4])
        }
    }
}
