import BareSQLite
import Foundation
import Ledger
import SQLiteLedger

/// Prints one line a comparison: what, ours, the peer, and the ratio that counts.
///
/// Sides take turns and the median of their rounds stands, because other work on the machine
/// disturbs both alike. Quote the ratios, not the rates.
@main struct LedgerBenchmarks {
    static let origin = "gmp.example.org/benchmark/ledger"
    static let rounds = 5
    /// Rounds of appending: short ones, so that all sides meet the same disturbances.
    static let appendingRounds = 25

    static func main() async throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        switch arguments.first {
        case "single": try await Appending.single()
        case "group": try await Appending.group()
        case "merkle": Hashing.merkle()
        case "large":
            let count = arguments.dropFirst().first.flatMap { Int($0) }
            try await LargeLedger.run(entries: count ?? 1_000_000)
        default: print("usage: LedgerBenchmarks single | group | merkle | large [ENTRIES]")
        }
    }

    /// Seconds that `work` takes.
    static func seconds(_ work: () async throws -> Void) async rethrows -> Double {
        let start = ContinuousClock.now
        try await work()
        let elapsed = ContinuousClock.now - start
        return Double(elapsed.components.seconds)
            + Double(elapsed.components.attoseconds) * 1e-18
    }

    static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

    static func rate(_ perSecond: Double) -> String {
        String(format: "%9.0f/s", perSecond)
    }

    /// A draft whose entry has exactly 400 bytes.
    static func draft(_ number: Int) -> EntryDraft {
        var draft = EntryDraft(
            kind: "batch.step-completed/1", body: ["note": ""], at: "2026-03-01T09:30:00Z",
            recorded: "2026-03-01T09:30:00Z", by: "ada", command: "command-\(10_000_000 + number)")
        draft.body = ["note": .string(padding)]
        return draft
    }

    static let padding: String = {
        let empty = EntryDraft(
            kind: "batch.step-completed/1", body: ["note": ""], at: "2026-03-01T09:30:00Z",
            recorded: "2026-03-01T09:30:00Z", by: "ada", command: "command-10000000")
        return String(repeating: "x", count: 400 - ((try? empty.encoded().count) ?? 400))
    }()

    /// Processor time of this process so far, on all its threads, in seconds.
    static var processorSeconds: Double { Double(clock()) / Double(CLOCKS_PER_SEC) }

    /// Runs `work` and says what the most memory was that this process held meanwhile.
    static func peakMemory(_ what: String, _ work: () async throws -> Void) async throws {
        // Begins the count anew (proc(5), clear_refs).
        try "5".write(toFile: "/proc/self/clear_refs", atomically: false, encoding: .utf8)
        let before = memory("VmHWM")
        try await work()
        print("maximum resident size, \(what): \(memory("VmHWM")) MiB, before it \(before) MiB")
    }

    private static func memory(_ field: String) -> Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("\(field):") } ?? ""
        return (line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) / 1024
    }
}

/// A folder that goes when the benchmark is over.
final class Folder {
    let url: URL

    init() throws {
        let parent = ProcessInfo.processInfo.environment["LEDGER_BENCHMARK_DIR"] ?? "."
        url = URL(filePath: parent).appending(
            path: "ledger-benchmark-\(UInt64.random(in: .min ... .max))")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func path(_ name: String) -> String { url.appending(path: name).path }
}
