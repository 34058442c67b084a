import CZlib

/// The signature of a PNG file and the chunks after it (PNG 5.2 and 5.3).
struct PNGChunks {
    private(set) var bytes: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    /// Appends a chunk: length, type, content, and the CRC-32 of type and content.
    mutating func append(_ type: StaticString, _ content: [UInt8]) {
        bytes += Self.big(UInt32(content.count))
        let start = bytes.count
        type.withUTF8Buffer { bytes += $0 }
        bytes += content
        bytes += Self.big(Self.checksum(bytes[start...]))
    }

    /// CRC-32 (PNG annex D, the same as in gzip).
    static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt32 {
        bytes.withUnsafeBufferPointer { UInt32(crc32_z(0, $0.baseAddress, $0.count)) }
    }

    /// Four bytes, the most significant first (PNG 7.1).
    static func big(_ value: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> UInt32($0)) }
    }
}
