internal import Ledger
internal import TestSupport

/// What any storage engine must do, as laws that throw `Broken`.
public struct LedgerStorageConformance: Sendable {
    /// One law, by the name that a report shows.
    public struct Law: Sendable, CustomStringConvertible {
        /// What must hold.
        public let description: String
        /// Throws when it does not hold on an empty device.
        public let check: @Sendable (any StorageDevice) async throws -> Void
    }

    /// All laws.
    public static let laws: [Law] = [
        Law(description: "a new ledger is empty", check: newLedgerIsEmpty),
        Law(description: "what is appended is read back", check: appendIsReadBack),
        Law(description: "a wrong head stores nothing", check: wrongHeadStoresNothing),
        Law(description: "reads keep to their limits", check: readsKeepToLimits),
        Law(description: "every checkpoint is kept, once", check: everyCheckpointIsKept),
        Law(description: "the end is that of the last batch", check: endIsThatOfTheLastBatch),
        Law(description: "tiles are kept, and gaps end a run", check: tilesAreKept),
        Law(description: "everything survives reopening", check: everythingSurvivesReopening),
        Law(description: "of two writers one wins", check: ofTwoWritersOneWins),
        Law(description: "any bytes are kept", check: anyBytesAreKept),
    ]

    private static let newLedgerIsEmpty: @Sendable (any StorageDevice) async throws -> Void = {
        let engine = try await $0.open()
        try require(try await engine.end() == .empty, "the end is not empty")
        try require(try await engine.entries(from: 0, limit: 10).isEmpty, "there are entries")
        try require(try await engine.checkpoints(from: 0, limit: 10).isEmpty, "checkpoints")
        try require(try await engine.tiles(level: 0, indexes: [0]).isEmpty, "there is a tile")
        try require(try await engine.tileRoots(level: 0, from: 0, limit: 9).isEmpty, "roots")
    }

    private static let appendIsReadBack: @Sendable (any StorageDevice) async throws -> Void = {
        let engine = try await $0.open()
        var ledger = BatchBuilder()
        for count in [1, 3, 300, 1] {
            let (batch, head) = ledger.batch(of: count)
            try await engine.append(batch, after: head)
            try require(try await engine.head() == batch.head, "the head did not move")
        }
        try require(
            try await engine.entries(from: 0, limit: 1000) == ledger.entries, "other entries")
    }

    private static let wrongHeadStoresNothing: @Sendable (any StorageDevice) async throws -> Void =
        {
            let engine = try await $0.open()
            var ledger = BatchBuilder()
            let (first, empty) = ledger.batch(of: 2)
            try await engine.append(first, after: empty)
            let (second, _) = ledger.batch(of: 2)
            for wrong in [
                empty, LedgerHead(size: 2, root: MerkleTree.emptyRoot),
                LedgerHead(size: 3, root: first.head.root), second.head,
            ] {
                do {
                    try await engine.append(second, after: wrong)
                    throw Broken("accepted after \(wrong)")
                } catch let error as StorageError {
                    try require(error == .headMoved(actual: first.head), "\(error)")
                }
            }
            try require(try await engine.head() == first.head, "the head moved")
            try require(try await engine.entries(from: 0, limit: 9) == first.entries, "entries")
            try require(try await engine.checkpoints(from: 0, limit: 9).isEmpty, "checkpoints")
        }

    private static let readsKeepToLimits: @Sendable (any StorageDevice) async throws -> Void = {
        let engine = try await $0.open()
        var ledger = BatchBuilder()
        let (batch, head) = ledger.batch(of: 10)
        try await engine.append(batch, after: head)
        for (first, limit, numbers) in [
            (0, 3, 0..<3), (7, 3, 7..<10), (7, 4, 7..<10), (9, .max, 9..<10), (10, 1, 0..<0),
            (.max, 1, 0..<0), (UInt64(Int64.max) + 1, 1, 0..<0), (0, 0, 0..<0), (0, -1, 0..<0),
        ] as [(UInt64, Int, Range<Int>)] {
            let read = try await engine.entries(from: first, limit: limit)
            try require(
                read == Array(ledger.entries[numbers]), "from \(first), limit \(limit): \(read)")
        }
    }

    private static let everyCheckpointIsKept: @Sendable (any StorageDevice) async throws -> Void =
        {
            let engine = try await $0.open()
            var ledger = BatchBuilder()
            var kept: [StoredCheckpoint] = []
            for count in 1...20 {
                let (batch, head) = ledger.batch(of: count)
                // Some ride with the next entries, some come alone.
                try await engine.append(batch, after: head)
                let signing = ledger.signing(alone: count.isMultiple(of: 2))
                try await engine.append(signing.batch, after: signing.after)
                try await engine.append(ledger.signed(kept.last), after: signing.batch.head)
                kept.append(signing.checkpoint)
                try require(try await engine.head() == signing.batch.head, "the head moved")
            }
            try require(try await engine.checkpoints(from: 0, limit: 100) == kept, "not all")
            try require(
                try await engine.checkpoints(from: 4, limit: 2) == Array(kept[1..<3]), "a page")
            try require(try await engine.checkpoints(from: 231, limit: 2).isEmpty, "behind the end")
            try require(try await engine.checkpoints(from: .max, limit: 2).isEmpty, "no such size")
            try require(try await engine.lastCheckpoint() == kept.last, "another last checkpoint")
            try require(
                try await engine.entries(from: 0, limit: 1000) == ledger.entries, "entries")
        }

    private static let endIsThatOfTheLastBatch: @Sendable (any StorageDevice) async throws -> Void =
        { device in
            var ledger = BatchBuilder()
            var engine = try await device.open()
            var checkpoint: StoredCheckpoint?
            for count in [1, 3, 300, 1] {
                let (batch, head) = ledger.batch(of: count)
                try await engine.append(batch, after: head)
                engine = try await device.open()
                try require(
                    try await engine.end()
                        == StoredEnd(head: batch.head, tag: batch.tag, checkpoint: checkpoint),
                    "another end after \(count) entries")
                let signing = ledger.signing(alone: true)
                checkpoint = signing.checkpoint
                try await engine.append(signing.batch, after: signing.after)
                engine = try await device.open()
                try require(
                    try await engine.end()
                        == StoredEnd(head: batch.head, tag: batch.tag, checkpoint: checkpoint),
                    "another end after its checkpoint")
            }
        }

    private static let tilesAreKept: @Sendable (any StorageDevice) async throws -> Void = {
        let engine = try await $0.open()
        var ledger = BatchBuilder()
        let (batch, head) = ledger.batch(of: 1)
        let nodes = { (fill: UInt8) in
            [UInt8](repeating: fill, count: HashTile.nodeCount * Digest.byteCount)
        }
        let tiles = [(0, 0, 1), (0, 1, 2), (0, 3, 3), (1, 0, 4)].compactMap {
            HashTile(level: $0.0, index: UInt64($0.1), nodes: nodes(UInt8($0.2)))
        }
        try await engine.append(
            SealedBatch(
                entries: batch.entries, head: batch.head, tag: batch.tag, tiles: tiles),
            after: head)
        for tile in tiles {
            try require(
                try await engine.tiles(level: tile.level, indexes: [tile.index]) == [tile], "a tile"
            )
        }
        try require(
            Set(try await engine.tiles(level: 0, indexes: [0, 1, 2, 3, .max])) == Set(tiles[..<3]),
            "tiles, some of which were never stored")
        try require(try await engine.tiles(level: 9, indexes: [0]).isEmpty, "no such tile")
        try require(
            try await engine.tileRoots(level: 0, from: 0, limit: 9) == tiles[..<2].map(\.root),
            "roots across a gap")
        try require(
            try await engine.tileRoots(level: 0, from: 1, limit: 1) == [tiles[1].root], "a root")
        try require(try await engine.tileRoots(level: 0, from: 2, limit: 1).isEmpty, "in the gap")
    }

    private static let everythingSurvivesReopening:
        @Sendable (any StorageDevice) async throws -> Void = { device in
            var ledger = BatchBuilder()
            for _ in 0..<5 {
                let engine = try await device.open()
                let (batch, head) = ledger.batch(of: 100)
                try require(try await engine.head() == head, "the head was lost")
                try await engine.append(batch, after: head)
                let signing = ledger.signing(alone: true)
                try await engine.append(signing.batch, after: signing.after)
            }
            let engine = try await device.open()
            try require(
                try await engine.entries(from: 0, limit: 1000) == ledger.entries, "entries")
            try require(try await engine.checkpoints(from: 0, limit: 9).count == 5, "checkpoints")
        }

    private static let ofTwoWritersOneWins: @Sendable (any StorageDevice) async throws -> Void = {
        device in
        let engine = try await device.open()
        var ledger = BatchBuilder()
        for _ in 0..<10 {
            let before = ledger
            let (batch, head) = ledger.batch(of: 2)
            let wins = await withTaskGroup(of: Bool.self, returning: Int.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        do throws(StorageError) {
                            try await engine.append(batch, after: head)
                            return true
                        } catch {
                            return false
                        }
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            try require(wins == 1, "\(wins) writers appended after \(before.entries.count)")
        }
        try require(try await engine.entries(from: 0, limit: 99) == ledger.entries, "entries")
    }

    private static let anyBytesAreKept: @Sendable (any StorageDevice) async throws -> Void = {
        let engine = try await $0.open()
        var ledger = BatchBuilder()
        var generator = SeededGenerator(seed: 3)
        let contents: [[UInt8]] = [
            [], [0], [0, 0, 0], Array("\u{0}é\u{FFFF}'\";--".utf8), generator.bytes(65_535),
        ]
        let (batch, head) = ledger.batch(contents)
        try await engine.append(batch, after: head)
        try require(
            try await engine.entries(from: 0, limit: 99).map(\.bytes) == contents, "bytes")
    }
}

/// Batches of made-up entries that follow each other.
struct BatchBuilder {
    private(set) var entries: [SealedEntry] = []
    private var frontier = MerkleFrontier()

    /// The next batch of `count` entries, and the head it follows.
    mutating func batch(of count: Int) -> (SealedBatch, LedgerHead) {
        batch((0..<count).map { Array("entry \(entries.count + $0)".utf8) })
    }

    mutating func batch(_ contents: [[UInt8]]) -> (SealedBatch, LedgerHead) {
        let before = frontier.head
        let first = entries.count
        for bytes in contents {
            entries.append(SealedEntry(index: UInt64(entries.count), bytes: bytes))
            frontier.append(MerkleTree.leafHash(bytes))
        }
        let batch = SealedBatch(
            entries: Array(entries[first...]), head: frontier.head, tag: Self.tag(frontier.head))
        return (batch, before)
    }

    /// A checkpoint over what was batched so far, with the batch that brings it and the head which
    /// that follows: without entries, or with the next one.
    mutating func signing(
        alone: Bool
    ) -> (batch: SealedBatch, after: LedgerHead, checkpoint: StoredCheckpoint) {
        let checkpoint = StoredCheckpoint(
            size: frontier.size, note: Array("checkpoint \(frontier.size)".utf8))
        var (batch, after) = alone ? (signed(nil), frontier.head) : self.batch(of: 1)
        batch.checkpoint = checkpoint
        return (batch, after, checkpoint)
    }

    /// A batch without entries that brings `checkpoint`.
    func signed(_ checkpoint: StoredCheckpoint?) -> SealedBatch {
        // A batch without entries changes nothing of the end: another tag must not be kept.
        SealedBatch(
            entries: [], head: frontier.head, tag: Digest.sha256(of: [1]), checkpoint: checkpoint)
    }

    private static func tag(_ head: LedgerHead) -> Digest {
        Digest.sha256(of: Array("tag \(head)".utf8))
    }
}
