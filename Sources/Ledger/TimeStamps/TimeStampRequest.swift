/// A request to a time-stamping authority (RFC 3161 section 2.4.1), always over SHA-256.
public struct TimeStampRequest: Hashable, Sendable {
    /// Requests are some 70 bytes.
    public static let bytesMax = 4096
    static let sha256OID = "2.16.840.1.101.3.4.2.1"
    private static let sha256Algorithm: [UInt8] = [
        0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00,
    ]

    /// Digest of the content.
    public var digest: Digest
    /// A number that the response must repeat, without leading zero bytes; nil for none.
    public var nonce: [UInt8]?
    /// Whether the response shall hold the signer's certificate.
    public var asksForCertificate: Bool

    /// A request for a stamp on content with `digest`.
    public init(digest: Digest, nonce: UInt64?, asksForCertificate: Bool = true) {
        self.digest = digest
        self.nonce = nonce.map { number in
            Array(
                (0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * $0)) }.drop { $0 == 0 })
        }
        self.asksForCertificate = asksForCertificate
    }

    /// Parses a `.tsq` file.
    public init(parsing bytes: some Collection<UInt8>) throws(TimeStampError) {
        guard bytes.count <= Self.bytesMax else {
            throw .tooLong(bytes: bytes.count, limit: Self.bytesMax)
        }
        var fields = try DERReader.sequence(Array(bytes)[...])
        let version = try fields.next(DERTag.integer, "the version")
        guard version.content.elementsEqual([1]) else { throw .unsupported("this version") }
        digest = try Self.imprint(try fields.next(DERTag.sequence, "the message imprint"))
        _ = try fields.optional(DERTag.objectIdentifier)
        nonce = try fields.optional(DERTag.integer).map { Array($0.content.drop { $0 == 0 }) }
        asksForCertificate = try fields.optional(DERTag.boolean)?.content.first == 0xFF
    }

    /// The `.tsq` file.
    public var bytes: [UInt8] {
        let imprint = DERWriter.element(
            DERTag.sequence,
            Self.sha256Algorithm + DERWriter.element(DERTag.octetString, digest.bytes))
        return DERWriter.element(
            DERTag.sequence,
            DERWriter.unsigned([1]) + imprint + (nonce.map(DERWriter.unsigned) ?? [])
                + (asksForCertificate ? [DERTag.boolean, 1, 0xFF] : []))
    }

    static func imprint(_ element: DERElement) throws(TimeStampError) -> Digest {
        var parts = try element.children()
        let name = try parts.next(DERTag.sequence, "the hash algorithm").algorithmName()
        guard name == sha256OID else { throw .unsupported("hash algorithm \(name)") }
        guard let digest = Digest(try parts.next(DERTag.octetString, "the hash").content) else {
            throw .malformed("the hash")
        }
        return digest
    }
}
