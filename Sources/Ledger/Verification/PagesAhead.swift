/// What is kept of a page of entries once their bytes are gone.
protocol LedgerPage: Sendable {
    /// Entries seen.
    var count: Int { get }
    /// Number of the last entry seen.
    var lastNumber: UInt64? { get }
    /// Bytes of the entries seen.
    var byteCount: Int { get }
    mutating func add(_ number: UInt64, _ bytes: UnsafeBufferPointer<UInt8>)
}

/// Reads a ledger in pages on all processors, and hands them out in order.
///
/// While one page is taken in, those behind it are read. Where a page would begin is only certain
/// when the one before it has been read; with gaps in the numbers a page read ahead is not the one
/// that follows, and is read again. Memory is that of a few pages, however long the ledger is.
struct PagesAhead<Page: LedgerPage> {
    /// Entries of the first page: how large entries are is not known yet.
    private static var firstLimit: Int { 256 }

    let storage: any LedgerStorageEngine
    /// A page without entries.
    let empty: Page

    /// Takes the pages of the entries from number `start` up to and without number `end`.
    func forEach(
        from start: UInt64, upTo end: UInt64,
        _ body: (Page) async throws(StorageError) -> Void
    ) async throws(StorageError) {
        typealias Outcome = Result<Page, StorageError>
        let (storage, empty) = (storage, empty)
        let result: Result<Void, StorageError> = await withTaskGroup(
            of: (UInt64, Outcome).self
        ) { group in
            var ready: [UInt64: Outcome] = [:]
            // Where the next page to be taken starts, where the next to be read does, and the
            // number of entries of each that is being read.
            var (wanted, planned) = (start, start)
            var limits: [UInt64: Int] = [:]
            var limit = Self.firstLimit
            do throws(StorageError) {
                while true {
                    let ahead = limit == Self.firstLimit ? 1 : Parallel.workers + 1
                    while limits.count < ahead, planned < end {
                        let (from, count) = (planned, limit)
                        group.addTask {
                            let page = await Self.read(
                                into: empty, storage, from, limit: count, upTo: end)
                            return (from, page)
                        }
                        limits[from] = count
                        planned += UInt64(count)
                    }
                    while ready[wanted] == nil, let (from, outcome) = await group.next() {
                        ready[from] = outcome
                    }
                    guard let page = try ready.removeValue(forKey: wanted)?.get(),
                        let last = page.lastNumber, let count = limits.removeValue(forKey: wanted)
                    else { break }
                    try await body(page)
                    wanted += UInt64(count)
                    limit = Self.limit(after: page)
                    guard last + 1 != wanted else { continue }
                    await group.waitForAll()
                    (ready, limits) = ([:], [:])
                    (wanted, planned) = (last + 1, last + 1)
                }
                await group.waitForAll()
                return .success(())
            } catch {
                await group.waitForAll()
                return .failure(error)
            }
        }
        try result.get()
    }

    /// Pages keep to some megabytes, however large the entries are.
    private static func limit(after page: Page) -> Int {
        let average = page.byteCount / max(1, page.count) + 1
        return min(LedgerVerifier.pageLimit, max(16, LedgerVerifier.pageBytes / average))
    }

    private static func read(
        into empty: Page, _ storage: any LedgerStorageEngine, _ start: UInt64, limit: Int,
        upTo end: UInt64
    ) async -> Result<Page, StorageError> {
        var page = empty
        do throws(StorageError) {
            try await storage.visitEntries(from: start, limit: limit) { number, bytes in
                if number < end { page.add(number, bytes) }
            }
            return .success(page)
        } catch {
            return .failure(error)
        }
    }
}
