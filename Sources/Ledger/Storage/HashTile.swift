/// 256 hashes side by side and every node above them: what proofs are made of.
///
/// Tiles are derived from the entries and can be rebuilt; storing them makes a proof a matter of
/// three look-ups instead of hashing the whole ledger. The 256 lowest hashes are a full tile of
/// c2sp.org/tlog-tiles.
public struct HashTile: Hashable, Sendable {
    /// Height of a tile in levels of the tree.
    public static let height = 8
    /// Hashes of the lowest level.
    public static let width = 256
    /// Nodes of all its levels: 256 + 128 + … + 1.
    public static let nodeCount = 511

    /// Level among the tiles: 0 stands on the leaves, 1 on the roots of those tiles, …
    public let level: Int
    /// Number of the tile in its level, from 0.
    public let index: UInt64
    /// All nodes, 32 bytes each, from the lowest level on.
    public let nodes: [UInt8]

    /// The full tile of `rows`: 256 hashes, and the 128, 64, … 1 nodes above them.
    init(level: Int, index: UInt64, rows: [[Digest]]) {
        var nodes: [UInt8] = []
        nodes.reserveCapacity(Self.nodeCount * Digest.byteCount)
        for row in rows {
            for hash in row { hash.withUnsafeBytes { nodes.append(contentsOf: $0) } }
        }
        precondition(
            nodes.count == Self.nodeCount * Digest.byteCount, "a full tile has 511 nodes")
        self.level = level
        self.index = index
        self.nodes = nodes
    }

    /// A tile as stored; nil unless it has 511 nodes of 32 bytes.
    public init?(level: Int, index: UInt64, nodes: [UInt8]) {
        guard nodes.count == Self.nodeCount * Digest.byteCount else { return nil }
        self.level = level
        self.index = index
        self.nodes = nodes
    }

    /// The root of the tile.
    public var root: Digest { node(Self.nodeCount - 1) }

    /// The hash of `subtree`, which lies in this tile.
    func hash(of subtree: SubtreeAddress) -> Digest {
        let height = subtree.height - Self.height * level
        let first = index << UInt64(Self.height - height)
        // Rows of 256, 128, … nodes lie one after the other: 512 - 512 / 2^height come before.
        let row = 2 * Self.width - (2 * Self.width) >> height
        return node(row + Int(subtree.index - first))
    }

    private func node(_ position: Int) -> Digest {
        let start = position * Digest.byteCount
        return Digest(nodes[start..<(start + Digest.byteCount)])!
    }
}

extension SubtreeAddress {
    /// The tile that holds this subtree as a node, other than as its root.
    var tile: (level: Int, index: UInt64) {
        let level = height / HashTile.height
        return (level, index >> UInt64(HashTile.height - height % HashTile.height))
    }
}
