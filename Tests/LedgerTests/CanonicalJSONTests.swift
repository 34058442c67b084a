import Foundation
import Ledger
import TestSupport
import Testing

@Suite struct CanonicalJSONTests {
    @Test(arguments: ["arrays", "french", "structures", "unicode", "values", "weird"])
    func agreesWithThePublishedVectors(name: String) throws {
        let folder = fixtures().appending(path: "jcs")
        let input = try Data(contentsOf: folder.appending(path: "input/\(name).json"))
        let output = try Data(contentsOf: folder.appending(path: "output/\(name).json"))
        #expect(try JSONValue(parsing: input).canonicalBytes() == Array(output))
    }

    /// RFC 8785, appendix B: bits of a double and its text.
    @Test(
        arguments: [
            (0x0000_0000_0000_0000, "0"),
            (0x8000_0000_0000_0000, "0"),
            (0x0000_0000_0000_0001, "5e-324"),
            (0x8000_0000_0000_0001, "-5e-324"),
            (0x7FEF_FFFF_FFFF_FFFF, "1.7976931348623157e+308"),
            (0xFFEF_FFFF_FFFF_FFFF, "-1.7976931348623157e+308"),
            (0x4340_0000_0000_0000, "9007199254740992"),
            (0xC340_0000_0000_0000, "-9007199254740992"),
            (0x4430_0000_0000_0000, "295147905179352830000"),
            (0x44B5_2D02_C7E1_4AF5, "9.999999999999997e+22"),
            (0x44B5_2D02_C7E1_4AF6, "1e+23"),
            (0x44B5_2D02_C7E1_4AF7, "1.0000000000000001e+23"),
            (0x444B_1AE4_D6E2_EF4E, "999999999999999700000"),
            (0x444B_1AE4_D6E2_EF4F, "999999999999999900000"),
            (0x444B_1AE4_D6E2_EF50, "1e+21"),
            (0x3EB0_C6F7_A0B5_ED8C, "9.999999999999997e-7"),
            (0x3EB0_C6F7_A0B5_ED8D, "0.000001"),
            (0x41B3_DE43_5555_5553, "333333333.3333332"),
            (0x41B3_DE43_5555_5555, "333333333.3333333"),
            (0x41B3_DE43_5555_5556, "333333333.3333334"),
            (0xBECB_F647_612F_3696, "-0.0000033333333333333333"),
            (0x4314_3FF3_C1CB_0959, "1424953923781206.2"),
        ] as [(UInt64, String)])
    func numbersAreWrittenAsECMAScriptDoes(bits: UInt64, text: String) {
        #expect(
            String(
                decoding: JSONValue.number(Double(bitPattern: bits)).canonicalBytes(), as: UTF8.self
            )
                == text)
    }

    @Test func whatIsWrittenIsReadBack() {
        forAll(cases: 300) { generator in
            let value = randomJSON(depth: 4, using: &generator)
            let bytes = value.canonicalBytes()
            let read = try JSONValue(parsing: bytes)
            try require(read == value, "\(String(decoding: bytes, as: UTF8.self))")
            try require(read.canonicalBytes() == bytes, "canonical form is not a fixed point")
        }
    }

    @Test(arguments: [
        ("", "json-unexpected-end", 1, 1),
        ("{", "json-unexpected-end", 1, 2),
        ("[1,]", "json-unexpected-character", 1, 4),
        ("[1] x", "json-trailing-text", 1, 5),
        ("{\"a\":1,\n \"a\":2}", "json-duplicate-name", 2, 2),
        ("{\"a\":1,\"\\u0061\":2}", "json-duplicate-name", 1, 8),
        ("01", "json-malformed-number", 1, 1),
        ("[1.]", "json-malformed-number", 1, 2),
        ("+1", "json-unexpected-character", 1, 1),
        ("1e400", "json-number-out-of-range", 1, 1),
        ("NaN", "json-unexpected-character", 1, 1),
        ("\"a\tb\"", "json-control-character", 1, 3),
        ("\"\\x\"", "json-malformed-escape", 1, 2),
        ("\"\\ud800\"", "json-lone-surrogate", 1, 2),
        ("\"\\udc00\\ud800\"", "json-lone-surrogate", 1, 2),
        ("{a:1}", "json-unexpected-character", 1, 2),
        ("[\"ä\", tru]", "json-unexpected-character", 1, 10),
        ("// note\n1", "json-unexpected-character", 1, 1),
    ])
    func refusesWhatIsNotStrictJSON(text: String, code: String, line: Int, column: Int) {
        let error = #expect(throws: JSONError.self) { try JSONValue(parsing: text.utf8) }
        #expect(error?.code == code)
        #expect(error?.line == line)
        #expect(error?.column == column)
    }

    @Test func refusesBytesThatAreNotUTF8() {
        let error = #expect(throws: JSONError.self) {
            try JSONValue(parsing: [0x22, 0xC0, 0xAF, 0x22])
        }
        #expect(error?.reason == .malformedUTF8)
    }

    @Test func refusesNestingThatWouldExhaustTheStack() {
        let deep = [UInt8](repeating: UInt8(ascii: "["), count: 100_000)
        let error = #expect(throws: JSONError.self) { try JSONValue(parsing: deep) }
        #expect(error?.reason == .tooDeep(limit: JSONValue.depthMax))
    }

    @Test func refusesATextBeyondTheLimit() {
        let error = #expect(throws: JSONError.self) {
            try JSONValue(parsing: "[1,2]".utf8, bytesMax: 4)
        }
        #expect(error?.reason == .tooLong(bytes: 5, limit: 4))
    }
}

/// A random value with names and strings from all over Unicode.
func randomJSON(depth: Int, using generator: inout SeededGenerator) -> JSONValue {
    switch Int.random(in: 0..<(depth > 0 ? 8 : 6), using: &generator) {
    case 0: return .null
    case 1: return .bool(Bool.random(using: &generator))
    case 2: return .number(Double(Int.random(in: -1000...1000, using: &generator)))
    case 3:
        let number = Double(bitPattern: generator.next())
        return .number(number.isFinite ? number : 0)
    case 4, 5: return .string(randomText(using: &generator))
    case 6:
        return .array(
            (0..<Int.random(in: 0..<5, using: &generator)).map { _ in
                randomJSON(depth: depth - 1, using: &generator)
            })
    default:
        var members: [String: JSONValue] = [:]
        for _ in 0..<Int.random(in: 0..<5, using: &generator) {
            members[randomText(using: &generator)] = randomJSON(
                depth: depth - 1, using: &generator)
        }
        return .object(members)
    }
}

func randomText(using generator: inout SeededGenerator) -> String {
    let planes: [ClosedRange<UInt32>] = [
        0...0x7F, 0x80...0x7FF, 0xE000...0xFFFF, 0x10000...0x1FFFF,
    ]
    var text = ""
    for _ in 0..<Int.random(in: 0..<8, using: &generator) {
        let plane = planes[Int.random(in: 0..<planes.count, using: &generator)]
        if let scalar = Unicode.Scalar(UInt32.random(in: plane, using: &generator)) {
            text.unicodeScalars.append(scalar)
        }
    }
    return text
}
