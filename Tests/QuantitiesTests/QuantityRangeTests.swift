import Quantities
import Testing

@Suite struct QuantityRangeTests {
    @Test(arguments: [
        "2500..3500 cells/cm2", ">= 95 %", "< 2", "= 4", "95 % ± 2 %", "> 0.1 mL", "<= 5 EU/mL",
        "-1.2..-0.8 °C/min", "30 min..2 h", "1e6..5e6 cells/kg", "37 °C ± 0.5 K", "2..8 °C",
    ])
    func printsAsWritten(text: String) throws {
        #expect(try QuantityRange(text).description == text)
    }

    @Test(arguments: [
        ("≥95%", ">= 95 %"), ("95 ± 2 %", "95 % ± 2 %"), ("95 % +/- 2 %", "95 % ± 2 %"),
        (" 1 .. 2 mL ", "1..2 mL"), ("2500 cells/cm2..3500 cells/cm2", "2500..3500 cells/cm2"),
    ])
    func spellingsAreReadAndPrintedOneWay(text: String, printed: String) throws {
        #expect(try QuantityRange(text).description == printed)
    }

    @Test(arguments: [
        ("2..8 °C", "2 °C", true), ("2..8 °C", "8.0 °C", true), ("2..8 °C", "8.01 °C", false),
        (">= 95 %", "95 %", true), ("> 95 %", "95 %", false), ("< 2 h", "119 min", true),
        ("< 2 h", "120 min", false), ("<= 2 h", "120 min", true), ("= 4", "4.0", true),
        ("37 °C ± 0.5 °C", "36.5 °C", true), ("37 °C ± 0.5 °C", "36.4 °C", false),
        ("37 °C ± 0.5 °C", "310.15 K", true), (">= 70 %", "0.7", true),
    ])
    func containsIsExact(range: String, quantity: String, expected: Bool) throws {
        #expect(try QuantityRange(range).contains(Quantity(quantity)) == expected)
    }

    @Test(arguments: [
        ("95 %", QuantityError.malformedRange("95 %")), ("report", .malformedRange("report")),
        ("5..2 mL", .emptyRange("5 mL..2 mL")), ("1 mL..2 h", .incompatible("1 mL", "2 h")),
        (">= ", .missingNumber("")), ("..", .missingNumber("")),
        ("> 5 celss", .unknownUnit(symbol: "celss", in: "celss")),
        ("5 % ± -1 %", .emptyRange("5 % ± -1 %")),
    ])
    func refusalsNameTheThing(text: String, error: QuantityError) {
        #expect(throws: error) { try QuantityRange(text) }
    }

    @Test(arguments: [
        ("2000..5000 cells/cm2", "2500..3500 cells/cm2", true), (">= 70 %", ">= 80 %", true),
        (">= 70 %", ">= 60 %", false), ("> 70 %", ">= 70 %", false), ("0..1 h", "10..60 min", true),
        ("0..1 h", "10..61 min", false), (">= 70 %", "<= 90 %", false), ("<= 5", "= 5", true),
    ])
    func aProvenRangeEnclosesANormalOne(outer: String, inner: String, expected: Bool) throws {
        #expect(try QuantityRange(outer).encloses(QuantityRange(inner)) == expected)
    }

    @Test func anotherDimensionIsRefusedAndNotOutside() throws {
        let range = try QuantityRange("<= 5 EU/mL")
        #expect(throws: QuantityError.incompatible("5 EU/kg", "5 EU/mL")) {
            try range.contains(Quantity("5 EU/kg"))
        }
    }
}
