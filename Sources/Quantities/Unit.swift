/// A unit of measure as the field writes it: `cells/cm2`, `EU/kg/h`, `°C/min`, `/m3`, `EUR`.
///
/// A unit is a product of symbols and whole powers. Each `/` divides by the one symbol after it
/// (`EU/kg/h` is per kilogram and per hour); `·` or `*` multiplies; a power follows its symbol
/// (`cm2`, `cm^2`, `cm²`).
///
/// Two units are equal when they measure the same thing on the same scale, however they are
/// spelled: `vial` equals `vials`, `M` equals `mol/L`.
///
/// A file that imports Foundation as well writes `Quantities.Unit`.
public struct Unit: Sendable {
    /// One symbol of the product.
    struct Factor: Hashable, Sendable {
        var symbol: String
        var exponent: Int
    }

    let factors: [Factor]
    /// What the unit measures.
    public let dimension: Dimension
    let scale: UnitScale
    /// Where the scale's zero lies above the base scale's: only for `°C` standing alone.
    let isCelsius: Bool

    /// The unit of a plain number.
    public static let one = Unit(factors: [], dimension: .none, scale: .one, isCelsius: false)
    /// Hundredths.
    public static let percent = Unit(known: "%")
    /// Cells.
    public static let cells = Unit(known: "cells")
    /// Kelvin, in which differences of temperature are given.
    public static let kelvin = Unit(known: "K")

    /// Highest power of a symbol that is read.
    public static let maximumExponent = 9
    /// Most symbols in one unit that are read.
    public static let maximumFactors = 8

    init(factors: [Factor], dimension: Dimension, scale: UnitScale, isCelsius: Bool) {
        self.factors = factors
        self.dimension = dimension
        self.scale = scale
        self.isCelsius = isCelsius
    }

    /// A unit of the table.
    private init(known symbol: String) {
        guard let unit = UnitTable.unit(symbol) else {
            preconditionFailure("'\(symbol)' is not in the unit table")
        }
        self = unit
    }

    /// Whether the unit is a plain number, a percentage or another ratio.
    public var isRatio: Bool { dimension.isNone }

    /// Every symbol that is read, for suggestions.
    public static var knownSymbols: [String] { UnitTable.symbols }
}

extension Unit {
    /// The product of two units.
    /// - Throws: `absoluteTemperature` for `°C`, `unitTooLarge` where powers grow out of bounds.
    public func multiplied(by other: Unit) throws(QuantityError) -> Unit {
        try product(with: other, power: 1)
    }

    /// The quotient of two units.
    /// - Throws: `absoluteTemperature` for `°C`, `unitTooLarge` where powers grow out of bounds.
    public func divided(by other: Unit) throws(QuantityError) -> Unit {
        try product(with: other, power: -1)
    }

    private func product(with other: Unit, power: Int) throws(QuantityError) -> Unit {
        guard !isCelsius, !other.isCelsius else { throw .absoluteTemperature(description) }
        var merged = factors
        for factor in other.factors {
            if let index = merged.firstIndex(where: { $0.symbol == factor.symbol }) {
                merged[index].exponent += factor.exponent * power
                if merged[index].exponent == 0 { merged.remove(at: index) }
            } else {
                merged.append(Factor(symbol: factor.symbol, exponent: factor.exponent * power))
            }
        }
        let otherScale = power > 0 ? other.scale : other.scale.inverse
        guard let scale = scale.multiplied(by: otherScale), merged.count <= Self.maximumFactors,
            merged.allSatisfy({ abs($0.exponent) <= Self.maximumExponent })
        else { throw .unitTooLarge("\(self) and \(other)") }
        return Unit(
            factors: merged, dimension: dimension.multiplied(by: other.dimension, power: power),
            scale: scale, isCelsius: false)
    }
}

extension Unit: Hashable {
    /// Whether the two are equal.
    public static func == (left: Unit, right: Unit) -> Bool {
        left.scale == right.scale && left.isCelsius == right.isCelsius
            && left.dimension == right.dimension
    }

    /// Feeds what equality compares into `hasher`.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(dimension)
        hasher.combine(scale)
    }
}

extension Unit: CustomStringConvertible {
    /// The unit as it is written after a number; empty for a plain number. Counted things stand in
    /// the plural before the stroke and in the singular after it: `doses/patient`.
    public var description: String { text(isSingular: false) }

    /// The unit as it is written after the number one: `1 vial`, `1 cell/cm2`.
    func text(isSingular: Bool) -> String {
        if factors.count == 1, factors[0].exponent == 1 {
            return isSingular ? singular(factors[0].symbol) : factors[0].symbol
        }
        var text = ""
        for factor in factors where factor.exponent > 0 {
            if !text.isEmpty { text += "·" }
            text += isSingular ? singular(factor.symbol) : factor.symbol
            if factor.exponent > 1 { text += "\(factor.exponent)" }
        }
        for factor in factors where factor.exponent < 0 {
            text += "/" + singular(factor.symbol)
            if factor.exponent < -1 { text += "\(-factor.exponent)" }
        }
        return text
    }

    private func singular(_ symbol: String) -> String { UnitTable.singulars[symbol] ?? symbol }
}

extension Unit: Codable {
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
