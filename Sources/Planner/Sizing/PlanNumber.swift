import Foundation

/// Numbers in the sentences of a plan.
public enum PlanNumber {
    /// Three significant digits, with thousands apart: 16,400; 2.53e9 from a million on.
    public static func text(_ value: Double) -> String {
        guard value.isFinite else { return "\(value)" }
        let size = abs(value)
        if size >= 1e6 {
            let exponent = Int(log10(size).rounded(.down))
            return "\(trimmed(value / pow(10, Double(exponent)), 2))e\(exponent)"
        }
        if size >= 1000 { return whole(value) }
        return trimmed(value, size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3)
    }

    /// A whole number with thousands apart: 1,600,000.
    public static func whole(_ value: Double) -> String {
        guard value.isFinite, abs(value) < 1e15 else { return "\(value)" }
        let digits = String(Int(abs(value).rounded()))
        var groups: [Substring] = []
        var rest = digits[...]
        while rest.count > 3 {
            groups.insert(rest.suffix(3), at: 0)
            rest = rest.dropLast(3)
        }
        groups.insert(rest, at: 0)
        return (value < 0 && digits != "0" ? "-" : "") + groups.joined(separator: ",")
    }

    /// `value` with at most `places` decimals and no zeros at the end.
    static func trimmed(_ value: Double, _ places: Int) -> String {
        var text = String(format: "%.\(places)f", value)
        guard text.contains(".") else { return text }
        while text.hasSuffix("0") { text.removeLast() }
        if text.hasSuffix(".") { text.removeLast() }
        return text
    }
}
