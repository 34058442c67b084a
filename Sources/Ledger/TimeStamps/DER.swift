/// One element of DER (ITU-T X.690): tag, content, and the bytes it was read from.
struct DERElement {
    let tag: UInt8
    let content: ArraySlice<UInt8>
    /// Tag, length and content.
    let whole: ArraySlice<UInt8>

    /// The elements of a constructed one.
    func children() throws(TimeStampError) -> DERReader {
        guard tag & 0x20 != 0 else { throw .malformed("a primitive element where a list was due") }
        return DERReader(content)
    }

    /// The name of an algorithm that takes no parameters: none stand here, or NULL.
    func algorithmName() throws(TimeStampError) -> String {
        var parts = try children()
        let name = try parts.next().objectIdentifier()
        if let null = try parts.optional(DERTag.null), !null.content.isEmpty {
            throw .malformed("an algorithm")
        }
        guard parts.isAtEnd else { throw .unsupported("algorithm \(name) with parameters") }
        return name
    }

    /// The dotted form of an object identifier.
    func objectIdentifier() throws(TimeStampError) -> String {
        guard tag == DERTag.objectIdentifier, (1...32).contains(content.count),
            content.last.map({ $0 & 0x80 == 0 }) == true
        else { throw .malformed("an object identifier") }
        var arcs: [UInt64] = []
        var arc: UInt64 = 0
        for byte in content {
            guard arc < 1 << 50 else { throw .malformed("an object identifier") }
            arc = arc << 7 | UInt64(byte & 0x7F)
            guard byte & 0x80 == 0 else { continue }
            if arcs.isEmpty {
                let first = min(arc / 40, 2)
                arcs = [first, arc - first * 40]
            } else {
                arcs.append(arc)
            }
            arc = 0
        }
        return arcs.map(String.init).joined(separator: ".")
    }

    /// An instant as RFC 3339 writes it, from UTCTime or GeneralizedTime in UTC.
    func instant() throws(TimeStampError) -> String {
        var text = String(decoding: content, as: UTF8.self)
        if tag == DERTag.utcTime {
            // RFC 5280 section 4.1.2.5.1: two digits mean 1950 to 2049.
            text = (text < "50" ? "20" : "19") + text
        } else if tag != DERTag.generalizedTime {
            throw .malformed("a time")
        }
        guard text.utf8.count >= 15, text.utf8.allSatisfy({ $0 < 0x80 }), text.hasSuffix("Z") else {
            throw .malformed("a time")
        }
        let digits = Array(text.dropLast())
        func part(_ start: Int, _ length: Int) -> String {
            String(digits[start..<(start + length)])
        }
        let instant =
            "\(part(0, 4))-\(part(4, 2))-\(part(6, 2))T\(part(8, 2)):\(part(10, 2)):"
            + "\(String(digits[12...]))Z"
        guard LedgerInstant(rfc3339: instant) != nil else { throw .malformed("a time") }
        return instant
    }
}

/// The tags that time stamps and certificates use.
enum DERTag {
    static let boolean: UInt8 = 0x01
    static let integer: UInt8 = 0x02
    static let bitString: UInt8 = 0x03
    static let octetString: UInt8 = 0x04
    static let null: UInt8 = 0x05
    static let objectIdentifier: UInt8 = 0x06
    static let utcTime: UInt8 = 0x17
    static let generalizedTime: UInt8 = 0x18
    static let sequence: UInt8 = 0x30
    static let set: UInt8 = 0x31
    static func context(_ number: UInt8) -> UInt8 { 0xA0 | number }
    static func primitiveContext(_ number: UInt8) -> UInt8 { 0x80 | number }
}

/// Reads the elements of a piece of DER one after the other.
///
/// Only definite lengths of up to four bytes in their shortest form, and tags below 31: what DER
/// allows and these formats use. Nesting is walked by the caller, so depth is bounded by the
/// format.
struct DERReader {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    var isAtEnd: Bool { rest.isEmpty }
    var nextTag: UInt8? { rest.first }

    /// The next element, of any tag.
    mutating func next() throws(TimeStampError) -> DERElement {
        let start = rest.startIndex
        guard rest.count >= 2, rest[start] & 0x1F != 0x1F else { throw .malformed("a tag") }
        var position = start + 2
        var length = Int(rest[start + 1])
        if length >= 0x80 {
            let count = length & 0x7F
            guard (1...4).contains(count), rest.count >= 2 + count else {
                throw .malformed("a length")
            }
            length = rest[position..<(position + count)].reduce(0) { $0 << 8 | Int($1) }
            guard length >= 0x80, rest[position] != 0 else { throw .malformed("a length") }
            position += count
        }
        guard length <= rest.endIndex - position else { throw .malformed("a length") }
        let end = position + length
        let element = DERElement(
            tag: rest[start], content: rest[position..<end], whole: rest[start..<end])
        rest = rest[end...]
        return element
    }

    /// The next element, which must have `tag`.
    mutating func next(_ tag: UInt8, _ what: String) throws(TimeStampError) -> DERElement {
        guard nextTag == tag else { throw .malformed(what) }
        return try next()
    }

    /// The next element if it has `tag`.
    mutating func optional(_ tag: UInt8) throws(TimeStampError) -> DERElement? {
        nextTag == tag ? try next() : nil
    }

    /// The elements of the one sequence that `bytes` are.
    static func sequence(_ bytes: ArraySlice<UInt8>) throws(TimeStampError) -> DERReader {
        let element = try only(bytes)
        guard element.tag == DERTag.sequence else { throw .malformed("a sequence") }
        return DERReader(element.content)
    }

    /// The one element that `bytes` are.
    static func only(_ bytes: ArraySlice<UInt8>) throws(TimeStampError) -> DERElement {
        var reader = DERReader(bytes)
        let element = try reader.next()
        guard reader.isAtEnd else { throw .malformed("bytes after the end") }
        return element
    }
}

/// Writes DER.
enum DERWriter {
    static func element(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        var length: [UInt8] = []
        if content.count < 0x80 {
            length = [UInt8(content.count)]
        } else {
            var rest = content.count
            while rest > 0 {
                length.insert(UInt8(rest & 0xFF), at: 0)
                rest >>= 8
            }
            length.insert(0x80 | UInt8(length.count), at: 0)
        }
        return [tag] + length + content
    }

    /// A whole number without sign, from its bytes.
    static func unsigned(_ bytes: [UInt8]) -> [UInt8] {
        var content = Array(bytes.drop { $0 == 0 })
        if content.first.map({ $0 & 0x80 != 0 }) ?? true { content.insert(0, at: 0) }
        return element(DERTag.integer, content)
    }
}
