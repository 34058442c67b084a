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
    private var previous: String?
    /// Keys that may have been used before.
    private(set) var suspects: Set<String> = []

    /// Takes in the key of the next entry. Entries of one command follow each other.
    mutating func add(_ command: String) {
        guard command != previous else { return }
        previous = command
        if !insert(command) { suspects.insert(command) }
    }

    /// Adds `command` to the filter; false when it may have been there.
    private mutating func insert(_ command: String) -> Bool {
        var hasher = Hasher()
        hasher.combine(command)
        let hash = UInt64(bitPattern: Int64(hasher.finalize()))
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
    private var runs: [String: Int]
    private var previous: String?

    init(suspects: Set<String>) {
        runs = Dictionary(uniqueKeysWithValues: suspects.map { ($0, 0) })
    }

    /// Takes in the key of the next entry; true when it begins a second use.
    mutating func isRepeated(_ command: String) -> Bool {
        defer { previous = command }
        guard command != previous, let count = runs[command] else { return false }
        runs[command] = count + 1
        return count > 0
    }
}
