import ArgumentParser
import Foundation
import Ledger
import Operations
import SQLiteLedger

/// `seedlot backup SITE COPY`: copies a site while it runs.
struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Copy a whole site to another folder while it runs.",
        discussion: """
            The copy holds the site's private key and people's sealed keys: keep it as safe as \
            the site itself.

            Example: seedlot backup SITE COPY
            """)

    @OptionGroup var site: SiteArgument

    @Argument(help: "A folder that does not exist yet.", completion: .directory)
    var copy: String

    @OptionGroup var output: FormatOption

    func run() async throws {
        let folder = try SiteDoor.folder(site.site)
        try await Complaint.wrapping {
            try await SiteCopy(from: folder.url.path, to: copy).run(
                progress: { count in
                    if count % 64 == 0 { Terminal.progress("\(count) files") }
                },
                check: { path in try await SiteDoor.signEnd(of: SiteDoor.folder(path)) })
        }
        Terminal.endProgress()
        let copied = try SiteDoor.folder(copy)
        let head = try await Complaint.wrapping { try await SiteDoor.reading(copied).head() }
        do throws(SiteFolderError) {
            try folder.note(LastBackup(made: SystemClock().now(), head: head))
        } catch {
            Terminal.error("warning: the copy is whole and not noted: \(error.message)")
        }
        try SiteCopySummary(head: head, folder: copy).print(output.format, verb: "copied")
    }
}

/// `seedlot restore COPY SITE`: makes a site from a copy, once the copy is verified.
struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Make a site from a copy, after verifying every entry and file of it.",
        discussion: """
            With --against, an older copy cannot pass for the newest state. The restored site \
            continues the same tree: never let both go on. Entries that were just being \
            recorded when the copy was made are signed, once the site's key knows them for its own.

            What is printed is what a restore drill is recorded with: system.record-check.

            Example: seedlot restore COPY SITE --against checkpoint.txt
            """)

    @Argument(help: "The folder that 'seedlot backup' made.", completion: .directory)
    var copy: String

    @Argument(help: "A folder that does not exist yet.", completion: .directory)
    var site: String

    @Option(
        help: "A checkpoint someone kept, as a file; the copy must extend it.",
        completion: .file())
    var against: [String] = []

    @Option(help: "The site's public key, when not the one in the copy is to be trusted.")
    var key: String?

    @OptionGroup var output: FormatOption

    func run() async throws {
        let source = try SiteDoor.folder(copy)
        let verifier =
            if let key { try VerifierKey.read(key) } else { try SiteDoor.verifier(of: source) }
        let kept = try against.map { try KeptCheckpoint.read($0, signedBy: verifier) }
        let begun = ContinuousClock.now
        try await Complaint.wrapping {
            try await SiteCopy(from: source.url.path, to: site).run(
                progress: { count in
                    if count % 64 == 0 { Terminal.progress("\(count) files") }
                },
                check: { path in try await check(path, verifier, kept) })
        }
        Terminal.endProgress()
        let restored = try SiteDoor.folder(site)
        let head = try await Complaint.wrapping { try await SiteDoor.reading(restored).head() }
        var summary = SiteCopySummary(head: head, folder: site)
        // Rounded up: a drill never took no time.
        summary.took = "\((ContinuousClock.now - begun).components.seconds + 1) s"
        try summary.print(output.format, verb: "verified and restored")
    }

    private func check(_ path: String, _ log: NoteVerifier, _ kept: [Checkpoint]) async throws {
        let folder = try SiteDoor.folder(path)
        try await SiteDoor.signEnd(of: folder)
        let storage = try SiteDoor.reading(folder)
        defer { try? storage.close() }
        let files = folder.files
        let report = try await LedgerVerifier(storage: storage, log: log).verify(
            against: kept, file: { files.condition(of: $0) }
        ) { progress in
            Terminal.progress("\(progress.entries) of \(progress.total) entries verified")
        }
        guard report.isIntact else {
            Terminal.endProgress()
            for finding in report.findings { Terminal.error("\(finding)") }
            throw Complaint(
                "the copy is not intact: "
                    + (report.findingCount == 1 ? "1 finding" : "\(report.findingCount) findings"),
                wayOut: "restore an earlier copy")
        }
    }
}

/// A checkpoint that someone kept, in a file.
enum KeptCheckpoint {
    /// Reads a checkpoint that `key` signed.
    static func read(_ path: String, signedBy key: NoteVerifier) throws -> Checkpoint {
        let content = try LedgerFile.read(path, bytesMax: SignedNote.bytesMax)
        do throws(NoteError) {
            let note = try SignedNote(parsing: content)
            // Before the signature: a line that is malformed is named.
            let checkpoint = try Checkpoint(text: note.text)
            _ = try note.verified(by: [key])
            return checkpoint
        } catch {
            throw Complaint(
                "'\(path)' is no checkpoint of this site: \(error.message)", wayOut: error.help)
        }
    }
}

private struct SiteCopySummary: Encodable {
    var entries: UInt64
    var root: String
    var folder: String
    /// How long it took, as a drill is recorded with it.
    var took: String?

    init(head: LedgerHead, folder: String) {
        entries = head.size
        root = head.root.hex
        self.folder = folder
    }

    func print(_ format: OutputFormat, verb: String) throws {
        switch format {
        case .text:
            Swift.print("\(verb) \(entries) entries to \(folder)\nroot \(root)")
            if let took { Swift.print("took \(took)") }
        case .json: Swift.print(try printedJSON())
        }
    }
}
