import Facility
import Foundation
import Ledger
import LedgerTestSupport
import Operations
import TestSupport
import Testing

/// The index of the audit trail answers as a reading of the whole ledger does.
@Suite struct TrailIndexTests {
    private static let people = ["operator-1", "operator-2", "reviewer"]
    private static let kinds = [
        "batch.parameter-recorded/1", "batch.parameter-corrected/1", "material.moved/1",
        "donor.registered/1",
    ]

    /// A ledger of entries drawn by chance; what they say is of no matter to an index.
    private static func ledger(
        _ count: Int, _ random: inout SeededGenerator
    ) async throws -> InMemoryLedgerStorage {
        let storage = InMemoryLedgerStorage()
        let writer = try await LedgerWriter(
            storage: storage, signer: try NoteSigner.generate(name: "example.org/trail"),
            origin: "example.org/trail")
        var instant = Timestamp("2026-01-05T08:00:00Z")!
        for number in 0..<count {
            instant = instant.advanced(bySeconds: Int64.random(in: 0...20_000, using: &random))
            let kind = kinds.randomElement(using: &random)!
            let thing = "B-\(Int.random(in: 0...4, using: &random))"
            let draft = EntryDraft(
                kind: kind,
                body: [
                    "batch": .string(thing), "lot": .string(thing), "step": "thaw",
                    "parameter": .string("p\(Int.random(in: 0...2, using: &random))"),
                    "value": .string("\(number) mL"), "inner": [["deep": .string("X-\(number)")]],
                ], at: instant.description, recorded: instant.description,
                by: people.randomElement(using: &random)!, command: "c\(number)")
            _ = try await writer.submit([draft]).receipt
        }
        return storage
    }

    @Test(arguments: 1...8) func theIndexFindsWhatAReadingOfTheLedgerFinds(seed: Int) async throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let storage = try await Self.ledger(150, &random)
        let trail = TrailIndex(storage: storage)
        try await trail.follow(to: 150)
        #expect(trail.count == 150)
        let entries = try await LedgerReader(storage: storage).entries(from: 0)
        for _ in 0..<20 {
            var question = TrailIndex.Question()
            if Bool.random(using: &random) { question.subject = "B-3" }
            if Bool.random(using: &random) { question.person = "reviewer" }
            if Bool.random(using: &random) { question.kind = "batch." }
            if Bool.random(using: &random) { question.from = Timestamp("2026-01-10T00:00:00Z") }
            if Bool.random(using: &random) { question.to = Timestamp("2026-01-12T00:00:00Z") }
            let expected = entries.filter { entry in
                let draft = entry.draft
                let at = Timestamp(draft.at)!
                return (question.subject.map { draft.body["batch"]?.stringValue == $0 } ?? true)
                    && (question.person.map { draft.by == $0 } ?? true)
                    && (question.kind.map { draft.kind.hasPrefix($0) } ?? true)
                    && (question.from.map { at >= $0 } ?? true)
                    && (question.to.map { at < $0 } ?? true)
            }
            let found = trail.entries(question)
            #expect(found.map { UInt64($0) } == expected.map(\.index))
            #expect(try await trail.read(found) == expected)
        }
        var deep = TrailIndex.Question()
        deep.subject = "X-77"
        #expect(trail.entries(deep) == [77])
        deep.subject = "nothing"
        #expect(trail.entries(deep) == [])
        // A stretch of time that ends before it begins holds nothing.
        var turned = TrailIndex.Question()
        turned.from = Timestamp("2026-03-01T00:00:00Z")
        turned.to = Timestamp("2026-01-01T00:00:00Z")
        #expect(trail.entries(turned) == [])
    }

    @Test(arguments: 1...4) func oldValuesAreThoseOfTheTrail(seed: Int) async throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let storage = try await Self.ledger(200, &random)
        let trail = TrailIndex(storage: storage)
        try await trail.follow(to: 200)
        var expected: [AuditLine] = []
        try await AuditTrail(storage: storage, replacements: AuditTrail.Replacement.all)
            .lines(.init()) { line in
                expected.append(line)
                return true
            }
        let entries = try await LedgerReader(storage: storage).entries(from: 0)
        #expect(try await trail.lines(entries) == expected)
        #expect(expected.contains { line in line.values.contains { $0.old != nil } })
    }

    @Test func theIndexFollowsTheLedger() async throws {
        let founding = try await Founding()
        defer { founding.remove() }
        let trail = TrailIndex(storage: founding.site.storage)
        try await founding.registerDonor("D-1")
        try await trail.follow(to: founding.site.state.entryCount)
        var question = TrailIndex.Question()
        question.subject = "D-2"
        #expect(trail.entries(question).isEmpty)
        try await founding.registerDonor("D-2")
        try await trail.follow(to: founding.site.state.entryCount)
        #expect(trail.entries(question).map { UInt64($0) } == [founding.site.state.entryCount - 1])
        // More entries than the ledger has are not waited for.
        try await trail.follow(to: 1_000)
        #expect(trail.count == founding.site.state.entryCount)
    }
}
