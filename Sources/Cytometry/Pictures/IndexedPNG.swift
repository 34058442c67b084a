/// A PNG image with a palette of 256 colours (ISO/IEC 15948).
///
/// The pixels are stored without compression: a plot has 64 KB, and the file needs no library.
enum IndexedPNG {
    /// - Parameter pixels: row after row from the top, `width` in each.
    static func encode(
        width: Int, height: Int, pixels: [UInt8],
        palette: [(red: UInt8, green: UInt8, blue: UInt8)]
    ) -> [UInt8] {
        precondition(pixels.count == width * height && palette.count <= 256)
        var raw: [UInt8] = []
        raw.reserveCapacity((width + 1) * height)
        for row in 0..<height {
            raw.append(0)
            raw += pixels[(row * width)..<((row + 1) * width)]
        }
        var bytes: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        chunk("IHDR", big(UInt32(width)) + big(UInt32(height)) + [8, 3, 0, 0, 0], &bytes)
        chunk("PLTE", palette.flatMap { [$0.red, $0.green, $0.blue] }, &bytes)
        chunk("IDAT", stored(raw), &bytes)
        chunk("IEND", [], &bytes)
        return bytes
    }

    private static func big(_ value: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> UInt32($0)) }
    }

    private static func chunk(_ name: String, _ content: [UInt8], _ bytes: inout [UInt8]) {
        let body = Array(name.utf8) + content
        bytes += big(UInt32(content.count)) + body + big(crc(body))
    }

    /// A zlib stream of stored blocks (RFC 1950, RFC 1951 3.2.4).
    private static func stored(_ raw: [UInt8]) -> [UInt8] {
        var result: [UInt8] = [0x78, 0x01]
        var start = 0
        repeat {
            let end = min(start + 65_535, raw.count)
            let length = UInt16(end - start)
            result.append(end == raw.count ? 1 : 0)
            for word in [length, ~length] {
                result.append(UInt8(truncatingIfNeeded: word))
                result.append(UInt8(truncatingIfNeeded: word >> 8))
            }
            result += raw[start..<end]
            start = end
        } while start < raw.count
        var (a, b): (UInt32, UInt32) = (1, 0)
        for byte in raw {
            a = (a + UInt32(byte)) % 65_521
            b = (b + a) % 65_521
        }
        return result + big(b << 16 | a)
    }

    private static let table: [UInt32] = (0..<256).map { index in
        var value = UInt32(index)
        for _ in 0..<8 { value = value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
        return value
    }

    private static func crc(_ bytes: [UInt8]) -> UInt32 {
        var value: UInt32 = .max
        for byte in bytes { value = table[Int((value ^ UInt32(byte)) & 255)] ^ (value >> 8) }
        return ~value
    }
}
