/// Finds idempotency keys that come back, in memory that does not grow with the ledger.
///
/// A Bloom filter (B. H. Bloom, "Space/time trade-offs in hash coding with allowable errors",
/// CACM 13(7), 1970, doi:10.1145/362686.362692) of 8 MiB says for nearly every key that it is
/// new. All bits of a key lie in one line of the processor's cache (F. Putze, P. Sanders and J.
/// Singler, "Cache-, hash- and space-efficient Bloom filters", JEA 14, 2009,
/// doi:10.1145/1498698.1594230). The few suspects, none in most ledgers of a million entries, are
/// settled by reading the ledger a second time.
struct CommandHistory {
    /// Words of 64 bits that a key's bits lie in.
    private static let lineWords = 8
    /// 2^17 lines of 512 bits.
    private static let lineCountLog2: UInt64 = 17
    private static let probes: UInt64 = 8

    private var bits = [UInt64](repeating: 0, count: lineWords << lineCountLog2)
    private var previous: UInt64?
    /// Hashes of keys that may have been used before.
    private(set) var suspects: Set<UInt64> = []

    /// The hash by which keys are told apart, other in every process: nobody can prepare two keys
    /// that share one.
    static func hash(_ command: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var hasher = Hasher()
        hasher.combine(bytes: UnsafeRawBufferPointer(command))
        return UInt64(bitPattern: Int64(hasher.finalize()))
    }

    /// The hash of a key.
    static func hash(_ command: String) -> UInt64 {
        var command = command
        return command.withUTF8 { hash($0) }
    }

    /// Takes in the hash of the next entry's key. Entries of one command follow each other.
    mutating func add(_ command: UInt64) {
        guard command != previous else { return }
        previous = command
        if !insert(command) { suspects.insert(command) }
    }

    /// Adds `hash` to the filter; false when it may have been there.
    private mutating func insert(_ hash: UInt64) -> Bool {
        let line = Int(hash >> (64 - Self.lineCountLog2)) * Self.lineWords
        // Two parts of one hash stand for any number of them (Kirsch and Mitzenmacher, 2008,
        // doi:10.1002/rsa.20208); the step is odd, so that eight probes are eight bits.
        let step = (hash >> 9 | 1) & 511
        var bit = hash & 511
        var isNew = false
        for _ in 0..<Self.probes {
            let (word, mask) = (line + Int(bit >> 6), UInt64(1) << (bit & 63))
            if bits[word] & mask == 0 { isNew = true }
            bits[word] |= mask
            bit = (bit &+ step) & 511
        }
        return isNew
    }
}

/// Settles which suspects were really used twice, on a second reading.
struct RepeatedCommands {
    private let suspects: Set<UInt64>
    private var runs: [String: Int] = [:]
    private var previous: UInt64?

    init(suspects: Set<UInt64>) { self.suspects = suspects }

    /// The hashes of the keys of a page, found on all processors; nil for what cannot be read.
    static func hashes(of page: [SealedEntry]) async -> [UInt64?] {
        await Parallel.map(page, grain: 64) { sealed in
            if let scan = sealed.bytes.withUnsafeBufferPointer({ EnvelopeScan($0) }) {
                return scan.command
            }
            return EntryCheck(sealed).envelope?.command
        }
    }

    /// Takes in the next entry, whose key has `hash`; the key when it begins a second use of it.
    mutating func repeated(_ sealed: SealedEntry, hash: UInt64?) -> String? {
        guard let hash else { return nil }
        defer { previous = hash }
        guard hash != previous, suspects.contains(hash),
            let entry = try? LedgerEntry(index: sealed.index, bytes: sealed.bytes)
        else { return nil }
        let command = entry.draft.command
        runs[command, default: 0] += 1
        return runs[command, default: 0] > 1 ? command : nil
    }
}
