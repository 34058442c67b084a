import Facility
import Ledger

extension Site {
    /// Refuses a restore drill that passed with a backup that is not one of this ledger.
    ///
    /// A Merkle tree proves it: the root of the backup must be that of the ledger's first entries. A
    /// drill that failed may name any root: that it differs can be what was found.
    nonisolated func requireOwnBackup(_ check: RecordSystemCheck) async throws(Refusal) {
        guard check.passes, check.kind == .restoreDrill, let root = check.root,
            let entries = check.entries.flatMap({ UInt64(exactly: $0) })
        else { return }
        let isOwn: Bool
        do throws(LedgerReadError) {
            isOwn = try await LedgerReader(storage: storage).begins(with: root, of: entries)
        } catch {
            switch error {
            case .storage(let error): throw .storage(error)
            // More entries than there are: deciding says so.
            case .proof, .unsigned: return
            }
        }
        guard !isOwn else { return }
        throw .rejected(
            Rejection(
                "system.backup-of-another",
                "the root of the backup is not that of this ledger's first \(entries) entries",
                help:
                    "enter what 'seedlot restore' printed; when it did print this root, the drill "
                    + "failed: verify the site and the copy", rule: check.kind.rule))
    }
}

extension LedgerReader {
    /// Whether `root` is the root of the ledger's first `size` entries.
    func begins(with root: Digest, of size: UInt64) async throws(LedgerReadError) -> Bool {
        let head: LedgerHead
        do throws(StorageError) {
            head = try await self.head()
        } catch {
            throw .storage(error)
        }
        if size == head.size { return root == head.root }
        guard size > 0 else { return false }
        let proof = try await consistencyProof(from: size, to: head.size)
        return (try? proof.verify(oldRoot: root, root: head.root)) != nil
    }
}
