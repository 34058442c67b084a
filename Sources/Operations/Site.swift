package import Facility
package import Ledger
package import Logging
import Synchronization

/// The running site: authorises, decides, signs, appends and applies.
///
/// Commands are decided one after the other against the speculative state, which holds every fact
/// that was submitted; a caller is answered when its facts would survive a loss of power, and
/// only then do readers see them. When an append fails, the speculative state is dropped and the
/// site is replayed from the ledger.
package actor Site {
    package nonisolated let folder: SiteFolder
    package nonisolated let storage: any LedgerStorageEngine
    nonisolated let clock: any SiteClock
    nonisolated let log: Logger
    /// Wrong passwords that are not in the ledger yet, by person.
    nonisolated let attempts = Mutex<[PersonID: FailedAttempts]>([:])
    nonisolated let snapshots: SnapshotStore
    private nonisolated let published: Mutex<Published>

    let scryptCost: ScryptCost
    private var writer: LedgerWriter
    private var speculative: SiteState
    private(set) var receipts: [String: Receipt]
    /// Everyone's key in force, by the speculative state.
    private var keys: [PersonID: PersonPublicKey]
    private var reopening: Task<Result<Opened, SiteOpeningError>, Never>?

    /// Entries read at once on start-up: some megabytes.
    private static let replayPage = 4096

    /// Opens a site whose ledger is in `storage` and replays it.
    ///
    /// - Parameter progress: called with the number of facts replayed so far.
    package init(
        folder: SiteFolder, storage: any LedgerStorageEngine, clock: any SiteClock,
        log: Logger = Logger(label: "seedlot.site"), scryptCost: ScryptCost = .standard,
        progress: @Sendable (UInt64) -> Void = { _ in }
    ) async throws(SiteOpeningError) {
        let opened = try await Self.open(folder: folder, storage: storage, progress: progress)
        self.folder = folder
        self.storage = storage
        self.clock = clock
        self.log = log
        self.scryptCost = scryptCost
        writer = opened.writer
        speculative = opened.state
        receipts = opened.receipts
        keys = opened.keys
        snapshots = SnapshotStore(of: folder)
        published = Mutex(
            Published(
                state: opened.state, keys: opened.keys, snapshotSize: opened.snapshotSize))
        keepSnapshotWhenDue()
    }

    private struct Published {
        var state: SiteState
        var keys: [PersonID: PersonPublicKey]
        /// Entries of the newest snapshot that is kept or on its way.
        var snapshotSize: UInt64
        var observers: [UInt64: AsyncStream<Void>.Continuation] = [:]
        var nextObserver: UInt64 = 0
    }

    private struct Opened {
        var writer: LedgerWriter
        var state: SiteState
        var receipts: [String: Receipt]
        var keys: [PersonID: PersonPublicKey]
        /// Entries that a snapshot stood for, and were not replayed.
        var snapshotSize: UInt64
    }

    private static func open(
        folder: SiteFolder, storage: any LedgerStorageEngine, progress: (UInt64) -> Void
    ) async throws(SiteOpeningError) -> Opened {
        let signer: NoteSigner
        do throws(SiteFolderError) {
            signer = try folder.signer()
        } catch {
            throw .folder(error)
        }
        let writer: LedgerWriter
        do throws(WriterError) {
            writer = try await LedgerWriter(
                storage: storage, signer: signer, origin: folder.profile.origin)
        } catch {
            throw .writer(error)
        }
        let snapshot = await SnapshotStore(of: folder).newest(in: storage)
        var state = snapshot?.state ?? SiteState()
        var receipts = snapshot?.receipts ?? [:]
        var keys = snapshot?.keysInForce ?? [:]
        let snapshotSize = state.entryCount
        try await replay(storage, from: snapshotSize) { entry, fact, stamp in
            state.apply(fact, at: stamp)
            keys.announce(entry.draft.keys)
            let receipt = receipts[entry.draft.command]
            receipts[entry.draft.command] = Receipt(
                command: entry.draft.command, firstEntry: receipt?.firstEntry ?? entry.index,
                kinds: (receipt?.kinds ?? []) + [entry.kind])
            if entry.index % UInt64(replayPage) == 0 { progress(entry.index) }
        }
        return Opened(
            writer: writer, state: state, receipts: receipts, keys: keys,
            snapshotSize: snapshotSize)
    }

    /// Reads the facts of a ledger in order, from entry `start` up to and without the entry `end`.
    package static func replay(
        _ storage: any LedgerStorageEngine, from start: UInt64 = 0, upTo end: UInt64 = .max,
        _ body: (LedgerEntry, any Fact, Stamp) -> Void
    ) async throws(SiteOpeningError) {
        let reader = LedgerReader(storage: storage)
        var next = start
        while next < end {
            let limit = Int(min(UInt64(replayPage), end - next))
            let entries: [LedgerEntry]
            do throws(StorageError) {
                entries = try await reader.entries(from: next, limit: limit)
            } catch {
                throw .storage(error)
            }
            if entries.isEmpty { return }
            for entry in entries {
                do throws(FactError) {
                    let (fact, stamp) = try entry.fact()
                    body(entry, fact, stamp)
                } catch {
                    throw .fact(error)
                }
            }
            next += UInt64(entries.count)
        }
    }

    // MARK: Reading

    /// The site as it stands with every durable fact. Costs nothing and never waits for a writer.
    package nonisolated var state: SiteState { published.withLock { $0.state } }

    /// The time by the site's clock.
    package nonisolated var now: Timestamp { clock.now() }

    /// Everyone's key in force, by the durable facts.
    nonisolated var publishedKeys: [PersonID: PersonPublicKey] { published.withLock { $0.keys } }

    /// Says that there are more durable facts: for screens that follow the site.
    ///
    /// What is new is read off `state`. Growth that nobody has waited for is told once.
    package nonisolated func changes() -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let observer = published.withLock { published in
            let observer = published.nextObserver
            published.nextObserver += 1
            published.observers[observer] = continuation
            return observer
        }
        continuation.onTermination = { [weak self] _ in
            _ = self?.published.withLock { $0.observers.removeValue(forKey: observer) }
        }
        return stream
    }

    /// The key in force of `person`, by the durable facts.
    nonisolated func key(of person: PersonID) -> PersonPublicKey? {
        published.withLock { $0.keys[person] }
    }

    private nonisolated func publish(
        _ state: SiteState, _ keys: [PersonID: PersonPublicKey]
    ) {
        let observers = published.withLock { published in
            // Callers of one commit wake in any order; a reader never sees the site go back.
            guard state.entryCount > published.state.entryCount else {
                return [AsyncStream<Void>.Continuation]()
            }
            published.state = state
            published.keys = keys
            return Array(published.observers.values)
        }
        // Not under the lock: a reader who leaves takes it while its task is locked, and to wake that
        // task locks it as well (Swift, `withTaskCancellationHandler`: handlers and locks).
        for observer in observers { observer.yield() }
        keepSnapshotWhenDue()
    }

    /// Has a snapshot made in the background when enough was recorded since the last.
    private nonisolated func keepSnapshotWhenDue() {
        let isDue = published.withLock { published in
            let count = published.state.entryCount
            guard count >= published.snapshotSize + Self.entriesBetweenSnapshots else {
                return false
            }
            published.snapshotSize = count
            return true
        }
        guard isDue else { return }
        Task(priority: .background) { [weak self] in try? await self?.keepSnapshot() }
    }

    // MARK: Performing

    /// Performs one command and answers when its facts are durable.
    package nonisolated func perform(_ request: Request) async throws(Refusal) -> Receipt {
        var request = request
        let type = type(of: request.command)
        if let register = request.command as? RegisterDefinition {
            request.command = register.checked(on: clock.now().date)
        }
        var signature: Signing?
        if let meaning = type.signature {
            // Who may not give the command is told so before a password is tried.
            try refusing { () throws(Rejection) in
                try state.authorise(request.command, at: moment(of: request))
            }
            guard let key = try await signingKey(for: request) else {
                throw .passwordNeeded(command: type.name)
            }
            signature = Signing(key: key, meaning: meaning)
        }
        if let check = request.command as? RecordSystemCheck { try await requireOwnBackup(check) }
        var overtaken = 0
        while true {
            let submitted: Submitted
            do throws(Refusal) {
                submitted = try await decide(request, signing: signature)
            } catch {
                overtaken += 1
                guard error.isOfAClosedWriter, overtaken <= Self.overtakenMax else { throw error }
                continue
            }
            switch submitted {
            case .known(let receipt): return receipt
            case .pending(let pending, let receipt, let decided):
                do throws(WriterError) {
                    _ = try await pending.receipt
                } catch {
                    await recover(after: error)
                    overtaken += 1
                    guard error.isOvertaken, overtaken <= Self.overtakenMax else {
                        throw .writer(error)
                    }
                    continue
                }
                publish(decided.state, decided.keys)
                if let sealed = decided.sealed { try keep(sealed) }
                return receipt
            }
        }
    }

    /// How often a command is decided anew because another process wrote to the ledger first;
    /// nothing of it was recorded then. A process that loses more often is in a race with another
    /// server.
    private static let overtakenMax = 8

    /// Follows what another process recorded, such as `seedlot perform` beside a server: replays
    /// the ledger when it is longer than what is known and nothing is on its way, or when what was
    /// recorded could not be signed.
    package func follow() async throws(Refusal) {
        if let failure = writer.failure {
            log.error("the ledger is opened again", metadata: ["error": "\(failure)"])
            return try await reopen()
        }
        let size: UInt64
        do throws(StorageError) {
            size = try await storage.head().size
        } catch {
            throw .writer(.storage(error))
        }
        guard size > speculative.entryCount, speculative.entryCount == state.entryCount else {
            return
        }
        try await reopen()
    }

    /// Returns once everything durable is under a stored checkpoint: for whoever is about to close the
    /// ledger.
    package func signCheckpoint() async throws(Refusal) {
        if writer.failure != nil { try await reopen() }
        do throws(WriterError) {
            try await writer.signCheckpoint()
        } catch {
            throw .writer(error)
        }
    }

    private nonisolated func signingKey(
        for request: Request
    ) async throws(Refusal) -> PersonSigningKey? {
        switch request.authentication {
        case .none: nil
        case .password(let password): try await unlock(request.person, password: password)
        case .key(let key): key
        }
    }

    private nonisolated func moment(of request: Request) -> Moment {
        Moment(person: request.person, now: clock.now(), happened: request.happened)
    }

    private struct Signing: Sendable {
        var key: PersonSigningKey
        var meaning: SignatureMeaning
    }

    private enum Submitted {
        case known(Receipt)
        case pending(PendingAppend, Receipt, Decided)
    }

    /// What becomes so once the facts are durable.
    private struct Decided {
        var state: SiteState
        var keys: [PersonID: PersonPublicKey]
        /// A sealed key that takes its place in the vault.
        var sealed: SealedPersonKey?
    }

    /// Decides against the speculative state and submits the facts, in one uninterrupted step.
    private func decide(
        _ request: Request, signing: Signing?
    ) async throws(Refusal) -> Submitted {
        if let known = receipts[request.key] { return .known(known) }
        if writer.failure != nil { try await reopen() }
        let moment = moment(of: request)
        let facts = try refusing { () throws(Rejection) in
            try speculative.decide(request.command, at: moment)
        }
        var drafts: [EntryDraft] = []
        for fact in facts { drafts.append(try draft(fact, moment, request.key)) }
        if let signing { try sign(&drafts[0], with: signing, moment) }
        let sealed = try sealedKey(for: request, signing, announcedBy: &drafts[0], moment)
        try keepFiles(of: request, namedBy: &drafts[0])

        let pending: PendingAppend
        do throws(WriterError) {
            pending = try writer.submit(drafts)
        } catch {
            throw .writer(error)
        }
        let first = speculative.entryCount
        for (offset, fact) in facts.enumerated() {
            let stamp = Stamp(
                person: moment.person, happened: moment.happened, recorded: moment.now,
                entry: first + UInt64(offset))
            speculative.apply(fact, at: stamp)
        }
        keys.announce(drafts[0].keys)
        let receipt = Receipt(
            command: request.key, firstEntry: first, kinds: facts.map { type(of: $0).kind })
        receipts[request.key] = receipt
        return .pending(
            pending, receipt, Decided(state: speculative, keys: keys, sealed: sealed))
    }

    private func draft(
        _ fact: some Fact, _ moment: Moment, _ key: String
    ) throws(Refusal) -> EntryDraft {
        do {
            return EntryDraft(
                kind: type(of: fact).kind, body: try JSONValue(encoding: fact),
                at: moment.happened.description, recorded: moment.now.description,
                by: moment.person.text, command: key)
        } catch {
            throw .unwritable("'\(type(of: fact).kind)' cannot be written: \(error)")
        }
    }

    private func sign(
        _ draft: inout EntryDraft, with signing: Signing, _ moment: Moment
    ) throws(Refusal) {
        guard let person = speculative.people[moment.person] else {
            throw .rejected(Rejection("people.unknown", "'\(moment.person)' is not enrolled"))
        }
        do throws(KeyError) {
            draft.signatures = [
                try signing.key.sign(
                    record: draft.recordDigest, meaning: signing.meaning,
                    printedName: person.name, at: moment.now.description)
            ]
        } catch {
            throw .key(error)
        }
    }

    /// Seals the key of a person who is enrolled, gets a new key, or changes the password, and
    /// announces a new key in the envelope of `draft`.
    ///
    /// - Returns: the sealed key that takes its place in the vault once the entry is durable. Until
    ///   then the old one stays there, so that a failed append leaves the person able to sign.
    private func sealedKey(
        for request: Request, _ signing: Signing?, announcedBy draft: inout EntryDraft,
        _ moment: Moment
    ) throws(Refusal) -> SealedPersonKey? {
        let type = type(of: request.command)
        guard type.takesNewPassword else { return nil }
        guard let password = request.newPassword else {
            throw .newPasswordNeeded(command: type.name)
        }
        do throws(KeyError) {
            if request.command is ChangePassword {
                return try signing?.key.sealed(under: password, cost: scryptCost)
            }
            let person: PersonID
            switch request.command {
            case let command as FoundSite: person = command.administrator
            case let command as EnrolPerson: person = command.person
            case let command as ReplaceKey: person = command.person
            default: preconditionFailure("'\(type.name)' takes a password for nobody")
            }
            let sealed = try PersonKey.generate(
                person: person.text, password: password, cost: scryptCost)
            try folder.incoming.store(sealed)
            let at = moment.now.description
            if let old = keys[person] {
                draft.keys.append(KeyNotice(.revoked, person: person.text, key: old, at: at))
            }
            draft.keys.append(
                KeyNotice(.issued, person: person.text, key: sealed.publicKey, at: at))
            return sealed
        } catch {
            throw .key(error)
        }
    }

    /// Keeps the files a command brings, beside the ledger, and names them by digest.
    private func keepFiles(
        of request: Request, namedBy draft: inout EntryDraft
    ) throws(Refusal) {
        if let bringing = request.command as? any BringsFiles {
            do throws(ContentStoreError) {
                for file in bringing.broughtFiles {
                    draft.files.append(
                        try folder.files.keep(Array(file.text.utf8), name: file.name))
                }
            } catch {
                throw .files(error)
            }
        }
        guard let naming = request.command as? any NamesStoredFiles else { return }
        do throws(ContentStoreError) {
            for file in naming.storedFiles {
                draft.files.append(
                    try folder.files.reference(to: file.digest, name: file.name))
            }
        } catch {
            throw .files(error)
        }
    }

    // MARK: After a failed append

    private func recover(after error: WriterError) async {
        guard writer.failure != nil else { return }
        log.error("append failed", metadata: ["error": "\(error)"])
        try? await reopen()
    }

    /// Drops what was decided and not stored, and replays the site from its ledger.
    ///
    /// Callers that meet the same failure share one replay: a second writer would be overtaken by
    /// the first.
    private func reopen() async throws(Refusal) {
        let failed = ObjectIdentifier(writer)
        let task =
            reopening
            ?? Task { [folder, storage] in
                do throws(SiteOpeningError) {
                    return .success(
                        try await Self.open(folder: folder, storage: storage, progress: { _ in }))
                } catch {
                    return .failure(error)
                }
            }
        reopening = task
        let result = await task.value
        reopening = nil
        guard ObjectIdentifier(writer) == failed else { return }
        switch result {
        case .success(let opened):
            writer = opened.writer
            speculative = opened.state
            receipts = opened.receipts
            keys = opened.keys
            publish(opened.state, opened.keys)
        case .failure(let error): throw error.refusal
        }
    }
}

extension WriterError {
    /// Whether another writer was first, so that nothing was written.
    fileprivate var isOvertaken: Bool {
        switch self {
        case .storage(.headMoved), .closed(because: .headMoved): true
        default: false
        }
    }
}

extension Refusal {
    /// Whether the writer was closed before anything was submitted: it is opened again for the next
    /// attempt.
    fileprivate var isOfAClosedWriter: Bool {
        guard case .writer(.closed) = self else { return false }
        return true
    }
}

/// Runs `body` and passes its rejection on as a refusal.
private func refusing<Value>(
    _ body: () throws(Rejection) -> Value
) throws(Refusal) -> Value {
    do throws(Rejection) {
        return try body()
    } catch {
        throw .rejected(error)
    }
}
