extension JSONValue {
    /// The canonical bytes of the value (RFC 8785, JSON Canonicalization Scheme).
    ///
    /// - Precondition: every number is finite, as RFC 8785 section 3.2.2.3 demands. A value that
    ///   was parsed always is; `EntryDraft` refuses any other with a typed error.
    public func canonicalBytes() -> [UInt8] {
        var writer = CanonicalWriter()
        writer.write(self)
        precondition(writer.isFinite, "canonical JSON has no form for NaN and the infinities")
        return writer.bytes
    }
}

/// Writes values in canonical form (RFC 8785): members sorted by the UTF-16 units of their names,
/// no white space, the shortest escapes, numbers as ECMAScript prints them.
struct CanonicalWriter {
    private(set) var bytes: [UInt8] = []
    /// False once a NaN or an infinity was met; `null` stands in its place.
    private(set) var isFinite = true

    /// A writer with room for `capacity` bytes, after which it has to grow.
    init(capacity: Int = 0) { bytes.reserveCapacity(capacity) }

    mutating func write(_ value: JSONValue) {
        switch value {
        case .null: write(canonical: "null")
        case .bool(let bool): write(canonical: bool ? "true" : "false")
        case .number(let number): write(number)
        case .string(let text): write(text)
        case .array(let elements):
            bytes.append(UInt8(ascii: "["))
            for (position, element) in elements.enumerated() {
                if position > 0 { bytes.append(UInt8(ascii: ",")) }
                write(element)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let members):
            bytes.append(UInt8(ascii: "{"))
            let sorted = members.sorted { Self.precedes($0.key, $1.key) }
            for (position, member) in sorted.enumerated() {
                if position > 0 { bytes.append(UInt8(ascii: ",")) }
                write(member.key)
                bytes.append(UInt8(ascii: ":"))
                write(member.value)
            }
            bytes.append(UInt8(ascii: "}"))
        }
    }

    /// Writes `text` as a string: what needs no escape in one piece.
    mutating func write(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { utf8 in
            var position = 0
            while position < utf8.count {
                let end = PlainText.end(in: utf8, from: position)
                bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[position..<end]))
                guard end < utf8.count else { break }
                writeSpecial(utf8[end])
                position = end + 1
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Writes bytes that are canonical JSON already.
    mutating func write(canonical: StaticString) {
        bytes.append(
            contentsOf: UnsafeBufferPointer(
                start: canonical.utf8Start, count: canonical.utf8CodeUnitCount))
    }

    private mutating func writeSpecial(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"):
            bytes.append(UInt8(ascii: "\\"))
            bytes.append(byte)
        case 0x20...: bytes.append(byte)
        case 0x08: write(canonical: "\\b")
        case 0x09: write(canonical: "\\t")
        case 0x0A: write(canonical: "\\n")
        case 0x0C: write(canonical: "\\f")
        case 0x0D: write(canonical: "\\r")
        default:
            write(canonical: "\\u00")
            bytes.append(contentsOf: Hexadecimal.text(of: CollectionOfOne(byte)).utf8)
        }
    }

    mutating func write(_ number: Double) {
        guard number.isFinite else {
            isFinite = false
            write(canonical: "null")
            return
        }
        bytes.append(contentsOf: ECMAScriptNumber.text(of: number).utf8)
    }

    /// Whether `left` sorts before `right` by UTF-16 code units (RFC 8785, 3.2.3).
    ///
    /// UTF-8 order agrees with it except between U+E000…U+FFFF and the supplementary planes,
    /// so bytes below 0xEE decide without decoding.
    static func precedes(_ left: String, _ right: String) -> Bool {
        var (first, second) = (left.utf8.makeIterator(), right.utf8.makeIterator())
        while true {
            switch (first.next(), second.next()) {
            case (nil, nil), (.some, nil): return false
            case (nil, .some): return true
            case (let a?, let b?) where a == b: continue
            case (let a?, let b?) where a < 0xEE || b < 0xEE: return a < b
            default: return left.utf16.lexicographicallyPrecedes(right.utf16)
            }
        }
    }
}

/// Numbers as ECMAScript prints them (ECMA-262, Number::toString; RFC 8785, 3.2.2.3).
enum ECMAScriptNumber {
    /// The text of a finite `number`.
    static func text(of number: Double) -> String {
        if number == 0 { return "0" }
        if let whole = Int64(exactly: number), whole.magnitude < 1 << 53 { return String(whole) }
        // Swift prints the shortest digits that read back as the same double, as ECMAScript
        // does; only their arrangement differs.
        let (digits, pointPosition) = shortestDigits(of: number.magnitude)
        let sign = number < 0 ? "-" : ""
        let count = digits.count
        switch pointPosition {
        case count...21 where count <= pointPosition:
            return sign + digits + String(repeating: "0", count: pointPosition - count)
        case 1...21:
            return sign + digits.prefix(pointPosition) + "." + digits.dropFirst(pointPosition)
        case -5...0:
            return sign + "0." + String(repeating: "0", count: -pointPosition) + digits
        default:
            let exponent = pointPosition - 1
            let mantissa = digits.prefix(1) + (count > 1 ? "." + digits.dropFirst() : "")
            return "\(sign)\(mantissa)e\(exponent < 0 ? "-" : "+")\(exponent.magnitude)"
        }
    }

    /// The significant digits, and where the decimal point stands: 0.d₁d₂… × 10^position.
    private static func shortestDigits(of magnitude: Double) -> (String, Int) {
        let parts = magnitude.description.split(separator: "e")
        let exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
        let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        let whole = mantissa[0]
        let fraction = mantissa.count > 1 ? mantissa[1] : ""
        var digits = Substring(whole + fraction)
        var position = whole.count + exponent
        while digits.first == "0" {
            digits.removeFirst()
            position -= 1
        }
        while digits.last == "0" { digits.removeLast() }
        return (String(digits), position)
    }
}
