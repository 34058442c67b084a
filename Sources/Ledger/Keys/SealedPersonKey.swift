internal import Crypto
internal import CryptoExtras

/// A private key that only its owner's password opens.
///
/// The password goes through scrypt (RFC 7914) to a key for ChaCha20-Poly1305 (RFC 8439); the
/// person and the public key are authenticated with it, so that sealed keys cannot be swapped.
/// It is kept beside the ledger, never in it: an export must not allow guessing.
public struct SealedPersonKey: Hashable, Sendable, Codable {
    /// The version that is written.
    public static let version = 1
    /// Shorter passwords are refused when sealing, in characters.
    public static let passwordCharactersMin = 8

    /// Version of the form.
    public let version: Int
    /// Id of the person.
    public let person: String
    /// The public half.
    public let publicKey: PersonPublicKey
    /// What opening costs.
    public let cost: ScryptCost
    /// Salt of scrypt, 16 bytes in base64.
    public let salt: String
    /// Nonce, ciphertext and tag, in base64.
    public let sealed: String

    /// Opens the key. Takes the time that `cost` says, by design.
    ///
    /// - Throws: `.wrongPassword` also when the sealed bytes were changed: the two cannot be told
    ///   apart.
    public func open(password: String) throws(KeyError) -> PersonSigningKey {
        guard version <= Self.version else {
            throw .newerVersion(version, supported: Self.version)
        }
        guard cost.isAcceptable else { throw .unacceptableCost(cost.description) }
        guard let salt = Base64.bytes(of: salt), let combined = Base64.bytes(of: sealed),
            let box = try? ChaChaPoly.SealedBox(combined: combined)
        else { throw .unusable }
        let key = try cost.key(password: password, salt: salt)
        guard
            let seed = try? ChaChaPoly.open(
                box, using: key, authenticating: Self.context(person, publicKey))
        else { throw .wrongPassword }
        guard let opened = PersonSigningKey(person: person, seed: Array(seed)),
            opened.publicKey == publicKey
        else { throw .unusable }
        return opened
    }

    /// The same key under a new password.
    public func reseal(
        from password: String, to newPassword: String, cost: ScryptCost = .standard
    ) throws(KeyError) -> SealedPersonKey {
        try open(password: password).sealed(under: newPassword, cost: cost)
    }

    fileprivate static func context(_ person: String, _ key: PersonPublicKey) -> [UInt8] {
        let context: JSONValue = [
            "key": .string(Base64.text(of: key.bytes)), "person": .string(person),
            "type": "seedlot.sealed-person-key/1",
        ]
        return context.canonicalBytes()
    }
}

extension PersonSigningKey {
    /// The key sealed under `password`, with salt and nonce from the system's randomness.
    public func sealed(
        under password: String, cost: ScryptCost = .standard
    ) throws(KeyError) -> SealedPersonKey {
        var system = SystemRandomNumberGenerator()
        return try sealed(under: password, cost: cost, using: &system)
    }

    /// The key sealed under `password`, with salt and nonce from `generator`.
    public func sealed(
        under password: String, cost: ScryptCost, using generator: inout some RandomNumberGenerator
    ) throws(KeyError) -> SealedPersonKey {
        guard password.count >= SealedPersonKey.passwordCharactersMin else {
            throw .passwordTooShort(
                characters: password.count, limit: SealedPersonKey.passwordCharactersMin)
        }
        guard cost.isAcceptable else { throw .unacceptableCost(cost.description) }
        let salt = PersonKey.randomBytes(16, using: &generator)
        let nonce = PersonKey.randomBytes(12, using: &generator)
        let key = try cost.key(password: password, salt: salt)
        guard let nonce = try? ChaChaPoly.Nonce(data: nonce),
            let box = try? ChaChaPoly.seal(
                seed, using: key, nonce: nonce,
                authenticating: SealedPersonKey.context(person, publicKey))
        else { throw .unusable }
        return SealedPersonKey(
            version: SealedPersonKey.version, person: person, publicKey: publicKey, cost: cost,
            salt: Base64.text(of: salt), sealed: Base64.text(of: Array(box.combined)))
    }
}

/// Making key pairs for people.
public enum PersonKey {
    /// A new key pair for `person`, sealed under `password`, from the system's randomness.
    public static func generate(
        person: String, password: String, cost: ScryptCost = .standard
    ) throws(KeyError) -> SealedPersonKey {
        var system = SystemRandomNumberGenerator()
        return try generate(person: person, password: password, cost: cost, using: &system)
    }

    /// A new key pair for `person`, sealed under `password`, from `generator`'s randomness.
    public static func generate(
        person: String, password: String, cost: ScryptCost,
        using generator: inout some RandomNumberGenerator
    ) throws(KeyError) -> SealedPersonKey {
        let seed = randomBytes(32, using: &generator)
        guard let key = PersonSigningKey(person: person, seed: seed) else { throw .unusable }
        return try key.sealed(under: password, cost: cost, using: &generator)
    }

    static func randomBytes(
        _ count: Int, using generator: inout some RandomNumberGenerator
    ) -> [UInt8] {
        (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }
}

/// What it costs to try one password: the parameters of scrypt (RFC 7914 section 2).
public struct ScryptCost: Hashable, Sendable, Codable, CustomStringConvertible {
    /// N, a power of two: how often the memory is gone through.
    public let rounds: Int
    /// r: blocks of 128 bytes.
    public let blockSize: Int
    /// p: independent runs.
    public let parallelism: Int

    /// N = 2^15, r = 8, p = 1: 32 MiB and some 70 ms a try, so that a stolen key file withstands
    /// guessing and a signer does not wait.
    public static let standard = ScryptCost(rounds: 1 << 15, blockSize: 8, parallelism: 1)
    /// N = 16: for tests and demonstrations, where nothing is secret.
    public static let quick = ScryptCost(rounds: 16, blockSize: 8, parallelism: 1)

    /// A cost from its parameters.
    public init(rounds: Int, blockSize: Int, parallelism: Int) {
        self.rounds = rounds
        self.blockSize = blockSize
        self.parallelism = parallelism
    }

    /// `scrypt N=… r=… p=…`.
    public var description: String { "scrypt N=\(rounds) r=\(blockSize) p=\(parallelism)" }

    /// Most memory that a try may take: 256 MiB, eight times the standard cost.
    static let memoryBytesMax = 268_435_456

    /// Whether the work is bounded: a planted key file must not exhaust the memory.
    var isAcceptable: Bool {
        (2...(1 << 20)).contains(rounds) && rounds.nonzeroBitCount == 1
            && (1...32).contains(blockSize) && (1...16).contains(parallelism)
            && 128 * rounds * blockSize <= Self.memoryBytesMax
    }

    /// Takes the time that opening a key with `password` takes, and opens none.
    public func spend(on password: String) {
        _ = try? key(password: password, salt: [UInt8](repeating: 0, count: 16))
    }

    fileprivate func key(password: String, salt: [UInt8]) throws(KeyError) -> SymmetricKey {
        guard
            let key = try? KDF.Scrypt.deriveKey(
                from: Array(password.utf8), salt: salt, outputByteCount: 32, rounds: rounds,
                blockSize: blockSize, parallelism: parallelism)
        else { throw .unacceptableCost(description) }
        return key
    }
}
