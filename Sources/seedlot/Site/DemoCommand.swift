import ArgumentParser
import Facility
import Foundation
import Ledger
import Operations
import SQLiteLedger
import WebApp

/// `seedlot demo`: a complete demonstration site in a temporary folder, served at once.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Make a demonstration site by playing a scenario, and serve it.")

    @Argument(help: "The scenario to play.", completion: .file())
    var scenario = "Examples/uc-msc/first-batches.jsonl"

    @Option(
        help: "Where to keep the site, or where one was kept before; else a temporary folder.")
    var directory: String?

    @OptionGroup var options: ServeOptions

    func run() async throws {
        let scenario = try PlayCommand.read(scenario)
        let url = URL(
            filePath: directory
                ?? FileManager.default.temporaryDirectory
                .appending(path: "seedlot-demo-\(ProcessInfo.processInfo.processIdentifier)").path)
        let isMade = FileManager.default.fileExists(atPath: url.appending(path: "site.json").path)
        let folder = try isMade ? Self.reopened(url) : Self.created(url)
        if !isMade {
            say("making the demonstration site in \(url.path)")
            let count = try await PlayCommand.play(scenario, named: self.scenario, on: folder)
            say("performed \(scenario.lines.count) commands; the ledger has \(count) entries")
        }
        // The site stays in the scenario's time: what was calibrated then is in calibration now.
        let clock = ContinuingClock(from: try await Self.lastInstant(of: folder))
        try await options.serve(folder, clock: clock) { site, address in
            let signIns = Self.signIns(scenario, on: site)
            print("\nThe demonstration site is at \(address)\n\n\(signIns)")
            print("\nStop it with Ctrl-C.")
            fflush(nil)
        }
    }

    private static let origin = "demo.example.org/site/ledger"

    private static func created(_ url: URL) throws -> SiteFolder {
        do throws(SiteFolderError) {
            return try SiteFolder(
                creating: url, name: "Seedlot demonstration site", origin: origin)
        } catch {
            throw Complaint(error.message, wayOut: error.help)
        }
    }

    /// A demonstration site that was made before; its clock does not suit any other site.
    private static func reopened(_ url: URL) throws -> SiteFolder {
        let folder = try SiteDoor.folder(url.path)
        guard folder.profile.origin == origin else {
            throw Complaint(
                "'\(url.path)' is the site '\(folder.profile.name)', no demonstration",
                wayOut: "serve it: 'seedlot serve'")
        }
        return folder
    }

    /// When the last entry of the ledger was recorded.
    private static func lastInstant(of folder: SiteFolder) async throws -> Timestamp {
        let storage = try SiteDoor.reading(folder)
        defer { try? storage.close() }
        do throws(StorageError) {
            let reader = LedgerReader(storage: storage)
            let size = try await reader.head().size
            let last = size > 0 ? try await reader.entries(from: size - 1, limit: 1).first : nil
            return last.flatMap { Timestamp($0.draft.recorded) } ?? SystemClock().now()
        } catch {
            throw Complaint(error.message, wayOut: error.help)
        }
    }

    private func say(_ text: String) { Terminal.error("==> \(text)") }

    /// Who can sign in and with what password, one line each.
    private static func signIns(_ scenario: Scenario, on site: Site) -> String {
        let people = site.state.people.inOrder.filter { scenario.passwords[$0.id] != nil }
        let width = people.map(\.id.text.count).max() ?? 0
        let lines = people.map { person in
            let name = person.id.text
            let password = scenario.passwords[person.id] ?? ""
            let roles = person.roles.sorted().map(\.title).joined(separator: ", ")
            return "  \(name + String(repeating: " ", count: width - name.count))  \(password)"
                + "  \(roles)"
        }
        return "Sign in as one of these, with the password beside it:\n\n"
            + lines.joined(separator: "\n")
    }
}
