/// The right edge of a tree by tiles: appends leaves, gives the head, and hands out each tile
/// when it is full.
///
/// It holds at most 511 hashes a tile level: 128 KiB for any ledger that fits on a disk. Every
/// node is hashed once, for the head and for its tile alike.
struct TreeEdge: Sendable {
    /// Number of entries.
    private(set) var size: UInt64
    /// The incomplete tile of each level, the lowest first.
    private var tiles: [GrowingTile]

    /// The empty tree.
    init() {
        size = 0
        tiles = []
    }

    /// A tree of `size` entries from the hashes of the incomplete tile of each level, the
    /// lowest first; nil unless their numbers fit.
    init?(size: UInt64, partial: [[Digest]]) {
        guard partial.map(\.count) == Self.partialWidths(of: size) else { return nil }
        self.size = size
        tiles = partial.map { hashes in
            var tile = GrowingTile()
            for hash in hashes { tile.append(hash) }
            return tile
        }
    }

    /// How many hashes the incomplete tile of each level has, the lowest level first.
    static func partialWidths(of size: UInt64) -> [Int] {
        var widths: [Int] = []
        var rest = size
        while rest > 0 {
            widths.append(Int(rest % UInt64(HashTile.width)))
            rest /= UInt64(HashTile.width)
        }
        return widths
    }

    /// The hashes of the incomplete tile of each level, the lowest level first.
    var partial: [[Digest]] { tiles.map { $0.rows[0] } }

    /// Number of entries and root.
    var head: LedgerHead {
        var root: Digest?
        // The complete subtrees from the smallest, at the right edge, to the largest.
        for tile in tiles {
            for row in tile.rows where !row.count.isMultiple(of: 2) {
                let left = row[row.count - 1]
                root = root.map { MerkleTree.nodeHash(left, $0) } ?? left
            }
        }
        return LedgerHead(size: size, root: root ?? MerkleTree.emptyRoot)
    }

    /// Adds one leaf hash, and to `full` the tiles that it completes.
    mutating func append(_ leafHash: Digest, completing full: inout [HashTile]) {
        size += 1
        var hash = leafHash
        var level = 0
        while true {
            if level == tiles.count { tiles.append(GrowingTile()) }
            tiles[level].append(hash)
            guard tiles[level].isFull else { return }
            let index = size >> UInt64(HashTile.height * (level + 1)) - 1
            let tile = HashTile(level: level, index: index, rows: tiles[level].rows)
            tiles[level].empty()
            full.append(tile)
            hash = tile.root
            level += 1
        }
    }
}

/// A tile to which hashes are added, with the nodes that are complete so far.
private struct GrowingTile: Sendable {
    /// Nodes by height above the lowest row.
    private(set) var rows: [[Digest]] = Array(repeating: [], count: HashTile.height + 1)

    var isFull: Bool { rows[0].count == HashTile.width }

    mutating func append(_ hash: Digest) {
        var hash = hash
        for height in rows.indices {
            rows[height].append(hash)
            let count = rows[height].count
            guard count.isMultiple(of: 2) else { return }
            hash = MerkleTree.nodeHash(rows[height][count - 2], hash)
        }
    }

    mutating func empty() {
        for height in rows.indices { rows[height].removeAll(keepingCapacity: true) }
    }
}
