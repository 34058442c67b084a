/// Why a text is no quantity, or an operation on quantities has no meaning.
public enum QuantityError: Error, Hashable, Sendable {
    /// The number could not be read or kept.
    case number(DecimalError)
    /// There is no number at the start.
    case missingNumber(String)
    /// A symbol that is no unit, inside the unit as written.
    case unknownUnit(symbol: String, in: String)
    /// Signs without a symbol between them, such as `cells//cm2`.
    case malformedUnit(String)
    /// A unit with more symbols or higher powers than a measurement has.
    case unitTooLarge(String)
    /// The two measure different things.
    case incompatible(String, String)
    /// A product, quotient or sum with a temperature on the Celsius scale, whose zero is arbitrary.
    case absoluteTemperature(String)
    /// A text that is no limit or range.
    case malformedRange(String)
    /// A range whose lower end is above its upper end.
    case emptyRange(String)
}

extension QuantityError: CustomStringConvertible {
    /// The error as one sentence.
    public var description: String {
        switch self {
        case .number(let error): return error.description
        case .missingNumber(let text):
            return "'\(text)' has no number; write a value and its unit, such as '5e3 cells/cm2'"
        case .unknownUnit(let symbol, let unit):
            return symbol == unit
                ? "'\(symbol)' is not a unit" : "'\(symbol)' in '\(unit)' is not a unit"
        case .malformedUnit(let text):
            return "'\(text)' is not a unit; write it like 'cells/cm2' or 'EU/kg/h'"
        case .unitTooLarge(let text):
            return "the unit '\(text)' has powers over \(Unit.maximumExponent) or more than "
                + "\(Unit.maximumFactors) symbols"
        case .incompatible(let left, let right):
            return "'\(left)' and '\(right)' measure different things"
        case .absoluteTemperature(let text):
            return "'\(text)' is a point on the Celsius scale; write a difference in K"
        case .malformedRange(let text):
            return "'\(text)' is not a limit; write '2500..3500 cells/cm2', '>= 95 %', '< 2', "
                + "'= 4' or '95 % ± 2 %'"
        case .emptyRange(let text):
            return "the range '\(text)' is empty: its lower end is above its upper end"
        }
    }
}
