/// The form token of a session as a page carries it: masked anew in every page.
///
/// A page that is sent compressed can tell the length of what repeats in it; a secret that looks
/// different each time never repeats ("BREACH", Black Hat USA 2013, countermeasure 3.4).
enum FormToken {
    /// `token`, 64 hexadecimal digits, under the 32 bytes of `pad`: the pad, then the token with
    /// the pad added to it bit by bit. Anything else is carried as it is.
    static func masked(_ token: String, pad: [UInt8]) -> String {
        guard let bytes = bytes(of: token), bytes.count == pad.count else { return token }
        return text(pad) + text(zip(bytes, pad).map { $0 ^ $1 })
    }

    /// Whether `given` is `token`, masked or not, in a time that does not tell where they differ.
    static func matches(_ given: String, _ token: String) -> Bool {
        if given.utf8.count == 2 * token.utf8.count, let all = bytes(of: given) {
            let half = all.count / 2
            let plain = zip(all[..<half], all[half...]).map { $0 ^ $1 }
            return equalInConstantTime(text(plain), token)
        }
        return equalInConstantTime(given, token)
    }

    private static func text(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(
            decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] },
            as: UTF8.self)
    }

    private static func bytes(of text: String) -> [UInt8]? {
        let utf8 = Array(text.utf8)
        guard utf8.count % 2 == 0 else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: utf8.count, by: 2) {
            guard let high = value(utf8[index]), let low = value(utf8[index + 1]) else {
                return nil
            }
            bytes.append(high << 4 | low)
        }
        return bytes
    }

    private static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
