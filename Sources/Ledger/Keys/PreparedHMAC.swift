/// HMAC-SHA-256 (RFC 2104) for many short messages under one key.
///
/// What depends on the key alone is hashed once (RFC 2104 section 4), so that a message of less
/// than 56 bytes costs two blocks.
struct PreparedHMAC: Sendable {
    /// Bytes of a block of SHA-256.
    private static let blockBytes = 64

    private let inner: IncrementalDigest
    private let outer: IncrementalDigest

    /// - Parameter key: at most 64 bytes.
    init(key: [UInt8]) {
        precondition(key.count <= Self.blockBytes, "a longer key is hashed first")
        let block = key + [UInt8](repeating: 0, count: Self.blockBytes - key.count)
        var (inner, outer) = (IncrementalDigest(), IncrementalDigest())
        inner.update(block.map { $0 ^ 0x36 })
        outer.update(block.map { $0 ^ 0x5C })
        (self.inner, self.outer) = (inner, outer)
    }

    /// The code of `message`.
    func tag(of message: UnsafeRawBufferPointer) -> Digest {
        var inner = inner
        inner.update(buffer: message)
        var outer = outer
        inner.finalize().withUnsafeBytes { outer.update(buffer: $0) }
        return outer.finalize()
    }
}
