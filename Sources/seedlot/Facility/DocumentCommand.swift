import ArgumentParser
import Facility
import Foundation
import Ledger
import Operations

/// `seedlot document`: instructions, procedures and forms of a site, with their files.
struct DocumentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "document",
        abstract: "List the documents of a site, fetch a file, or register a version.",
        subcommands: [
            DocumentListCommand.self, DocumentFetchCommand.self, DocumentRegisterCommand.self,
        ], defaultSubcommand: DocumentListCommand.self)
}

/// `seedlot document list SITE`: every version of every document, and how it stands.
struct DocumentListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List every version of every document, and how it stands.")

    @OptionGroup var site: SiteArgument
    @OptionGroup var day: DayOption
    @OptionGroup var output: FormatOption

    func run() async throws {
        let standings = try await site.state().documentStandings(on: try day.date())
        try output.give(standings) {
            if standings.isEmpty { print("no document is registered") }
            for version in standings {
                let from = version.effective.map { " from \($0)" } ?? ""
                print(
                    "\(version.document) \(version.version)  \(version.standing.rawValue)\(from)  "
                        + "\(version.title), \(version.file)")
            }
        }
    }
}

/// `seedlot document fetch SITE DOCUMENT`: the file of a version.
struct DocumentFetchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fetch", abstract: "Write the file of a document: of the version in force.")

    @OptionGroup var site: SiteArgument
    @Argument(help: "The number of the document.") var document: String
    @Option(help: "Another version than the one in force, by its number.") var version: String?
    @Option(name: .shortAndLong, help: "Where to write it; its own name in this folder.")
    var output: String?
    @OptionGroup var day: DayOption

    func run() async throws {
        let folder = try SiteDoor.folder(site.site)
        let state = try await SiteDoor.state(of: folder)
        guard let id = DocumentID(document), let document = state.documents[id] else {
            throw Complaint(
                "there is no document '\(document)'",
                wayOut: "'seedlot document list' lists the documents")
        }
        let today = try day.date()
        guard let found = version.map(document.version) ?? document.inForce(on: today) else {
            throw Complaint(
                version.map { "'\(id)' has no version '\($0)'" }
                    ?? "no version of '\(id)' is in force on \(today)",
                wayOut: "versions: " + document.versions.map(\.number).joined(separator: ", "))
        }
        let bytes: [UInt8]
        do throws(ContentStoreError) {
            bytes = try folder.files.bytes(of: found.file.digest)
        } catch {
            throw Complaint("\(error)")
        }
        guard Digest.sha256(of: bytes) == found.file.digest else {
            throw Complaint(
                "the kept file is not the one that was approved",
                wayOut: "'seedlot verify' looks through every file; restore a backup")
        }
        let target = output ?? URL(filePath: found.file.name).lastPathComponent
        do {
            try Data(bytes).write(to: URL(filePath: target), options: .atomic)
        } catch {
            throw Complaint("'\(target)' cannot be written", wayOut: "name another with --output")
        }
        print("\(target): version \(found.number) of \(id), SHA-256 \(found.file.digest.hex)")
    }
}

/// `seedlot document register SITE FILE`: a version of a document with its file.
struct DocumentRegisterCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "register", abstract: "Keep a file and register it as a version of a document."
    )

    @OptionGroup var site: SiteArgument
    @Argument(help: "The file.", completion: .file()) var file: String
    @Option(help: "The number of the document, the same for all its versions.")
    var document: String
    @Option(help: "What it is: instruction, procedure or form.") var kind: String
    @Option(help: "Its title.") var title: String
    @Option(help: "The number of this version.") var version: String
    @Option(help: "Why this version came to be.") var reason: String
    @Option(help: "A role whose people are all trained in it; may be repeated.")
    var reader: [String] = []
    @Option(name: .customLong("as"), help: "Who registers it.") var person: String
    @OptionGroup var secret: PasswordOption
    @OptionGroup var output: FormatOption

    func run() async throws {
        guard let person = PersonID(person) else {
            throw Complaint.misuse("'\(person)' is no identifier")
        }
        guard let id = DocumentID(document) else {
            throw Complaint.misuse("'\(document)' is no identifier")
        }
        guard let kind = DocumentKind(rawValue: kind) else {
            throw Complaint.misuse(
                "'\(kind)' is no kind of document", wayOut: "instruction, procedure or form")
        }
        let roles = reader.compactMap(Role.init)
        guard roles.count == reader.count else {
            throw Complaint.misuse(
                "'\(reader.joined(separator: ", "))' has no such roles",
                wayOut: Role.allCases.map(\.rawValue).joined(separator: ", "))
        }
        guard let data = FileManager.default.contents(atPath: file) else {
            throw Complaint("'\(file)' cannot be read", wayOut: "check the path")
        }
        let folder = try SiteDoor.folder(site.site)
        let kept: FileReference
        do throws(ContentStoreError) {
            kept = try folder.files.keep(
                Array(data), name: URL(filePath: file).lastPathComponent)
        } catch {
            throw Complaint("\(error)")
        }
        let command = RegisterDocument(
            document: id, kind: kind, title: title, version: version,
            file: StoredFile(name: kept.name, digest: kept.digest), reason: reason,
            readers: roles.isEmpty ? nil : roles)
        let password = try secret.password(prompt: "Password of '\(person)'")
        let receipt = try await SiteDoor.withSite(folder) { site in
            try await PerformCommand.confirm(person, password: password, at: site)
            return try await site.performOrComplain(Request(command, by: person))
        }
        try output.give(receipt) {
            print("entry \(receipt.firstEntry): version \(version) of \(id), \(kept.digest.hex)")
        }
    }
}
