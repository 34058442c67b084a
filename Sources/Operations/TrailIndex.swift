package import Facility
package import Ledger
import Synchronization

/// Which entries of the ledger name a thing, who recorded them, of what kind and when: questions to
/// the audit trail are answered without reading the ledger.
///
/// The ledger knows no domain word and keeps no index. This one is made from its entries, stands in
/// memory, follows the ledger as it grows, and is made again with the next start: a few dozen bytes
/// an entry, and some seconds of one core in the background for each million.
package final class TrailIndex: Sendable {
    /// Which entries are wanted; all members must fit.
    package struct Question: Hashable, Sendable {
        /// An identifier that the fact names somewhere.
        package var subject: String?
        /// Who recorded it or signed for it.
        package var person: String?
        /// What the name of its kind begins with.
        package var kind: String?
        /// It happened at this instant or later.
        package var from: Timestamp?
        /// It happened before this instant.
        package var to: Timestamp?

        /// Every entry.
        package init() {}

        /// Whether every entry fits.
        package var isOpen: Bool { self == Question() }
    }

    /// Entries read in one go: some milliseconds, after which others get their turn.
    private static let pageSize = 512

    private let reader: LedgerReader
    private let columns = Mutex(Columns())
    private let following = Mutex<Task<Void, any Error>?>(nil)

    /// The index of the ledger in `storage`; empty until it is told to follow.
    package init(storage: any LedgerStorageEngine) { reader = LedgerReader(storage: storage) }

    /// How many entries it has taken in.
    package var count: UInt64 { columns.withLock { UInt64($0.happened.count) } }

    /// Takes in the ledger's first `size` entries, and what else it holds by now. Callers share
    /// one reading.
    package func follow(to size: UInt64) async throws {
        while count < size {
            let before = count
            let task = following.withLock { following in
                if let task = following { return task }
                let task = Task(priority: .background) { try await self.read() }
                following = task
                return task
            }
            defer { following.withLock { if $0 == task { $0 = nil } } }
            try await task.value
            // A ledger that holds fewer entries than were asked for is read once, not for ever.
            guard count > before else { return }
        }
    }

    private func read() async throws {
        while true {
            let entries = try await reader.entries(from: count, limit: Self.pageSize)
            columns.withLock { columns in
                for entry in entries where entry.index == UInt64(columns.happened.count) {
                    columns.append(entry)
                }
            }
            guard entries.count == Self.pageSize else { return }
            await Task.yield()
        }
    }

    /// The numbers of the entries that `question` asks for, of those taken in; ascending.
    package func entries(_ question: Question) -> [UInt32] {
        columns.withLock { $0.entries(question) }
    }

    /// `entries` with the values that theirs replaced.
    package func lines(_ entries: [LedgerEntry]) async throws(StorageError) -> [AuditLine] {
        let replaced = columns.withLock { columns in
            entries.map { entry in UInt32(exactly: entry.index).flatMap { columns.replaced[$0] } }
        }
        var previous: [UInt64: LedgerEntry] = [:]
        for entry in try await read(Set(replaced.compactMap(\.self)).sorted()) {
            previous[entry.index] = entry
        }
        return zip(entries, replaced).map { entry, number in
            let key = AuditTrail.Replacement.key(of: entry, by: AuditTrail.Replacement.all)
            let old = number.flatMap { previous[UInt64($0)] }.flatMap { old in
                AuditTrail.Replacement.key(of: old, by: AuditTrail.Replacement.all) == key
                    ? old : nil
            }
            return AuditLine(entry, after: old)
        }
    }

    /// Numbers so near to each other are read in one go: what lies between costs less than
    /// another question to the storage.
    private static let gapMax: UInt32 = 8

    /// The entries called `numbers`, which ascend.
    package func read(_ numbers: [UInt32]) async throws(StorageError) -> [LedgerEntry] {
        var found: [LedgerEntry] = []
        found.reserveCapacity(numbers.count)
        var next = 0
        while next < numbers.count {
            var end = next + 1
            while end < numbers.count, numbers[end] - numbers[end - 1] <= Self.gapMax,
                Int(numbers[end] - numbers[next]) < Self.pageSize
            {
                end += 1
            }
            let length = Int(numbers[end - 1] - numbers[next]) + 1
            let entries = try await reader.entries(from: UInt64(numbers[next]), limit: length)
            var wanted = numbers[next..<end]
            for entry in entries where wanted.first.map({ UInt64($0) }) == entry.index {
                found.append(entry)
                wanted.removeFirst()
            }
            next = end
        }
        return found
    }
}

/// The index itself: a column for each question that every entry answers, and lists of entries for
/// what few of them name.
private struct Columns {
    /// When each entry happened, in milliseconds since 1970.
    var happened: [Int64] = []
    /// Entries and what they replaced.
    var replaced: [UInt32: UInt32] = [:]
    /// The kind of each entry, by its place in `kindNames`.
    private var kinds: [UInt32] = []
    private var kindNames: [String] = []
    private var kindPlaces: [String: UInt32] = [:]
    private var subjects: [String: [UInt32]] = [:]
    private var people: [String: [UInt32]] = [:]
    /// The newest entry that gives each value, by the hash of its key: whoever looks at what an
    /// entry replaced holds the keys against each other.
    private var newest: [Int: UInt32] = [:]

    mutating func append(_ entry: LedgerEntry) {
        guard let number = UInt32(exactly: entry.index) else { return }
        let draft = entry.draft
        happened.append(Timestamp(draft.at)?.milliseconds ?? .min)
        if kindPlaces[draft.kind] == nil {
            kindPlaces[draft.kind] = UInt32(kindNames.count)
            kindNames.append(draft.kind)
        }
        kinds.append(kindPlaces[draft.kind] ?? 0)
        for person in Set([draft.by] + draft.signatures.map(\.person)) {
            people[person, default: []].append(number)
        }
        var named: Set<String> = []
        Self.identifiers(in: draft.body, &named)
        for subject in named { subjects[subject, default: []].append(number) }
        if let key = AuditTrail.Replacement.key(of: entry, by: AuditTrail.Replacement.all) {
            replaced[number] = newest.updateValue(number, forKey: key.hashValue)
        }
    }

    /// The texts inside `value` that have the form of an identifier.
    private static func identifiers(in value: JSONValue, _ found: inout Set<String>) {
        switch value {
        case .string(let text): if Identifier<Any>(text) != nil { found.insert(text) }
        case .array(let elements): for element in elements { identifiers(in: element, &found) }
        case .object(let members):
            for member in members.values { identifiers(in: member, &found) }
        case .null, .bool, .number: break
        }
    }

    /// Walks the shortest list there is for the question, and holds the rest against it.
    func entries(_ question: TrailIndex.Question) -> [UInt32] {
        var lists: [[UInt32]] = []
        if let subject = question.subject { lists.append(subjects[subject] ?? []) }
        if let person = question.person { lists.append(people[person] ?? []) }
        lists.sort { $0.count < $1.count }
        let kind = question.kind.map { kind in kindNames.map { $0.hasPrefix(kind) } }
        let (from, to) = (question.from?.milliseconds, question.to?.milliseconds)
        func fits(_ number: UInt32) -> Bool {
            if let kind, !kind[Int(kinds[Int(number)])] { return false }
            if let from, happened[Int(number)] < from { return false }
            if let to, happened[Int(number)] >= to { return false }
            return true
        }
        guard let shortest = lists.first else {
            return (0..<UInt32(happened.count)).filter(fits)
        }
        let others = lists.dropFirst()
        return shortest.filter { number in
            fits(number) && others.allSatisfy { $0.holdsSorted(number) }
        }
    }
}

extension [UInt32] {
    /// Whether `number` is among the elements, which ascend.
    fileprivate func holdsSorted(_ number: UInt32) -> Bool {
        var (low, high) = (startIndex, endIndex)
        while low < high {
            let middle = low + (high - low) / 2
            if self[middle] < number { low = middle + 1 } else { high = middle }
        }
        return low < endIndex && self[low] == number
    }
}
