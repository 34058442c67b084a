internal import Crypto

/// Hashing of the append-only tree (RFC 6962 section 2.1; RFC 9162 section 2.1 is the same tree).
///
/// The prefix bytes keep a leaf from passing for a node: a second preimage would need a
/// collision of SHA-256.
public enum MerkleTree {
    /// The root of the empty tree: the hash of nothing.
    public static let emptyRoot = Digest.sha256(of: EmptyCollection())

    /// `SHA-256(0x00 ‖ entry)`.
    public static func leafHash(_ entry: some Collection<UInt8>) -> Digest {
        var hasher = IncrementalDigest()
        hasher.update(CollectionOfOne(0x00))
        hasher.update(entry)
        return hasher.finalize()
    }

    /// `SHA-256(0x01 ‖ left ‖ right)`.
    public static func nodeHash(_ left: Digest, _ right: Digest) -> Digest {
        withUnsafeTemporaryAllocation(byteCount: 65, alignment: 16) { buffer in
            buffer[0] = 0x01
            left.withUnsafeBytes {
                UnsafeMutableRawBufferPointer(rebasing: buffer[1..<33]).copyMemory(from: $0)
            }
            right.withUnsafeBytes {
                UnsafeMutableRawBufferPointer(rebasing: buffer[33..<65]).copyMemory(from: $0)
            }
            var hasher = SHA256()
            hasher.update(bufferPointer: UnsafeRawBufferPointer(buffer))
            return Digest(hasher.finalize())
        }
    }

    /// The root over `leaves`, by definition rather than by speed.
    public static func root(ofLeaves leaves: some Collection<Digest>) -> Digest {
        var frontier = MerkleFrontier()
        for leaf in leaves { frontier.append(leaf) }
        return frontier.root
    }
}
