/// Finds idempotency keys that come back, in memory that does not grow with the ledger.
///
/// A Bloom filter (B. H. Bloom, "Space/time trade-offs in hash coding with allowable errors",
/// CACM 13(7), 1970, doi:10.1145/362686.362692) of 8 MiB says for nearly every key that it is
/// new. The few suspects, one in a hundred thousand at a million keys, are settled by reading
/// the ledger a second time.
struct CommandHistory {
    /// 2^26 bits.
    private static let bitCountLog2: UInt64 = 26
    private static let probes: UInt64 = 4

    private var bits = [UInt64](repeating: 0, count: 1 << (bitCountLog2 - 6))
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
        // Two halves of one hash stand for any number of them (Kirsch and Mitzenmacher, 2008,
        // doi:10.1002/rsa.20208).
        let (first, second) = (hash & 0xFFFF_FFFF, hash >> 32 | 1)
        var isNew = false
        for probe in 0..<Self.probes {
            let bit = (first &+ probe &* second) & (1 << Self.bitCountLog2 - 1)
            let (word, mask) = (Int(bit >> 6), UInt64(1) << (bit & 63))
            if bits[word] & mask == 0 { isNew = true }
            bits[word] |= mask
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

    /// Takes in the next entry; its key when it begins a second use of it.
    mutating func repeated(_ sealed: SealedEntry) -> String? {
        guard let hash = EntryCheck(sealed).envelope?.command else { return nil }
        defer { previous = hash }
        guard hash != previous, suspects.contains(hash),
            let entry = try? LedgerEntry(index: sealed.index, bytes: sealed.bytes)
        else { return nil }
        let command = entry.draft.command
        runs[command, default: 0] += 1
        return runs[command, default: 0] > 1 ? command : nil
    }
}
