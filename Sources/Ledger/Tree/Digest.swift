internal import Crypto

/// A SHA-256 digest: 32 bytes, in JSON as 64 lower-case hexadecimal digits.
public struct Digest: Hashable, Sendable {
    /// Size in bytes.
    public static let byteCount = 32

    // The bytes in order, held as four words: no allocation, quick to compare and to hash. Not a
    // SIMD vector: its alignment of 32 bytes in an error makes the task allocator of Swift 6.3
    // abort ("freed pointer was not the last allocation").
    private let words: Words

    private struct Words: Hashable {
        var first: UInt64 = 0
        var second: UInt64 = 0
        var third: UInt64 = 0
        var fourth: UInt64 = 0

        init() {}

        /// Of exactly 32 bytes.
        init(_ bytes: UnsafeRawBufferPointer) {
            Swift.withUnsafeMutableBytes(of: &self) { $0.copyMemory(from: bytes) }
        }
    }

    /// Exactly 32 bytes; nil for any other number.
    public init?(_ bytes: UnsafeRawBufferPointer) {
        guard bytes.count == Self.byteCount else { return nil }
        words = Words(bytes)
    }

    /// Exactly 32 bytes; nil for any other number.
    public init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        var words = Words()
        withUnsafeMutableBytes(of: &words) { $0.copyBytes(from: bytes) }
        self.words = words
    }

    /// 64 hexadecimal digits; nil for anything else.
    public init?(hex: some StringProtocol) {
        guard hex.utf8.count == 2 * Self.byteCount, let bytes = Hexadecimal.bytes(of: hex) else {
            return nil
        }
        self.init(bytes)
    }

    /// The padded base64 form of 32 bytes; nil for anything else.
    public init?(base64: some StringProtocol) {
        guard let bytes = Base64.bytes(of: base64) else { return nil }
        self.init(bytes)
    }

    init(_ digest: SHA256.Digest) { words = digest.withUnsafeBytes(Words.init) }

    /// The SHA-256 of `bytes` (FIPS 180-4).
    public static func sha256(of bytes: some Collection<UInt8>) -> Digest {
        var hasher = IncrementalDigest()
        hasher.update(bytes)
        return hasher.finalize()
    }

    /// The 32 bytes.
    public var bytes: [UInt8] { withUnsafeBytes { Array($0) } }

    /// 64 lower-case hexadecimal digits.
    public var hex: String { withUnsafeBytes { Hexadecimal.text(of: $0) } }

    /// 44 characters of padded base64.
    public var base64: String { withUnsafeBytes { Base64.text(of: $0) } }

    /// Calls `body` with the 32 bytes in place.
    public func withUnsafeBytes<Result>(
        _ body: (UnsafeRawBufferPointer) throws -> Result
    ) rethrows -> Result {
        try Swift.withUnsafeBytes(of: words) { try body($0) }
    }
}

extension Digest: Comparable {
    /// By bytes, as the hexadecimal forms sort.
    public static func < (left: Digest, right: Digest) -> Bool {
        left.withUnsafeBytes { left in
            right.withUnsafeBytes { right in left.lexicographicallyPrecedes(right) }
        }
    }
}

extension Digest: CustomStringConvertible {
    /// The hexadecimal form.
    public var description: String { hex }
}

extension Digest: Codable {
    /// From 64 hexadecimal digits.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let digest = Digest(hex: text) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "'\(text.prefix(80))' is not 64 hexadecimal digits")
        }
        self = digest
    }

    /// As 64 lower-case hexadecimal digits.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(hex)
    }
}

/// SHA-256 of bytes that come in pieces, such as a file read in blocks.
public struct IncrementalDigest: Sendable {
    private var hasher = SHA256()

    /// Nothing hashed yet.
    public init() {}

    /// Adds `bytes`.
    public mutating func update(_ bytes: some Collection<UInt8>) {
        let contiguous: Void? = bytes.withContiguousStorageIfAvailable {
            hasher.update(bufferPointer: UnsafeRawBufferPointer($0))
        }
        if contiguous == nil {
            Array(bytes).withUnsafeBytes { hasher.update(bufferPointer: $0) }
        }
    }

    /// Adds the bytes of `buffer`.
    public mutating func update(buffer: UnsafeRawBufferPointer) {
        hasher.update(bufferPointer: buffer)
    }

    /// The digest of everything added.
    public func finalize() -> Digest { Digest(hasher.finalize()) }
}
