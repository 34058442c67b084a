/// A second machine that remembers the last checkpoint it saw of a ledger and puts its signature
/// only under one that extends it (c2sp.org/tlog-witness, c2sp.org/tlog-cosignature).
///
/// A laptop of the quality office is enough: whoever rewrites the ledger would need its key too.
public struct Witness: Sendable {
    /// The public side of the witness's key.
    public var verifier: NoteVerifier { signer.verifier }
    private let signer: NoteSigner

    /// A witness with `signer`, which is of type `cosignature`.
    public init(signer: NoteSigner) throws(NoteError) {
        guard signer.verifier.type == .cosignature else {
            throw .unsupportedKey(type: signer.verifier.type.rawValue)
        }
        self.signer = signer
    }

    /// Cosigns the checkpoint of `request` if it extends `remembered`.
    ///
    /// - Parameters:
    ///   - remembered: the last checkpoint that was cosigned for this ledger; nil for none.
    ///   - log: the ledger's key.
    ///   - posixSeconds: the time of the witness's own clock.
    /// - Returns: the checkpoint with the cosignature added. It is to be remembered before it is
    ///   handed out: else a loss of power makes the witness forget what it signed.
    public func cosign(
        _ request: AddCheckpointRequest, after remembered: Checkpoint?, of log: NoteVerifier,
        posixSeconds: UInt64
    ) throws(WitnessError) -> SignedNote {
        var note = request.checkpoint
        let offered: Checkpoint
        do throws(NoteError) {
            _ = try note.verified(by: [log])
            offered = try Checkpoint(text: note.text)
            guard offered.origin == log.name else {
                throw NoteError.wrongOrigin(offered.origin, expected: log.name)
            }
        } catch {
            throw .note(error)
        }
        let last = remembered ?? Checkpoint(origin: log.name, size: 0, root: MerkleTree.emptyRoot)
        guard last.origin == offered.origin else {
            throw .note(.wrongOrigin(offered.origin, expected: last.origin))
        }
        guard offered.size >= last.size else {
            throw .shrunk(remembered: last.size, offered: offered.size)
        }
        guard request.oldSize == last.size else {
            throw .wrongStart(remembered: last.size, asked: request.oldSize)
        }
        if offered.size == last.size, offered.root != last.root {
            throw .rewritten(size: last.size)
        }
        do throws(ProofError) {
            try ConsistencyProof(
                oldSize: last.size, size: offered.size, hashes: request.proof
            ).verify(oldRoot: last.root, root: offered.root)
        } catch {
            throw .notExtended(remembered: last.size, offered: offered.size, error)
        }
        do throws(NoteError) {
            let cosignature = try signer.cosign(note.text, posixSeconds: posixSeconds)
            note.signatures.removeAll { $0.name == verifier.name && $0.keyID == verifier.keyID }
            note.signatures.append(cosignature)
        } catch {
            throw .note(error)
        }
        return note
    }
}

/// Why a witness refuses its signature.
public enum WitnessError: LedgerFault, Equatable {
    /// The checkpoint is not signed by the ledger, or malformed.
    case note(NoteError)
    /// The ledger has fewer entries than the witness remembers.
    case shrunk(remembered: UInt64, offered: UInt64)
    /// As many entries as remembered, but others.
    case rewritten(size: UInt64)
    /// The proof does not start where the witness stands.
    case wrongStart(remembered: UInt64, asked: UInt64)
    /// The proof does not show that the ledger extends what the witness remembers.
    case notExtended(remembered: UInt64, offered: UInt64, ProofError)
    /// There is a witness in the folder already.
    case exists(path: String)
    /// The witness's own folder failed.
    case memory(String)

    /// `witness-…`, or the code of the note error.
    public var code: String {
        switch self {
        case .note(let error): error.code
        case .shrunk: "witness-ledger-shrunk"
        case .rewritten: "witness-ledger-rewritten"
        case .wrongStart: "witness-wrong-start"
        case .notExtended: "witness-not-extended"
        case .exists: "witness-exists"
        case .memory: "witness-memory-failed"
        }
    }

    /// What is the matter.
    public var message: String {
        switch self {
        case .note(let error): error.message
        case .shrunk(let remembered, let offered):
            "the ledger has \(offered) entries, the witness saw \(remembered)"
        case .rewritten(let size):
            "the first \(size) entries are not those that the witness saw"
        case .wrongStart(let remembered, let asked):
            "the proof starts at \(asked) entries, the witness saw \(remembered)"
        case .notExtended(let remembered, let offered, let error):
            "the ledger of \(offered) entries is not shown to extend the \(remembered) that the "
                + "witness saw: \(error.message)"
        case .exists(let path): "there is a witness at '\(path)' already"
        case .memory(let reason): "the witness's folder failed: \(reason)"
        }
    }

    /// What one can do about it.
    public var help: String {
        switch self {
        case .note(let error): error.help
        case .shrunk, .rewritten:
            "stop work on the site, keep both checkpoints and find out who changed its history"
        case .wrongStart(let remembered, _): "make a proof from \(remembered) entries on"
        case .notExtended: "make the proof again; if it fails again, the history was changed"
        case .exists: "go on with it, or give another folder: what it remembers must not be lost"
        case .memory: "check the folder and its permissions"
        }
    }
}
