import Charts
import Statistics

/// Values in order of time as an individuals chart with the rules of Nelson marked: what the trends
/// of tests and of controls draw.
struct ShewhartSeries {
    /// One value.
    struct Point {
        var label: String
        var value: Double
        /// Whether it is outside the limits it is judged by.
        var isOutside: Bool
        /// Whether it sets the natural limits with the others. One that does not is drawn, and the
        /// rules see it: a method that drifts until its runs fail drifts all the same.
        var counts = true
    }

    var title: String
    /// What the values are, with their unit.
    var quantity: String
    /// What a point is, in the plural.
    var noun: String
    var points: [Point]
    /// The limits the values are judged by.
    var bounds: (lower: Double?, upper: Double?)

    /// Whether the values differ at all, so that there is something to see.
    var varies: Bool { Set(points.map(\.value)).count > 1 }

    /// The chart of the values that count: it sets the limits; `nil` with fewer than two, or when
    /// they do not vary.
    var baseline: IndividualsChart? { try? IndividualsChart(points.filter(\.counts).map(\.value)) }

    /// The first rule that the value at a position breaks.
    var signals: [Int: String] {
        guard let limits = baseline?.individuals.limits,
            let chart = try? IndividualsChart(points.map(\.value), frozen: limits)
        else { return [:] }
        return Dictionary(
            chart.individuals.signals.map { ($0.position, $0.rule) },
            uniquingKeysWith: { first, _ in first })
    }

    /// The values with the natural limits and the limits they are judged by.
    var picture: Picture {
        let signals = signals
        var lines: [Charts.ControlChart.Limit] = []
        if let limits = baseline?.individuals.limits {
            lines = [
                .init(.centre, at: limits.centre), .init(.alert, at: limits.lower),
                .init(.alert, at: limits.upper),
            ]
        }
        lines += [bounds.lower, bounds.upper].compactMap { $0 }.map { .init(.action, at: $0) }
        return Charts.ControlChart(
            title: title, quantity: quantity,
            readings: points.enumerated().map { index, point in
                .init(
                    label: point.label, value: point.value,
                    tone: point.isOutside ? .bad : signals[index] == nil ? .good : .attention,
                    note: point.isOutside ? "outside" : signals[index])
            }, limits: lines
        ).picture()
    }

    /// What the lines and marks of the picture mean.
    ///
    /// - Parameter limits: what the action lines are.
    func caption(limits: String) -> String {
        guard varies, let baseline else {
            return "Action: \(limits). The values do not vary."
        }
        return "Centre and alert lines: mean and mean ± 3 sigma from the moving range "
            + "(individuals chart). Action lines: \(limits). Marked: the eight rules of Nelson "
            + "(1984)."
            + (baseline.isProvisional
                ? " Fewer than \(provisionalLimitCount) \(noun): the lines are provisional." : "")
    }
}
