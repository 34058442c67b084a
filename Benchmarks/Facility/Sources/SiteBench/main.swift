import Facility
import Foundation
import Ledger
import Operations
import SQLiteLedger

// How fast a site works: `SiteBench play SCENARIO...` for whole scenarios, `SiteBench commands
// SCENARIO` for commands beside the bare engine, `SiteBench start BATCHES` for the start-up of a
// large site. `SiteBench grow SITE COPIES POSITIONS READINGS` makes a site large, for the tests and
// benchmarks that need one.

let arguments = Array(CommandLine.arguments.dropFirst())

/// Seconds that `body` takes, and what it gives.
func timed<T>(_ body: () async throws -> T) async rethrows -> (T, Double) {
    let clock = ContinuousClock()
    let start = clock.now
    let value = try await body()
    let time = (clock.now - start).components
    return (value, Double(time.seconds) + Double(time.attoseconds) / 1e18)
}

func text(_ value: Double, _ digits: Int = 0) -> String { String(format: "%.\(digits)f", value) }

/// Memory of this process that is in use, in MB.
func memory() -> Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") } ?? ""
    return (line.split(separator: " ").compactMap { Int($0) }.first ?? 0) / 1024
}

/// The scenario at `path`, with the definitions beside it.
func read(_ path: String) throws -> Scenario {
    let url = URL(filePath: path)
    return try Scenario(
        reading: try String(contentsOf: url, encoding: .utf8),
        in: ScenarioFolder(url.deletingLastPathComponent()))
}

/// A site on SQLite in a folder of its own, as it runs in practice.
struct Bench {
    let folder: SiteFolder
    let storage: SQLiteLedgerStorage

    init() throws {
        let url = FileManager.default.temporaryDirectory
            .appending(path: "seedlot-bench-\(UInt64.random(in: .min ... .max))")
        folder = try SiteFolder(creating: url, name: "Bench", origin: "bench.example.org/ledger")
        storage = try SQLiteLedgerStorage(path: folder.ledger.path, access: .creating)
    }

    func open(_ clock: any SiteClock) async throws -> Site {
        try await Site(folder: folder, storage: storage, clock: clock, scryptCost: .quick)
    }

    func remove() {
        try? storage.close()
        try? FileManager.default.removeItem(at: folder.url)
    }

    /// Replays with and without a snapshot, and says what each takes.
    @discardableResult
    func reportStart(_ facts: UInt64) async throws -> SiteState {
        try? FileManager.default.removeItem(at: folder.url.appending(path: "snapshots"))
        let before = memory()
        let (state, replay) = try await timed { try await Site.state(of: folder, in: storage) }
        print(
            "start without snapshot \(text(replay, 2)) s, \(text(Double(facts) / replay)) facts/s, "
                + "\(memory() - before) MB more in use (\(memory()) MB in all)")
        let site = try await open(SystemClock())
        let (_, write) = try await timed { try await site.keepSnapshot() }
        let names = try FileManager.default.contentsOfDirectory(
            atPath: folder.url.appending(path: "snapshots").path)
        let size = names.reduce(0) { sum, name in
            let path = folder.url.appending(path: "snapshots/\(name)").path
            let attributes = try? FileManager.default.attributesOfItem(atPath: path)
            return sum + ((attributes?[.size] as? Int) ?? 0)
        }
        let (again, read) = try await timed { try await Site.state(of: folder, in: storage) }
        print(
            "start with snapshot \(text(read, 2)) s, \(text(Double(facts) / read)) facts/s; "
                + "written in \(text(write, 2)) s, \(size / 1_000_000) MB"
                + (again.entryCount == state.entryCount ? "" : ", NOT THE SAME SITE"))
        return state
    }
}

switch arguments.first {
case "play":
    for path in arguments.dropFirst() {
        let scenario = try read(path)
        let bench = try Bench()
        defer { bench.remove() }
        let clock = SetClock(scenario.lines.first?.at ?? Timestamp(milliseconds: 0))
        let site = try await bench.open(clock)
        do {
            let (_, seconds) = try await timed { try await scenario.play(on: site, clock: clock) }
            let count = Double(scenario.lines.count)
            print(
                "\(path): \(scenario.lines.count) commands in "
                    + "\(text(seconds, 2)) s, \(text(count / seconds)) a second, "
                    + "\(site.state.entryCount) facts")
            if ProcessInfo.processInfo.environment["VERBOSE"] != nil {
                for deviation in site.state.deviations.inOrder {
                    print("\(deviation.id) \(deviation.opened.happened) \(deviation.description)")
                }
            }
            try await bench.reportStart(site.state.entryCount)
        } catch {
            print("\(path): \(error)")
            exit(1)
        }
    }
case "commands":
    try await CommandRate.report(
        deciding: try read(arguments.dropFirst().first ?? "one-year.jsonl"))
case "start":
    try await LargeSite.report(batches: arguments.dropFirst().first.flatMap { Int($0) } ?? 20_000)
case "grow":
    let numbers = arguments.dropFirst(2).compactMap { Int($0) }
    guard arguments.count == 5, numbers.count == 3, numbers.allSatisfy({ (0...10_000_000) ~= $0 })
    else {
        print("usage: SiteBench grow SITE COPIES POSITIONS READINGS")
        exit(2)
    }
    var site = try await LargerSite(path: arguments[1])
    let (_, seconds) = try await timed {
        try await site.grow(copies: numbers[0], positions: numbers[1], readings: numbers[2])
    }
    print("made in \(text(seconds, 1)) s, \(memory()) MB in use")
default:
    print("usage: SiteBench play SCENARIO... | commands SCENARIO | start [BATCHES] | grow SITE ...")
    exit(2)
}
