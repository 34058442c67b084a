/// The distribution of a process against its specification, with the normal curves that the
/// capability indices assume.
public struct CapabilityHistogram: Sendable {
    private let title: String
    private let quantity: String
    private let values: [Double]
    private let limits: [Double]
    private let target: Double?
    private let mean: Double
    private let overall: Double
    private let within: Double?

    /// A histogram.
    /// - Parameters:
    ///   - limits: the specification, one or two values.
    ///   - overall: the overall standard deviation.
    ///   - within: the short-term standard deviation, where there is one.
    public init(
        title: String, quantity: String, values: [Double], limits: [Double], target: Double?,
        mean: Double, overall: Double, within: Double?
    ) {
        self.title = title
        self.quantity = quantity
        self.values = values.filter(\.isFinite)
        self.limits = limits
        self.target = target
        self.mean = mean
        self.overall = overall
        self.within = within
    }

    /// The picture, 720 by 360 units.
    public func picture() -> Picture {
        let columns = Histogram(values).columns
        let width = columns.first.map { $0.to - $0.from } ?? 1
        var layers: [DataPlot.Layer] = [
            .columns(columns.map { ($0.from, $0.to, Double($0.count)) }, .wash)
        ]
        var key: [DataPlot.KeyEntry] = []
        for (sigma, name, ink, dashes) in [
            (overall, "overall", Ink.house, DataPlot.Dashes.solid),
            (within ?? 0, "within", .blue, .dashed),
        ] where sigma > 0 {
            layers.append(.line(normal(sigma, width), ink, dashes))
            key.append(.init(name: name, ink: ink, shape: nil, dashes: dashes))
        }
        var references = limits.map {
            DataPlot.Reference(
                value: $0, name: "limit \(NumberLabel.short($0))", ink: .vermillion,
                isUpright: true)
        }
        if let target {
            references.append(
                .init(
                    value: target, name: "target", ink: .green, dashes: .dotted, isUpright: true))
        }
        return DataPlot(
            title: title, summary: summary, across: quantity, upright: "values", layers: layers,
            references: references, key: key, uprightIncludes: [0]
        ).picture()
    }

    private func normal(_ sigma: Double, _ width: Double) -> [PlotPoint] {
        (-40...40).map { step in
            let z = Double(step) / 10
            let density = exponential(-0.5 * z * z) / 2.506_628_274_631_000_5
            return PlotPoint(mean + z * sigma, density / sigma * Double(values.count) * width)
        }
    }

    private var summary: String {
        guard let low = values.min(), let high = values.max() else {
            return "No values of \(quantity)."
        }
        let bounds = limits.map { NumberLabel.short($0) }.joined(separator: " and ")
        return "\(values.count) values of \(quantity) from \(NumberLabel.short(low)) to "
            + "\(NumberLabel.short(high)), mean \(NumberLabel.short(mean)), standard deviation "
            + "\(NumberLabel.short(overall)). Specification: \(bounds)."
    }
}

/// Values counted in columns of equal width (D. Freedman & P. Diaconis 1981,
/// doi:10.1007/BF01025868).
struct Histogram {
    static let columnsMax = 80

    let columns: [(from: Double, to: Double, count: Int)]

    init(_ values: [Double]) {
        let sorted = values.sorted()
        guard let low = sorted.first, let high = sorted.last, high > low,
            (high - low).isFinite, (high - low) / Double(Self.columnsMax) > 0
        else {
            let place = sorted.first ?? 0
            let half = place == 0 ? 0.5 : abs(place) * 0.05
            columns = sorted.isEmpty ? [] : [(place - half, place + half, sorted.count)]
            return
        }
        let spread = sorted[sorted.count * 3 / 4] - sorted[sorted.count / 4]
        var wanted = 1.0
        // The cube root of the count, by multiplication: the same on every machine.
        while (wanted + 1) * (wanted + 1) * (wanted + 1) <= Double(sorted.count) { wanted += 1 }
        let width = spread > 0 ? 2 * spread / wanted : (high - low) / 10
        let count = min(
            Self.columnsMax, max(3, Int(min(1000, (high - low) / width).rounded(.up))))
        let step = (high - low) / Double(count)
        var counts = [Int](repeating: 0, count: count)
        for value in sorted {
            counts[Int(min(Double(count - 1), (value - low) / step))] += 1
        }
        columns = counts.enumerated().map {
            (low + Double($0) * step, low + Double($0 + 1) * step, $1)
        }
    }
}

/// e to the power of `x`, by series: the platform's one differs in the last digit between
/// systems, and a picture must have the same bytes everywhere.
func exponential(_ x: Double) -> Double {
    guard x > -700 else { return 0 }
    guard x < 700 else { return .infinity }
    // e^x = (e^(x/1024))^1024
    let small = x / 1024
    var (term, sum) = (1.0, 1.0)
    for place in 1...8 {
        term *= small / Double(place)
        sum += term
    }
    for _ in 0..<10 { sum *= sum }
    return sum
}
