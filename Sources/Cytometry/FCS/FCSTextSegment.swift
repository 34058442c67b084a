/// Splitting a TEXT, supplemental TEXT or ANALYSIS segment into keyword–value pairs.
///
/// The first byte is the delimiter; a doubled delimiter is one literal delimiter (FCS 3.1, 3.2.3).
/// Values must not be empty, yet many instruments write empty ones, and then a doubled delimiter
/// means something else. Both readings are tried and the one that makes sense is taken.
struct FCSTextSegment {
    /// A segment that is longer than this is refused. The longest seen, of a spectral cytometer
    /// with 300 parameters, has 0.2 MB.
    static let lengthMax = 16 << 20
    /// No more words are split off than this; a real file has a few thousand.
    static let wordsMax = 1_000_000

    private struct Word {
        var text: [UInt8]
        var offset: Int
        var hasLiteralDelimiter: Bool
    }

    private(set) var entries: [FCSKeywords.Entry] = []
    private(set) var warnings: [FCSWarning] = []

    /// Splits `bytes`, which begin at `offset` of the file. Of two readings the one with more of
    /// the `required` keywords wins. `startsWithDelimiter` is false for a supplemental segment
    /// that leaves its leading delimiter out; `delimiter` is then that of the primary one.
    init(
        _ bytes: [UInt8], at offset: Int, required: Set<String> = [], delimiter known: UInt8? = nil
    ) {
        guard let first = bytes.first else { return }
        let delimiter: UInt8
        let body: Int
        if let known, first != known {
            delimiter = known
            body = 0
        } else {
            delimiter = first
            body = 1
        }
        let strict = Self.words(bytes, from: body, at: offset, delimiter, escapes: true)
        var chosen = strict
        if Self.penalty(strict, required) > 0 {
            let plain = Self.words(bytes, from: body, at: offset, delimiter, escapes: false)
            if Self.penalty(plain, required) < Self.penalty(strict, required) {
                chosen = plain
                warn(
                    offset,
                    "TEXT holds empty values, which the standard forbids: "
                        + "doubled delimiters were read as empty values")
            }
        }
        if bytes.last != delimiter, chosen.count % 2 == 0, !chosen.isEmpty {
            // Trailing blanks after the last delimiter are common and change nothing.
            let tail = bytes.reversed().prefix { $0 <= 32 && $0 != delimiter }.count
            if tail == bytes.count || bytes[bytes.count - 1 - tail] != delimiter {
                warn(offset + bytes.count - 1, "TEXT does not end with its delimiter")
            }
        }
        pair(chosen)
    }

    private mutating func warn(_ offset: Int, _ message: String) {
        warnings.append(FCSWarning(code: .text, offset: offset, message: message))
    }

    private mutating func pair(_ words: [Word]) {
        var index = 0
        while index + 1 < words.count {
            let name = FCSNumber.trimmed(Self.decode(words[index].text))
            if name.isEmpty {
                warn(words[index].offset, "TEXT holds a value without a keyword, left out")
            } else {
                let value = FCSNumber.trimmed(Self.decode(words[index + 1].text))
                entries.append(.init(name: name, value: value, offset: words[index].offset))
            }
            index += 2
        }
        if index < words.count {
            let orphan = FCSNumber.trimmed(Self.decode(words[index].text))
            warn(
                words[index].offset,
                "TEXT has an odd number of words: '\(orphan.prefix(40))' has no value")
        }
    }

    /// How little sense a reading makes: missing keywords weigh most, then suspicious names.
    private static func penalty(_ words: [Word], _ required: Set<String>) -> Int {
        var missing = required
        var suspicious = words.count % 2
        for index in stride(from: 0, to: words.count, by: 2) {
            let word = words[index]
            if word.hasLiteralDelimiter || word.text.allSatisfy({ $0 <= 32 }) { suspicious += 1 }
            if !missing.isEmpty, word.text.count < 300 {
                missing.remove(FCSNumber.trimmed(decode(word.text)).uppercased())
            }
        }
        return missing.count * 1_000_000 + suspicious
    }

    private static func words(
        _ bytes: [UInt8], from start: Int, at offset: Int, _ delimiter: UInt8, escapes: Bool
    ) -> [Word] {
        var words: [Word] = []
        var word = Word(text: [], offset: offset + start, hasLiteralDelimiter: false)
        var index = start
        while index < bytes.count {
            let byte = bytes[index]
            guard byte == delimiter else {
                word.text.append(byte)
                index += 1
                continue
            }
            if escapes, index + 1 < bytes.count, bytes[index + 1] == delimiter {
                word.text.append(delimiter)
                word.hasLiteralDelimiter = true
                index += 2
                continue
            }
            words.append(word)
            guard words.count < wordsMax else { return words }
            index += 1
            word = Word(text: [], offset: offset + index, hasLiteralDelimiter: false)
        }
        // What follows the last delimiter is padding unless something is written there.
        if word.text.contains(where: { $0 > 32 }) { words.append(word) }
        return words
    }

    /// UTF-8 as FCS 3.1 demands, or Latin-1 as older instruments write.
    private static func decode(_ bytes: [UInt8]) -> String {
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        return String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    }
}
