import ArgumentParser
import Facility
import Foundation
import Ledger
import Operations
import SQLiteLedger

/// `seedlot init DIR`: makes a site with its ledger, its key and its first administrator.
struct InitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Make a site: its ledger, its key and its first administrator.")

    @Argument(help: "A folder that does not exist yet, or is empty.", completion: .directory)
    var directory: String

    @Option(help: "The name of the site as it is printed on records.")
    var name = "Seedlot site"

    @Option(
        help:
            "The origin of the ledger: a name without a scheme, such as gmp.example.org/site1/ledger."
    )
    var origin = "localhost/site/ledger"

    @Option(help: "The identifier of the first administrator.")
    var administrator = "admin"

    @Option(help: "The administrator's name as it is printed on records.")
    var printedName = "Administrator"

    @OptionGroup var secret: PasswordOption
    @OptionGroup var output: FormatOption

    func run() async throws {
        guard let person = PersonID(administrator) else {
            throw Complaint.misuse(
                "'\(administrator)' is no identifier",
                wayOut: "use letters, digits and - . _, at most \(PersonID.maximumLength)")
        }
        let url = URL(filePath: directory)
        let existed = FileManager.default.fileExists(atPath: url.path)
        let password = try secret.password(prompt: "Password for '\(person)'")
        let folder: SiteFolder
        do throws(SiteFolderError) {
            folder = try SiteFolder(creating: url, name: name, origin: origin)
        } catch {
            throw Complaint(error.message, wayOut: error.help)
        }
        do {
            try await found(folder, administrator: person, password: password)
        } catch {
            // A half-made site would only be in the way of the next try.
            for part in (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? [] {
                try? FileManager.default.removeItem(at: url.appending(path: part))
            }
            if !existed { try? FileManager.default.removeItem(at: url) }
            throw error
        }
        switch output.format {
        case .text:
            print("made the site '\(folder.profile.name)' in \(directory)")
            print("public key, to verify its records: \(folder.profile.verifier)")
        case .json: print(try folder.profile.printedJSON())
        }
    }

    private func found(
        _ folder: SiteFolder, administrator: PersonID, password: String
    ) async throws {
        let command = FoundSite(
            site: name, administrator: administrator, printedName: printedName)
        let request = Request(command, by: administrator, newPassword: password)
        _ = try await SiteDoor.withSite(folder) { try await $0.performOrComplain(request) }
    }
}
