import Foundation
import Quantities
import TestSupport
import Testing

@Suite struct QuantityTests {
    @Test(arguments: [
        "80 %", "5e3 cells/cm2", "1.0e6 cells/kg", "-1 °C/min", "21 d", "2 IU/mL", "12.5 EU/mL",
        "5 EU/kg/h", "10 CFU/m3", "3520 /m3", "10 Pa", "15000 EUR", "20 PD", "0.10 mg/mL", "4",
        "37 °C", "0.5 µg/cm2", "3.0 mmol/L", "7.5 V", "290 mOsm/kg", "24 months", "300 ×g",
    ])
    func fieldQuantitiesPrintAsWritten(text: String) throws {
        #expect(try Quantity(text).description == text)
    }

    @Test(arguments: [
        ("80%", "80 %"), ("  1e6   cells/kg ", "1e6 cells/kg"), ("5 cells/cm^2", "5 cells/cm2"),
        ("5 cells/cm²", "5 cells/cm2"), ("1 ul", "1 µL"), ("3 wk", "3 weeks"),
        ("1 vials", "1 vial"), ("2 vial", "2 vials"),
        ("85 EUR/kits", "85 EUR/kit"), ("150 patient/years", "150 patients/year"),
        ("1.0 doses", "1.0 doses"),
        ("2 m·s^-1", "2 m/s"), ("4 s⁻¹", "4 /s"), ("4 h-1", "4 /h"), ("2-fold", "2 fold"),
    ])
    func spellingsAreReadAndPrintedOneWay(text: String, printed: String) throws {
        #expect(try Quantity(text).description == printed)
    }

    @Test(arguments: [
        ("", QuantityError.missingNumber("")), ("report", .missingNumber("report")),
        ("5 celss", .unknownUnit(symbol: "celss", in: "celss")),
        ("5 EU/klg/h", .unknownUnit(symbol: "klg", in: "EU/klg/h")),
        ("5 cells//cm2", .malformedUnit("cells//cm2")), ("5 cells/", .malformedUnit("cells/")),
        ("1,5 mL", .number(.notANumber("1,5 mL"))),
        ("15 000 EUR", .number(.notANumber("15 000 EUR"))),
        ("1e999 mL", .number(.exponentOutOfRange("1e999 mL"))), ("5 m99", .unitTooLarge("m99")),
    ])
    func refusalsNameTheThing(text: String, error: QuantityError) {
        #expect(throws: error) { try Quantity(text) }
    }

    @Test(arguments: [
        ("90 min", "h", "1.5 h"), ("1.5 L", "mL", "1500 mL"), ("7 d", "h", "168 h"),
        ("12.5 EU/mL", "EU/L", "12500 EU/L"), ("2 weeks", "d", "14 d"), ("80 %", "", "0.80"),
        ("5 µg/cm2", "mg/m2", "50 mg/m2"), ("37 °C", "K", "310.15 K"), ("0 K", "°C", "-273.15 °C"),
        ("-1 °C/min", "K/min", "-1 K/min"), ("1 M", "mmol/mL", "1 mmol/mL"),
        ("1 bar", "kPa", "100 kPa"), ("3520 /m3", "/L", "3.520 /L"), ("2 months", "d", "60.875 d"),
        ("1 V", "mV", "1000 mV"), ("1 kg", "g", "1000 g"), ("60 rpm", "Hz", "1.0 Hz"),
    ])
    func convertsExactly(text: String, unit: String, printed: String) throws {
        let converted = try Quantity(text).converted(to: Quantities.Unit(unit))
        #expect(converted.description == printed)
    }

    @Test(arguments: [
        ("5 EU/mL", "10 CFU/m3"), ("1 cells", "1 PD"), ("15000 EUR", "15000 USD"), ("1 h", "1 cm2"),
        ("1 IU/mL", "1 U/mL"), ("5 %", "5 cells"), ("1 vials", "1 bags"),
    ])
    func differentDimensionsNeverMeet(left: String, right: String) throws {
        let (a, b) = (try Quantity(left), try Quantity(right))
        #expect(throws: QuantityError.self) { try a.compare(with: b) }
        #expect(throws: QuantityError.self) { try a.adding(b) }
        #expect(throws: QuantityError.self) { try a.subtracting(b) }
        #expect(throws: QuantityError.self) { try a.converted(to: b.unit) }
    }

    @Test func comparisonAcrossUnitsIsExact() throws {
        let third = try Quantity("0.3333333333333333333333 h")
        #expect(try third.isLess(than: Quantity("20 min")))
        #expect(try Quantity("7 d").isSameAmount(as: Quantity("10080 min")))
        #expect(try !Quantity("-2 °C").isLess(than: Quantity("271.15 K")))
        #expect(try Quantity("-1 d").isLess(than: Quantity("-1 h")))
        #expect(
            try Quantity("9999999999999999999999999999999999 s")
                .isLess(than: Quantity("9999999999999999999999999999999999 min")))
    }

    @Test func celsiusIsAPointAndKelvinADifference() throws {
        let (warm, cold) = (try Quantity("37 °C"), try Quantity("4 °C"))
        #expect(try warm.subtracting(cold).description == "33 K")
        #expect(try cold.adding(Quantity("2 K")).description == "6 °C")
        #expect(throws: QuantityError.absoluteTemperature("4 °C")) { try warm.adding(cold) }
        #expect(throws: QuantityError.self) { try warm.multiplied(by: Quantity("2")) }
    }

    @Test func productsCombineUnits() throws {
        #expect(
            try Quantity("3000 cells/cm2").multiplied(by: Quantity("6360 cm2")).description
                == "19080000 cells")
        #expect(
            try Quantity("80 %").multiplied(by: Quantity("1000 cells")).description
                == "800.00 cells")
        #expect(
            try Quantity("5 EU/kg/h").divided(by: Quantity("12.5 EU/mL")).description
                == "0.4 mL/kg/h")
        #expect(try Quantity("6 cells").divided(by: Quantity("3 cells")).description == "2")
        #expect(throws: QuantityError.number(.divisionByZero)) {
            try Quantity("1 mL").divided(by: Quantity("0 h"))
        }
    }

    @Test func codesAsOneString() throws {
        let data = try JSONEncoder().encode([Quantity("0.10 mL"), Quantity("5e3 cells")])
        #expect(String(decoding: data, as: UTF8.self) == #"["0.10 mL","5e3 cells"]"#)
        #expect(try JSONDecoder().decode([Quantity].self, from: data)[0].description == "0.10 mL")
        #expect(throws: (any Error).self) {
            try JSONDecoder().decode([Quantity].self, from: Data(#"["5 celss"]"#.utf8))
        }
    }

    @Test func whatIsPrintedReadsBack() {
        forAll(cases: 200) { generator in
            let quantity = Quantity(try anyDecimal(&generator), try anyUnit(&generator))
            let back = try Quantity(quantity.description)
            try require(back == quantity, "'\(quantity)' reads back as '\(back)'")
            try require(back.description == quantity.description, "'\(quantity)' prints '\(back)'")
        }
    }

    @Test func conversionThereAndBackIsTheSameAmount() {
        forAll(cases: 200) { generator in
            let group = sameDimension.randomElement(using: &generator)!
            let (from, to) = (
                try Quantities.Unit(group.randomElement(using: &generator)!),
                try Quantities.Unit(group.randomElement(using: &generator)!)
            )
            let quantity = Quantity(try anyDecimal(&generator), from)
            let back = try quantity.converted(to: to).converted(to: from)
            let error = abs(back.value.doubleValue - quantity.value.doubleValue)
            try require(
                error <= abs(quantity.value.doubleValue) * 1e-15
                    + (from.description == "°C" ? 1e-12 : 0),
                "'\(quantity)' through '\(to)' is '\(back)'")
        }
    }

    @Test func orderDoesNotDependOnTheUnit() {
        forAll(cases: 200) { generator in
            let group = sameDimension.randomElement(using: &generator)!
            let units = try (0..<3).map { _ in
                try Quantities.Unit(group.randomElement(using: &generator)!)
            }
            let (a, b) = (
                Quantity(try anyDecimal(&generator), units[0]),
                Quantity(try anyDecimal(&generator), units[1])
            )
            try require(try a.compare(with: b) == -b.compare(with: a), "\(a) and \(b)")
            try require(try a.compare(with: a) == 0, "\(a)")
            // Rounding in a conversion may turn "just less" into "equal", never into "more".
            let converted = try (a.converted(to: units[2]), b.converted(to: units[2]))
            let order = try converted.0.compare(with: converted.1)
            try require(try order == 0 || order == a.compare(with: b), "\(a) and \(b)")
        }
    }
}

private let sameDimension = [
    ["s", "min", "h", "d", "weeks", "months", "years"], ["L", "mL", "µL", "cm3", "m3"],
    ["g", "kg", "mg", "µg", "ng"], ["K", "°C"], ["%", "ppm", ""], ["Pa", "kPa", "bar", "mmHg"],
    ["cells/cm2", "cells/mm2", "cells/m2"], ["mol/L", "mM", "mmol/L", "mol/m3"],
    ["EU/kg/h", "EU/g/min"], ["°C/min", "K/h"],
]

private func anyUnit(_ generator: inout SeededGenerator) throws -> Quantities.Unit {
    if Bool.random(using: &generator) {
        return try Quantities.Unit(Quantities.Unit.knownSymbols.randomElement(using: &generator)!)
    }
    return try Quantities.Unit(
        sameDimension.randomElement(using: &generator)!.randomElement(using: &generator)!)
}
