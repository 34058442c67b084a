internal import Crypto
internal import CryptoExtras

/// A hash function by its object identifier (RFC 5754).
enum HashScheme: String {
    case sha256 = "2.16.840.1.101.3.4.2.1"
    case sha384 = "2.16.840.1.101.3.4.2.2"
    case sha512 = "2.16.840.1.101.3.4.2.3"

    init(_ algorithm: DERElement) throws(TimeStampError) {
        let name = try algorithm.algorithmName()
        guard let scheme = HashScheme(rawValue: name) else {
            throw .unsupported("hash algorithm \(name)")
        }
        self = scheme
    }

    func digest(of bytes: some Collection<UInt8>) -> [UInt8] {
        let bytes = Array(bytes)
        return switch self {
        case .sha256: Array(SHA256.hash(data: bytes))
        case .sha384: Array(SHA384.hash(data: bytes))
        case .sha512: Array(SHA512.hash(data: bytes))
        }
    }
}

/// A public-key signature scheme: RSA with PKCS #1 v1.5 padding, or ECDSA on the NIST curves
/// (RFC 5754, RFC 5758). RSA-PSS and Ed25519 are not supported.
struct SignatureScheme {
    private enum Family { case rsa, ecdsa }

    private static let names: [String: (Family, HashScheme?)] = [
        // rsaEncryption takes its hash from elsewhere in the message.
        "1.2.840.113549.1.1.1": (.rsa, nil),
        "1.2.840.113549.1.1.11": (.rsa, .sha256),
        "1.2.840.113549.1.1.12": (.rsa, .sha384),
        "1.2.840.113549.1.1.13": (.rsa, .sha512),
        "1.2.840.10045.4.3.2": (.ecdsa, .sha256),
        "1.2.840.10045.4.3.3": (.ecdsa, .sha384),
        "1.2.840.10045.4.3.4": (.ecdsa, .sha512),
    ]

    private let family: Family
    private let hash: HashScheme

    init(_ algorithm: DERElement, hash: HashScheme? = nil) throws(TimeStampError) {
        let name = try algorithm.algorithmName()
        guard let (family, own) = Self.names[name], let hash = own ?? hash else {
            throw .unsupported("signature algorithm \(name)")
        }
        self.family = family
        self.hash = hash
    }

    /// Whether `signature` by the key of `subjectPublicKey` fits `message`.
    func isValid(
        _ signature: [UInt8], on message: [UInt8], by subjectPublicKey: [UInt8]
    ) -> Bool {
        switch hash {
        case .sha256: isValid(signature, on: SHA256.hash(data: message), by: subjectPublicKey)
        case .sha384: isValid(signature, on: SHA384.hash(data: message), by: subjectPublicKey)
        case .sha512: isValid(signature, on: SHA512.hash(data: message), by: subjectPublicKey)
        }
    }

    private func isValid<D: Crypto.Digest>(
        _ signature: [UInt8], on digest: D, by key: [UInt8]
    ) -> Bool {
        switch family {
        case .rsa:
            guard let key = try? _RSA.Signing.PublicKey(derRepresentation: key) else {
                return false
            }
            return key.isValidSignature(
                _RSA.Signing.RSASignature(rawRepresentation: signature), for: digest,
                padding: .insecurePKCS1v1_5)
        case .ecdsa:
            if let key = try? P256.Signing.PublicKey(derRepresentation: key),
                let signature = try? P256.Signing.ECDSASignature(derRepresentation: signature)
            {
                return key.isValidSignature(signature, for: digest)
            }
            if let key = try? P384.Signing.PublicKey(derRepresentation: key),
                let signature = try? P384.Signing.ECDSASignature(derRepresentation: signature)
            {
                return key.isValidSignature(signature, for: digest)
            }
            if let key = try? P521.Signing.PublicKey(derRepresentation: key),
                let signature = try? P521.Signing.ECDSASignature(derRepresentation: signature)
            {
                return key.isValidSignature(signature, for: digest)
            }
            return false
        }
    }
}
