/// What verification needs of most entries, read in one pass over the bytes without building a
/// value: an order of magnitude quicker than decoding, and just as strict.
///
/// It accepts only what is certainly an entry in canonical form. Anything else, also what is
/// merely rare, such as numbers with a fraction, is left to the full decoder.
struct EnvelopeScan {
    /// When the entry was recorded.
    let recorded: LedgerInstant
    /// Hash of the idempotency key, valid within this process.
    let command: UInt64
    /// Whether the entry carries keys, signatures or files, which have to be looked at.
    let carriesMore: Bool

    /// Scans an entry; nil when the full decoder has to say.
    init?(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard bytes.count <= EntryDraft.bytesMax else { return nil }
        var scanner = CanonicalScanner(bytes: bytes)
        var carriesMore = false
        guard scanner.skip("{\"at\":"), let at = scanner.text(), LedgerInstant(utf8: at) != nil,
            scanner.skip(",\"body\":"), scanner.skipValue(),
            scanner.skip(",\"by\":"), let by = scanner.text(), !by.isEmpty,
            scanner.skip(",\"command\":"), let command = scanner.text(), !command.isEmpty
        else { return nil }
        for member in [",\"files\":", ",\"keys\":"] as [StaticString] where scanner.skip(member) {
            guard scanner.skipValue() else { return nil }
            carriesMore = true
        }
        guard scanner.skip(",\"kind\":"), let kind = scanner.text(), EntryDraft.isKind(utf8: kind),
            scanner.skip(",\"recorded\":"), let recorded = scanner.text(),
            let instant = LedgerInstant(utf8: recorded)
        else { return nil }
        if scanner.skip(",\"signatures\":") {
            guard scanner.skipValue() else { return nil }
            carriesMore = true
        }
        guard scanner.skip(",\"version\":1}"), scanner.isAtEnd else { return nil }
        self.recorded = instant
        self.command = CommandHistory.hash(command)
        self.carriesMore = carriesMore
    }
}

/// Steps over canonical JSON (RFC 8785) without building it.
private struct CanonicalScanner {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0
    private var depth = 0

    init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    var isAtEnd: Bool { position == bytes.count }

    /// Steps over `literal` if it stands here.
    mutating func skip(_ literal: StaticString) -> Bool {
        let count = literal.utf8CodeUnitCount
        guard bytes.count - position >= count else { return false }
        for offset in 0..<count where bytes[position + offset] != literal.utf8Start[offset] {
            return false
        }
        position += count
        return true
    }

    /// The content of a string without escapes.
    mutating func text() -> UnsafeBufferPointer<UInt8>? {
        guard let range = skipString(), !range.hasEscapes else { return nil }
        return UnsafeBufferPointer(rebasing: bytes[range.start..<range.end])
    }

    mutating func skipValue() -> Bool {
        guard position < bytes.count else { return false }
        switch bytes[position] {
        case UInt8(ascii: "\""): return skipString() != nil
        case UInt8(ascii: "{"): return skipObject()
        case UInt8(ascii: "["): return skipArray()
        case UInt8(ascii: "t"): return skip("true")
        case UInt8(ascii: "f"): return skip("false")
        case UInt8(ascii: "n"): return skip("null")
        default: return skipWholeNumber()
        }
    }

    private mutating func skipObject() -> Bool {
        guard enter() else { return false }
        var previous: UnsafeBufferPointer<UInt8>?
        if take(UInt8(ascii: "}")) {
            depth -= 1
            return true
        }
        while true {
            guard let name = text() else { return false }
            if let previous, !Self.certainlyPrecedes(previous, name) { return false }
            previous = name
            guard take(UInt8(ascii: ":")), skipValue() else { return false }
            if take(UInt8(ascii: ",")) { continue }
            depth -= 1
            return take(UInt8(ascii: "}"))
        }
    }

    private mutating func skipArray() -> Bool {
        guard enter() else { return false }
        if take(UInt8(ascii: "]")) {
            depth -= 1
            return true
        }
        while true {
            guard skipValue() else { return false }
            if take(UInt8(ascii: ",")) { continue }
            depth -= 1
            return take(UInt8(ascii: "]"))
        }
    }

    private mutating func enter() -> Bool {
        // The envelope itself is one level.
        guard depth < JSONValue.depthMax - 1 else { return false }
        depth += 1
        position += 1
        return true
    }

    /// Whole numbers of up to 15 digits are their own canonical form; others are left alone.
    private mutating func skipWholeNumber() -> Bool {
        let isNegative = take(UInt8(ascii: "-"))
        let start = position
        while position < bytes.count, bytes[position] &- UInt8(ascii: "0") < 10 { position += 1 }
        let count = position - start
        guard (1...15).contains(count) else { return false }
        let hasLeadingZero = bytes[start] == UInt8(ascii: "0")
        guard !hasLeadingZero || count == 1 && !isNegative else { return false }
        // A fraction or an exponent makes it a number for the full decoder.
        guard position < bytes.count else { return false }
        let next = bytes[position]
        return next != UInt8(ascii: ".") && next != UInt8(ascii: "e") && next != UInt8(ascii: "E")
    }

    private mutating func skipString() -> (start: Int, end: Int, hasEscapes: Bool)? {
        guard take(UInt8(ascii: "\"")) else { return nil }
        let start = position
        var hasEscapes = false
        while position < bytes.count {
            position = PlainText.end(in: bytes, from: position)
            guard position < bytes.count else { return nil }
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") {
                position += 1
                return (start, position - 1, hasEscapes)
            }
            if byte == UInt8(ascii: "\\") {
                guard skipEscape() else { return nil }
                hasEscapes = true
            } else if byte < 0x80 {
                guard byte >= 0x20 else { return nil }
                position += 1
            } else {
                guard skipScalar() else { return nil }
            }
        }
        return nil
    }

    /// The short escapes that RFC 8785 writes; `\u00xx` is left to the full decoder.
    private mutating func skipEscape() -> Bool {
        guard position + 1 < bytes.count else { return false }
        switch bytes[position + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            position += 2
            return true
        default: return false
        }
    }

    /// A scalar of two to four bytes of well-formed UTF-8 (Unicode 15, table 3-7).
    private mutating func skipScalar() -> Bool {
        let first = bytes[position]
        let (length, second): (Int, ClosedRange<UInt8>)
        switch first {
        case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xE1...0xEC, 0xEE...0xEF: (length, second) = (3, 0x80...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default: return false
        }
        guard bytes.count - position >= length, second.contains(bytes[position + 1]) else {
            return false
        }
        for offset in 2..<max(2, length) where bytes[position + offset] & 0xC0 != 0x80 {
            return false
        }
        position += length
        return true
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    /// Whether `left` sorts before `right`, and no equivalence of Unicode can make them the same.
    /// False also for names beyond ASCII, which the full decoder compares.
    private static func certainlyPrecedes(
        _ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        for byte in left where byte >= 0x80 { return false }
        for byte in right where byte >= 0x80 { return false }
        return left.lexicographicallyPrecedes(right)
    }
}
