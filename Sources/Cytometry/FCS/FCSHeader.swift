/// The version of the FCS standard that a data set declares.
public enum FCSVersion: String, Sendable, CaseIterable, Comparable {
    /// FCS 2.0 (1990).
    case fcs20 = "FCS2.0"
    /// FCS 3.0 (1997).
    case fcs30 = "FCS3.0"
    /// FCS 3.1 (2010).
    case fcs31 = "FCS3.1"
    /// FCS 3.2 (2021).
    case fcs32 = "FCS3.2"

    /// Orders versions by age.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// A stretch of the file by its first and last byte, both inside it, as FCS writes them.
struct FCSSegment: Hashable, Sendable {
    var first: Int
    var last: Int

    /// Number of bytes; zero when the last byte stands before the first.
    var length: Int { last >= first ? last - first + 1 : 0 }

    func overlaps(_ other: Self) -> Bool {
        length > 0 && other.length > 0 && first <= other.last && other.first <= last
    }
}

/// The fixed 58 bytes at the start of a data set (FCS 3.1, 3.1).
struct FCSHeader: Sendable {
    static let length = 58

    var version: FCSVersion
    var text: FCSSegment
    /// Absent when blank, zero or not a number: then TEXT counts.
    var data: FCSSegment?
    var analysis: FCSSegment?

    /// Reads the HEADER at `start`. Offsets inside it are relative to `start`; the result's are
    /// positions in the file.
    static func read(_ bytes: FileBytes, at start: Int) throws(FCSReadError) -> FCSHeader {
        guard bytes.count - start >= length else {
            throw .init(
                .header, at: start,
                "the file has \(bytes.count - start) bytes, an FCS HEADER has \(length)",
                remedy: "the transfer of the file was probably cut short")
        }
        let raw = bytes.copy(start..<(start + length))
        let magic = String(decoding: raw[0..<6].map { $0 < 128 ? $0 : 63 }, as: UTF8.self)
        guard magic.hasPrefix("FCS") else {
            throw .init(
                .notFCS, at: start,
                "the file begins with '\(printable(raw[0..<6]))', an FCS file with 'FCS'")
        }
        guard let version = FCSVersion(rawValue: magic) else {
            throw .init(
                .version, at: start, "version '\(printable(raw[0..<6]))' is not known",
                remedy: "this reader knows FCS2.0, FCS3.0, FCS3.1 and FCS3.2")
        }
        guard let textFirst = offset(raw, 10), let textLast = offset(raw, 18) else {
            throw .init(.header, at: start + 10, "the TEXT offsets of the HEADER are not numbers")
        }
        let text = FCSSegment(first: start + textFirst, last: start + textLast)
        guard textFirst >= length, text.length > 0 else {
            throw .init(
                .header, at: start + 10,
                "TEXT is said to run from byte \(textFirst) to \(textLast)",
                remedy: "it begins after the HEADER of \(length) bytes")
        }
        guard text.last < bytes.count else {
            throw .init(
                .text, at: start + 18,
                "TEXT ends at byte \(text.last), the file has \(bytes.count) bytes")
        }
        return FCSHeader(
            version: version, text: text,
            data: segment(raw, 26, from: start), analysis: segment(raw, 42, from: start))
    }

    private static func segment(_ raw: [UInt8], _ at: Int, from start: Int) -> FCSSegment? {
        guard let first = offset(raw, at), first > 0 else { return nil }
        // A start without an end is written by some instruments; the length then comes from TEXT.
        let last = offset(raw, at + 8) ?? 0
        return FCSSegment(first: start + first, last: last == 0 ? -1 : start + last)
    }

    private static func offset(_ raw: [UInt8], _ at: Int) -> Int? {
        FCSNumber.integer(String(decoding: raw[at..<(at + 8)], as: UTF8.self))
    }

    private static func printable(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: bytes.map { (32...126).contains($0) ? $0 : 46 }, as: UTF8.self)
    }
}
