/// Vouches to a site, and to nobody else, for the end of its own ledger.
///
/// The tag that stands with each commit tells the site after a crash that the entries behind its
/// last signed checkpoint are those it stored itself: HMAC-SHA-256 over size and root, under a key
/// that HKDF (RFC 5869) derives from the site's own. Whoever holds the file and not the key cannot
/// make one. It takes a small part of the time of a signature.
struct HeadAuthenticator: Sendable {
    private let code: PreparedHMAC

    /// The one of the ledger `origin`, whose checkpoints `signer` signs.
    init(signer: NoteSigner, origin: String) {
        code = PreparedHMAC(key: signer.derivedKey(for: "seedlot head tag v1\n\(origin)\n"))
    }

    /// The tag of `head`, 32 bytes: of the size, as eight bytes with the highest first, and the root.
    func tag(of head: LedgerHead) -> Digest {
        withUnsafeTemporaryAllocation(byteCount: 8 + Digest.byteCount, alignment: 8) { message in
            message.storeBytes(of: head.size.bigEndian, as: UInt64.self)
            head.root.withUnsafeBytes {
                UnsafeMutableRawBufferPointer(rebasing: message[8...]).copyMemory(from: $0)
            }
            return code.tag(of: UnsafeRawBufferPointer(message))
        }
    }

    /// Whether `tag` is that of `head`, in constant time.
    func isValid(_ tag: Digest, of head: LedgerHead) -> Bool {
        let expected = self.tag(of: head)
        return expected.withUnsafeBytes { expected in
            tag.withUnsafeBytes { zip(expected, $0).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0 }
        }
    }
}
