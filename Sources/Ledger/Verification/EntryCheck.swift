internal import Foundation

/// What one entry says by itself, before it is seen among the others.
struct EntryCheck: Sendable {
    /// Number under which the entry is stored.
    let index: UInt64
    /// Its leaf of the tree.
    let leafHash: Digest
    /// When it was recorded, and the hash of its idempotency key; nil when it cannot be read.
    let envelope: (recorded: LedgerInstant, command: UInt64)?
    /// The entry, when it carries keys, signatures or files.
    let decoded: LedgerEntry?
    /// What is wrong with it by itself.
    let finding: VerificationFinding?

    init(_ sealed: SealedEntry) {
        index = sealed.index
        let (hash, scan) = sealed.bytes.withUnsafeBufferPointer { bytes in
            (MerkleTree.leafHash(bytes), EnvelopeScan(bytes))
        }
        leafHash = hash
        if let scan, !scan.carriesMore {
            envelope = (scan.recorded, scan.command)
            decoded = nil
            finding = nil
            return
        }
        switch Self.decode(sealed) {
        case .success(let entry):
            decoded = entry
            envelope = LedgerInstant(rfc3339: entry.draft.recorded).map {
                ($0, CommandHistory.hash(entry.draft.command))
            }
            // An entry that was decoded can be encoded.
            let isCanonical = (try? entry.draft.encoded()) == sealed.bytes
            finding =
                isCanonical
                ? nil
                : VerificationFinding(
                    .entryNotCanonical, entry: index, EntryError.notCanonical.message)
        case .failure(let error):
            decoded = nil
            envelope = nil
            let code: VerificationFinding.Code =
                if case .newerVersion = error { .entryNewerVersion } else { .entryUnreadable }
            finding = VerificationFinding(code, entry: index, error.message)
        }
    }

    private static func decode(_ sealed: SealedEntry) -> Result<LedgerEntry, EntryError> {
        do throws(EntryError) {
            return .success(try LedgerEntry(index: sealed.index, bytes: sealed.bytes))
        } catch {
            return .failure(error)
        }
    }

    /// The checks of a page, made on all processors, in its order.
    static func all(of page: [SealedEntry]) async -> [EntryCheck] {
        await Parallel.map(page, grain: 64) { EntryCheck($0) }
    }
}

/// Spreads work over the processors.
enum Parallel {
    /// `transform` of each element, in order; in parts of at least `grain` elements.
    static func map<Element: Sendable, Result: Sendable>(
        _ elements: [Element], grain: Int, _ transform: @escaping @Sendable (Element) -> Result
    ) async -> [Result] {
        let workers = ProcessInfo.processInfo.activeProcessorCount
        let size = max(grain, (elements.count + workers - 1) / workers)
        guard elements.count > size else { return elements.map(transform) }
        return await withTaskGroup(of: (Int, [Result]).self) { group in
            for start in stride(from: 0, to: elements.count, by: size) {
                group.addTask {
                    (start, elements[start..<min(start + size, elements.count)].map(transform))
                }
            }
            var parts: [(Int, [Result])] = []
            for await part in group { parts.append(part) }
            return parts.sorted { $0.0 < $1.0 }.flatMap(\.1)
        }
    }
}
