/// A limit or a range of quantities, as one text.
///
/// Five forms: `2500..3500 cells/cm2` (both ends belong to it), a one-sided limit `>= 95 %`,
/// `> 1`, `<= 2 %`, `< 2`, an exact value `= 4`, and a value with its tolerance `95 % ± 2 %`.
public struct QuantityRange: Hashable, Sendable {
    /// How the range was written.
    public enum Form: Hashable, Sendable {
        case between, atLeast, moreThan, atMost, lessThan, exactly
        /// A centre and the tolerance either side of it.
        case around(Quantity, tolerance: Quantity)
    }

    /// How the range was written.
    public let form: Form
    /// The lower end; nil where the range is open below.
    public let lower: Quantity?
    /// The upper end; nil where the range is open above.
    public let upper: Quantity?

    private init(form: Form, lower: Quantity?, upper: Quantity?) {
        self.form = form
        self.lower = lower
        self.upper = upper
    }

    /// The range from `lower` to `upper`, both included.
    /// - Throws: `incompatible` across dimensions, `emptyRange` when they are the wrong way round.
    public init(from lower: Quantity, through upper: Quantity) throws(QuantityError) {
        guard try lower.compare(with: upper) <= 0 else {
            throw .emptyRange("\(lower)..\(upper)")
        }
        self.init(form: .between, lower: lower, upper: upper)
    }

    /// The quantities of at least `limit`.
    public static func atLeast(_ limit: Quantity) -> QuantityRange {
        QuantityRange(form: .atLeast, lower: limit, upper: nil)
    }

    /// The quantities of more than `limit`.
    public static func moreThan(_ limit: Quantity) -> QuantityRange {
        QuantityRange(form: .moreThan, lower: limit, upper: nil)
    }

    /// The quantities of at most `limit`.
    public static func atMost(_ limit: Quantity) -> QuantityRange {
        QuantityRange(form: .atMost, lower: nil, upper: limit)
    }

    /// The quantities of less than `limit`.
    public static func lessThan(_ limit: Quantity) -> QuantityRange {
        QuantityRange(form: .lessThan, lower: nil, upper: limit)
    }

    /// `value` alone.
    public static func exactly(_ value: Quantity) -> QuantityRange {
        QuantityRange(form: .exactly, lower: value, upper: value)
    }

    /// `centre` and `tolerance` either side; a tolerance in °C is read as a difference.
    /// - Throws: `incompatible` across dimensions, `emptyRange` for a negative tolerance.
    public static func around(
        _ centre: Quantity, tolerance: Quantity
    ) throws(QuantityError) -> QuantityRange {
        let step =
            tolerance.unit.isCelsius ? Quantity(tolerance.value, .kelvin) : tolerance
        guard !tolerance.value.isNegative else { throw .emptyRange("\(centre) ± \(tolerance)") }
        return QuantityRange(
            form: .around(centre, tolerance: tolerance), lower: try centre.subtracting(step),
            upper: try centre.adding(step))
    }
}

extension QuantityRange {
    /// Whether the lower end itself belongs to the range.
    public var includesLower: Bool { lower != nil && form != .moreThan }
    /// Whether the upper end itself belongs to the range.
    public var includesUpper: Bool { upper != nil && form != .lessThan }
    /// The unit of the ends.
    public var unit: Unit { (lower ?? upper)?.unit ?? .one }

    /// Whether `quantity` lies in the range; exact, whatever the units.
    /// - Throws: `incompatible` when it measures something else.
    public func contains(_ quantity: Quantity) throws(QuantityError) -> Bool {
        if let lower {
            let order = try quantity.compare(with: lower)
            if order < 0 || (order == 0 && !includesLower) { return false }
        }
        if let upper {
            let order = try quantity.compare(with: upper)
            if order > 0 || (order == 0 && !includesUpper) { return false }
        }
        return true
    }

    /// Whether all of `inner` lies in this range, as a normal range must lie in a proven one.
    /// - Throws: `incompatible` when it measures something else.
    public func encloses(_ inner: QuantityRange) throws(QuantityError) -> Bool {
        if let lower {
            guard let innerLower = inner.lower else { return false }
            let order = try innerLower.compare(with: lower)
            if order < 0 || (order == 0 && inner.includesLower && !includesLower) { return false }
        }
        if let upper {
            guard let innerUpper = inner.upper else { return false }
            let order = try innerUpper.compare(with: upper)
            if order > 0 || (order == 0 && inner.includesUpper && !includesUpper) { return false }
        }
        return true
    }
}

extension QuantityRange: CustomStringConvertible {
    /// The range as one text, in the form it was written.
    public var description: String {
        switch form {
        case .between:
            guard let lower, let upper else { return "" }
            return lower.unit == upper.unit && "\(lower.unit)" == "\(upper.unit)"
                ? "\(lower.value)..\(upper)" : "\(lower)..\(upper)"
        case .atLeast: return ">= \(lower.map(\.description) ?? "")"
        case .moreThan: return "> \(lower.map(\.description) ?? "")"
        case .atMost: return "<= \(upper.map(\.description) ?? "")"
        case .lessThan: return "< \(upper.map(\.description) ?? "")"
        case .exactly: return "= \(lower.map(\.description) ?? "")"
        case .around(let centre, let tolerance): return "\(centre) ± \(tolerance)"
        }
    }
}

extension QuantityRange: Codable {
    /// Reads the value from its one text.
    public init(from decoder: any Decoder) throws {
        try self.init(decoder.singleValueContainer().decode(String.self))
    }

    /// Writes the value as its one text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
