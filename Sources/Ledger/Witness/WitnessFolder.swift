internal import Foundation

/// A witness's folder: its private key, and the last cosigned checkpoint of each ledger.
public struct WitnessFolder: Sendable {
    /// Path of the folder.
    public let path: String

    /// The folder at `path`.
    public init(path: String) { self.path = path }

    /// Makes the folder with a new key called `name`, from the system's randomness.
    ///
    /// - Returns: the public side, to be given to whoever checks cosignatures.
    /// - Throws: `.exists` when there is a witness already: its memory must not be lost.
    public func create(name: String) throws(WitnessError) -> NoteVerifier {
        guard !FileManager.default.fileExists(atPath: keyPath) else {
            throw .exists(path: path)
        }
        let signer: NoteSigner
        do throws(NoteError) {
            signer = try NoteSigner.generate(name: name, type: .cosignature)
        } catch {
            throw .note(error)
        }
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
            try PrivateFile.write(Array("\(signer.skey)\n".utf8), to: keyPath)
        } catch {
            throw .memory("cannot write '\(keyPath)'")
        }
        return signer.verifier
    }

    /// The witness of this folder.
    public func witness() throws(WitnessError) -> Witness {
        let text = try read(keyPath, what: "there is no witness key at '\(keyPath)'")
        do throws(NoteError) {
            let key = text.split(separator: "\n").first.map(String.init) ?? ""
            return try Witness(signer: try NoteSigner(skey: key))
        } catch {
            throw .note(error)
        }
    }

    /// The last cosigned checkpoint of the ledger of `log`, or nil.
    ///
    /// - Throws: `.note` when the witness's own signature on it does not fit.
    public func remembered(of log: NoteVerifier) throws(WitnessError) -> SignedNote? {
        let file = memoryPath(of: log)
        guard FileManager.default.fileExists(atPath: file) else { return nil }
        let text = try read(file, what: "cannot read '\(file)'")
        let own = try witness().verifier
        do throws(NoteError) {
            let note = try SignedNote(parsing: text.utf8)
            _ = try note.verified(by: [own])
            return note
        } catch {
            throw .note(error)
        }
    }

    /// Remembers `note`, durably.
    public func remember(_ note: SignedNote, of log: NoteVerifier) throws(WitnessError) {
        let file = memoryPath(of: log)
        do {
            try PrivateFile.write(note.bytes, to: file)
        } catch {
            throw .memory("cannot write '\(file)'")
        }
    }

    /// Cosigns `request` after what is remembered, remembers it, and returns it.
    public func cosign(
        _ request: AddCheckpointRequest, of log: NoteVerifier, posixSeconds: UInt64
    ) throws(WitnessError) -> SignedNote {
        let last = try remembered(of: log)
        let checkpoint: Checkpoint?
        do throws(NoteError) {
            checkpoint = try last.map { (note) throws(NoteError) in
                try Checkpoint(text: note.text)
            }
        } catch {
            throw .note(error)
        }
        let note = try witness().cosign(
            request, after: checkpoint, of: log, posixSeconds: posixSeconds)
        try remember(note, of: log)
        return note
    }

    private var keyPath: String { "\(path)/witness.key" }

    /// One file a ledger, named by the digest of its name: a name may hold slashes.
    private func memoryPath(of log: NoteVerifier) -> String {
        "\(path)/\(Digest.sha256(of: Array(log.name.utf8)).hex).checkpoint"
    }

    private func read(_ file: String, what: String) throws(WitnessError) -> String {
        guard let content = FileManager.default.contents(atPath: file),
            content.count <= SignedNote.bytesMax,
            let text = String(validating: content, as: UTF8.self)
        else { throw .memory(what) }
        return text
    }
}
