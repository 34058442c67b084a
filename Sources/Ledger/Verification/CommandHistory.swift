internal import Foundation

/// Finds idempotency keys that come back, in memory that does not grow with the ledger.
///
/// A Bloom filter (B. H. Bloom, "Space/time trade-offs in hash coding with allowable errors",
/// CACM 13(7), 1970, doi:10.1145/362686.362692) says for nearly every key that it is new. All bits
/// of a key lie in one line of the processor's cache (F. Putze, P. Sanders and J. Singler, "Cache-,
/// hash- and space-efficient Bloom filters", JEA 14, 2009, doi:10.1145/1498698.1594230). The few
/// suspects are settled by reading the ledger a second time.
///
/// A filter that takes in more and more keys would suspect more and more of them. It therefore
/// looks after one part of the keys, of some millions; a longer ledger is read once for each part.
struct CommandHistory {
    /// Keys of one part: with 32 bits for each, one in ten thousand becomes a suspect at most.
    static let keysMax: UInt64 = 1 << 22
    /// Suspects kept at most: only a ledger with as many repetitions has more.
    static let suspectsMax = 1 << 16
    /// Words of 64 bits that a key's bits lie in.
    private static let lineWords = 8
    private static let probes: UInt64 = 8

    /// How many parts the keys of `count` entries make.
    static func parts(of count: UInt64) -> UInt64 { max(1, (count + keysMax - 1) / keysMax) }

    private let part: UInt64
    private let parts: UInt64
    private let lineCountLog2: UInt64
    private var bits: [UInt64]
    private var previous: UInt64?
    /// Hashes of keys that may have been used before.
    private(set) var suspects: Set<UInt64> = []
    /// Whether there were more suspects than are kept.
    private(set) var hasMoreSuspects = false

    /// The history of the keys of one `part` of `parts`, in a ledger of about `count` entries.
    init(part: UInt64 = 0, of parts: UInt64, expecting count: UInt64) {
        self.part = part
        self.parts = parts
        // A line of 512 bits for 16 keys: 16 MiB for a whole part.
        let lines = max(64, min(count / parts, Self.keysMax) / 16)
        lineCountLog2 = UInt64(64 - (lines - 1).leadingZeroBitCount)
        bits = [UInt64](repeating: 0, count: Self.lineWords << Int(lineCountLog2))
    }

    /// The hash by which keys are told apart, other in every process: nobody can prepare two keys
    /// that share one. Never 0.
    static func hash(_ command: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var hasher = Hasher()
        hasher.combine(bytes: UnsafeRawBufferPointer(command))
        return max(1, UInt64(bitPattern: Int64(hasher.finalize())))
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
        // Bits that the filter does not use.
        guard parts == 1 || (command >> 18 & 0xFFF_FFFF) % parts == part else { return }
        guard !insert(command) else { return }
        guard suspects.count < Self.suspectsMax else {
            hasMoreSuspects = hasMoreSuspects || !suspects.contains(command)
            return
        }
        suspects.insert(command)
    }

    /// Adds `hash` to the filter; false when it may have been there.
    private mutating func insert(_ hash: UInt64) -> Bool {
        let line = Int(hash >> (64 - lineCountLog2)) * Self.lineWords
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

/// The idempotency keys of entries that lie side by side.
struct CommandPage: LedgerPage {
    /// The key of an entry that is under suspicion.
    struct Suspect: Sendable {
        let position: Int
        let index: UInt64
        /// Digest of the key: what shares a hash is told apart.
        let digest: Digest
        /// The first characters of the key.
        let beginning: String
    }

    private let suspects: Set<UInt64>
    /// Hashes of the keys, 0 for what cannot be read.
    private(set) var hashes: [UInt64] = []
    /// The entries whose keys are under suspicion, in order.
    private(set) var suspected: [Suspect] = []
    private(set) var lastNumber: UInt64?
    private(set) var byteCount = 0

    /// A page on which the keys with the hashes `suspects` are looked at more closely.
    init(suspects: Set<UInt64>) { self.suspects = suspects }

    var count: Int { hashes.count }

    mutating func add(_ number: UInt64, _ bytes: UnsafeBufferPointer<UInt8>) {
        lastNumber = number
        byteCount += bytes.count
        if let scan = EnvelopeScan(bytes), !suspects.contains(scan.command) {
            hashes.append(scan.command)
            return
        }
        guard let entry = try? LedgerEntry(index: number, bytes: Array(bytes)) else {
            return hashes.append(0)
        }
        let command = entry.draft.command
        let hash = CommandHistory.hash(command)
        if suspects.contains(hash) {
            suspected.append(
                Suspect(
                    position: hashes.count, index: number,
                    digest: Digest.sha256(of: Array(command.utf8)),
                    beginning: String(command.prefix(80))))
        }
        hashes.append(hash)
    }
}

/// Settles which suspects were really used twice, on another reading.
struct RepeatedCommands {
    private var runs: [Digest: Int] = [:]
    private var previous: UInt64 = 0

    /// Takes in the next page; calls `report` for each entry that begins another use of a key.
    mutating func take(_ page: CommandPage, _ report: (UInt64, String) -> Void) {
        var suspected = page.suspected.makeIterator()
        var next = suspected.next()
        for (position, hash) in page.hashes.enumerated() where hash != 0 {
            let suspect = next?.position == position ? next : nil
            if suspect != nil { next = suspected.next() }
            defer { previous = hash }
            guard let suspect, hash != previous else { continue }
            runs[suspect.digest, default: 0] += 1
            if runs[suspect.digest, default: 0] > 1 { report(suspect.index, suspect.beginning) }
        }
    }
}
