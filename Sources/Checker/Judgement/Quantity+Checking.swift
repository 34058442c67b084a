import ProductDefinition
import Quantities

extension Quantity {
    /// The number in `unit`; `nil` when the dimensions differ, which the reader has reported.
    func amount(_ unit: String) -> Double? {
        (try? Unit(unit)).flatMap { try? doubleValue(in: $0) }
    }

    /// Whether it is more than `other`; `nil` when the two cannot be compared.
    func exceeds(_ other: Quantity) -> Bool? {
        (try? compare(with: other)).map { $0 > 0 }
    }
}

extension CalendarDate {
    /// Whether `later` is more than `interval` after this day. A month is 365.25/12 days, and a
    /// day of grace covers the rounding.
    func isFurther(than interval: Quantity, before later: CalendarDate) -> Bool {
        guard let days = interval.amount("d") else { return false }
        return Double(later.daysSinceEpoch - daysSinceEpoch) > days + 1
    }
}

extension Definition.Estimate {
    /// The expected value in `unit`.
    func amount(_ unit: String) -> Double? { value.value.amount(unit) }
}

extension Optional where Wrapped == Located<String> {
    /// Whether something was written.
    var isStated: Bool { map { !$0.value.isEmpty } ?? false }
}

/// "a", "a and b", "a, b and c".
func listed(_ words: some Collection<String>) -> String {
    let words = Array(words)
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " and " + last
}

/// "1 vial", "2 vials".
func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
}
