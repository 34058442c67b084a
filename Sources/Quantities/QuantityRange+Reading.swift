extension QuantityRange {
    /// Reads a range in one of its five forms.
    ///
    /// A number alone is refused: whether `95 %` is meant as a floor, a ceiling or a target is for
    /// the author to say.
    /// - Throws: `malformedRange`, `emptyRange`, or what reading a quantity throws.
    public init(_ text: String) throws(QuantityError) {
        let trimmed = trimmingSpaces(text[...])
        for (sign, limit) in Self.signs where trimmed.hasPrefix(sign) {
            self = limit(try Quantity(String(trimmed.dropFirst(sign.count))))
            return
        }
        if let (left, right) = split(trimmed, at: "..") {
            self = try Self.between(left, right)
        } else if let (left, right) = split(trimmed, at: "±") ?? split(trimmed, at: "+/-") {
            self = try Self.around(left, right)
        } else {
            throw .malformedRange(excerpt(trimmed))
        }
    }

    private typealias Limit = @Sendable (Quantity) -> QuantityRange

    /// The longer sign first, so that `>=` is not read as `>`.
    private static let signs: [(String, Limit)] = [
        (">=", QuantityRange.atLeast), ("≥", QuantityRange.atLeast),
        ("<=", QuantityRange.atMost), ("≤", QuantityRange.atMost),
        (">", QuantityRange.moreThan), ("<", QuantityRange.lessThan),
        ("=", QuantityRange.exactly),
    ]

    /// `2500..3500 cells/cm2`: the unit may stand once, at the end.
    private static func between(
        _ left: Substring, _ right: Substring
    ) throws(QuantityError) -> QuantityRange {
        let upper = try Quantity(String(right))
        let lower = try sharing(unitOf: upper, for: Quantity(String(left)), written: left)
        return try QuantityRange(from: lower, through: upper)
    }

    /// `95 % ± 2 %`, or `95 ± 2 %`: the unit may stand once, at the end.
    private static func around(
        _ left: Substring, _ right: Substring
    ) throws(QuantityError) -> QuantityRange {
        let tolerance = try Quantity(String(right))
        let centre = try sharing(unitOf: tolerance, for: Quantity(String(left)), written: left)
        return try around(centre, tolerance: tolerance)
    }

    private static func sharing(
        unitOf other: Quantity, for quantity: Quantity, written: Substring
    ) throws(QuantityError) -> Quantity {
        // A number that ends the text has no unit of its own, so it takes the other's.
        let isBare = quantity.unit == .one && quantity.unit.description.isEmpty
        return isBare ? Quantity(quantity.value, other.unit) : quantity
    }
}

private func split(_ text: Substring, at separator: String) -> (Substring, Substring)? {
    guard let first = separator.first else { return nil }
    var search = text
    while let index = search.firstIndex(of: first) {
        if text[index...].hasPrefix(separator) {
            let after = text.index(index, offsetBy: separator.count)
            return (text[..<index], text[after...])
        }
        search = text[text.index(after: index)...]
    }
    return nil
}
