/// A complete subtree: the `2^height` leaves from `index · 2^height` on. Its hash never changes
/// once the ledger is long enough to hold it.
public struct SubtreeAddress: Hashable, Sendable {
    /// Height above the leaves; 0 is a leaf.
    public var height: Int
    /// Number of the subtree among those of its height, from 0.
    public var index: UInt64

    /// The subtree `index` of `height`.
    public init(height: Int, index: UInt64) {
        self.height = height
        self.index = index
    }

    /// Index of its first leaf.
    public var firstLeaf: UInt64 { index << UInt64(height) }
    /// Number of its leaves.
    public var leafCount: UInt64 { 1 << UInt64(height) }

    /// The complete subtrees of the leaves `start..<end`, the largest first, where `start` is a
    /// multiple of the smallest power of two that is not below the length.
    static func covering(_ start: UInt64, _ end: UInt64) -> [SubtreeAddress] {
        var subtrees: [SubtreeAddress] = []
        var position = start
        while position < end {
            let height = 63 - (end - position).leadingZeroBitCount
            subtrees.append(SubtreeAddress(height: height, index: position >> UInt64(height)))
            position += 1 << UInt64(height)
        }
        return subtrees
    }

    /// The hash over subtrees that lie side by side, the largest first.
    static func hash(over hashes: some BidirectionalCollection<Digest>) -> Digest {
        guard var hash = hashes.last else { return MerkleTree.emptyRoot }
        for left in hashes.dropLast().reversed() { hash = MerkleTree.nodeHash(left, hash) }
        return hash
    }
}

/// Leaf ranges whose hashes, in order, form a proof.
struct ProofPlan {
    /// Each hash of the proof as the complete subtrees it is made of, the largest first.
    private(set) var hashes: [[SubtreeAddress]]

    /// Every complete subtree that is needed.
    var subtrees: [SubtreeAddress] { hashes.flatMap { $0 } }

    /// PATH(m, D[n]) of RFC 6962 section 2.1.1: from the leaf to the root.
    static func inclusion(of index: UInt64, in size: UInt64) -> ProofPlan {
        var (start, end) = (UInt64(0), size)
        var ranges: [[SubtreeAddress]] = []
        while end - start > 1 {
            let middle = start + largestPowerOfTwo(below: end - start)
            if index < middle {
                ranges.append(SubtreeAddress.covering(middle, end))
                end = middle
            } else {
                ranges.append(SubtreeAddress.covering(start, middle))
                start = middle
            }
        }
        return ProofPlan(hashes: ranges.reversed())
    }

    /// PROOF(m, D[n]) of RFC 6962 section 2.1.2.
    static func consistency(of oldSize: UInt64, with size: UInt64) -> ProofPlan {
        guard oldSize > 0, oldSize < size else { return ProofPlan(hashes: []) }
        var (start, end) = (UInt64(0), size)
        var ranges: [[SubtreeAddress]] = []
        // True while the old tree is a left part of the range from its very beginning.
        var isWhole = true
        while oldSize != end {
            let middle = start + largestPowerOfTwo(below: end - start)
            if oldSize <= middle {
                ranges.append(SubtreeAddress.covering(middle, end))
                end = middle
            } else {
                ranges.append(SubtreeAddress.covering(start, middle))
                start = middle
                isWhole = false
            }
        }
        if !isWhole { ranges.append(SubtreeAddress.covering(start, end)) }
        return ProofPlan(hashes: ranges.reversed())
    }

    /// The hashes of the proof from the hashes of the subtrees; nil when one is missing.
    func assemble(_ known: [SubtreeAddress: Digest]) -> [Digest]? {
        var proof: [Digest] = []
        for range in hashes {
            let parts = range.compactMap { known[$0] }
            guard parts.count == range.count else { return nil }
            proof.append(SubtreeAddress.hash(over: parts))
        }
        return proof
    }

    private static func largestPowerOfTwo(below count: UInt64) -> UInt64 {
        1 << UInt64(63 - (count - 1).leadingZeroBitCount)
    }
}
