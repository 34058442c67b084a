import Facility
import Foundation
import Ledger
import LedgerTestSupport
import Operations

/// The demonstration site in memory: the first batches of the UC-MSC example, played once.
enum SampleSite {
    /// The password of everyone at the site.
    static let password = "demonstration"

    /// A site of its own, with the clock standing at the end of the scenario, or before the first line
    /// for which `isEnd` holds.
    static func played(
        upTo isEnd: (Scenario.Line) -> Bool = { _ in false }
    ) async throws -> (site: Site, clock: SetClock) {
        let example = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Examples/uc-msc")
        let text = try String(
            contentsOf: example.appending(path: "first-batches.jsonl"), encoding: .utf8)
        var scenario = try Scenario(reading: text, in: ScenarioFolder(example))
        scenario.lines = Array(scenario.lines.prefix { !isEnd($0) })
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "seedlot-web-\(UUID().uuidString)")
        let clock = SetClock(scenario.lines[0].at)
        let site = try await Site(
            folder: try SiteFolder(
                creating: folder, name: "Sample", origin: "example.org/sample/ledger"),
            storage: InMemoryLedgerStorage(), clock: clock, scryptCost: .quick)
        try await scenario.play(on: site, clock: clock) { _ in }
        return (site, clock)
    }
}
