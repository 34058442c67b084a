import ArgumentParser
import Foundation
import Ledger
import Operations

/// `seedlot witness`: a second machine that remembers the history it saw.
struct WitnessCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "witness",
        abstract: "Remember a site's history on a second machine, and refuse any other.",
        discussion: """
            The witness keeps its own key and the last checkpoint it saw, in a folder of its own. \
            It signs a new checkpoint only when a proof shows that it extends that one. With the \
            site at hand: 'witness cosign --site'. Without: the site's machine makes a request with \
            'witness request', and the witness answers it with 'witness cosign --request'.
            """,
        subcommands: [
            WitnessInitCommand.self, WitnessCosignCommand.self, WitnessRequestCommand.self,
            WitnessCheckCommand.self,
        ])
}

/// The folder of a witness.
struct WitnessArgument: ParsableArguments {
    @Argument(help: "The witness's folder.", completion: .directory)
    var witness: String

    var folder: WitnessFolder { WitnessFolder(path: witness) }
}

/// `seedlot witness init WITNESS`: makes a witness with a new key.
struct WitnessInitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Make a witness with a new key.",
        discussion: """
            Once, on the second machine. Give its public key to whoever checks cosignatures.

            Example: seedlot witness init WITNESS --name quality.example.org/laptop
            """)

    @OptionGroup var witness: WitnessArgument

    @Option(help: "The witness's name, such as quality.example.org/laptop.")
    var name: String

    @OptionGroup var format: FormatOption

    func run() throws {
        let key: NoteVerifier
        do throws(WitnessError) {
            key = try witness.folder.create(name: name)
        } catch {
            throw Complaint(error)
        }
        switch format.format {
        case .text: print("public key of the witness: \(key.vkey)")
        case .json: print(try ["name": key.name, "key": key.vkey].printedJSON())
        }
    }
}

/// `seedlot witness cosign WITNESS`: signs a checkpoint that extends the one remembered.
struct WitnessCosignCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cosign",
        abstract: "Sign a site's newest checkpoint if it extends the last one seen.",
        discussion: """
            The exit code is 1 when the history changed or got shorter: nothing is signed then.

            Example: seedlot witness cosign WITNESS --site SITE --output cosigned.txt
            """)

    @OptionGroup var witness: WitnessArgument

    @Option(help: "The site's folder, when it can be reached.", completion: .directory)
    var site: String?

    @Option(help: "A request made by 'seedlot witness request'.", completion: .file())
    var request: String?

    @Option(help: "The site's public key; needed with --request.")
    var key: String?

    @Option(
        name: .shortAndLong, help: "Where to write the cosigned checkpoint; else it is printed.",
        completion: .file())
    var output: String?

    @OptionGroup var format: FormatOption

    func run() async throws {
        let (log, received) = try await offered()
        let note: SignedNote
        do throws(WitnessError) {
            note = try witness.folder.cosign(
                received, of: log, posixSeconds: UInt64(max(0, Date().timeIntervalSince1970)))
        } catch {
            throw Complaint(error)
        }
        try CheckpointNote(note, "cosigned").write(to: output, format.format)
    }

    private func offered() async throws -> (NoteVerifier, AddCheckpointRequest) {
        switch (site, request) {
        case (let site?, nil):
            let folder = try SiteDoor.folder(site)
            let log =
                if let key { try VerifierKey.read(key) } else { try SiteDoor.verifier(of: folder) }
            let storage = try SiteDoor.reading(folder)
            return try await Complaint.wrapping {
                let seen = try witness.folder.remembered(of: log)
                let size = try seen.map { try Checkpoint(text: $0.text).size } ?? 0
                let request = try await LedgerReader(storage: storage).witnessRequest(from: size)
                guard let request else { throw Complaint.unsigned }
                return (log, request)
            }
        case (nil, let file?):
            guard let key else {
                throw Complaint.misuse(
                    "the site's public key is not known", wayOut: "give it with --key")
            }
            let bytes = try LedgerFile.read(file, bytesMax: TLogProof.bytesMax)
            let log = try VerifierKey.read(key)
            return try await Complaint.wrapping {
                (log, try AddCheckpointRequest(parsing: bytes))
            }
        default:
            throw Complaint.misuse("give either --site or --request")
        }
    }
}

/// `seedlot witness request SITE`: what to send to a witness that cannot reach the site.
struct WitnessRequestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "request",
        abstract: "Make a request for a witness: the newest checkpoint with a proof.",
        discussion: """
            Example: seedlot witness request SITE --seen 1204 --output request.txt
            """)

    @OptionGroup var site: SiteArgument

    @Option(help: "Number of entries that the witness saw last; 0 for a new witness.")
    var seen: UInt64 = 0

    @Option(
        name: .shortAndLong, help: "Where to write the request; else it is printed.",
        completion: .file())
    var output: String?

    @OptionGroup var format: FormatOption

    func run() async throws {
        let folder = try SiteDoor.folder(site.site)
        let storage = try SiteDoor.reading(folder)
        let request = try await Complaint.wrapping {
            let reader = LedgerReader(storage: storage)
            let size = try await reader.storage.end().signedSize
            guard seen <= size else {
                throw Complaint(
                    "--seen is \(seen), the ledger has \(size) signed entries",
                    wayOut: "if a witness saw more, the history got shorter: find out why")
            }
            return try await reader.witnessRequest(from: seen)
        }
        guard let request else { throw Complaint.unsigned }
        try CheckpointNote(request.checkpoint, "requested", bytes: request.bytes)
            .write(to: output, format.format)
    }
}

/// `seedlot witness check CHECKPOINT`: whether a site and a witness signed a checkpoint.
struct WitnessCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Check the signatures of a cosigned checkpoint.",
        discussion: """
            Example: seedlot witness check cosigned.txt --key site.vkey --witness KEY
            """)

    @Argument(help: "The cosigned checkpoint, as a file.", completion: .file())
    var checkpoint: String

    @Option(help: "The site's public key.")
    var key: String

    @Option(help: "The public key of a witness that must have signed; may be repeated.")
    var witness: [String] = []

    @OptionGroup var format: FormatOption

    func run() async throws {
        let log = try VerifierKey.read(key)
        let witnesses = try witness.map(VerifierKey.read)
        let bytes = try LedgerFile.read(checkpoint, bytesMax: SignedNote.bytesMax)
        let checked = try await Complaint.wrapping {
            let note = try SignedNote(parsing: bytes)
            // Before the signatures: a line that is malformed is named.
            let checkpoint = try Checkpoint(text: note.text)
            return Checked(
                checkpoint, try ([log] + witnesses).flatMap { try note.verified(by: [$0]) })
        }
        switch format.format {
        case .text: print(checked.text)
        case .json: print(try checked.printedJSON())
        }
    }

    private struct Checked: Encodable {
        struct Signature: Encodable {
            var name: String
            /// When a witness signed.
            var at: String?
        }

        var origin: String
        var entries: UInt64
        var root: String
        var signatures: [Signature]

        init(_ checkpoint: Checkpoint, _ verified: [VerifiedNoteSignature]) {
            origin = checkpoint.origin
            entries = checkpoint.size
            root = checkpoint.root.hex
            signatures = verified.map { signature in
                Signature(
                    name: signature.name,
                    at: signature.posixSeconds.map {
                        Date(timeIntervalSince1970: TimeInterval($0)).ISO8601Format()
                    })
            }
        }

        var text: String {
            let signed = signatures.map { "signed by \($0.name)\($0.at.map { " at \($0)" } ?? "")" }
            return (signed + ["\(origin): \(entries) entries", "root \(root)"])
                .joined(separator: "\n")
        }
    }
}

/// A checkpoint that a command hands out, with what stands around it.
private struct CheckpointNote: Encodable {
    var entries: UInt64
    var root: String
    /// The whole text, as it is to be handed on.
    var text: String
    private let verb: String

    private enum CodingKeys: CodingKey {
        case entries, root, text
    }

    /// `note`, which is handed on as `bytes` when these are given.
    init(_ note: SignedNote, _ verb: String, bytes: [UInt8]? = nil) throws {
        let checkpoint: Checkpoint
        do throws(NoteError) {
            checkpoint = try Checkpoint(text: note.text)
        } catch {
            throw Complaint(error)
        }
        entries = checkpoint.size
        root = checkpoint.root.hex
        text = String(decoding: bytes ?? note.bytes, as: UTF8.self)
        self.verb = verb
    }

    /// Writes the note to `file` and says so; without one, prints it.
    func write(to file: String?, _ format: OutputFormat) throws {
        if let file { try LedgerFile.write(Array(text.utf8), to: file) }
        switch (format, file) {
        case (.json, _): print(try printedJSON())
        case (.text, nil): try LedgerFile.write(Array(text.utf8), to: nil)
        case (.text, let file?): print("\(verb) \(entries) entries in \(file)\nroot \(root)")
        }
    }
}
