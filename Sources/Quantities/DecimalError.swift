/// Why a text is no exact decimal, or a sum or product does not fit one.
public enum DecimalError: Error, Hashable, Sendable {
    /// The text is not a decimal number such as `0.10`, `-1.2` or `5e3`.
    case notANumber(String)
    /// More than `ExactDecimal.maximumDigits` significant digits.
    case tooManyDigits(String)
    /// The power of ten lies outside `ExactDecimal.exponents`.
    case exponentOutOfRange(String)
    /// A quotient by zero.
    case divisionByZero
}

extension DecimalError: CustomStringConvertible {
    /// The error as one sentence.
    public var description: String {
        switch self {
        case .notANumber(let text):
            let separator = text.contains(",") || text.contains(" ")
            return "'\(text)' is not a number"
                + (separator ? "; write '1500.5', with a point and no thousands separator" : "")
        case .tooManyDigits(let text):
            return "'\(text)' has more than \(ExactDecimal.maximumDigits) significant digits"
        case .exponentOutOfRange(let text):
            let range = ExactDecimal.exponents
            return "'\(text)' is out of range: powers of ten from \(range.lowerBound) to "
                + "\(range.upperBound) are read"
        case .divisionByZero:
            return "cannot divide by zero"
        }
    }
}
