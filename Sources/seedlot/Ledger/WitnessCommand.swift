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
        commandName: "init", abstract: "Make a witness with a new key.")

    @OptionGroup var witness: WitnessArgument

    @Option(help: "The witness's name, such as quality.example.org/laptop.")
    var name: String

    func run() throws {
        do throws(WitnessError) {
            print("public key of the witness: \(try witness.folder.create(name: name).vkey)")
        } catch {
            throw Complaint(error)
        }
    }
}

/// `seedlot witness cosign WITNESS`: signs a checkpoint that extends the one remembered.
struct WitnessCosignCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cosign",
        abstract: "Sign a site's newest checkpoint if it extends the last one seen.")

    @OptionGroup var witness: WitnessArgument

    @Option(help: "The site's folder, when it can be reached.", completion: .directory)
    var site: String?

    @Option(help: "A request made by 'seedlot witness request'.", completion: .file())
    var request: String?

    @Option(help: "The site's public key; needed with --request.")
    var key: String?

    @Option(name: .shortAndLong, help: "Where to write the cosigned checkpoint.")
    var output: String?

    func run() async throws {
        let (log, received) = try await offered()
        let note: SignedNote
        do throws(WitnessError) {
            note = try witness.folder.cosign(
                received, of: log, posixSeconds: UInt64(max(0, Date().timeIntervalSince1970)))
        } catch {
            throw Complaint(error)
        }
        try LedgerFile.write(note.bytes, to: output)
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
                guard let request else { throw Complaint("the site has no entries yet") }
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
        abstract: "Make a request for a witness: the newest checkpoint with a proof.")

    @OptionGroup var site: SiteArgument

    @Option(help: "Number of entries that the witness saw last; 0 for a new witness.")
    var seen: UInt64 = 0

    @Option(name: .shortAndLong, help: "Where to write the request.")
    var output: String?

    func run() async throws {
        let folder = try SiteDoor.folder(site.site)
        let storage = try SiteDoor.reading(folder)
        let request = try await Complaint.wrapping {
            let reader = LedgerReader(storage: storage)
            let size = try await reader.head().size
            guard seen <= size else {
                throw Complaint(
                    "--seen is \(seen), the ledger has \(size) entries",
                    wayOut: "if a witness saw more, the history got shorter: find out why")
            }
            return try await reader.witnessRequest(from: seen)
        }
        guard let request else { throw Complaint("the site has no entries yet") }
        try LedgerFile.write(request.bytes, to: output)
    }
}

/// `seedlot witness check CHECKPOINT`: whether a site and a witness signed a checkpoint.
struct WitnessCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Check the signatures of a cosigned checkpoint.")

    @Argument(help: "The cosigned checkpoint, as a file.", completion: .file())
    var checkpoint: String

    @Option(help: "The site's public key.")
    var key: String

    @Option(help: "The public key of a witness that must have signed; may be repeated.")
    var witness: [String] = []

    func run() async throws {
        let log = try VerifierKey.read(key)
        let witnesses = try witness.map(VerifierKey.read)
        let bytes = try LedgerFile.read(checkpoint, bytesMax: SignedNote.bytesMax)
        try await Complaint.wrapping {
            let note = try SignedNote(parsing: bytes)
            for key in [log] + witnesses {
                for signature in try note.verified(by: [key]) {
                    let time = signature.posixSeconds.map { seconds in
                        let date = Date(timeIntervalSince1970: TimeInterval(seconds))
                        return " at \(date.ISO8601Format())"
                    }
                    print("signed by \(signature.name)\(time ?? "")")
                }
            }
            let parsed = try Checkpoint(text: note.text)
            print("\(parsed.origin): \(parsed.size) entries\nroot \(parsed.root.hex)")
        }
    }
}
