internal import Synchronization

/// Hashes of complete subtrees, from stored tiles where there are any and from entries elsewhere.
struct SubtreeSource {
    /// Tiles read at once: one MiB.
    private static let tilesPerRead = 64

    let storage: any LedgerStorageEngine
    private let cache: SubtreeCache

    init(storage: any LedgerStorageEngine, cache: SubtreeCache = SubtreeCache()) {
        self.storage = storage
        self.cache = cache
    }

    /// The hashes of `subtrees`, all of which lie within the ledger.
    func hashes(
        of subtrees: [SubtreeAddress]
    ) async throws(StorageError) -> [SubtreeAddress: Digest] {
        var known: [SubtreeAddress: Digest] = [:]
        var wanted: [Int: [UInt64: [SubtreeAddress]]] = [:]
        for subtree in Set(subtrees) {
            if let hash = cache[subtree] {
                known[subtree] = hash
            } else {
                let tile = subtree.tile
                wanted[tile.level, default: [:]][tile.index, default: []].append(subtree)
            }
        }
        for (level, byTile) in wanted {
            let indexes = byTile.keys.sorted()
            for start in stride(from: 0, to: indexes.count, by: Self.tilesPerRead) {
                let page = Array(indexes[start...].prefix(Self.tilesPerRead))
                var missing = Set(page)
                for tile in try await storage.tiles(level: level, indexes: page) {
                    missing.remove(tile.index)
                    for subtree in byTile[tile.index] ?? [] {
                        known[subtree] = tile.hash(of: subtree)
                    }
                }
                for subtree in missing.flatMap({ byTile[$0] ?? [] }) {
                    let hash = try await hashBelow(subtree)
                    known[subtree] = hash
                    cache.keep(hash, of: subtree)
                }
            }
        }
        for (subtree, hash) in known where subtree.height >= HashTile.height {
            cache.keep(hash, of: subtree)
        }
        return known
    }

    /// The hash of a subtree whose tile is not full yet, from the row of that tile.
    private func hashBelow(_ subtree: SubtreeAddress) async throws(StorageError) -> Digest {
        let (level, _) = subtree.tile
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
}

/// Hashes that never change and are asked for again and again: those above the lowest tiles, and
/// those of the right edge.
final class SubtreeCache: Sendable {
    /// Some 400 KiB.
    private static let countMax = 8192

    private let hashes = Mutex<[SubtreeAddress: Digest]>([:])
    private let size = Mutex<UInt64>(0)

    subscript(subtree: SubtreeAddress) -> Digest? { hashes.withLock { $0[subtree] } }

    func keep(_ hash: Digest, of subtree: SubtreeAddress) {
        hashes.withLock { hashes in
            if hashes.count >= Self.countMax { hashes.removeAll(keepingCapacity: true) }
            hashes[subtree] = hash
        }
    }

    /// The largest size that the ledger was seen to have; it only grows.
    var knownSize: UInt64 {
        get { size.withLock { $0 } }
        set { size.withLock { $0 = max($0, newValue) } }
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
        guard edge.head == head else {
            throw .damaged("the \(head.size) entries do not lead to the root stored with the last")
        }
        return edge
    }
}
