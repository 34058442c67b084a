extension Unit {
    /// Reads a unit; an empty text is the unit of a plain number.
    /// - Throws: `unknownUnit` naming the symbol that is not known, `malformedUnit` or
    ///   `unitTooLarge`.
    public init(_ text: String) throws(QuantityError) {
        if let known = UnitTable.unit(text) {
            self = known
        } else {
            self = try Self.compound(text)
        }
    }

    private static func compound(_ text: String) throws(QuantityError) -> Unit {
        var unit = Unit.one
        var rest = text[...]
        var isDivided = false
        var isFirst = true
        while true {
            rest = rest.drop { $0 == " " }
            guard let next = rest.first else {
                if isFirst, !isDivided { return unit }
                throw .malformedUnit(excerpt(text))
            }
            if next == "/" {
                guard !isDivided || isFirst == false else { throw .malformedUnit(excerpt(text)) }
                isDivided = true
                rest.removeFirst()
                isFirst = false
                unit = try unit.appending(&rest, of: text, isDivided: true)
            } else if next == "·" || next == "*" {
                guard !isFirst else { throw .malformedUnit(excerpt(text)) }
                rest.removeFirst()
                unit = try unit.appending(&rest, of: text, isDivided: false)
            } else {
                guard isFirst else { throw .malformedUnit(excerpt(text)) }
                isFirst = false
                unit = try unit.appending(&rest, of: text, isDivided: false)
            }
            rest = rest.drop { $0 == " " }
            if rest.isEmpty { return unit }
        }
    }

    /// Reads one symbol with its power from the front of `rest`.
    private func appending(
        _ rest: inout Substring, of text: String, isDivided: Bool
    ) throws(QuantityError) -> Unit {
        rest = rest.drop { $0 == " " }
        // A minus ends a symbol, as in "h-1", but may begin one, as in "-fold".
        let start = rest.startIndex
        let end = rest.indices.first {
            " /·*^⁻".contains(rest[$0]) || isPower(rest[$0]) || (rest[$0] == "-" && $0 != start)
        }
        let symbol = rest[..<(end ?? rest.endIndex)]
        guard !symbol.isEmpty else { throw .malformedUnit(excerpt(text)) }
        rest = rest[symbol.endIndex...]
        let exponent = try readExponent(&rest, of: text)
        guard let atom = UnitTable.atom(symbol) else {
            throw .unknownUnit(symbol: excerpt(symbol), in: excerpt(text))
        }
        let power = isDivided ? -exponent : exponent
        let step = abs(exponent) == 0 ? Unit.one : atom
        var product = self
        for _ in 0..<abs(power) {
            product = power > 0 ? try product.multiplied(by: step) : try product.divided(by: step)
        }
        return product
    }

    private func readExponent(
        _ rest: inout Substring, of text: String
    ) throws(QuantityError) -> Int {
        var digits = rest
        if digits.first == "^" { digits.removeFirst() }
        let isNegative = digits.first == "-" || digits.first == "⁻"
        if isNegative { digits.removeFirst() }
        let power = digits.prefix(while: isPower)
        guard !power.isEmpty else {
            guard digits.startIndex == rest.startIndex else {
                throw .malformedUnit(excerpt(text))
            }
            return 1
        }
        rest = digits[power.endIndex...]
        guard power.count == 1, let value = power.first?.wholeNumberValue, value > 0 else {
            throw .unitTooLarge(excerpt(text))
        }
        return isNegative ? -value : value
    }
}

private func isPower(_ character: Character) -> Bool {
    "0123456789²³¹⁴⁵⁶⁷⁸⁹⁰".contains(character)
}
