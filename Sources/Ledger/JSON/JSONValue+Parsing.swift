extension JSONValue {
    /// Nesting beyond this is refused: records are a few levels deep, and the parser recurses.
    public static let depthMax = 64
    /// Texts beyond this many bytes are refused unless the caller says otherwise.
    public static let parsedBytesMax = 16_777_216

    /// Parses strict JSON: UTF-8, no comments, no duplicate names, nothing after the value.
    ///
    /// - Throws: `JSONError` with the line and column of the first byte that is wrong.
    public init(
        parsing bytes: some Collection<UInt8>, bytesMax: Int = parsedBytesMax
    ) throws(JSONError) {
        let count = bytes.count
        guard count <= bytesMax else {
            throw JSONError(reason: .tooLong(bytes: count, limit: bytesMax), line: 1, column: 1)
        }
        var parser = JSONParser(bytes: Array(bytes))
        self = try parser.document()
    }
}

/// A recursive descent over the bytes of one text.
private struct JSONParser {
    let bytes: [UInt8]
    var position = 0
    var depth = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func document() throws(JSONError) -> JSONValue {
        skipSpace()
        let value = try value()
        skipSpace()
        guard position == bytes.count else { throw error(.trailing) }
        return value
    }

    private mutating func value() throws(JSONError) -> JSONValue {
        switch peek() {
        case nil: throw error(.unexpectedEnd)
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case let byte? where byte == UInt8(ascii: "-") || isDigit(byte): return try number()
        case .some: throw unexpected()
        }
    }

    private mutating func object() throws(JSONError) -> JSONValue {
        try enter()
        var members: [String: JSONValue] = [:]
        skipSpace()
        if take(UInt8(ascii: "}")) {
            depth -= 1
            return .object(members)
        }
        while true {
            skipSpace()
            guard peek() == UInt8(ascii: "\"") else { throw unexpected() }
            let start = position
            let name = try string()
            skipSpace()
            guard take(UInt8(ascii: ":")) else { throw unexpected() }
            skipSpace()
            guard members.updateValue(try value(), forKey: name) == nil else {
                position = start
                throw error(.duplicateName(name))
            }
            skipSpace()
            if take(UInt8(ascii: ",")) { continue }
            guard take(UInt8(ascii: "}")) else { throw unexpected() }
            depth -= 1
            return .object(members)
        }
    }

    private mutating func array() throws(JSONError) -> JSONValue {
        try enter()
        var elements: [JSONValue] = []
        skipSpace()
        if take(UInt8(ascii: "]")) {
            depth -= 1
            return .array(elements)
        }
        while true {
            skipSpace()
            elements.append(try value())
            skipSpace()
            if take(UInt8(ascii: ",")) { continue }
            guard take(UInt8(ascii: "]")) else { throw unexpected() }
            depth -= 1
            return .array(elements)
        }
    }

    /// Steps over the opening bracket and counts it.
    private mutating func enter() throws(JSONError) {
        guard depth < JSONValue.depthMax else { throw error(.tooDeep(limit: JSONValue.depthMax)) }
        depth += 1
        position += 1
    }

    private mutating func word(
        _ word: StaticString, _ value: JSONValue
    ) throws(JSONError) -> JSONValue {
        for offset in 0..<word.utf8CodeUnitCount {
            guard let byte = peek() else { throw error(.unexpectedEnd) }
            guard byte == word.utf8Start[offset] else { throw unexpected() }
            position += 1
        }
        return value
    }

    private mutating func number() throws(JSONError) -> JSONValue {
        let start = position
        func malformed() -> JSONError {
            var here = self
            here.position = start
            return here.error(.malformedNumber)
        }
        _ = take(UInt8(ascii: "-"))
        if !take(UInt8(ascii: "0")) {
            guard digits() > 0 else { throw malformed() }
        } else if let byte = peek(), isDigit(byte) {
            throw malformed()
        }
        if take(UInt8(ascii: ".")) {
            guard digits() > 0 else { throw malformed() }
        }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            guard digits() > 0 else { throw malformed() }
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        guard let number = Double(text), number.isFinite else {
            position = start
            throw error(.numberOutOfRange)
        }
        return .number(number)
    }

    private mutating func digits() -> Int {
        let start = position
        while let byte = peek(), isDigit(byte) { position += 1 }
        return position - start
    }

    private mutating func string() throws(JSONError) -> String {
        position += 1
        let start = position
        // Most strings hold no escape and are taken in one piece.
        while let byte = peek() {
            if byte == UInt8(ascii: "\"") {
                let text = try text(bytes[start..<position], from: start)
                position += 1
                return text
            }
            if byte == UInt8(ascii: "\\") { return try escapedString(from: start) }
            guard byte >= 0x20 else { throw error(.controlCharacter) }
            position += 1
        }
        throw error(.unexpectedEnd)
    }

    private mutating func escapedString(from start: Int) throws(JSONError) -> String {
        var unescaped = Array(bytes[start..<position])
        while let byte = peek() {
            switch byte {
            case UInt8(ascii: "\""):
                let text = try text(unescaped[...], from: start)
                position += 1
                return text
            case UInt8(ascii: "\\"):
                unescaped.append(contentsOf: Character(try escape()).utf8)
            case 0..<0x20:
                throw error(.controlCharacter)
            default:
                unescaped.append(byte)
                position += 1
            }
        }
        throw error(.unexpectedEnd)
    }

    private mutating func escape() throws(JSONError) -> Unicode.Scalar {
        let start = position
        position += 1
        guard let byte = peek() else { throw error(.unexpectedEnd) }
        position += 1
        switch byte {
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "/"): return "/"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{c}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): break
        default:
            position = start
            throw error(.malformedEscape)
        }
        let unit = try fourHexDigits()
        if let scalar = Unicode.Scalar(unit) { return scalar }
        // A high surrogate must be followed at once by the escape of a low one.
        if unit < 0xDC00, take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) {
            let low = try fourHexDigits()
            if (0xDC00..<0xE000).contains(low),
                let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) * 0x400 + (low - 0xDC00))
            {
                return scalar
            }
        }
        position = start
        throw error(.loneSurrogate)
    }

    private mutating func fourHexDigits() throws(JSONError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = peek() else { throw error(.unexpectedEnd) }
            guard let digit = Hexadecimal.value(of: byte) else { throw error(.malformedEscape) }
            value = value << 4 | UInt32(digit)
            position += 1
        }
        return value
    }

    private func text(_ slice: ArraySlice<UInt8>, from start: Int) throws(JSONError) -> String {
        guard let text = String(validating: slice, as: UTF8.self) else {
            var here = self
            here.position = start
            throw here.error(.malformedUTF8)
        }
        return text
    }

    private func isDigit(_ byte: UInt8) -> Bool {
        byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
    }

    private func peek() -> UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard peek() == byte else { return false }
        position += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte = peek(), byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
            position += 1
        }
    }

    private func unexpected() -> JSONError {
        guard let byte = peek() else { return error(.unexpectedEnd) }
        let printable = byte > 0x20 && byte < 0x7F
        return error(
            .unexpected(
                printable
                    ? "'\(Character(Unicode.Scalar(byte)))'"
                    : "byte 0x\(Hexadecimal.text(of: CollectionOfOne(byte)))"))
    }

    private func error(_ reason: JSONError.Reason) -> JSONError {
        var line = 1
        var column = 1
        for byte in bytes[..<min(position, bytes.count)] {
            if byte == 0x0A {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
        return JSONError(reason: reason, line: line, column: column)
    }
}
