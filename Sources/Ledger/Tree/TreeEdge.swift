/// The right edge of a tree by tiles: appends leaves, gives the head, and hands out each tile
/// when it is full.
///
/// It holds at most 255 hashes a tile level: 64 KiB for any ledger that fits on a disk.
struct TreeEdge: Sendable {
    private(set) var frontier: MerkleFrontier
    /// The hashes of the incomplete tile of each level.
    private(set) var partial: [[Digest]]

    /// The empty tree.
    init() {
        frontier = MerkleFrontier()
        partial = []
    }

    /// A tree of `size` entries from the hashes of the incomplete tile of each level, the
    /// lowest first; nil unless their numbers fit.
    init?(size: UInt64, partial: [[Digest]]) {
        guard partial.map(\.count) == Self.partialWidths(of: size) else { return nil }
        var subtrees: [Digest] = []
        for hashes in partial.reversed() {
            var frontier = MerkleFrontier()
            for hash in hashes { frontier.append(hash) }
            subtrees += frontier.subtrees
        }
        guard let frontier = MerkleFrontier(size: size, subtrees: subtrees) else { return nil }
        self.frontier = frontier
        self.partial = partial
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

    /// Number of entries.
    var size: UInt64 { frontier.size }

    /// Adds one leaf hash, and to `tiles` the tiles that it completes.
    mutating func append(_ leafHash: Digest, completing tiles: inout [HashTile]) {
        frontier.append(leafHash)
        var hash = leafHash
        var level = 0
        while true {
            if level == partial.count { partial.append([]) }
            partial[level].append(hash)
            guard partial[level].count == HashTile.width else { return }
            let index = frontier.size >> UInt64(HashTile.height * (level + 1)) - 1
            let tile = HashTile(level: level, index: index, hashes: partial[level])
            partial[level].removeAll(keepingCapacity: true)
            tiles.append(tile)
            hash = tile.root
            level += 1
        }
    }
}
