import ArgumentParser
import Facility
import Foundation
import Ledger
import Operations

/// `seedlot play SCENARIO`: performs a list of commands as named people.
struct PlayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "play",
        abstract: "Perform a list of commands, one JSON object a line, as named people.")

    @Argument(help: "The scenario.", completion: .file())
    var scenario: String

    @Option(help: "The site's folder; a new one is made when there is none.")
    var site: String

    @Option(help: "The name of a new site; as the scenario founds it when not given.")
    var name: String?

    @Option(help: "The origin of a new site's ledger.")
    var origin = "localhost/site/ledger"

    @OptionGroup var output: FormatOption

    func run() async throws {
        let scenario = try Self.read(scenario)
        guard !scenario.lines.isEmpty else {
            throw Complaint(
                "'\(self.scenario)' holds no command",
                wayOut: "write one JSON object a line, as in Examples/uc-msc/first-batches.jsonl")
        }
        let url = URL(filePath: site)
        let folder: SiteFolder
        if FileManager.default.fileExists(atPath: url.appending(path: "site.json").path) {
            folder = try SiteDoor.folder(site)
        } else {
            do throws(SiteFolderError) {
                folder = try SiteFolder(
                    creating: url, name: name ?? scenario.foundedName ?? "Seedlot site",
                    origin: origin)
            } catch {
                throw Complaint(error.message, wayOut: error.help)
            }
        }
        let count = try await Self.play(scenario, named: self.scenario, on: folder)
        switch output.format {
        case .json: print(try ["entries": count].printedJSON())
        case .text:
            print("performed \(scenario.lines.count) commands; the ledger has \(count) entries")
        }
    }

    /// Reads a scenario file.
    static func read(_ path: String) throws -> Scenario {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw Complaint("'\(path)' cannot be read", wayOut: "check the path")
        }
        let folder = URL(filePath: path).deletingLastPathComponent()
        do throws(ScenarioError) {
            return try Scenario(reading: text, in: ScenarioFolder(folder))
        } catch {
            throw Complaint("'\(path)': \(error)")
        }
    }

    /// Plays `scenario` on the site in `folder` and gives the number of entries afterwards.
    static func play(
        _ scenario: Scenario, named name: String, on folder: SiteFolder
    ) async throws -> UInt64 {
        let clock = SetClock(scenario.lines.first?.at ?? SystemClock().now())
        let total = scenario.lines.last?.number ?? 0
        return try await SiteDoor.withSite(folder, clock: clock) { site in
            defer { Terminal.endProgress() }
            do throws(ScenarioError) {
                try await scenario.play(on: site, clock: clock) { line in
                    Terminal.progress("line \(line.number) of \(total): \(line.command)")
                }
            } catch {
                throw Complaint("'\(name)': \(error)")
            }
            return site.state.entryCount
        }
    }
}

extension Scenario {
    /// The name under which the scenario founds its site; nil when it founds none.
    fileprivate var foundedName: String? {
        lines.first { $0.command == FoundSite.name }?.body["site"]?.stringValue
    }
}
