/// The right edge of a tree: enough to append and to give the root, in memory that grows with
/// the logarithm of the number of entries.
///
/// It holds the roots of the complete subtrees that the binary digits of `size` name, the
/// largest first.
public struct MerkleFrontier: Equatable, Sendable {
    /// Number of entries.
    public private(set) var size: UInt64
    /// Roots of the complete subtrees, from the largest to the smallest.
    public private(set) var subtrees: [Digest]

    /// The empty tree.
    public init() {
        size = 0
        subtrees = []
    }

    /// A tree of `size` entries with the roots of its complete subtrees, the largest first; nil
    /// unless there are as many as `size` has binary ones.
    public init?(size: UInt64, subtrees: [Digest]) {
        guard subtrees.count == size.nonzeroBitCount else { return nil }
        self.size = size
        self.subtrees = subtrees
    }

    /// Adds one leaf hash. Amortised constant time.
    public mutating func append(_ leafHash: Digest) {
        var hash = leafHash
        // Each trailing one of the size is a subtree as large as the one just completed.
        for _ in 0..<(~size).trailingZeroBitCount {
            hash = MerkleTree.nodeHash(subtrees.removeLast(), hash)
        }
        subtrees.append(hash)
        size += 1
    }

    /// The root of the whole tree.
    public var root: Digest {
        guard var hash = subtrees.last else { return MerkleTree.emptyRoot }
        for subtree in subtrees.dropLast().reversed() {
            hash = MerkleTree.nodeHash(subtree, hash)
        }
        return hash
    }

    /// Number and root.
    public var head: LedgerHead { LedgerHead(size: size, root: root) }
}

/// How many entries a ledger has, and the root over them.
public struct LedgerHead: Hashable, Sendable, CustomStringConvertible {
    /// Number of entries.
    public var size: UInt64
    /// Root of the tree over them.
    public var root: Digest

    /// A head of `size` entries.
    public init(size: UInt64, root: Digest) {
        self.size = size
        self.root = root
    }

    /// The head of a ledger without entries.
    public static let empty = LedgerHead(size: 0, root: MerkleTree.emptyRoot)

    /// Size and the first digits of the root.
    public var description: String { "\(size) entries, root \(root.hex.prefix(16))…" }
}
