/// A ledger as static files in the format of c2sp.org/tlog-tiles, for an inspector's own tools.
///
/// Everything is computed from the entries; the tiles that the engine stores are not used. Memory
/// does not grow with the ledger.
public struct TileExport: Sendable {
    private let storage: any LedgerStorageEngine

    /// An export of the ledger in `storage`.
    public init(storage: any LedgerStorageEngine) { self.storage = storage }

    /// Hands every file to `write`, path and content; the file `checkpoint` comes last, so that
    /// an export that was broken off has none.
    ///
    /// - Returns: the checkpoint.
    /// - Throws: `.damaged` when the entries do not lead to it; whatever `write` throws.
    public func export(
        checkpoint note: SignedNote? = nil, write: (String, [UInt8]) throws -> Void
    ) async throws -> Checkpoint {
        guard let note = try await newest(note) else {
            throw StorageError.damaged("there is no checkpoint")
        }
        let checkpoint = try Checkpoint(text: note.text)
        var edge = TreeEdge()
        var bundle: [UInt8] = []
        while edge.size < checkpoint.size {
            let limit = min(UInt64(HashTile.width), checkpoint.size - edge.size)
            let page = try await storage.entries(from: edge.size, limit: Int(limit))
            guard !page.isEmpty else {
                throw StorageError.damaged("entry \(edge.size) is missing")
            }
            for entry in page {
                try Self.add(entry, to: &bundle, at: edge.size)
                var tiles: [HashTile] = []
                edge.append(MerkleTree.leafHash(entry.bytes), completing: &tiles)
                for tile in tiles {
                    let lowest = HashTile.width * Digest.byteCount
                    try write(
                        TilePath.hashes(level: tile.level, index: tile.index),
                        Array(tile.nodes[..<lowest]))
                }
                guard edge.size % UInt64(HashTile.width) == 0 else { continue }
                try write(
                    TilePath.entries(index: edge.size / UInt64(HashTile.width) - 1), bundle)
                bundle.removeAll(keepingCapacity: true)
            }
        }
        guard edge.head == checkpoint.head else {
            throw StorageError.damaged(
                "the entries do not lead to the root of checkpoint \(checkpoint.size)")
        }
        try Self.writePartial(edge, bundle, write)
        try write("checkpoint", note.bytes)
        return checkpoint
    }

    private func newest(_ note: SignedNote?) async throws -> SignedNote? {
        if let note { return note }
        return try await LedgerReader(storage: storage).checkpoint()
    }

    /// Adds an entry with its length in 16 bits, the higher byte first.
    private static func add(
        _ entry: SealedEntry, to bundle: inout [UInt8], at expected: UInt64
    ) throws(StorageError) {
        guard entry.index == expected else { throw .damaged("entry \(expected) is missing") }
        guard let length = UInt16(exactly: entry.bytes.count) else {
            throw .damaged("entry \(expected) has \(entry.bytes.count) bytes")
        }
        bundle.append(UInt8(length >> 8))
        bundle.append(UInt8(length & 0xFF))
        bundle.append(contentsOf: entry.bytes)
    }

    private static func writePartial(
        _ edge: TreeEdge, _ bundle: [UInt8], _ write: (String, [UInt8]) throws -> Void
    ) throws {
        for (level, hashes) in edge.partial.enumerated() where !hashes.isEmpty {
            let index = edge.size >> UInt64(HashTile.height * (level + 1))
            try write(
                TilePath.hashes(level: level, index: index, width: hashes.count),
                hashes.flatMap(\.bytes))
        }
        let width = Int(edge.size % UInt64(HashTile.width))
        guard width > 0 else { return }
        try write(
            TilePath.entries(index: edge.size / UInt64(HashTile.width), width: width), bundle)
    }
}
