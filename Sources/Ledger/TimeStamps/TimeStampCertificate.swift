/// As much of an X.509 certificate (RFC 5280) as judging a time stamp needs.
public struct TimeStampCertificate: Hashable, Sendable {
    /// A file of certificates is some kilobytes.
    public static let bytesMax = 262_144
    /// Certificates of one file at most.
    public static let countMax = 50

    /// The DER bytes.
    public let bytes: [UInt8]
    let serial: [UInt8]
    let issuer: [UInt8]
    let subject: [UInt8]
    let subjectPublicKey: [UInt8]
    let subjectKeyID: [UInt8]?
    let isAuthority: Bool
    /// Critical, and for time stamps alone (RFC 3161 section 2.3).
    let isForTimeStamps: Bool
    private let notBefore: LedgerInstant
    private let notAfter: LedgerInstant
    private let signed: [UInt8]
    private let algorithm: [UInt8]
    private let signature: [UInt8]

    /// Parses DER.
    public init(der: some Collection<UInt8>) throws(TimeStampError) {
        guard der.count <= Self.bytesMax else {
            throw .tooLong(bytes: der.count, limit: Self.bytesMax)
        }
        try self.init(try DERReader.only(Array(der)[...]))
    }

    /// Parses every certificate of a PEM file.
    public static func all(
        pem: some Collection<UInt8>
    ) throws(TimeStampError) -> [TimeStampCertificate] {
        guard pem.count <= bytesMax else { throw .tooLong(bytes: pem.count, limit: bytesMax) }
        guard let text = String(validating: pem, as: UTF8.self) else { throw .malformed("the PEM") }
        var certificates: [TimeStampCertificate] = []
        var body: String?
        for line in text.split(whereSeparator: \.isNewline) {
            if line == "-----BEGIN CERTIFICATE-----" {
                body = ""
            } else if line == "-----END CERTIFICATE-----" {
                guard let base64 = body, let der = Base64.bytes(of: base64),
                    certificates.count < countMax
                else { throw .malformed("the PEM") }
                certificates.append(try TimeStampCertificate(der: der))
                body = nil
            } else {
                body? += line.filter { !$0.isWhitespace }
            }
        }
        guard !certificates.isEmpty else { throw .malformed("the PEM") }
        return certificates
    }

    init(_ element: DERElement) throws(TimeStampError) {
        bytes = Array(element.whole)
        var certificate = try element.children()
        let body = try certificate.next(DERTag.sequence, "a certificate")
        signed = Array(body.whole)
        let outer = try certificate.next(DERTag.sequence, "a certificate's algorithm")
        algorithm = Array(outer.whole)
        signature = try Self.bits(try certificate.next(DERTag.bitString, "a signature"))

        var fields = try body.children()
        _ = try fields.optional(DERTag.context(0))
        serial = Array(try fields.next(DERTag.integer, "a serial number").content)
        let inner = try fields.next(DERTag.sequence, "a certificate's algorithm")
        // RFC 5280 section 4.1.1.2: both name the same algorithm.
        guard inner.whole.elementsEqual(outer.whole) else { throw .malformed("an algorithm") }
        issuer = Array(try fields.next(DERTag.sequence, "an issuer").whole)
        var validity = try fields.next(DERTag.sequence, "a validity").children()
        let terms = (try validity.next().instant(), try validity.next().instant())
        guard let from = LedgerInstant(rfc3339: terms.0), let to = LedgerInstant(rfc3339: terms.1)
        else { throw .malformed("a validity") }
        (notBefore, notAfter) = (from, to)
        subject = Array(try fields.next(DERTag.sequence, "a subject").whole)
        subjectPublicKey = Array(try fields.next(DERTag.sequence, "a public key").whole)
        _ = try fields.optional(DERTag.primitiveContext(1))
        _ = try fields.optional(DERTag.primitiveContext(2))
        let extensions = try Extensions(try fields.optional(DERTag.context(3)))
        isAuthority = extensions.isAuthority
        isForTimeStamps = extensions.isForTimeStamps
        subjectKeyID = extensions.subjectKeyID
    }

    func isValid(at instant: LedgerInstant) -> Bool { notBefore <= instant && instant <= notAfter }

    /// Whether `issuer`'s key signed this certificate.
    func isSigned(by issuer: TimeStampCertificate) throws(TimeStampError) -> Bool {
        guard self.issuer == issuer.subject else { return false }
        return try SignatureScheme(try DERReader.only(algorithm[...]))
            .isValid(signature, on: signed, by: issuer.subjectPublicKey)
    }

    /// The bytes of a bit string without unused bits.
    private static func bits(_ element: DERElement) throws(TimeStampError) -> [UInt8] {
        guard element.content.first == 0 else { throw .malformed("a bit string") }
        return Array(element.content.dropFirst())
    }
}

/// The extensions that matter here (RFC 5280 section 4.2.1).
private struct Extensions {
    var isAuthority = false
    var isForTimeStamps = false
    var subjectKeyID: [UInt8]?

    init(_ tagged: DERElement?) throws(TimeStampError) {
        guard let tagged else { return }
        var list = try DERReader.sequence(tagged.content)
        while !list.isAtEnd {
            var fields = try list.next(DERTag.sequence, "an extension").children()
            let name = try fields.next().objectIdentifier()
            let isCritical = try fields.optional(DERTag.boolean)?.content.first == 0xFF
            let value = try fields.next(DERTag.octetString, "an extension").content
            switch name {
            case "2.5.29.19":
                var constraints = try DERReader.sequence(value)
                isAuthority = try constraints.optional(DERTag.boolean)?.content.first == 0xFF
            case "2.5.29.37":
                var purposes = try DERReader.sequence(value)
                let purpose = try purposes.next().objectIdentifier()
                isForTimeStamps =
                    isCritical && purposes.isAtEnd && purpose == "1.3.6.1.5.5.7.3.8"
            case "2.5.29.14":
                subjectKeyID = Array(try DERReader.only(value).content)
            default: break
            }
        }
    }
}
