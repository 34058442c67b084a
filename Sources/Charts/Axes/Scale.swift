/// Maps values to places along an axis.
struct Scale {
    enum Spacing {
        case even
        /// Equal factors take equal room; values must be above zero.
        case logarithmic
    }

    let low: Double
    let high: Double
    let start: Double
    let end: Double
    let spacing: Spacing

    /// A scale from `low` at `start` to `high` at `end`. An empty or unusable domain becomes one
    /// around its middle, so that a single reading is still drawn.
    init(
        from low: Double, to high: Double, start: Double, end: Double, spacing: Spacing = .even
    ) {
        var (low, high) = (min(low, high), max(low, high))
        if !low.isFinite { low = 0 }
        if !high.isFinite { high = low + 1 }
        if spacing == .logarithmic {
            low = max(low, 1e-300)
            high = max(high, low)
            if high / low < 1.0001 { (low, high) = (low / 2, high * 2) }
        } else if high - low <= abs(high) * 1e-12 {
            let half = high == 0 ? 1 : abs(high) / 10
            (low, high) = (low - half, high + half)
        }
        (self.low, self.high, self.start, self.end) = (low, high, start, end)
        self.spacing = spacing
    }

    /// Where `value` stands; values beyond the domain stand at its nearer end.
    func callAsFunction(_ value: Double) -> Double {
        guard !value.isNaN else { return start }
        let inside = max(low, min(high, value))
        let share =
            switch spacing {
            case .even: (inside - low) / (high - low)
            case .logarithmic:
                (decimalLogarithm(inside) - decimalLogarithm(low))
                    / (decimalLogarithm(high) - decimalLogarithm(low))
            }
        return start + share * (end - start)
    }

    /// Round values to label, about `wanted` of them, in rising order.
    func ticks(wanted: Int = 5) -> [Double] {
        switch spacing {
        case .even: evenTicks(wanted: wanted)
        case .logarithmic: decadeTicks()
        }
    }

    /// P. S. Heckbert, "Nice numbers for graph labels", Graphics Gems, 1990: steps of 1, 2 or 5
    /// times a power of ten.
    private func evenTicks(wanted: Int) -> [Double] {
        let rough = (high - low) / Double(max(wanted, 1))
        guard rough > 0, rough.isFinite else { return [low] }
        let power = powerOfTen(Int(decimalLogarithm(rough).rounded(.down)))
        let factor = rough / power
        let step = power * (factor < 1.5 ? 1 : factor < 3 ? 2 : factor < 7 ? 5 : 10)
        let first = (low / step).rounded(.up)
        let last = (high / step).rounded(.down)
        guard first <= last, last - first <= 200 else { return [low, high] }
        return (0...Int(last - first)).map { (first + Double($0)) * step }
    }

    /// Powers of ten; with 2 and 5 times them where fewer than three powers are in view.
    private func decadeTicks() -> [Double] {
        let first = Int(decimalLogarithm(low).rounded(.down))
        let last = Int(decimalLogarithm(high).rounded(.up))
        let stride = max(1, (last - first) / 8)
        var ticks: [Double] = []
        for exponent in Swift.stride(from: first, through: last, by: stride) {
            let factors: [Double] = last - first <= 2 ? [1, 2, 5] : [1]
            ticks += factors.map { $0 * powerOfTen(exponent) }
        }
        let slack = 1e-9
        return ticks.filter { $0 >= low * (1 - slack) && $0 <= high * (1 + slack) }
    }
}

/// Ten to an integer power, exactly rounded within the range of charts.
func powerOfTen(_ exponent: Int) -> Double {
    var value = 1.0
    for _ in 0..<min(abs(exponent), 300) { value *= 10 }
    return exponent < 0 ? 1 / value : value
}

/// The decimal logarithm, by series: the platform's one differs in the last digit between systems,
/// and a picture must have the same bytes everywhere.
func decimalLogarithm(_ value: Double) -> Double {
    guard value > 0, value.isFinite else { return value == 0 ? -300 : 300 }
    // value = m · 2^e with m in [1, 2); ln m = 2 artanh((m - 1)/(m + 1)).
    let ratio = (value.significand - 1) / (value.significand + 1)
    let square = ratio * ratio
    var (term, sum) = (ratio, 0.0)
    for odd in Swift.stride(from: 1.0, through: 41, by: 2) {
        sum += term / odd
        term *= square
    }
    let natural = 2 * sum + Double(value.exponent) * 0.693_147_180_559_945_3
    return natural / 2.302_585_092_994_045_7
}
