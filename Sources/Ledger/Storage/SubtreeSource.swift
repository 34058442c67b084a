/// Hashes of complete subtrees, from stored tiles where there are any and from entries elsewhere.
struct SubtreeSource {
    let storage: any LedgerStorageEngine
    private var tiles: [SubtreeAddress: HashTile] = [:]

    init(storage: any LedgerStorageEngine) { self.storage = storage }

    /// The hashes of `subtrees`, all of which lie within the ledger.
    mutating func hashes(
        of subtrees: [SubtreeAddress]
    ) async throws(StorageError) -> [SubtreeAddress: Digest] {
        var known: [SubtreeAddress: Digest] = [:]
        for subtree in subtrees { known[subtree] = try await hash(of: subtree) }
        return known
    }

    /// The hash of one complete subtree.
    mutating func hash(of subtree: SubtreeAddress) async throws(StorageError) -> Digest {
        let (level, index) = subtree.tile
        if let tile = try await tile(level: level, index: index) {
            return tile.hash(of: subtree)
        }
        // The tile is not full yet: hash the row of the tile that lies under the subtree.
        let height = subtree.height % HashTile.height
        let first = subtree.index << UInt64(height)
        var frontier = MerkleFrontier()
        for hash in try await row(level: level, from: first, count: 1 << height) {
            frontier.append(hash)
        }
        return frontier.root
    }

    /// `count` hashes of the lowest row of the tiles of `level`, from number `first` on.
    func row(
        level: Int, from first: UInt64, count: Int
    ) async throws(StorageError) -> [Digest] {
        guard count > 0 else { return [] }
        if level == 0 {
            let entries = try await storage.entries(from: first, limit: count)
            guard entries.count == count, entries[count - 1].index == first + UInt64(count) - 1
            else { throw .damaged("entries are missing from \(first) on") }
            return entries.map { MerkleTree.leafHash($0.bytes) }
        }
        let roots = try await storage.tileRoots(level: level - 1, from: first, limit: count)
        guard roots.count < count else { return roots }
        // Tiles can be deleted: what they held is hashed again from below.
        var hashes = roots
        for number in (first + UInt64(roots.count))..<(first + UInt64(count)) {
            var frontier = MerkleFrontier()
            let below = try await row(
                level: level - 1, from: number << UInt64(HashTile.height), count: HashTile.width)
            for hash in below { frontier.append(hash) }
            hashes.append(frontier.root)
        }
        return hashes
    }

    private mutating func tile(
        level: Int, index: UInt64
    ) async throws(StorageError) -> HashTile? {
        let key = SubtreeAddress(height: level, index: index)
        if let tile = tiles[key] { return tile }
        let tile = try await storage.tile(level: level, index: index)
        tiles[key] = tile
        return tile
    }
}

extension TreeEdge {
    /// The right edge of the ledger of `head` in `storage`.
    ///
    /// - Throws: `.damaged` when the entries do not lead to the root of `head`.
    static func load(
        _ head: LedgerHead, from storage: any LedgerStorageEngine
    ) async throws(StorageError) -> TreeEdge {
        let source = SubtreeSource(storage: storage)
        var partial: [[Digest]] = []
        for (level, width) in partialWidths(of: head.size).enumerated() {
            let first = head.size >> UInt64(HashTile.height * level) - UInt64(width)
            partial.append(try await source.row(level: level, from: first, count: width))
        }
        guard let edge = TreeEdge(size: head.size, partial: partial) else {
            throw .damaged("the tree's right edge does not fit \(head.size) entries")
        }
        guard edge.frontier.root == head.root else {
            throw .damaged("the entries do not lead to the root of checkpoint \(head.size)")
        }
        return edge
    }
}
