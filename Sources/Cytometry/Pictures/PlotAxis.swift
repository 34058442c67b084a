/// One axis of a picture: what it shows, on which scale, from where to where.
public struct PlotAxis: Sendable {
    /// What is shown. Its own transformation is left aside in favour of `scale`.
    public var dimension: GateDimension
    /// The scale of the axis; nil for a linear one.
    public var scale: ScaleTransform?
    /// Scale value at the low end; a data value when `scale` is nil.
    public var low: Double
    /// Scale value at the high end; a data value when `scale` is nil.
    public var high: Double
    /// What is written at the axis: marker, fluorochrome and detector.
    public var title: String

    /// An axis.
    public init(
        _ dimension: GateDimension, scale: ScaleTransform?, low: Double, high: Double,
        title: String
    ) {
        self.dimension = dimension
        self.dimension.transform = nil
        self.scale = scale
        self.low = low
        self.high = high
        self.title = title
    }

    /// Place of a data value: 0 at the low end, 1 at the high end.
    public func place(of value: Double) -> Double {
        ((scale.map { $0(value) } ?? value) - low) / (high - low)
    }

    /// Data value at a place.
    public func value(at place: Double) -> Double {
        let position = low + place * (high - low)
        return scale.map { $0.inverse(position) } ?? position
    }

    /// The scale with its parameters, as a figure states it; nil for a linear one.
    public var scaleInWords: String? {
        switch scale?.kind {
        case nil, .linear: nil
        case .logarithmic(let t, let m): "log T \(fixed(t, 0)), M \(fixed(m, 2))"
        case .inverseHyperbolicSine(let t, let m, let a):
            "asinh T \(fixed(t, 0)), M \(fixed(m, 2)), A \(fixed(a, 2))"
        case .logicle(let logicle):
            "logicle T \(fixed(logicle.t, 0)), W \(fixed(logicle.w, 2)), "
                + "M \(fixed(logicle.m, 2)), A \(fixed(logicle.a, 2))"
        case .hyperlog(let hyperlog):
            "hyperlog T \(fixed(hyperlog.t, 0)), W \(fixed(hyperlog.w, 2)), "
                + "M \(fixed(hyperlog.m, 2)), A \(fixed(hyperlog.a, 2))"
        case .tabulated: "FlowJo's biexponential"
        }
    }

    /// A mark on an axis.
    public struct Tick: Hashable, Sendable {
        /// Place from 0 to 1.
        public let place: Double
        /// Text, empty for a minor tick.
        public let label: String
    }

    /// Marks as cytometrists expect them: 0, 50K … 250K on linear axes; powers of ten on both
    /// sides of zero with minor ticks at 2 to 9 on the others.
    public func ticks() -> [Tick] { scale == nil ? linearTicks() : decadeTicks() }

    private func linearTicks() -> [Tick] {
        let span = high - low
        guard span > 0, span.isFinite else { return [] }
        // The largest of 1, 2 and 5 times a power of ten that gives at least four marks.
        var unit = 1.0
        while unit * 10 <= span / 4 { unit *= 10 }
        while unit > span / 4 { unit /= 10 }
        let step = unit * ([5.0, 2, 1].first { unit * $0 <= span / 4 } ?? 1)
        var result: [Tick] = []
        var value = (low / step).rounded(.up) * step
        while value <= high + step * 1e-9, result.count < 50 {
            result.append(Tick(place: (value - low) / span, label: Self.short(value)))
            value += step
        }
        return result
    }

    private static func short(_ value: Double) -> String {
        if abs(value) >= 1e6 { return trimmed(value / 1e6) + "M" }
        if abs(value) >= 1e3 { return trimmed(value / 1e3) + "K" }
        return trimmed(value)
    }

    private static func trimmed(_ value: Double) -> String {
        var text = fixed(value, 3)
        while text.hasSuffix("0") { text.removeLast() }
        if text.hasSuffix(".") { text.removeLast() }
        return text.isEmpty ? "0" : text
    }

    private func decadeTicks() -> [Tick] {
        var result: [Tick] = []
        func add(_ value: Double, _ label: String) {
            let place = self.place(of: value)
            if place.isFinite, place >= 0, place <= 1 {
                result.append(Tick(place: place, label: label))
            }
        }
        // Decades that crowd around zero get no label of their own.
        let zero = place(of: 0)
        let digits = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"]
        if zero.isFinite { add(0, "0") }
        for exponent in 0...9 {
            let decade = power10(Double(exponent))
            for sign in [1.0, -1] {
                let distance = abs(place(of: sign * decade) - (zero.isFinite ? zero : -1))
                guard distance > 0.06 || !distance.isFinite else { continue }
                add(sign * decade, (sign < 0 ? "−10" : "10") + digits[exponent])
                for multiple in 2...9 { add(sign * decade * Double(multiple), "") }
            }
        }
        return result.sorted { $0.place < $1.place }
    }
}
