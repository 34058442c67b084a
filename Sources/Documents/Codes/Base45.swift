/// Base45 (RFC 9285): bytes as the characters a QR code holds most densely.
package enum Base45 {
    private static let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:".utf8)

    /// The text of `bytes`: three characters for two bytes, two for a last single one.
    package static func text(of bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count / 2 * 3 + 2)
        var index = 0
        while index < bytes.count {
            if index + 1 < bytes.count {
                let value = Int(bytes[index]) * 256 + Int(bytes[index + 1])
                text.append(alphabet[value % 45])
                text.append(alphabet[value / 45 % 45])
                text.append(alphabet[value / 2025])
            } else {
                let value = Int(bytes[index])
                text.append(alphabet[value % 45])
                text.append(alphabet[value / 45])
            }
            index += 2
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes of `text`; `nil` when it is not in the form.
    package static func bytes(of text: some StringProtocol) -> [UInt8]? {
        var values: [Int] = []
        for byte in text.utf8 {
            guard let value = alphabet.firstIndex(of: byte) else { return nil }
            values.append(value)
        }
        var bytes: [UInt8] = []
        var index = 0
        while index < values.count {
            switch values.count - index {
            case 1: return nil
            case 2:
                let value = values[index] + values[index + 1] * 45
                guard value < 256 else { return nil }
                bytes.append(UInt8(value))
            default:
                let value = values[index] + values[index + 1] * 45 + values[index + 2] * 2025
                guard value < 65_536 else { return nil }
                bytes += [UInt8(value / 256), UInt8(value % 256)]
            }
            index += 3
        }
        return bytes
    }
}
