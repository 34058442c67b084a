public import Ledger

/// A small ledger with people, signatures and files in it, for tests that then change it.
public struct LedgerScenario: Sendable {
    /// Name of the ledger.
    public static let origin = "gmp.example.org/site1/ledger"

    /// The site's key.
    public let signer: NoteSigner
    /// A person with a key.
    public let ada: PersonSigningKey
    /// Another.
    public let grace: PersonSigningKey

    /// The keys, the same every time.
    public init() throws {
        signer = try NoteSigner(name: Self.origin, seed: Array(repeating: 11, count: 32))
        ada = PersonSigningKey(person: "ada", seed: Array(repeating: 12, count: 32))!
        grace = PersonSigningKey(person: "grace", seed: Array(repeating: 13, count: 32))!
    }

    /// A draft recorded `minute` minutes into the day.
    public func draft(
        _ kind: String = "batch.step-completed/1", minute: Int, command: String? = nil,
        by: String = "ada", body: JSONValue? = nil
    ) -> EntryDraft {
        let at = Self.instant(minute)
        return EntryDraft(
            kind: kind, body: body ?? ["minute": .string("\(minute)")], at: at, recorded: at,
            by: by, command: command ?? "command-\(minute)")
    }

    /// `draft` with a signature of `key` on it, made at the time the draft was recorded.
    public func signed(
        _ draft: EntryDraft, by key: PersonSigningKey, meaning: SignatureMeaning = .performed,
        at instant: String? = nil
    ) throws -> EntryDraft {
        var signed = draft
        signed.signatures.append(
            try key.sign(
                record: draft.recordDigest, meaning: meaning, printedName: key.person,
                at: instant ?? draft.recorded))
        return signed
    }

    /// A draft that says `change` of the key of `key.person`.
    public func notice(
        _ change: KeyNotice.Change, of key: PersonSigningKey, minute: Int
    ) -> EntryDraft {
        var draft = draft("person.key-changed/1", minute: minute, by: "site")
        draft.keys = [
            KeyNotice(change, person: key.person, key: key.publicKey, at: Self.instant(minute))
        ]
        return draft
    }

    /// Two keys issued, then `count` signed steps, one a minute and a commit.
    public func usualCommands(_ count: Int = 20) throws -> [EntryDraft] {
        var drafts = [notice(.issued, of: ada, minute: 0), notice(.issued, of: grace, minute: 0)]
        drafts[1].command = "command-0b"
        for minute in 1...count {
            drafts.append(
                try signed(draft(minute: minute), by: minute.isMultiple(of: 2) ? ada : grace))
        }
        return drafts
    }

    /// A writer that signs when it is asked to.
    public func writer(_ storage: any LedgerStorageEngine) async throws(WriterError) -> LedgerWriter
    {
        try await LedgerWriter(
            storage: storage, signer: signer, origin: Self.origin, signingDelay: nil)
    }

    /// Appends each draft as a command of its own, under a checkpoint of its own.
    public func append(_ drafts: [EntryDraft], to storage: any LedgerStorageEngine) async throws {
        let writer = try await writer(storage)
        for draft in drafts {
            _ = try await writer.submit([draft]).receipt
            try await writer.signCheckpoint()
        }
    }

    /// A ledger with the usual commands.
    public func storage(_ count: Int = 20) async throws -> InMemoryLedgerStorage {
        let storage = InMemoryLedgerStorage()
        try await append(try usualCommands(count), to: storage)
        return storage
    }

    /// What verification says of `storage`.
    ///
    /// - Parameter patience: how long a checkpoint over the last entries is waited for.
    public func verify(
        _ storage: any LedgerStorageEngine, against kept: [Checkpoint] = [],
        patience: Duration = .zero,
        file: (@Sendable (FileReference) async -> StoredFileCondition)? = nil
    ) async throws -> VerificationReport {
        try await LedgerVerifier(storage: storage, log: signer.verifier, patience: patience)
            .verify(against: kept, file: file)
    }

    /// 2026-03-01 at `minute` minutes after midnight.
    public static func instant(_ minute: Int) -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "2026-03-01T\(two(minute / 60)):\(two(minute % 60)):00Z"
    }
}
