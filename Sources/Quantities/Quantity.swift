/// A number with its unit, as one text: `5e3 cells/cm2`, `-1 °C/min`, `12.5 EU/mL`, `15000 EUR`.
///
/// Equality is that of the record: `1 h` is not `60 min`, though `1.0 h` is `1 h`. To ask whether
/// two quantities are the same amount, use `compare(with:)`, which refuses across dimensions.
public struct Quantity: Hashable, Sendable {
    /// The number before the unit.
    public let value: ExactDecimal
    /// The unit.
    public let unit: Unit

    /// `value` in `unit`.
    public init(_ value: ExactDecimal, _ unit: Unit = .one) {
        self.value = value
        self.unit = unit
    }

    /// Reads a number and its unit.
    ///
    /// White space between them is optional: `80%` reads like `80 %`. Without a unit the quantity
    /// is a plain number.
    /// - Throws: `missingNumber`, `number`, `unknownUnit`, `malformedUnit` or `unitTooLarge`.
    public init(_ text: String) throws(QuantityError) {
        let trimmed = trimmingSpaces(text[...])
        guard let read = ExactDecimal.read(trimmed.utf8) else {
            throw .missingNumber(excerpt(trimmed))
        }
        do {
            value = try read.decimal(of: trimmed)
        } catch {
            throw .number(error)
        }
        let unitText = trimmingSpaces(trimmed[read.rest.startIndex...])
        // "5,0 mL" and "1 000 cells" would otherwise be reported as strange units.
        if let next = unitText.utf8.first, next == UInt8(ascii: ",") || (0x30...0x39).contains(next)
        {
            throw .number(.notANumber(excerpt(trimmed)))
        }
        unit = try Unit(String(unitText))
    }
}

extension Quantity: CustomStringConvertible {
    /// The quantity as one text, with one space between number and unit.
    public var description: String {
        let isOne = value.significand == 1 && value.exponent == 0
        let unitText = unit.text(isSingular: isOne)
        return unitText.isEmpty ? value.description : "\(value) \(unitText)"
    }
}

extension Quantity: Codable {
    /// Reads the value from its one text.
    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        do {
            try self.init(text)
        } catch {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "\(error)"))
        }
    }

    /// Writes the value as its one text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

func trimmingSpaces(_ text: Substring) -> Substring {
    var trimmed = text
    while let first = trimmed.utf8.first, first == 0x20 || first == 0x09 || first == 0x0A {
        trimmed.removeFirst()
    }
    while let last = trimmed.utf8.last, last == 0x20 || last == 0x09 || last == 0x0A {
        trimmed.removeLast()
    }
    return trimmed
}
