import Facility
import Foundation
import Ledger
import Operations
import SQLiteLedger

/// Commands decided, recorded durably and answered, beside the same entries appended by the bare
/// engine, which decides nothing.
enum CommandRate {
    static func report(deciding scenario: Scenario) async throws {
        for callers in [1, 64] {
            let each = callers == 1 ? 1_000 : 100
            let commands = try await commandsPerSecond(callers: callers, each: each)
            let entries = try await entriesPerSecond(callers: callers, each: each)
            print(
                "\(callers) callers: \(text(commands)) commands/s decided, durable and answered; "
                    + "\(text(entries)) entries/s by the bare engine; "
                    + "\(text(commands / entries * 100)) %")
        }
        print("deciding alone, one kind: \(text(try await decisionsPerSecond())) commands/s")
        print("deciding alone, a year: \(try decisionsPerSecond(in: scenario)) commands/s")
    }

    private static let admin = PersonID("admin")!
    private static let worker = PersonID("operator-1")!

    private static func founded(_ bench: Bench) async throws -> Site {
        let site = try await bench.open(SystemClock())
        _ = try await site.perform(
            Request(
                FoundSite(site: "Bench", administrator: admin, printedName: "Admin"), by: admin,
                newPassword: "a long password"))
        let enrol = try CommandCatalogue.decode(
            "people.enrol",
            from: ["person": "operator-1", "printedName": "Operator", "roles": ["operator"]])
        _ = try await site.perform(Request(enrol, by: admin, newPassword: "a long password"))
        return site
    }

    private static func register(_ number: Int) throws -> any Command {
        try CommandCatalogue.decode(
            "donor.register", from: ["donor": .string("D-\(number)"), "relation": "birth-mother"])
    }

    private static func commandsPerSecond(callers: Int, each: Int) async throws -> Double {
        let bench = try Bench()
        defer { bench.remove() }
        let site = try await founded(bench)
        let (_, seconds) = try await timed {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for caller in 0..<callers {
                    group.addTask {
                        for number in 0..<each {
                            _ = try await site.perform(
                                Request(try register(caller * each + number), by: worker))
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
        return Double(callers * each) / seconds
    }

    private static func entriesPerSecond(callers: Int, each: Int) async throws -> Double {
        let bench = try Bench()
        defer { bench.remove() }
        let writer = try await LedgerWriter(
            storage: bench.storage, signer: try bench.folder.signer(),
            origin: bench.folder.profile.origin)
        let now = SystemClock().now().description
        let (_, seconds) = try await timed {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for caller in 0..<callers {
                    group.addTask {
                        for number in 0..<each {
                            let draft = EntryDraft(
                                kind: "donor.registered/1",
                                body: [
                                    "donor": .string("D-\(caller * each + number)"),
                                    "relation": "birth-mother",
                                ], at: now, recorded: now, by: "operator-1",
                                command: "\(caller)-\(number)")
                            _ = try await writer.submit([draft]).receipt
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
        return Double(callers * each) / seconds
    }

    /// Decoding, deciding and applying all that a scenario holds, without a ledger. Definitions are
    /// checked before: that is the checker's speed.
    private static func decisionsPerSecond(in scenario: Scenario) throws -> String {
        let lines = scenario.lines.map { line in
            let command = try? CommandCatalogue.decode(line.command, from: line.body)
            return (line, (command as? RegisterDefinition)?.checked(on: line.at.date))
        }
        var best = 0.0
        for _ in 0..<5 {
            var state = SiteState()
            let clock = ContinuousClock()
            let start = clock.now
            for (line, registration) in lines {
                let moment = Moment(person: line.person, now: line.at)
                let command: any Command =
                    if let registration { registration } else {
                        try CommandCatalogue.decode(line.command, from: line.body)
                    }
                do throws(Rejection) {
                    for fact in try state.decide(command, at: moment) {
                        state.apply(
                            fact,
                            at: Stamp(
                                person: line.person, happened: line.at, recorded: line.at,
                                entry: state.entryCount))
                    }
                } catch {
                    guard error.code == line.expectedRefusal else { throw error }
                }
            }
            let time = (clock.now - start).components
            let seconds = Double(time.seconds) + Double(time.attoseconds) / 1e18
            best = max(best, Double(lines.count) / seconds)
        }
        return text(best)
    }

    /// Decoding, deciding and applying without a ledger.
    private static func decisionsPerSecond() async throws -> Double {
        let bench = try Bench()
        defer { bench.remove() }
        var state = try await founded(bench).state
        let count = 20_000
        let (_, seconds) = try await timed {
            for number in 0..<count {
                let moment = Moment(person: worker, now: SystemClock().now())
                for fact in try state.decide(try register(number), at: moment) {
                    state.apply(
                        fact,
                        at: Stamp(
                            person: worker, happened: moment.happened, recorded: moment.now,
                            entry: state.entryCount))
                }
            }
        }
        return Double(count) / seconds
    }
}
