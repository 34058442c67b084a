/// Text that stands in JSON as it is: printable ASCII without quotation marks and backslashes.
enum PlainText {
    /// The first position from `start` on whose byte is something else, or the end.
    ///
    /// Eight bytes at a time. The marks are the "determine if a word has a byte" tests of S. E.
    /// Anderson, "Bit Twiddling Hacks", Stanford 2005: exact for the lowest byte they mark, which
    /// is the one that counts.
    static func end(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        guard let base = bytes.baseAddress else { return start }
        let ones: UInt64 = 0x0101_0101_0101_0101
        let (controls, quotes, backslashes) = (ones &* 0x20, ones &* 0x22, ones &* 0x5C)
        var position = start
        while position + 8 <= bytes.count {
            let word = UInt64(
                littleEndian: UnsafeRawPointer(base)
                    .loadUnaligned(fromByteOffset: position, as: UInt64.self))
            let (quote, backslash) = (word ^ quotes, word ^ backslashes)
            let marks =
                (word | (word &- controls) & ~word | (quote &- ones) & ~quote
                    | (backslash &- ones) & ~backslash) & (ones &* 0x80)
            guard marks == 0 else { return position + marks.trailingZeroBitCount >> 3 }
            position += 8
        }
        while position < bytes.count, isPlain(bytes[position]) { position += 1 }
        return position
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte < 0x80 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }
}
