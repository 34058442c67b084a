/// Numbers as labels of an axis: short, and the same everywhere.
enum NumberLabel {
    /// The labels of `ticks` with as many decimals as tell them apart.
    static func labels(for ticks: [Double]) -> [String] {
        let steps = zip(ticks, ticks.dropFirst()).map { $1 - $0 }.filter { $0 > 0 }
        guard let step = steps.min() else { return ticks.map { short($0) } }
        guard (ticks.map { abs($0) }.max() ?? 0) < 1e5, step >= 1e-4 else {
            return ticks.map { short($0) }
        }
        let places = max(0, min(6, Int((-decimalLogarithm(step) - 1e-9).rounded(.up))))
        return ticks.map { fixed($0, places: places) }
    }

    /// `value` with three significant digits: 0.85, 120, 1.5 × 10⁸.
    static func short(_ value: Double) -> String {
        guard value.isFinite else { return value.isNaN ? "not a number" : "∞" }
        guard value != 0 else { return "0" }
        let sign = value < 0 ? "−" : ""
        var size = abs(value)
        var exponent = Int(decimalLogarithm(size).rounded(.down))
        if size / powerOfTen(exponent) >= 9.995 { exponent += 1 }
        if (-3..<5).contains(exponent) {
            return sign + trimmed(fixed(size, places: max(0, 2 - exponent)))
        }
        size /= powerOfTen(exponent)
        let factor = trimmed(fixed(size, places: 2))
        let power = "10" + superscript(exponent)
        return sign + (factor == "1" ? power : "\(factor) × \(power)")
    }

    /// `value` rounded to `places` decimals, half away from zero.
    static func fixed(_ value: Double, places: Int) -> String {
        guard value.isFinite, abs(value) < 1e12 else { return short(value) }
        let scale = Int(powerOfTen(places))
        let scaled = (abs(value) * Double(scale)).rounded()
        guard scaled < 9e18 else { return short(value) }
        let units = Int(scaled)
        let sign = value < 0 && units > 0 ? "−" : ""
        guard places > 0 else { return "\(sign)\(units)" }
        let rest = String(units % scale)
        return sign + "\(units / scale)."
            + String(repeating: "0", count: places - rest.count) + rest
    }

    private static func trimmed(_ text: String) -> String {
        guard text.contains(".") else { return text }
        var text = text[...]
        while text.last == "0" { text.removeLast() }
        if text.last == "." { text.removeLast() }
        return String(text)
    }

    private static func superscript(_ exponent: Int) -> String {
        let digits: [Character: Character] = [
            "-": "⁻", "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶",
            "7": "⁷", "8": "⁸", "9": "⁹",
        ]
        return String(String(exponent).compactMap { digits[$0] })
    }
}
