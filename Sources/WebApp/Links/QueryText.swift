/// Pairs of names and values as a browser sends them: in the query of an address, or as the body
/// of a form (`application/x-www-form-urlencoded`, WHATWG URL 5.1).
enum QueryText {
    /// More pairs than any page of ours sends.
    static let pairsMax = 1000

    /// The pairs of `text` in their order; nil when there are more than `pairsMax`. Bytes that are
    /// no UTF-8 become U+FFFD, as the standard asks.
    static func pairs(in text: some StringProtocol) -> [(name: String, value: String)]? {
        var pairs: [(String, String)] = []
        for part in text.utf8.split(separator: UInt8(ascii: "&")) {
            guard pairs.count < pairsMax else { return nil }
            let halves = part.split(
                separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            pairs.append((decoded(halves[0]), halves.count > 1 ? decoded(halves[1]) : ""))
        }
        return pairs
    }

    private static func decoded(_ encoded: some Collection<UInt8>) -> String {
        let bytes = Array(encoded)
        var plain: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
                let high = hexadecimal(bytes[index + 1]), let low = hexadecimal(bytes[index + 2])
            {
                plain.append(high << 4 | low)
                index += 3
            } else {
                plain.append(bytes[index] == UInt8(ascii: "+") ? UInt8(ascii: " ") : bytes[index])
                index += 1
            }
        }
        return String(decoding: plain, as: UTF8.self)
    }

    private static func hexadecimal(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
