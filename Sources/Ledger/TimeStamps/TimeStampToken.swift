internal import Crypto

/// What a time-stamping authority answered: that it saw a digest at an instant (RFC 3161 section
/// 2.4.2, a CMS signed message, RFC 5652).
///
/// Supported are one signer, SHA-256, -384 and -512, RSA with PKCS #1 v1.5 padding and ECDSA on the
/// NIST curves. Revocation of certificates is not looked up.
public struct TimeStampToken: Sendable {
    /// Responses are some kilobytes, with a chain of certificates.
    public static let bytesMax = 262_144
    /// Certificates between the signer and the trusted one at most.
    static let chainMax = 5

    /// Digest of the stamped content.
    public let digest: Digest
    /// When the authority saw it: RFC 3339 UTC.
    public let at: String
    /// Serial number of the stamp, in hexadecimal.
    public let serial: String
    /// The authority's policy, as an object identifier.
    public let policy: String
    /// The number that the request asked to repeat, or nil.
    public let nonce: [UInt8]?

    private let info: [UInt8]
    private let certificates: [TimeStampCertificate]
    private let signer: TimeStampSigner

    /// Parses a response, a `.tsr` file. Nothing is verified here.
    public init(response bytes: some Collection<UInt8>) throws(TimeStampError) {
        guard bytes.count <= Self.bytesMax else {
            throw .tooLong(bytes: bytes.count, limit: Self.bytesMax)
        }
        var response = try DERReader.sequence(Array(bytes)[...])
        var status = try response.next(DERTag.sequence, "the status").children()
        let code = try status.next(DERTag.integer, "the status").content
        // 0 is granted, 1 is granted with changes.
        guard code.count == 1, let number = code.first, number <= 1 else {
            throw .refused(status: Int(code.last ?? 0xFF))
        }
        var content = try response.next(DERTag.sequence, "the token").children()
        guard try content.next().objectIdentifier() == "1.2.840.113549.1.7.2" else {
            throw .unsupported("a token that is no signed message")
        }
        let explicit = try content.next(DERTag.context(0), "the signed message")
        var message = try DERReader.sequence(explicit.content)
        _ = try message.next(DERTag.integer, "the version")
        _ = try message.next(DERTag.set, "the hash algorithms")
        info = try Self.stampedContent(try message.next(DERTag.sequence, "the content"))
        certificates = try Self.certificates(try message.optional(DERTag.context(0)))
        _ = try message.optional(DERTag.context(1))
        var signers = try message.next(DERTag.set, "the signers").children()
        signer = try TimeStampSigner(try signers.next(DERTag.sequence, "the signer"))
        guard signers.isAtEnd else { throw .unsupported("more than one signer") }

        var fields = try DERReader.sequence(info[...])
        _ = try fields.next(DERTag.integer, "the version")
        policy = try fields.next().objectIdentifier()
        digest = try TimeStampRequest.imprint(try fields.next(DERTag.sequence, "the imprint"))
        serial = Hexadecimal.text(of: try fields.next(DERTag.integer, "the serial").content)
        at = try fields.next(DERTag.generalizedTime, "the time").instant()
        _ = try fields.optional(DERTag.sequence)
        _ = try fields.optional(DERTag.boolean)
        nonce = try fields.optional(DERTag.integer).map { Array($0.content.drop { $0 == 0 }) }
    }

    /// Checks that the stamp answers `request`, that its signature fits, and that a chain leads
    /// from its signer to one of `trusted`, all valid at the stamp's own time.
    public func verify(
        request: TimeStampRequest, trusted: [TimeStampCertificate]
    ) throws(TimeStampError) {
        guard nonce == request.nonce else { throw .otherNonce }
        try verify(digest: request.digest, trusted: trusted)
    }

    /// As above for content with `digest`, when the request was not kept.
    public func verify(
        digest: Digest, trusted: [TimeStampCertificate]
    ) throws(TimeStampError) {
        guard digest == self.digest else { throw .otherContent }
        let known = certificates + trusted
        guard let certificate = known.first(where: signer.isOf) else { throw .missingCertificate }
        guard certificate.isForTimeStamps else { throw .wrongPurpose }
        try signer.verify(info, by: certificate)
        try checkChain(from: certificate, known: known, trusted: trusted)
    }

    private func checkChain(
        from signer: TimeStampCertificate, known: [TimeStampCertificate],
        trusted: [TimeStampCertificate]
    ) throws(TimeStampError) {
        guard let instant = LedgerInstant(rfc3339: at) else { throw .malformed("the time") }
        var current = signer
        for _ in 0..<Self.chainMax {
            guard current.isValid(at: instant) else { throw .outsideValidity(at) }
            if trusted.contains(current) { return }
            var issuer: TimeStampCertificate?
            for candidate in known where candidate.isAuthority && candidate != current {
                if try current.isSigned(by: candidate) {
                    issuer = candidate
                    if trusted.contains(candidate) { break }
                }
            }
            guard let issuer else { throw .untrusted }
            current = issuer
        }
        throw .untrusted
    }

    private static func stampedContent(_ element: DERElement) throws(TimeStampError) -> [UInt8] {
        var content = try element.children()
        guard try content.next().objectIdentifier() == "1.2.840.113549.1.9.16.1.4" else {
            throw .unsupported("a signed message without a time stamp")
        }
        let explicit = try content.next(DERTag.context(0), "the content")
        let octets = try DERReader.only(explicit.content)
        guard octets.tag == DERTag.octetString else { throw .malformed("the content") }
        return Array(octets.content)
    }

    private static func certificates(
        _ set: DERElement?
    ) throws(TimeStampError) -> [TimeStampCertificate] {
        guard let set else { return [] }
        var reader = try set.children()
        var certificates: [TimeStampCertificate] = []
        while !reader.isAtEnd {
            guard certificates.count < TimeStampCertificate.countMax else {
                throw .malformed("the certificates")
            }
            certificates.append(try TimeStampCertificate(try reader.next()))
        }
        return certificates
    }
}

/// The one signer of a token (RFC 5652 section 5.3).
private struct TimeStampSigner: Sendable {
    private let issuerAndSerial: (issuer: [UInt8], serial: [UInt8])?
    private let keyID: [UInt8]?
    private let hash: HashScheme
    private let attributes: [UInt8]
    private let algorithm: [UInt8]
    private let signature: [UInt8]

    init(_ element: DERElement) throws(TimeStampError) {
        var fields = try element.children()
        _ = try fields.next(DERTag.integer, "the signer's version")
        if let keyID = try fields.optional(DERTag.primitiveContext(0)) {
            self.keyID = Array(keyID.content)
            issuerAndSerial = nil
        } else {
            var name = try fields.next(DERTag.sequence, "the signer's name").children()
            issuerAndSerial = (
                Array(try name.next(DERTag.sequence, "the issuer").whole),
                Array(try name.next(DERTag.integer, "the serial number").content)
            )
            keyID = nil
        }
        hash = try HashScheme(try fields.next(DERTag.sequence, "the hash algorithm"))
        attributes = Array(try fields.next(DERTag.context(0), "the signed attributes").content)
        algorithm = Array(try fields.next(DERTag.sequence, "the signature algorithm").whole)
        signature = Array(try fields.next(DERTag.octetString, "the signature").content)
    }

    func isOf(_ certificate: TimeStampCertificate) -> Bool {
        if let issuerAndSerial {
            return certificate.issuer == issuerAndSerial.issuer
                && certificate.serial == issuerAndSerial.serial
        }
        return keyID != nil && certificate.subjectKeyID == keyID
    }

    /// Checks the attributes against `content` and `certificate`, and the signature over them.
    func verify(
        _ content: [UInt8], by certificate: TimeStampCertificate
    ) throws(TimeStampError) {
        var hasType = false
        var hasDigest = false
        var hasCertificate = false
        var list = DERReader(attributes[...])
        while !list.isAtEnd {
            var attribute = try list.next(DERTag.sequence, "an attribute").children()
            let name = try attribute.next().objectIdentifier()
            let values = try attribute.next(DERTag.set, "an attribute")
            switch name {
            case "1.2.840.113549.1.9.3":
                hasType =
                    try DERReader.only(values.content).objectIdentifier()
                    == "1.2.840.113549.1.9.16.1.4"
            case "1.2.840.113549.1.9.4":
                hasDigest = try DERReader.only(values.content).content
                    .elementsEqual(hash.digest(of: content))
            case "1.2.840.113549.1.9.16.2.47":
                hasCertificate = try Self.names(certificate, values, isFirstVersion: false)
            case "1.2.840.113549.1.9.16.2.12":
                hasCertificate = try Self.names(certificate, values, isFirstVersion: true)
            default: break
            }
        }
        guard hasType, hasDigest else { throw .wrongSignature("the digest of the content") }
        guard hasCertificate else { throw .wrongSignature("the digest of the certificate") }
        let scheme = try SignatureScheme(try DERReader.only(algorithm[...]), hash: hash)
        // RFC 5652 section 5.4: the attributes are signed as a set, not as the tagged field.
        let message = DERWriter.element(DERTag.set, attributes)
        guard scheme.isValid(signature, on: message, by: certificate.subjectPublicKey) else {
            throw .wrongSignature("the signature of the authority")
        }
    }

    /// Whether the attribute names `certificate` first (RFC 5816; with SHA-1, RFC 2634 5.4).
    private static func names(
        _ certificate: TimeStampCertificate, _ values: DERElement, isFirstVersion: Bool
    ) throws(TimeStampError) -> Bool {
        var attribute = try DERReader.sequence(values.content)
        var list = try attribute.next(DERTag.sequence, "the certificate's digest").children()
        var first = try list.next(DERTag.sequence, "the certificate's digest").children()
        if isFirstVersion {
            let digest = try first.next(DERTag.octetString, "the certificate's digest").content
            return digest.elementsEqual(Insecure.SHA1.hash(data: certificate.bytes))
        }
        let scheme: HashScheme =
            if let algorithm = try first.optional(DERTag.sequence) {
                try HashScheme(algorithm)
            } else {
                .sha256
            }
        let digest = try first.next(DERTag.octetString, "the certificate's digest").content
        return digest.elementsEqual(scheme.digest(of: certificate.bytes))
    }
}
