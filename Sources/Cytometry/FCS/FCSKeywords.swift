/// The keyword–value pairs of one or more TEXT segments, in file order.
///
/// Names are compared without regard to case (FCS 3.1, 3.2.6). When a name occurs twice, the
/// first value counts.
public struct FCSKeywords: Sendable {
    /// One pair, as written apart from surrounding blanks.
    public struct Entry: Hashable, Sendable {
        /// The keyword, with its `$` when it is a standard one.
        public let name: String
        /// The value.
        public let value: String
        /// Byte of the file at which the name begins.
        public let offset: Int
    }

    /// All pairs in file order, duplicates included.
    public private(set) var entries: [Entry] = []
    private var position: [String: Int] = [:]

    init() {}

    /// The value of `name`, or nil when the file does not have it.
    public subscript(name: String) -> String? {
        position[name.uppercased()].map { entries[$0].value }
    }

    func entry(_ name: String) -> Entry? { position[name.uppercased()].map { entries[$0] } }

    /// Adds a pair and says whether its name is new.
    mutating func append(_ entry: Entry) -> Bool {
        let key = entry.name.uppercased()
        let isNew = position[key] == nil
        if isNew { position[key] = entries.count }
        entries.append(entry)
        return isNew
    }
}

/// Reading numbers out of keyword values, where anything may stand.
enum FCSNumber {
    /// A non-negative integer, or nil when `text` is not one or does not fit.
    static func integer(_ text: String) -> Int? {
        var result = 0
        var digits = 0
        for byte in trimmed(text).utf8 {
            guard byte >= 48, byte <= 57 else { return nil }
            let (product, overflow) = result.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(Int(byte) - 48)
            guard !overflow, !carry else { return nil }
            result = sum
            digits += 1
        }
        return digits == 0 ? nil : result
    }

    /// A finite decimal number, or nil. A decimal comma is taken for a point.
    static func decimal(_ text: some StringProtocol) -> Double? {
        let plain = trimmed(String(text))
        guard let first = plain.utf8.first, plain.utf8.count <= 64,
            (48...57).contains(first) || first == 43 || first == 45 || first == 46,
            // `Double` also reads hexadecimal, which no instrument writes on purpose.
            !plain.utf8.contains(where: { $0 == 120 || $0 == 88 })
        else { return nil }
        let value = Double(plain) ?? Double(String(plain.map { $0 == "," ? "." : $0 }))
        return value.flatMap { $0.isFinite ? $0 : nil }
    }

    /// `text` without the blanks and NUL bytes around it.
    static func trimmed(_ text: String) -> String {
        let bytes = Array(text.utf8)
        guard let first = bytes.firstIndex(where: { $0 > 32 }),
            let last = bytes.lastIndex(where: { $0 > 32 })
        else { return "" }
        if first == 0 && last == bytes.count - 1 { return text }
        return String(decoding: bytes[first...last], as: UTF8.self)
    }
}
