import ArgumentParser
import Facility
import Foundation
import Ledger
import Operations

/// `seedlot perform NAME`: performs one command.
struct PerformCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "perform", abstract: "Perform one command on a site as one person.",
        discussion: """
            The person's password is asked for, whether the command is signed or not: the record
            says who did it.

            Example: seedlot perform deviation.open --site SITE --as operator-1 --json door.json
            """)

    @Argument(help: "The name of the command; 'seedlot commands' lists them.")
    var name: String

    @Option(help: "The site's folder.", completion: .directory)
    var site: String

    @Option(name: .customLong("as"), help: "Who performs it.")
    var person: String

    @Option(help: "A file with the command's fields as JSON; '-' reads standard input.")
    var json = "-"

    @Option(help: "When it happened, for a late entry: an instant such as 2026-01-05T08:00:00Z.")
    var happened: String?

    @Option(help: "An idempotency key: the same key twice returns the first answer.")
    var key: String?

    @Option(
        name: .customLong("new-password-file"),
        help: "A file with the first password of a person the command enrols.",
        completion: .file())
    var newPasswordFile: String?

    @OptionGroup var secret: PasswordOption
    @OptionGroup var output: FormatOption

    func run() async throws {
        guard let person = PersonID(person) else {
            throw Complaint.misuse("'\(person)' is no identifier")
        }
        let command: any Command
        do throws(CommandProblem) {
            // The name is looked up first: whoever mistyped it need not type the fields.
            _ = try CommandCatalogue.type(named: name)
        } catch {
            throw Complaint(error.description)
        }
        let body = try Self.read(json)
        do throws(CommandProblem) {
            command = try CommandCatalogue.decode(name, from: body)
        } catch {
            throw Complaint(error.description)
        }
        var request = Request(command, by: person)
        if let key { request.key = key }
        if let happened {
            guard let instant = Timestamp(happened) else {
                throw Complaint.misuse(
                    "'\(happened)' is no instant", wayOut: "write it as 2026-01-05T08:00:00Z")
            }
            request.happened = instant
        }
        let isSigned = type(of: command).signature != nil
        let password = try secret.password(prompt: "Password of '\(person)'")
        if isSigned { request.authentication = .password(password) }
        if let newPasswordFile {
            request.newPassword = try PasswordOption.parse(["--password-file", newPasswordFile])
                .password(prompt: "")
        }
        let folder = try SiteDoor.folder(site)
        let complete = request
        let receipt = try await SiteDoor.withSite(folder) { site in
            if !isSigned { try await Self.confirm(person, password: password, at: site) }
            return try await site.performOrComplain(complete)
        }
        switch output.format {
        case .json: print(try receipt.printedJSON())
        case .text:
            for (offset, kind) in receipt.kinds.enumerated() {
                print("entry \(receipt.firstEntry + UInt64(offset)): \(kind)")
            }
        }
    }

    /// Refuses a password that does not open the person's key.
    static func confirm(
        _ person: PersonID, password: String, at site: Site
    ) async throws {
        do throws(Refusal) {
            _ = try await site.unlock(person, password: password)
        } catch {
            throw Complaint(error.message, wayOut: error.help)
        }
    }

    /// JSON of at most a few megabytes from a file or standard input.
    static func read(_ path: String) throws -> JSONValue {
        let data: Data
        if path == "-" {
            data = FileHandle.standardInput.readDataToEndOfFile()
        } else if let content = FileManager.default.contents(atPath: path) {
            data = content
        } else {
            throw Complaint("'\(path)' cannot be read", wayOut: "check the path")
        }
        do throws(JSONError) {
            return try JSONValue(parsing: data)
        } catch {
            throw Complaint(
                "the JSON in '\(path == "-" ? "standard input" : path)' cannot be read: "
                    + error.message, wayOut: error.help)
        }
    }
}
