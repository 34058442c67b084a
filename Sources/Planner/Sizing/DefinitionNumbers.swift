import Diagnostics
import ProductDefinition
import Quantities

/// Reads numbers out of a definition in the units of the plan, and remembers what was missing.
struct DefinitionNumbers {
    private(set) var refusals: [PlanRefusal] = []

    mutating func refuse(_ refusal: PlanRefusal) { refusals.append(refusal) }

    /// The number that must be there.
    mutating func required(
        _ value: Double?, _ what: String, write: String, at position: SourcePosition? = nil
    ) -> Double {
        if let value { return value }
        refusals.append(
            PlanRefusal(
                .missingNumber, "\(what) is not in the definition", help: "write '\(write)'",
                place: position?.place))
        return .nan
    }
}

extension SourcePosition {
    /// `file:line:column`; nil for a position that stands for nothing.
    var place: String? { line > 0 ? "\(file):\(line):\(column)" : nil }
}

extension Quantity {
    /// The number in `unit`; nil when the quantity measures something else.
    func amount(_ unit: String) -> Double? {
        guard let unit = try? Unit(unit) else { return nil }
        return try? doubleValue(in: unit)
    }

    /// The number whose unit is any of `units`.
    func amount(anyOf units: String...) -> Double? {
        units.lazy.compactMap { amount($0) }.first
    }
}

extension Int {
    /// A count from a definition that may be any number: never below 0, and never above what a
    /// site can have, so that sums and products of counts stay whole numbers.
    static func counted(_ value: Double?) -> Int? {
        value.map { $0.isFinite ? Int(Swift.min(Swift.max($0, 0), 1e9)) : 0 }
    }

    /// The same for a whole number.
    static func counted(_ value: Int?) -> Int? {
        value.map { Swift.min(Swift.max($0, 0), 1_000_000_000) }
    }
}

extension QuantityRange {
    /// Both ends in `unit`, an open end being infinite; nil when it measures something else.
    func ends(_ unit: String) -> [Double]? {
        let low = lower.map { $0.amount(unit) } ?? -.infinity
        let high = upper.map { $0.amount(unit) } ?? .infinity
        guard let low, let high else { return nil }
        return [low, high]
    }
}

extension Definition.Estimate {
    func amount(_ unit: String) -> Double? { value.value.amount(unit) }
}
