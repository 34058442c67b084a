import Quantities
import TestSupport
import Testing

@Suite struct ExactDecimalTests {
    @Test(arguments: [
        ("0.10", "0.10"), ("-1.2", "-1.2"), ("5e3", "5e3"), ("1.0e6", "1.0e6"), ("+4", "4"),
        ("0.00", "0.00"), ("007", "7"), ("0.000001", "0.000001"), ("1e-7", "1e-7"),
        ("12345678901234567890", "12345678901234567890"), ("100e-2", "1.00"), ("2.5E3", "2.5e3"),
    ])
    func printsAsWritten(text: String, printed: String) throws {
        #expect(try ExactDecimal(text[...]).description == printed)
    }

    @Test func equalityIgnoresHowManyDigitsWereWritten() throws {
        let (short, long) = (try ExactDecimal("0.1"[...]), try ExactDecimal("0.10"[...]))
        #expect(short == long)
        #expect(short.hashValue == long.hashValue)
        #expect(try ExactDecimal("5e3"[...]) == ExactDecimal(5000))
        #expect(try ExactDecimal("0"[...]) == ExactDecimal("0e9"[...]))
    }

    @Test(arguments: [
        "", ".", "-", "e5", "1,5", "1 000", "0x10", "1e", "five", "1.2.3", "NaN", "∞",
    ])
    func refusesWhatIsNoNumber(text: String) {
        #expect(throws: DecimalError.notANumber(text)) { try ExactDecimal(text[...]) }
    }

    @Test func refusesNumbersPastTheLimits() {
        #expect(throws: DecimalError.exponentOutOfRange("1e999")) { try ExactDecimal("1e999"[...]) }
        #expect(throws: DecimalError.exponentOutOfRange("1e99999999999999999999")) {
            try ExactDecimal("1e99999999999999999999"[...])
        }
        let long = String(repeating: "9", count: 35)
        #expect(throws: DecimalError.tooManyDigits(long)) { try ExactDecimal(long[...]) }
        #expect(throws: DecimalError.self) {
            try ExactDecimal("1e60"[...]) * ExactDecimal("1e60"[...])
        }
        #expect(throws: DecimalError.self) {
            try ExactDecimal("1e40"[...]) + ExactDecimal("1e-40"[...])
        }
        #expect(throws: DecimalError.divisionByZero) { try ExactDecimal.one.divided(by: .zero) }
    }

    @Test func sumsAndProductsAreExact() throws {
        #expect(try (decimal("0.1") + decimal("0.2")).description == "0.3")
        #expect(try (decimal("1.10") - decimal("0.1")).description == "1.00")
        #expect(try (decimal("1.5") * decimal("-2.0")).description == "-3.00")
        #expect(try decimal("1").divided(by: decimal("8")).description == "0.125")
        #expect(
            try decimal("2").divided(by: decimal("3"), significantDigits: 5).description
                == "0.66667")
        #expect(try decimal("1e3").divided(by: decimal("4")).description == "2.5e2")
    }

    @Test func doublesAreTheNearestOnes() throws {
        #expect(try decimal("0.1").doubleValue == 0.1)
        #expect(try decimal("31.9").doubleValue == 31.9)
        #expect(try decimal("1.7e40").doubleValue == 1.7e40)
        #expect(try ExactDecimal(rounding: 0.1).description == "0.1")
        #expect(try ExactDecimal(rounding: 1.0 / 3, significantDigits: 4).description == "0.3333")
        #expect(throws: DecimalError.self) { try ExactDecimal(rounding: .infinity) }
    }

    @Test func whatIsPrintedReadsBack() {
        forAll(cases: 300) { generator in
            let value = try anyDecimal(&generator)
            let back = try ExactDecimal(value.description[...])
            try require(
                back.significand == value.significand && back.exponent == value.exponent,
                "\(value) reads back as \(back)")
        }
    }

    @Test func orderAgreesWithSubtraction() {
        forAll(cases: 300) { generator in
            let (a, b) = (try anyDecimal(&generator), try anyDecimal(&generator))
            guard let difference = try? a - b else { return }
            try require((a < b) == difference.isNegative, "\(a) < \(b)")
            try require((a == b) == difference.isZero, "\(a) == \(b)")
            if a == b { try require(a.hashValue == b.hashValue, "hash of \(a) and \(b)") }
            try require(try a + b == b + a, "\(a) + \(b)")
        }
    }
}

func decimal(_ text: String) throws -> ExactDecimal { try ExactDecimal(text[...]) }

/// Small numbers often, so that equal and nearly equal ones meet.
func anyDecimal(_ generator: inout SeededGenerator) throws -> ExactDecimal {
    let bound: Int64 = Bool.random(using: &generator) ? 30 : 1_000_000_000_000
    return try ExactDecimal(
        significand: Int128(Int64.random(in: -bound...bound, using: &generator)),
        exponent: Int.random(in: -8...6, using: &generator))
}
