import Quantities

/// What a quantity in some place of a definition has to measure.
struct Measure: Sendable {
    /// For messages: "a time".
    let name: String
    /// How one is written: "21 d".
    let example: String
    /// The dimensions that are taken; empty when any is.
    let dimensions: [Dimension]

    /// Whether a value below 0 can be meant: degrees, differences of pressure, a rate of cooling.
    let takesNegatives: Bool

    /// The largest value that can be meant, as it is written; `nil` when there is none.
    let largest: Quantity?

    private init(
        _ name: String, _ example: String, _ units: String..., takesNegatives: Bool = false,
        largest: Quantity? = nil
    ) {
        self.largest = largest
        self.name = name
        self.example = example
        self.takesNegatives = takesNegatives
        dimensions = units.map(Self.dimension)
    }

    func accepts(_ unit: Unit) -> Bool {
        dimensions.isEmpty || dimensions.contains(unit.dimension)
    }

    static let any = Measure("a quantity", "5e3 cells/cm2", takesNegatives: true)
    static let time = Measure("a time", "21 d", "h")
    /// A time before or after something else.
    static let timing = Measure("a time", "-7..30 d", "h", takesNegatives: true)
    static let temperature = Measure("a temperature", "-150 °C", "K", takesNegatives: true)
    static let volume = Measure("a volume", "5 mL", "mL")
    static let volumeGiven = Measure("a volume", "2..52 mL", "mL", "mL/kg")
    static let bodyWeight = Measure("a body weight", "40..130 kg", "kg")
    static let area = Measure("an area", "175 cm2", "cm2")
    static let pressure = Measure("a pressure", "15 Pa", "Pa", takesNegatives: true)
    static let cells = Measure("a number of cells", "5.0e6 cells", "cells")
    static let concentration = Measure("cells per volume", "10e6 cells/mL", "cells/mL")
    static let density = Measure("cells per area", "27000 cells/cm2", "cells/cm2")
    static let dose = Measure(
        "a dose", "1e6 cells/kg", "cells/kg", "cells", "cells/cm2", "cells/mL")
    static let divisions = Measure("population doublings", "20 PD", "PD")
    static let ratio = Measure("a ratio", "85 %", "")
    /// A part of a whole, which is never more than all of it.
    static let share = Measure(
        "a share", "5 %", "", largest: Quantity(ExactDecimal(100), .percent))
    static let volumePerArea = Measure("volume per area", "0.205 mL/cm2", "mL/cm2")
    static let money = Measure(
        "an amount of money", "15000 EUR", "EUR", "USD", "GBP", "CHF", "JPY", "CNY", "KRW", "INR",
        "SEK")
    static let rate = Measure("a number per year", "150 patients/year")
    static let gas = Measure("a share of gas", "5 %", "")

    private static func dimension(_ unit: String) -> Dimension {
        guard let unit = try? Unit(unit) else { preconditionFailure("no unit '\(unit)'") }
        return unit.dimension
    }
}
