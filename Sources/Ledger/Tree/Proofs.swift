/// Evidence that an entry stands at an index of a tree (RFC 9162 section 2.1.3).
public struct InclusionProof: Hashable, Sendable {
    /// A tree of 2^63 entries has proofs of 63 hashes.
    public static let hashesMax = 63

    /// Index of the entry, from 0.
    public var index: UInt64
    /// Number of entries of the tree.
    public var size: UInt64
    /// Sibling hashes from the leaf to the root.
    public var hashes: [Digest]

    /// A proof as received.
    public init(index: UInt64, size: UInt64, hashes: [Digest]) {
        self.index = index
        self.size = size
        self.hashes = hashes
    }

    /// The proof for `index` in the tree over the first `size` of `leaves`.
    ///
    /// - Throws: `.outOfRange` unless `index < size <= leaves.count`.
    public init(
        index: UInt64, size: UInt64, leaves: [Digest]
    ) throws(ProofError) {
        guard index < size, size <= UInt64(leaves.count) else {
            throw .outOfRange(index: index, size: min(size, UInt64(leaves.count)))
        }
        self.init(
            index: index, size: size,
            hashes: ProofPlan.inclusion(of: index, in: size).hashes.map {
                SubtreeAddress.hash(over: $0.map { $0.hash(in: leaves) })
            })
    }

    /// Checks that `leafHash` at `index` leads to `root` (RFC 9162 section 2.1.3.2).
    public func verify(leafHash: Digest, root: Digest) throws(ProofError) {
        guard index < size else { throw .outOfRange(index: index, size: size) }
        var (fn, sn) = (index, size - 1)
        var hash = leafHash
        for sibling in hashes {
            guard sn > 0 else { throw .tooLong(hashes: hashes.count) }
            if fn & 1 == 1 || fn == sn {
                hash = MerkleTree.nodeHash(sibling, hash)
                while fn & 1 == 0, fn != 0 {
                    fn >>= 1
                    sn >>= 1
                }
            } else {
                hash = MerkleTree.nodeHash(hash, sibling)
            }
            fn >>= 1
            sn >>= 1
        }
        guard sn == 0 else { throw .tooShort(hashes: hashes.count) }
        guard hash == root else { throw .wrongRoot }
    }
}

/// Evidence that a tree extends an earlier one (RFC 9162 section 2.1.4).
public struct ConsistencyProof: Hashable, Sendable {
    /// Number of entries of the earlier tree.
    public var oldSize: UInt64
    /// Number of entries of the later tree.
    public var size: UInt64
    /// The hashes, as RFC 6962 orders them.
    public var hashes: [Digest]

    /// A proof as received.
    public init(oldSize: UInt64, size: UInt64, hashes: [Digest]) {
        self.oldSize = oldSize
        self.size = size
        self.hashes = hashes
    }

    /// The proof between the trees over the first `oldSize` and the first `size` of `leaves`.
    ///
    /// - Throws: `.outOfRange` unless `oldSize <= size <= leaves.count`.
    public init(
        oldSize: UInt64, size: UInt64, leaves: [Digest]
    ) throws(ProofError) {
        guard oldSize <= size, size <= UInt64(leaves.count) else {
            throw .outOfRange(index: oldSize, size: min(size, UInt64(leaves.count)))
        }
        self.init(
            oldSize: oldSize, size: size,
            hashes: ProofPlan.consistency(of: oldSize, with: size).hashes.map {
                SubtreeAddress.hash(over: $0.map { $0.hash(in: leaves) })
            })
    }

    /// Checks that the tree with `root` extends the one with `oldRoot` (RFC 9162, 2.1.4.2).
    public func verify(oldRoot: Digest, root: Digest) throws(ProofError) {
        guard oldSize <= size else { throw .outOfRange(index: oldSize, size: size) }
        if oldSize == 0 || oldSize == size {
            guard hashes.isEmpty else { throw .tooLong(hashes: hashes.count) }
            guard oldSize == 0 ? oldRoot == MerkleTree.emptyRoot : oldRoot == root else {
                throw .wrongRoot
            }
            return
        }
        guard !hashes.isEmpty else { throw .tooShort(hashes: 0) }
        var path = hashes[...]
        // A complete old tree is itself the first node, and is left out of the proof.
        let isComplete = oldSize.nonzeroBitCount == 1
        let first = isComplete ? oldRoot : path.removeFirst()
        var (fn, sn) = (oldSize - 1, size - 1)
        while fn & 1 == 1 {
            fn >>= 1
            sn >>= 1
        }
        var (oldHash, hash) = (first, first)
        for sibling in path {
            guard sn > 0 else { throw .tooLong(hashes: hashes.count) }
            if fn & 1 == 1 || fn == sn {
                oldHash = MerkleTree.nodeHash(sibling, oldHash)
                hash = MerkleTree.nodeHash(sibling, hash)
                while fn & 1 == 0, fn != 0 {
                    fn >>= 1
                    sn >>= 1
                }
            } else {
                hash = MerkleTree.nodeHash(hash, sibling)
            }
            fn >>= 1
            sn >>= 1
        }
        guard sn == 0 else { throw .tooShort(hashes: hashes.count) }
        guard oldHash == oldRoot, hash == root else { throw .wrongRoot }
    }
}

/// Why a proof is refused.
public enum ProofError: LedgerFault, Equatable {
    /// The index is not below the size, or the old size is above the new one.
    case outOfRange(index: UInt64, size: UInt64)
    /// More hashes than the tree has levels.
    case tooLong(hashes: Int)
    /// Fewer hashes than the tree has levels.
    case tooShort(hashes: Int)
    /// The hashes do not lead to the root.
    case wrongRoot

    /// `proof-…`.
    public var code: String {
        switch self {
        case .outOfRange: "proof-out-of-range"
        case .tooLong: "proof-too-long"
        case .tooShort: "proof-too-short"
        case .wrongRoot: "proof-wrong-root"
        }
    }

    /// What is wrong.
    public var message: String {
        switch self {
        case .outOfRange(let index, let size): "number \(index) lies outside a tree of \(size)"
        case .tooLong(let hashes): "the proof has \(hashes) hashes, more than the tree has levels"
        case .tooShort(let hashes): "the proof has \(hashes) hashes, fewer than the tree needs"
        case .wrongRoot: "the hashes of the proof do not lead to the root"
        }
    }

    /// What would be accepted.
    public var help: String {
        switch self {
        case .outOfRange: "give an index below the number of entries"
        default: "ask the site for a new proof for this checkpoint"
        }
    }
}

extension SubtreeAddress {
    /// The hash of the subtree over `leaves`, which hold it.
    func hash(in leaves: [Digest]) -> Digest {
        var frontier = MerkleFrontier()
        for leaf in leaves[Int(firstLeaf)..<Int(firstLeaf + leafCount)] { frontier.append(leaf) }
        return frontier.root
    }
}
