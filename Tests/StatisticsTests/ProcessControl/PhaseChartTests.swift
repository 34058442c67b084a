import Foundation
import Testing

@testable import Statistics

struct PhaseChartTests {
    @Test func limitOfMeansAsInMontgomery() throws {
        // Montgomery, 6th ed., example 11.1: two attributes, 20 samples of 10, alpha 0.001.
        let limit = try HotellingChart.limitOfMeans(
            attributes: 2, samples: 20, size: 10, alpha: 0.001, isNew: false)
        expectClose(limit, 13.72, relative: 0, absolute: 0.006)
        let new = try HotellingChart.limitOfMeans(
            attributes: 2, samples: 20, size: 10, alpha: 0.001, isNew: true)
        expectClose(new / limit, 21.0 / 19, relative: 1e-12)
    }

    private func lots(_ count: Int, seed: UInt64, shift: Double = 0) -> [[Double]] {
        var random = RandomSource(seed: seed)
        return (0..<count).map { _ in
            let (a, b, c) = (random.normal(), random.normal(), random.normal())
            return [85 + 2 * a + shift, 10 + a + 0.5 * b, 3 + 0.2 * c]
        }
    }

    @Test func signalsAsOftenAsPromised() throws {
        // 5 % of stable lots in either phase, within four standard errors.
        var (before, after, lotsBefore, lotsAfter) = (0, 0, 0, 0)
        for seed in 1...25 {
            let chart = try HotellingChart(
                lots(60, seed: UInt64(seed)), attributes: ["a", "b", "c"], baseline: 30,
                alpha: 0.05)
            before += chart.signals.filter { $0.position < 30 }.count
            after += chart.signals.filter { $0.position >= 30 }.count
            lotsBefore += 30
            lotsAfter += 30
        }
        for (found, lots) in [(before, lotsBefore), (after, lotsAfter)] {
            let error = (0.05 * 0.95 / Double(lots)).squareRoot()
            #expect(abs(Double(found) / Double(lots) - 0.05) < 5 * error, "\(found) of \(lots)")
        }
    }

    @Test func namesTheAttributeThatMoved() throws {
        var rows = lots(40, seed: 3)
        rows.append([85, 10, 5])
        let chart = try HotellingChart(rows, attributes: ["a", "b", "c"], baseline: 40)
        let signal = try #require(chart.signals.first { $0.position == 40 })
        let greatest = signal.contributions.indices.max {
            signal.contributions[$0] < signal.contributions[$1]
        }
        #expect(greatest == 2)
        #expect(chart.limitAfter > chart.limitInBaseline)
        #expect(chart.isProvisional)
    }

    @Test func aLotAgainstTheCorrelationSignalsThoughEachValueIsUsual() throws {
        var rows = lots(80, seed: 5)
        // Viability up and the other down: each within two of its standard deviations.
        rows.append([88.5, 8.3, 3])
        let chart = try HotellingChart(rows, attributes: ["a", "b", "c"], baseline: 80)
        #expect(chart.signals.contains { $0.position == 80 })
        let alone = try IndividualsChart(rows.map { $0[0] }, baseline: 80, rules: .limitsOnly)
        #expect(!alone.individuals.signals.contains { $0.position == 80 })
    }

    @Test func refusesABaselineThatIsTooShort() {
        #expect(throws: AnalysisError.self) {
            try HotellingChart(lots(4, seed: 1), attributes: ["a", "b", "c"])
        }
        let flat = (0..<20).map { [Double($0), 2 * Double($0)] }
        #expect(throws: AnalysisError.self) {
            try HotellingChart(flat, attributes: ["a", "b"])
        }
    }

    @Test func batchesOfDifferentDonorsAreJudgedByTheirOwnSpread() throws {
        // Donors differ by 3, vials of one batch by 0.2.
        var random = RandomSource(seed: 11)
        let groups = (0..<30).map { _ in
            let donor = 85 + 3 * random.normal()
            return (0..<4).map { _ in donor + 0.2 * random.normal() }
        }
        let within = try MeanChart(groups, spread: .range)
        let between = try GroupChart(groups)
        #expect(within.means.signals.count > 10)
        #expect(between.means.signals.count <= 3)
        #expect(abs(between.sigmaBetween - 3) < 1)
        #expect(abs(between.sigmaWithin - 0.2) < 0.05)
        // By hand: mean moving range of the means over d2, less the variance within over n.
        let means = groups.map { $0.reduce(0, +) / 4 }
        let moving = zip(means.dropFirst(), means).map { abs($0 - $1) }
        let sigma = moving.reduce(0, +) / 29 / (2 / Double.pi.squareRoot())
        let variance = sigma * sigma - between.sigmaWithin * between.sigmaWithin / 4
        expectClose(between.sigmaBetween, variance.squareRoot(), relative: 1e-10)
    }

    @Test func groupsThatDifferByLessThanTheirSpreadAreSaid() throws {
        let groups = (0..<10).map { index in [10.0, 12, 11].map { $0 + 0.001 * Double(index % 2) } }
        let chart = try GroupChart(groups)
        #expect(chart.betweenWasNegative)
        #expect(chart.sigmaBetween == 0)
    }
}
