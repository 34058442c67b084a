import Charts
import Checker
import Diagnostics
import Facility
import Guidance
import HTTPTypes
import Ledger
import Operations
import ProductDefinition
import Synchronization

/// The texts of registered definitions, read and checked once.
///
/// A registered version never changes, so what was read of it stays true; only the day that due
/// dates are judged on moves on.
final class DefinitionShelf: Sendable {
    /// A version as its author wrote it.
    struct Book: Sendable {
        let sources: [SourceFile]
        let definition: Definition?
        /// What reading and the rules found, with what a risk assessment waives, in reading order.
        let findings: [Finding]

        /// How the value of a parameter is found, as the author wrote it.
        func method(of parameter: MasterParameter, in operation: String) -> String? {
            let own = self.operation(operation)?.parameters ?? []
            let found =
                own.first { $0.id?.value == parameter.id }
                ?? own.first { $0.name.value == parameter.name }
            return found?.method?.value
        }

        /// The operation called `id`.
        func operation(_ id: String) -> Definition.Operation? {
            definition?.process?.stages.lazy.flatMap(\.operations).first { $0.id.value == id }
        }
    }

    /// Versions kept at once; one takes some megabytes.
    private static let keptMax = 8

    private struct Kept {
        var book: Book
        var day: Facility.CalendarDate
        var used: Int
    }

    private struct Shelf {
        var kept: [MasterRecordID: Kept] = [:]
        var uses = 0
    }

    private let files: ContentStore
    private let shelf = Mutex(Shelf())

    /// A shelf over the files of a site.
    init(files: ContentStore) { self.files = files }

    /// The text of `master`, judged on the day `today`.
    /// - Throws: a fault when a file of the version is missing from the store.
    func book(
        of master: MasterRecord, on today: Facility.CalendarDate
    ) throws(WebFault) -> Book {
        let known = shelf.withLock { shelf -> Book? in
            guard let kept = shelf.kept[master.id], kept.day == today else { return nil }
            shelf.uses += 1
            shelf.kept[master.id]?.used = shelf.uses
            return kept.book
        }
        if let known { return known }
        let book = try read(master, on: today)
        shelf.withLock { shelf in
            shelf.uses += 1
            shelf.kept[master.id] = Kept(book: book, day: today, used: shelf.uses)
            while shelf.kept.count > Self.keptMax,
                let oldest = shelf.kept.min(by: { $0.value.used < $1.value.used })
            {
                shelf.kept[oldest.key] = nil
            }
        }
        return book
    }

    private func read(
        _ master: MasterRecord, on today: Facility.CalendarDate
    ) throws(WebFault) -> Book {
        var sources: [SourceFile] = []
        for source in master.sources {
            guard let digest = Digest(hex: source.sha256) else { continue }
            do throws(ContentStoreError) {
                let bytes = try files.bytes(of: digest)
                sources.append(
                    SourceFile(name: source.name, text: String(decoding: bytes, as: UTF8.self)))
            } catch {
                throw WebFault(
                    status: .serviceUnavailable, code: "files-missing",
                    message: "the file '\(source.name)' of '\(master.id)' cannot be read",
                    details: error.description,
                    hint: "restore the folder 'files' of the site from its backup")
            }
        }
        return Self.judged(sources, on: today)
    }

    /// A draft that was brought and is not registered, judged on the day `today`; read anew each
    /// time.
    /// - Throws: a fault when there is no such draft.
    func draft(_ digest: Digest, on today: Facility.CalendarDate) throws(WebFault) -> Book {
        do throws(ContentStoreError) {
            let list = try bytes(of: digest, max: DefinitionDraft.listBytesMax)
            guard let draft = DefinitionDraft(list: list) else { throw .missing(digest) }
            var sources: [SourceFile] = []
            for file in draft.files {
                let bytes = try bytes(of: file.digest, max: DefinitionDraft.fileBytesMax)
                sources.append(
                    SourceFile(name: file.name, text: String(decoding: bytes, as: UTF8.self)))
            }
            return Self.judged(sources, on: today)
        } catch {
            throw WebFault.notFound(
                "draft '\(digest.hex.prefix(16))…'", hint: "bring the files of the version again")
        }
    }

    /// The bytes of a kept file that must not be larger than `max`: whoever asks may name any file.
    private func bytes(of digest: Digest, max: Int) throws(ContentStoreError) -> [UInt8] {
        guard try files.reference(to: digest, name: "").size <= UInt64(max) else {
            throw .missing(digest)
        }
        return try files.bytes(of: digest)
    }

    private static func judged(_ sources: [SourceFile], on today: Facility.CalendarDate) -> Book {
        var (definition, findings) = DefinitionReader.read(sources)
        if let definition, let day = ProductDefinition.CalendarDate(today.description) {
            let report = DefinitionCheck.run(definition, asOf: day)
            findings += report.findings + report.waived.map(\.asFinding)
            findings = findings.inReadingOrder()
        }
        return Book(sources: sources, definition: definition, findings: findings)
    }
}

extension Severity {
    var tone: Tone {
        switch self {
        case .error: .bad
        case .warning: .attention
        case .info: .underway
        }
    }
}
