import Facility
import HTTPTypes
import Hummingbird
import Ledger
import Operations

/// The answer to a question to the audit trail, newest first, a page at a time or as a file.
///
/// Without a question the ledger is read backwards from its end. With one the index says which
/// entries are meant, and only those are read; words alone are looked for in the entries, a bounded
/// stretch for each page.
struct AuditSearch {
    let reception: Reception
    let question: AuditQuestion
    /// Entries of the ledger when the question came.
    let size: UInt64

    /// Entries on a page.
    static let linesMax = 100
    /// Entries searched for words for one page; then the reader goes on.
    private static let searchedMax = 20_000
    /// Entries that the index may be behind and still catches up with while a reader waits.
    private static let behindMax: UInt64 = 20_000
    /// Entries read and written at once for a file: some hundred kilobytes.
    private static let batchSize = 256

    /// One page.
    struct Page {
        var lines: [AuditLine]
        /// The next page begins before this entry; 0 when there is none.
        var next: UInt64
        /// The oldest page begins before this entry.
        var oldest: UInt64
        /// All entries that the question finds; nil when words were looked for.
        var count: Int?
    }

    /// The page that begins before the entry the question names.
    func page() async throws -> Page {
        let entries = try await meant()
        return try await StorageError.asFault { () async throws(StorageError) in
            let end = entries.firstIndex(atLeast: question.before)
            guard question.words.isEmpty else { return try await wordPage(entries, upTo: end) }
            let start = max(0, end - Self.linesMax)
            let found = try await reception.trail.read(entries.numbers(in: start..<end))
            return Page(
                lines: try await reception.trail.lines(found.reversed()),
                next: start > 0 ? entries.number(start) : 0,
                oldest: entries.count > Self.linesMax ? entries.number(Self.linesMax) : size,
                count: entries.count)
        }
    }

    private func wordPage(
        _ entries: Meant, upTo last: Int
    ) async throws(StorageError) -> Page {
        var found: [LedgerEntry] = []
        var (end, searched) = (last, 0)
        search: while end > 0, searched < Self.searchedMax {
            let start = max(0, end - Self.batchSize * 4)
            let read = try await reception.trail.read(entries.numbers(in: start..<end))
            for (offset, entry) in read.enumerated().reversed() where holdsWords(entry) {
                found.append(entry)
                if found.count == Self.linesMax {
                    end = start + offset
                    break search
                }
            }
            searched += end - start
            end = start
        }
        return Page(
            lines: try await reception.trail.lines(found),
            next: end > 0 ? entries.number(end) : 0, oldest: 0, count: nil)
    }

    private func holdsWords(_ entry: LedgerEntry) -> Bool {
        let text = String(decoding: entry.bytes, as: UTF8.self).lowercased()
        return question.words.allSatisfy { text.holds($0) }
    }

    /// Everything that the question finds as comma-separated values, oldest first, one line a
    /// value. It is written as it is read, so that a ledger of any length takes the same memory.
    func file() async throws -> Response {
        let entries = try await meant(isWhole: true)
        let end = entries.firstIndex(atLeast: question.before)
        let search = self
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/csv; charset=utf-8",
                .contentDisposition: "attachment; filename=\"audit-trail.csv\"",
            ],
            body: ResponseBody { writer in
                try await writer.write(ByteBuffer(string: CommaSeparated.line(AuditLine.header)))
                for start in stride(from: 0, to: end, by: Self.batchSize) {
                    let numbers = entries.numbers(in: start..<min(start + Self.batchSize, end))
                    let read = try await search.reception.trail.read(numbers)
                    let found =
                        search.question.words.isEmpty ? read : read.filter(search.holdsWords)
                    var text = ""
                    for line in try await search.reception.trail.lines(found) {
                        for row in line.rows { text += CommaSeparated.line(row) }
                    }
                    if !text.isEmpty { try await writer.write(ByteBuffer(string: text)) }
                }
                try await writer.finish(nil)
            })
    }

    /// The entries that the question means, words apart.
    private func meant(isWhole: Bool = false) async throws -> Meant {
        let asked = question.indexed
        let trail = reception.trail
        // Without a question no index is needed, but for the old values of a whole file.
        if asked.isOpen, !isWhole { return .first(size) }
        guard trail.count + Self.behindMax >= size else {
            let size = size
            Task { try? await trail.follow(to: size) }
            throw WebFault.trailUnderway(count: trail.count, of: size)
        }
        try await trail.follow(to: size)
        return asked.isOpen ? .first(size) : .these(trail.entries(asked))
    }

    /// Entries by their numbers, ascending.
    private enum Meant: Sendable {
        case first(UInt64)
        case these([UInt32])

        var count: Int {
            switch self {
            case .first(let size): Int(clamping: size)
            case .these(let numbers): numbers.count
            }
        }

        func number(_ index: Int) -> UInt64 {
            switch self {
            case .first: UInt64(index)
            case .these(let numbers): index < numbers.count ? UInt64(numbers[index]) : .max
            }
        }

        func numbers(in range: Range<Int>) -> [UInt32] {
            switch self {
            case .first: range.map { UInt32(clamping: $0) }
            case .these(let numbers): Array(numbers[range])
            }
        }

        /// The place of the first entry whose number is at least `number`.
        func firstIndex(atLeast number: UInt64) -> Int {
            var (low, high) = (0, count)
            while low < high {
                let middle = low + (high - low) / 2
                if self.number(middle) < number { low = middle + 1 } else { high = middle }
            }
            return low
        }
    }
}

extension Reception {
    /// `entry` with the values that it replaced; without them while the index is being made.
    func auditLine(of entry: LedgerEntry) async throws -> AuditLine {
        try await StorageError.asFault { () async throws(StorageError) in
            try await trail.lines([entry]).first ?? AuditLine(entry, after: nil)
        }
    }
}

extension StorageError {
    /// What `read` gives; an error of the ledger as the browser is told of it.
    static func asFault<Value>(
        _ read: () async throws(StorageError) -> Value
    ) async throws -> Value {
        do throws(StorageError) {
            return try await read()
        } catch {
            throw WebFault(
                status: .serviceUnavailable, code: error.code, message: error.message,
                hint: error.help)
        }
    }
}

extension WebFault {
    /// The index of the trail is not ready.
    fileprivate static func trailUnderway(count: UInt64, of size: UInt64) -> WebFault {
        WebFault(
            status: .serviceUnavailable, code: "trail-underway",
            message: "the index of the audit trail is being made: \(count) of \(size) entries",
            details: "this takes some seconds for each million entries after the start of a site",
            hint: "reload the page in a few seconds; without a filter the trail can be read now",
            retryAfter: 5)
    }
}
