/// Where a ledger ends, as a writer finds it.
struct LedgerEnd {
    /// The tree's right edge; its root is that of the stored head.
    let edge: TreeEdge
    /// When the last entry was recorded.
    let lastRecorded: SealedDrafts.Recorded?
    private let stored: StoredEnd

    /// Reads the end of the ledger in `storage`.
    ///
    /// - Throws: `.damaged` when the entries do not lead to the stored head.
    init(reading storage: any LedgerStorageEngine) async throws(StorageError) {
        stored = try await storage.end()
        let head = stored.head
        edge = try await TreeEdge.load(head, from: storage)
        if head.size > 0 {
            let last = try await LedgerReader(storage: storage).entries(
                from: head.size - 1, limit: 1)
            lastRecorded = last.first.flatMap {
                try? SealedDrafts.Recorded($0.draft.recorded, position: 0)
            }
        } else {
            lastRecorded = nil
        }
    }

    /// How many of the entries are under a checkpoint that `signer` signed for `origin`.
    ///
    /// The others were committed shortly before a crash, or by another process just now.
    /// - Throws: `.wrongKey`, `.storage`, and `.foreignEnd` when `authenticator` does not know
    ///   the others.
    func signedSize(
        by signer: NoteSigner, origin: String, _ authenticator: HeadAuthenticator
    ) throws(WriterError) -> UInt64 {
        let signed = try signedHead(by: signer, origin: origin)
        let head = stored.head
        if signed.size < head.size {
            guard let tag = stored.tag, authenticator.isValid(tag, of: head) else {
                throw .foreignEnd(first: signed.size)
            }
        } else if signed != head {
            throw .storage(
                .damaged("the last checkpoint is over \(signed), the entries make \(head)"))
        }
        return signed.size
    }

    private func signedHead(
        by signer: NoteSigner, origin: String
    ) throws(WriterError) -> LedgerHead {
        guard let checkpoint = stored.checkpoint else { return .empty }
        do throws(NoteError) {
            let note = try SignedNote(parsing: checkpoint.note)
            _ = try note.verified(by: [signer.verifier])
            let signed = try Checkpoint(text: note.text)
            guard signed.origin == origin else {
                throw NoteError.wrongOrigin(signed.origin, expected: origin)
            }
            return signed.head
        } catch {
            throw .wrongKey(error)
        }
    }
}
