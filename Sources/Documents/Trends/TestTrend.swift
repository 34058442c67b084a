package import Charts
package import Facility
import Quantities
import Statistics

/// One line of a specification over the batches of a product: a control chart with the rules
/// marked, and its capability.
package struct TestTrend: Sendable {
    /// The result in force of one batch.
    package struct Point: Sendable {
        package let batch: BatchID
        package let observation: Observation
        package let verdict: TestStanding.Verdict
        package let reference: String
        package let stamp: Stamp
    }

    package let test: MasterTest
    package let specification: MasterSpecification
    package let master: MasterRecord
    /// Oldest first.
    package private(set) var points: [Point]

    /// Every line of the version of each product that was registered last.
    package static func all(in state: SiteState) -> [TestTrend] {
        var newest: [String: MasterRecord] = [:]
        for master in state.masters.inOrder {
            let known = newest[master.product.id]?.registered.entry ?? 0
            if newest[master.product.id] == nil || known < master.registered.entry {
                newest[master.product.id] = master
            }
        }
        return newest.values.sorted { $0.id < $1.id }.flatMap { master in
            master.specifications.flatMap { specification in
                specification.tests.map { TestTrend(of: $0, specification, master, in: state) }
            }
        }
    }

    /// The results of `test` in all batches of the product that `specification` applies to.
    package init(
        of test: MasterTest, _ specification: MasterSpecification, _ master: MasterRecord,
        in state: SiteState
    ) {
        self.test = test
        self.specification = specification
        self.master = master
        var points: [Point] = []
        for batch in state.batches.values
        where state.masters[batch.master]?.product.id == master.product.id {
            guard let own = (try? state.specification(for: batch)) ?? nil,
                own.id == specification.id,
                let result = batch.results.inForce(of: test.id)
            else { continue }
            let met = own.test(test.id).flatMap {
                (try? $0.criterion.isMet(by: result.observation)) ?? nil
            }
            points.append(
                Point(
                    batch: batch.id, observation: result.observation,
                    verdict: met.map { $0 ? .passes : .fails } ?? .reported,
                    reference: result.reference, stamp: result.stamp))
        }
        self.points = points.sorted { $0.stamp.entry < $1.stamp.entry }
    }

    /// The results that were recorded from one day to another, both included.
    package func during(_ period: ClosedRange<CalendarDate>) -> TestTrend {
        var trend = self
        trend.points = points.filter { period.contains($0.stamp.happened.date) }
        return trend
    }

    /// Whether the measured results differ at all, so that there is something to see.
    package var varies: Bool { series.varies }

    /// How the results stand together.
    package var standing: (words: String, tone: Tone) {
        if points.isEmpty { return ("no result", .inactive) }
        let failed = points.count { $0.verdict == .fails }
        if failed > 0 { return ("\(failed) outside", .bad) }
        return series.signals.isEmpty ? ("within limits", .good) : ("a rule is broken", .attention)
    }

    // MARK: Measured

    private var unit: Quantities.Unit? {
        if case .within(let range) = test.criterion { return range.unit }
        for case .measured(let quantity) in points.map(\.observation) { return quantity.unit }
        return nil
    }

    private func value(_ quantity: Quantity?) -> Double? {
        guard let quantity, let unit else { return nil }
        return try? quantity.doubleValue(in: unit)
    }

    /// The measured results in the unit of the limit.
    package var values: [(point: Point, value: Double)] {
        points.compactMap { point in
            guard case .measured(let quantity) = point.observation, let value = value(quantity)
            else { return nil }
            return (point, value)
        }
    }

    private var bounds: (lower: Double?, upper: Double?) {
        guard case .within(let range) = test.criterion else { return (nil, nil) }
        return (value(range.lower), value(range.upper))
    }

    private var quantityWords: String {
        let unit = unit.map { $0.description } ?? ""
        return unit.isEmpty ? test.attribute : "\(test.attribute), \(unit)"
    }

    private var series: ShewhartSeries {
        ShewhartSeries(
            title: test.attribute, quantity: quantityWords, noun: "batches",
            points: values.map {
                .init(
                    label: $0.point.batch.text, value: $0.value,
                    isOutside: $0.point.verdict == .fails)
            }, bounds: bounds)
    }

    /// Values by batch with the natural limits of the process and the limits of the specification.
    package var chart: Picture { series.picture }

    /// What the lines and marks of the chart mean.
    package var chartCaption: String {
        series.caption(limits: "the limits of the specification")
    }

    /// Values in classes between the limits.
    package var histogram: Picture {
        let numbers = values.map(\.value)
        let summary = try? Summary(numbers)
        return CapabilityHistogram(
            title: "\(test.attribute), \(values.count) batches", quantity: quantityWords,
            values: numbers, limits: [bounds.lower, bounds.upper].compactMap { $0 }, target: nil,
            mean: summary?.mean ?? 0, overall: summary?.standardDeviation ?? 0, within: nil
        ).picture()
    }

    /// The capability of the process against the limits, with its confidence interval, by name.
    package var capability: [(name: String, value: String)] {
        var facts: [(name: String, value: String)] = []
        let numbers = values.map(\.value)
        guard let summary = try? Summary(numbers) else { return facts }
        facts.append(("Mean", Self.short(summary.mean)))
        let deviation = summary.standardDeviation ?? 0
        facts.append(("Standard deviation", Self.short(deviation)))
        guard
            let limits = try? SpecificationLimits(lower: bounds.lower, upper: bounds.upper),
            let capability = try? Capability(
                mean: summary.mean, sigma: deviation, count: numbers.count, limits: limits)
        else {
            facts.append(("Capability", "no measured limit, or values that do not vary"))
            return facts
        }
        func words(_ index: CapabilityIndex) -> String {
            "\(Self.short(index.value)) (95 % interval \(Self.short(index.interval.lower ?? .nan)) "
                + "to \(Self.short(index.interval.upper ?? .nan)))"
        }
        if let both = capability.cp { facts.append(("Pp", words(both))) }
        facts.append(("Ppk", words(capability.cpk)))
        facts.append(
            ("Expected outside", "\(Self.short(capability.expectedShareOutside * 100)) %"))
        return facts
    }

    private static func short(_ value: Double) -> String {
        guard value.isFinite else { return "–" }
        let magnitude = abs(value)
        if magnitude >= 1e6 || (magnitude > 0 && magnitude < 1e-3) {
            let exponent = Int(magnitude.exponentOfTen)
            let digits = (value / Double.power(ofTen: exponent) * 100).rounded() / 100
            return "\(digits)e\(exponent)"
        }
        let places = magnitude >= 100 ? 10.0 : magnitude >= 1 ? 100.0 : 10_000.0
        return "\((value * places).rounded() / places)"
    }
}

extension Double {
    /// The decimal exponent of the first digit.
    fileprivate var exponentOfTen: Int {
        var (value, exponent) = (self, 0)
        while value >= 10 { (value, exponent) = (value / 10, exponent + 1) }
        while value < 1, value > 0 { (value, exponent) = (value * 10, exponent - 1) }
        return exponent
    }

    fileprivate static func power(ofTen exponent: Int) -> Double {
        var value = 1.0
        for _ in 0..<abs(exponent) { value *= 10 }
        return exponent < 0 ? 1 / value : value
    }
}
