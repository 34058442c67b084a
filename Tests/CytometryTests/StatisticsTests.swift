import Cytometry
import Foundation
import Testing
import TestSupport

@Suite struct StatisticsTests {
    /// Wilson intervals published beside the criteria: 2.0 % of 10,000, of 5,000 and of 1,000
    /// events and 95.0 % of 10,000, to two decimals.
    @Test(arguments: [
        (200, 10_000, 1.74, 2.29), (100, 5000, 1.65, 2.43), (20, 1000, 1.30, 3.07),
        (9500, 10_000, 94.56, 95.41),
    ])
    func wilsonIntervals(count: Int, total: Int, lower: Double, upper: Double) throws {
        let interval = try #require(ProportionInterval(count: count, total: total))
        #expect(abs(interval.lower - lower) < 0.005)
        #expect(abs(interval.upper - upper) < 0.005)
    }

    /// Newcombe 1998, table II, method 10: 56/70 − 48/80 gives 0.0524 to 0.3339.
    @Test func differenceOfTwoPercentages() throws {
        let left = try #require(ProportionInterval(count: 56, total: 70))
        let right = try #require(ProportionInterval(count: 48, total: 80))
        let (lower, upper) = left.difference(from: right)
        #expect(abs(lower - 5.24) < 0.005)
        #expect(abs(upper - 33.39) < 0.005)
    }

    @Test func nothingCountedHasNoPercentage() {
        #expect(ProportionInterval(count: 0, total: 0) == nil)
        #expect(ProportionInterval(count: 0, total: 50)?.lower == 0)
        #expect(ProportionInterval(count: 50, total: 50)?.upper == 100)
    }

    @Test func anEmptyFileHasNoPercentages() throws {
        let path = FCSConformanceTests.folder.appending(path: "FCS31_zero_events.fcs").path
        let set = try FCSFile.open(path: path)[0]
        let gate = Gate(
            id: "g", .rectangle([Gate.Interval(.channel(set.channelNames[0]), min: 0)]))
        let result = try GatingPlan(GatingStrategy(gates: [gate]), on: set).run()
        #expect(result.population("g")?.count == 0)
        #expect(result.population("g")?.percentOfParent == nil)
    }

    @Test func summaryOfSmallNumbers() {
        let summary = ValueSummary([1, 2, 4, 8, .nan, .infinity])
        #expect(summary.count == 4)
        #expect(summary.nonFinite == 2)
        #expect(summary.median == 3)
        #expect(summary.mean == 3.75)
        #expect(abs((summary.geometricMean ?? 0) - 64.0.squareRoot().squareRoot()) < 1e-12)
        #expect(abs((summary.standardDeviation ?? 0) - 3.095695936834452) < 1e-12)
        #expect(summary.percentile25 == 1.75)
        #expect(ValueSummary([]).median == nil)
        #expect(ValueSummary([-1, 1]).geometricMean == nil)
    }

    private func normal(_ mean: Double, _ deviation: Double, _ random: inout SeededGenerator)
        -> Double
    {
        // The sum of twelve uniform numbers is normal enough for a mode.
        let sum = (0..<12).reduce(0.0) { sum, _ in sum + Double.random(in: 0..<1, using: &random) }
        return mean + deviation * (sum - 6)
    }

    @Test func selectingTheMedianIsSortingForIt() {
        forAll(cases: 200) { random in
            let count = Int.random(in: 1...60, using: &random)
            let values = (0..<count).map { _ in
                Double(Int.random(in: -5...5, using: &random))
            }
            let sorted = values.sorted()
            let wanted = (sorted[(count - 1) / 2] + sorted[count / 2]) / 2
            try require(Quantiles.median(values) == wanted, "\(values)")
        }
        #expect(Quantiles.median([]) == nil)
    }

    @Test func modesAreCountedWhereAMeanWouldHideThem() throws {
        var random = SeededGenerator(seed: 3)
        let one = (0..<3000).map { _ in normal(0.5, 0.05, &random) }
        let two = (0..<3000).map { normal($0 % 4 == 0 ? 0.3 : 0.7, 0.05, &random) }
        #expect(try #require(Distribution(one)).modes.count == 1)
        let modes = try #require(Distribution(two)).modes
        #expect(modes.count == 2)
        #expect(abs(modes[0].place - 0.3) < 0.02 && abs(modes[1].place - 0.7) < 0.02)
        #expect(abs(modes[0].percent - 25) < 2)
        #expect(abs(modes.reduce(0) { $0 + $1.percent } - 100) < 1e-6)
    }

    @Test func aControlGivesItsPercentileWithAnInterval() throws {
        let values = (0..<10_000).map { Double($0) }
        let threshold = try ControlThreshold(
            .fluorescenceMinusOne, channel: "PE-A", values: values.shuffled(), fraction: 0.995)
        #expect(abs(threshold.value - 9949.005) < 1e-9)
        #expect(threshold.lower < threshold.value && threshold.value < threshold.upper)
        #expect(threshold.positives(in: values)?.count == 50)
        let error = #expect(throws: ControlError.self) {
            try ControlThreshold(.isotype, channel: "PE-A", values: Array(values.prefix(1000)))
        }
        #expect(error?.message.contains("needs 4000") == true)
    }

    /// What a damaged file may hold: differences overflow, steps underflow.
    @Test(
        arguments: [
            [1e308, -1e308], [Double.leastNonzeroMagnitude, 0], [1, 1.0000000000000002],
            [Double.infinity, 1], [.nan, 0],
            [-Double.greatestFiniteMagnitude, .leastNonzeroMagnitude], [0, 0],
        ] as [[Double]])
    func valuesAtTheEndsOfWhatANumberCanHoldHarmNothing(pair: [Double]) {
        let values = (0..<10_000).map { pair[$0 % 2] } + [1e308]
        _ = ValueSummary(values)
        _ = Distribution(values)
        _ = AcquisitionRate(times: values)
        _ = SignalStability(values)
        _ = Doublets(areaChannel: "A", heightChannel: "H", areas: values, heights: values)
        _ = try? ControlThreshold(.unstained, channel: "A", values: values)
        _ = try? SpilloverFromControls.row(
            detector: 0, names: ["A", "B"], control: [values, values.reversed()])
    }

    @Test func driftIsAnAlertOnlyBeyondItsCountingError() throws {
        func point(_ pdl: Double, _ count: Int) throws -> MarkerDrift.Point {
            MarkerDrift.Point(
                populationDoublings: pdl,
                share: try #require(ProportionInterval(count: count, total: 10_000)))
        }
        let points = [try point(20, 9300), try point(10, 9800), try point(15, 9550)]
        let drift = try #require(MarkerDrift("CD105", points, limit: 3))
        #expect(drift.points.map(\.populationDoublings) == [10, 15, 20])
        #expect(abs((drift.slope ?? 0) + 0.5) < 1e-12)
        #expect(abs(drift.last.points + 5) < 1e-12)
        #expect(drift.largest == drift.last)
        #expect(drift.isAlert)
        #expect(MarkerDrift("CD105", points, limit: 5)?.isAlert == false)
        #expect(MarkerDrift("CD105", Array(points.prefix(1)), limit: 5) == nil)
        // A passage on the way that has left and come back counts as well.
        let dip = [try point(10, 9800), try point(15, 9200), try point(20, 9810)]
        let found = try #require(MarkerDrift("CD105", dip, limit: 3))
        #expect(found.isAlert && found.largest.populationDoublings == 15)
        #expect(!found.last.isAlert)
    }
}
