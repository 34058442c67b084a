/// Base64 with padding (RFC 4648 section 4), strict: one text for each sequence of bytes.
///
/// Lenient decoders accept other texts for the same bytes, so that two different notes could
/// pass as one.
public enum Base64 {
    private static let alphabet: StaticString =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

    /// The text of `bytes`.
    public static func text(of bytes: some Collection<UInt8>) -> String {
        let count = (bytes.count + 2) / 3 * 4
        return String(unsafeUninitializedCapacity: count) { buffer in
            var iterator = bytes.makeIterator()
            var position = 0
            while let first = iterator.next() {
                let second = iterator.next()
                let third = second == nil ? nil : iterator.next()
                let word = UInt32(first) << 16 | UInt32(second ?? 0) << 8 | UInt32(third ?? 0)
                buffer[position] = alphabet.utf8Start[Int(word >> 18)]
                buffer[position + 1] = alphabet.utf8Start[Int(word >> 12 & 63)]
                buffer[position + 2] =
                    second == nil
                    ? UInt8(ascii: "=") : alphabet.utf8Start[Int(word >> 6 & 63)]
                buffer[position + 3] =
                    third == nil ? UInt8(ascii: "=") : alphabet.utf8Start[Int(word & 63)]
                position += 4
            }
            return count
        }
    }

    /// The bytes of `text`, or nil when it is not canonical padded base64.
    public static func bytes(of text: some StringProtocol) -> [UInt8]? {
        let characters = Array(text.utf8)
        guard characters.count % 4 == 0 else { return nil }
        guard let last = characters.last else { return [] }
        let padding =
            last != UInt8(ascii: "=")
            ? 0 : characters[characters.count - 2] == UInt8(ascii: "=") ? 2 : 1
        var bytes: [UInt8] = []
        bytes.reserveCapacity(characters.count / 4 * 3)
        var word: UInt32 = 0
        for (position, character) in characters.dropLast(padding).enumerated() {
            guard let value = value(of: character) else { return nil }
            word = word << 6 | UInt32(value)
            guard position % 4 == 3 else { continue }
            bytes.append(UInt8(truncatingIfNeeded: word >> 16))
            bytes.append(UInt8(truncatingIfNeeded: word >> 8))
            bytes.append(UInt8(truncatingIfNeeded: word))
            word = 0
        }
        // Bits that belong to no byte must be zero, else several texts mean the same bytes.
        switch padding {
        case 1:
            guard word & 3 == 0 else { return nil }
            bytes.append(UInt8(truncatingIfNeeded: word >> 10))
            bytes.append(UInt8(truncatingIfNeeded: word >> 2))
        case 2:
            guard word & 15 == 0 else { return nil }
            bytes.append(UInt8(truncatingIfNeeded: word >> 4))
        default: break
        }
        return bytes
    }

    private static func value(of character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): character - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): character - UInt8(ascii: "a") + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0") + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
