package import Facility
package import Ledger

extension Snapshot {
    /// Everyone's key in force.
    var keysInForce: [PersonID: PersonPublicKey] {
        Dictionary(keys.map { ($0.person, $0.key) }) { _, last in last }
    }
}

extension Site {
    /// Entries after which another snapshot is made: some seconds of replay.
    static let entriesBetweenSnapshots: UInt64 = 20_000

    /// Entries for which a command line that ends leaves a snapshot behind.
    private static let entriesWorthKeeping: UInt64 = 2_000

    /// Keeps a snapshot of the site as it stands with every durable fact.
    ///
    /// A site that is written to all the time may have grown beyond the ledger that was looked at;
    /// then it tries again, and at last leaves it for the next time.
    package func keepSnapshot() async throws {
        for _ in 0..<20 {
            let head = try await storage.head()
            let state = state
            guard state.entryCount == head.size else {
                await Task.yield()
                continue
            }
            let keys = publishedKeys.sorted { $0.key < $1.key }
            let snapshot = Snapshot(
                state: state, receipts: receipts.filter { $0.value.firstEntry < head.size },
                keys: keys.map { PersonKeyInForce(person: $0.key, key: $0.value) })
            // Writing takes seconds for a large site: callers do not wait for it.
            let snapshots = snapshots
            try await Task.detached(priority: .background) {
                try snapshots.keep(snapshot, at: head)
            }.value
            return
        }
    }

    /// Keeps a snapshot when replaying what came since the last would be felt.
    package func keepSnapshotBeforeClosing() async throws {
        let kept = snapshots.sizes().last ?? 0
        guard state.entryCount >= kept + Self.entriesWorthKeeping else { return }
        try await keepSnapshot()
    }

    /// Entries that lie between entry `end` and the nearest snapshot before it.
    package nonisolated func entriesToReplay(before end: UInt64) -> UInt64 {
        end - (snapshots.sizes().last { $0 <= end } ?? 0)
    }

    /// The site as it stood before entry `end` was recorded.
    package nonisolated func state(before end: UInt64) async throws(SiteOpeningError) -> SiteState {
        try await Self.state(before: end, of: folder, in: storage)
    }

    /// The site in `folder` as it stood before entry `end` was recorded; with everything, when
    /// `end` is left out. Replays from the nearest snapshot and writes nothing.
    package static func state(
        before end: UInt64 = .max, of folder: SiteFolder, in storage: any LedgerStorageEngine,
        progress: (UInt64) -> Void = { _ in }
    ) async throws(SiteOpeningError) -> SiteState {
        let snapshot = await SnapshotStore(of: folder).newest(upTo: end, in: storage)
        var state = snapshot?.state ?? SiteState()
        try await replay(storage, from: state.entryCount, upTo: end) { entry, fact, stamp in
            state.apply(fact, at: stamp)
            if entry.index % 4096 == 0 { progress(entry.index) }
        }
        return state
    }

    /// How many entries were recorded at or before `time`.
    ///
    /// Instants of recording never go back in a ledger, so a few entries tell.
    package static func entryCount(
        at time: Timestamp, in storage: any LedgerStorageEngine
    ) async throws(SiteOpeningError) -> UInt64 {
        do throws(StorageError) {
            let reader = LedgerReader(storage: storage)
            var (low, high) = (UInt64(0), try await reader.head().size)
            while low < high {
                let middle = low + (high - low) / 2
                let entry = try await reader.entries(from: middle, limit: 1).first
                let recorded = (entry?.draft.recorded).flatMap { Timestamp($0) }
                if let recorded, recorded <= time { low = middle + 1 } else { high = middle }
            }
            return low
        } catch {
            throw .storage(error)
        }
    }
}
