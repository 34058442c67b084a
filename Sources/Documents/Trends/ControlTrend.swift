package import Charts
package import Facility
package import Quantities
import Statistics

/// What one control of a test method gave over its runs: the control chart of the assay.
///
/// All runs are drawn, and those that count set the natural limits: a run that was spoilt says
/// nothing of how the method does when it is done well (USP <1010>; ISO 7870-2 for the chart).
package struct ControlTrend: Sendable {
    /// What the control gave in one run.
    package struct Point: Sendable {
        package let run: MethodRun
        package let observation: Observation
        /// Against the criterion of the version of the method that was in force then.
        package let verdict: TestStanding.Verdict
    }

    package let method: String
    package let control: String
    /// What the version in force accepts; `nil` when it does not name the control.
    package let criterion: Criterion?
    /// In the order they were done.
    package let points: [Point]

    /// Every control of `method`, those of the version in force first.
    ///
    /// - Parameter runs: the runs of the method, in the order they were done.
    package static func all(of method: TestMethod, in runs: [MethodRun]) -> [ControlTrend] {
        var names = (method.versions.last?.suitability ?? []).map(\.test)
        var seen = Set(names)
        for reading in runs.flatMap(\.readings) where seen.insert(reading.control).inserted {
            names.append(reading.control)
        }
        return names.map { ControlTrend(of: $0, method, in: runs) }
    }

    /// What `control` gave in `runs` of `method`.
    package init(of control: String, _ method: TestMethod, in runs: [MethodRun]) {
        func criterion(_ version: TestMethod.Version?) -> Criterion? {
            version?.suitability?.first { $0.test == control }?.criterion
        }
        self.method = method.id
        self.control = control
        self.criterion = criterion(method.versions.last)
        points = runs.flatMap { run in
            run.readings.filter { $0.control == control }.map { reading in
                let asked = criterion(
                    method.version(at: run.stamp.happened, before: run.stamp.entry))
                let met = asked.flatMap { (try? $0.isMet(by: reading.observation)) ?? nil }
                return Point(
                    run: run, observation: reading.observation,
                    verdict: met.map { $0 ? .passes : .fails } ?? .reported)
            }
        }
    }

    /// How the readings stand together.
    package var standing: (words: String, tone: Tone) {
        if points.isEmpty { return ("no reading", .inactive) }
        if let last = points.last, !last.run.counts {
            return ("the last run does not count", .attention)
        }
        return series.signals.isEmpty ? ("in control", .good) : ("a rule is broken", .attention)
    }

    // MARK: Measured

    /// What the values are in: the unit of the criterion, else that of the first reading.
    package var unit: Quantities.Unit? {
        if case .within(let range) = criterion { return range.unit }
        for case .measured(let quantity) in points.map(\.observation) { return quantity.unit }
        return nil
    }

    /// The readings in one unit, point by point; `nil` for one in words or in a unit of another kind.
    private var numbers: [Double?] {
        let unit = unit
        return points.map { point in
            guard case .measured(let quantity) = point.observation, let unit else { return nil }
            return try? quantity.doubleValue(in: unit)
        }
    }

    /// The measured readings in one unit.
    package var values: [(point: Point, value: Double)] {
        zip(points, numbers).compactMap { point, number in number.map { (point, $0) } }
    }

    private var series: ShewhartSeries {
        var bounds: (lower: Double?, upper: Double?) = (nil, nil)
        if case .within(let range) = criterion, let unit {
            bounds = (
                range.lower.flatMap { try? $0.doubleValue(in: unit) },
                range.upper.flatMap { try? $0.doubleValue(in: unit) }
            )
        }
        let words = unit.map(\.description) ?? ""
        return ShewhartSeries(
            title: "\(control) of \(method)",
            quantity: words.isEmpty ? control : "\(control), \(words)", noun: "runs",
            points: values.map {
                .init(
                    label: $0.point.run.reference, value: $0.value,
                    isOutside: $0.point.verdict == .fails, counts: $0.point.run.counts)
            }, bounds: bounds)
    }

    /// Whether there is something to see.
    package var varies: Bool { series.varies }

    /// The readings run by run with the natural limits and those of the criterion.
    package var chart: Picture { series.picture }

    /// What the lines and marks of the chart mean.
    package var chartCaption: String {
        series.caption(limits: "what the method accepts")
            + (points.allSatisfy(\.run.counts) ? "" : " Runs that do not count set no line.")
    }

    /// The trend for programs: its limits and every reading with the rule it breaks.
    package var summary: Summary {
        let series = series
        let limits = series.baseline?.individuals.limits
        let signals = series.signals
        var measured = 0
        return Summary(
            method: method, control: control, criterion: criterion?.description,
            unit: unit?.description, centre: limits?.centre, lower: limits?.lower,
            upper: limits?.upper, isProvisional: series.baseline?.isProvisional ?? true,
            readings: zip(points, numbers).map { point, number in
                // Rules are broken by measured readings, which are counted apart.
                let signal = number == nil ? nil : signals[measured]
                measured += number == nil ? 0 : 1
                return .init(
                    run: point.run.reference, done: point.run.stamp.happened,
                    observation: point.observation.description, value: number,
                    verdict: point.verdict, invalid: point.run.invalid, signal: signal,
                    subjects: point.run.subjects)
            })
    }

    /// A trend for programs.
    package struct Summary: Encodable, Sendable {
        package var method: String
        package var control: String
        package var criterion: String?
        package var unit: String?
        /// Mean and mean ± 3 sigma of the readings that count, in `unit`; `nil` while there are
        /// fewer than two, or when they do not vary.
        package var centre: Double?
        package var lower: Double?
        package var upper: Double?
        /// True while fewer than twenty readings set the limits.
        package var isProvisional: Bool
        package var readings: [Reading]

        /// One reading.
        package struct Reading: Encodable, Sendable {
            package var run: String
            package var done: Timestamp
            package var observation: String
            package var value: Double?
            package var verdict: TestStanding.Verdict
            /// Why the run does not count.
            package var invalid: String?
            /// The first rule of Nelson (1984) that the reading breaks.
            package var signal: String?
            package var subjects: [ThingID]
        }
    }
}

extension SiteState {
    /// The charts of the controls of every registered method, in the order of their names.
    ///
    /// - Parameter runs: what `methodRuns()` gives, where it is known.
    package func controlTrends(in runs: [String: [MethodRun]]? = nil) -> [ControlTrend] {
        let runs = runs ?? methodRuns()
        return methods.inOrder.flatMap { ControlTrend.all(of: $0, in: runs[$0.id] ?? []) }
    }
}
