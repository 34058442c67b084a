import Ledger
import LedgerTestSupport
import TestSupport
import Testing

@Suite struct AuditTrailTests {
    let scenario = try! LedgerScenario()

    private func storage() async throws -> InMemoryLedgerStorage {
        let storage = InMemoryLedgerStorage()
        let drafts = [
            scenario.draft(
                "people.enrolled/1", minute: 1, by: "site",
                body: ["person": "ada", "roles": ["operator"]]),
            scenario.draft(
                "batch.parameter-recorded/1", minute: 2,
                body: ["batch": "B1", "step": "expand", "parameter": "pH", "value": "7.1"]),
            scenario.draft(
                "batch.parameter-recorded/1", minute: 3,
                body: ["batch": "B2", "step": "expand", "parameter": "pH", "value": "7.3"]),
            scenario.draft(
                "batch.parameter-corrected/1", minute: 4, by: "grace",
                body: [
                    "batch": "B1", "step": "expand", "parameter": "pH", "value": "7.2",
                    "reason": "misread, \"7.1\"",
                ]),
            scenario.draft(
                "people.roles-assigned/1", minute: 5, by: "site",
                body: ["person": "ada", "roles": ["operator", "reviewer"], "reason": "trained"]),
        ]
        try await scenario.append(drafts, to: storage)
        return storage
    }

    private func ask(_ question: AuditTrail.Question) async throws -> [AuditLine] {
        let trail = AuditTrail(
            storage: try await storage(),
            replacements: [
                .init(
                    kinds: ["batch.parameter-recorded", "batch.parameter-corrected"],
                    identity: ["batch", "step", "parameter"]),
                .init(kinds: ["people.enrolled", "people.roles-assigned"], identity: ["person"]),
            ])
        var lines: [AuditLine] = []
        try await trail.lines(question) {
            lines.append($0)
            return true
        }
        return lines
    }

    @Test func aCorrectionShowsTheOldValueTheNewOneAndTheReason() async throws {
        let lines = try await ask(.init(subject: "B1"))
        #expect(lines.map(\.entry.index) == [1, 3])
        #expect(lines[1].reason == "misread, \"7.1\"")
        #expect(lines[1].values.first { $0.name == "value" }?.old == "7.1")
        #expect(lines[1].values.first { $0.name == "value" }?.new == "7.2")
        let roles = try await ask(.init(firstEntry: 4))
        #expect(roles[0].values.first { $0.name == "roles" }?.old == "operator")
        #expect(roles[0].values.first { $0.name == "roles" }?.new == "operator, reviewer")
    }

    @Test func questionsNarrow() async throws {
        #expect(try await ask(.init(person: "grace")).map(\.entry.index) == [3])
        #expect(
            try await ask(
                .init(
                    from: LedgerInstant(rfc3339: "2026-03-01T00:02:00Z"),
                    to: LedgerInstant(rfc3339: "2026-03-01T00:04:00Z"))
            ).map(\.entry.index) == [1, 2])
        #expect(try await ask(.init(subject: "B1", person: "ada")).map(\.entry.index) == [1])
        #expect(try await ask(.init(subject: "B9")).isEmpty)
    }

    @Test func rowsAreCommaSeparatedValues() async throws {
        let rows = try await ask(.init(person: "grace"))[0].rows
        #expect(
            rows.map(AuditLine.commaSeparated)
                == [
                    "batch", "parameter", "step", "value",
                ].enumerated().map { number, name in
                    let (old, new) = [("", "B1"), ("", "pH"), ("", "expand"), ("7.1", "7.2")][
                        number]
                    return "3,2026-03-01T00:04:00Z,2026-03-01T00:04:00Z,grace,"
                        + "batch.parameter-corrected/1,\(name),\(old),\(new),\"misread, \"\"7.1\"\"\","
                })
    }
}
