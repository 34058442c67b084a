/// A small FCS file put together by hand, so that a test can say what is wrong with it.
struct SyntheticFCS {
    var version = "FCS3.1"
    var keywords: [(String, String)] = [
        ("$MODE", "L"), ("$DATATYPE", "F"), ("$BYTEORD", "1,2,3,4"), ("$PAR", "2"), ("$TOT", "3"),
        ("$NEXTDATA", "0"), ("$P1B", "32"), ("$P1E", "0,0"), ("$P1N", "A"), ("$P1R", "1024"),
        ("$P2B", "32"), ("$P2E", "0,0"), ("$P2N", "B"), ("$P2R", "1024"),
    ]
    var data: [UInt8] = [1, 2, 3, 4, 5, 6].flatMap { (value: Float) in
        (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * $0)) }
    }
    /// The first byte of TEXT, doubled wherever it occurs in a value.
    var delimiter: Unicode.Scalar = "/"
    /// Offsets of the HEADER, where they are to differ from the true ones.
    var headerData: (Int, Int)?
    /// The same as the eight characters of each, where they are to be no plain numbers.
    var headerDataText: (String, String)?
    /// What `$BEGINDATA` and `$ENDDATA` of TEXT are off by; nil leaves both out.
    var textDataOff: (Int, Int)? = (0, 0)
    /// What follows the last delimiter of TEXT.
    var textTail = ""

    mutating func set(_ name: String, _ value: String?) {
        keywords.removeAll { $0.0 == name }
        if let value { keywords.append((name, value)) }
    }

    var bytes: [UInt8] {
        func text(_ begin: Int, _ end: Int) -> [UInt8] {
            func padded(_ value: Int) -> String { String("000000000000\(value)".suffix(12)) }
            var all = keywords
            if let (first, last) = textDataOff {
                all.insert(("$ENDDATA", padded(end + last)), at: 0)
                all.insert(("$BEGINDATA", padded(begin + first)), at: 0)
            }
            let mark = String(delimiter)
            func escaped(_ word: String) -> String { word.replacing(mark, with: mark + mark) }
            let words = all.flatMap { [escaped($0.0), escaped($0.1)] }
            return Array((mark + words.joined(separator: mark) + mark + textTail).utf8)
        }
        let begin = 58 + text(0, 0).count
        let end = begin + data.count - 1
        let offsets = [58, begin - 1, headerData?.0 ?? begin, headerData?.1 ?? end, 0, 0]
        var fields = offsets.map { String("        \($0)".suffix(8)) }
        if let (first, last) = headerDataText { fields[2...3] = [first, last] }
        let header = version + "    " + fields.joined()
        return Array(header.utf8) + text(begin, end) + data
    }
}
