import Foundation
import Testing

/// `audit`: who did what, when and why, with old and new values.
@Suite struct AuditCommandTests {
    @Test func aChangedValueStandsBesideTheOldOneWithItsReason() throws {
        let site = try SmallSite()
        let all = try Shell.seedlot("audit", site.path)
        #expect(all.code == 0, "\(all.error)")
        #expect(
            all.output.contains(
                "  admin  people.roles-assigned/1\n"
                    + "    person: operator-1\n    roles: operator, supervisor (was: operator)\n"
                    + "    because: trained as a supervisor"), "\(all.output)")
        #expect(all.output.contains("    action: 80 (was: 100)\n"), "\(all.output)")
        // What did not change is not called changed.
        #expect(!all.output.contains("basis: half the published limit (was"))
    }

    @Test func theTrailIsNarrowedBySubjectPersonAndTime() throws {
        let site = try SmallSite()
        let subject = try site.kinds("--subject", "ROOM-102")
        #expect(
            subject == [
                "room.registered/1", "environment.limits-set/1", "environment.limits-set/1",
            ])
        #expect(
            try site.kinds("--person", "reviewer") == [
                "environment.limits-set/1", "environment.limits-set/1",
            ])
        #expect(try site.kinds("--person", "nobody").isEmpty)
        // A day as an end is taken whole; an instant is not.
        #expect(try site.kinds("--to", "2025-11-23").isEmpty)
        #expect(try site.kinds("--from", "2025-11-25", "--to", "2025-11-25").count == 1)
        #expect(try site.kinds("--from", "2025-11-26T08:13:00Z").count == 1)
        #expect(try site.kinds("--subject", "ROOM-102", "--to", "2025-11-26T08:12:30Z").count == 2)
    }

    /// Every page in turn gives every fact once, whatever the size of a page.
    @Test(arguments: [1, 3, 100]) func pagesFollowEachOther(limit: Int) throws {
        let site = try SmallSite()
        let whole = try site.page("--limit", "100")
        #expect(whole.next == nil)
        var entries: [Int] = []
        var next: Int?
        for _ in 0...whole.entries.count {
            let page = try site.page(
                ["--limit", "\(limit)"] + (next.map { ["--after", "\($0)"] } ?? []))
            entries += page.entries
            next = page.next
            guard next != nil else { break }
        }
        #expect(entries == whole.entries)
        #expect(entries == Array(0..<entries.count))
    }

    @Test func aCutPageSaysHowToGoOn() throws {
        let site = try SmallSite()
        let cut = try Shell.seedlot("audit", site.path, "--limit", "2")
        #expect(cut.code == 0)
        #expect(cut.error == "there is more: --after 1\n")
    }

    @Test func commaSeparatedValuesAreOneRowAValue() throws {
        let site = try SmallSite()
        let outcome = try Shell.seedlot("audit", site.path, "--csv", "--person", "reviewer")
        let rows = outcome.output.split(separator: "\n").map(String.init)
        #expect(rows.first == "entry,at,recorded,by,kind,value,old,new,reason,signed")
        #expect(rows.count == 1 + 2 * 5)
        let changed = rows.filter { $0.contains(",action,100,80,") }
        #expect(changed.count == 1, "\(outcome.output)")
        // A comma and a quotation mark in a value do not tear its row.
        #expect(rows.contains { $0.contains(",\"data of autumn, \"\"quiet\"\"\",") })
    }

    @Test(
        arguments: [
            (["--limit", "0"], 2, "a page has 1 to 100000 facts, not 0"),
            (["--from", "yesterday"], 2, "'yesterday' for --from is neither a day nor an instant"),
            (["--to", "2026-02-30"], 2, "write 2026-03-01 or 2026-03-01T09:30:00Z"),
            (["--after", "18446744073709551615"], 2, "there is no entry after"),
        ] as [([String], Int32, String)])
    func badQuestionsAreExplained(options: [String], code: Int32, message: String) throws {
        let site = try SmallSite()
        let outcome = try Shell.seedlot(arguments: ["audit", site.path] + options)
        #expect(outcome.code == code)
        #expect(outcome.error.contains(message), "\(outcome.error)")
    }
}

extension SmallSite {
    /// The kinds of the facts that `options` ask for.
    func kinds(_ options: String...) throws -> [String] {
        try lines(options).compactMap { $0["kind"] as? String }
    }

    func page(_ options: String...) throws -> (entries: [Int], next: Int?) { try page(options) }

    func page(_ options: [String]) throws -> (entries: [Int], next: Int?) {
        let page = try json(options)
        let lines = page["lines"] as? [[String: Any]] ?? []
        return (lines.compactMap { $0["entry"] as? Int }, page["after"] as? Int)
    }

    private func lines(_ options: [String]) throws -> [[String: Any]] {
        try json(options)["lines"] as? [[String: Any]] ?? []
    }

    private func json(_ options: [String]) throws -> [String: Any] {
        let outcome = try Shell.seedlot(
            arguments: ["audit", path, "--format", "json"] + options)
        #expect(outcome.code == 0, "\(outcome.error)")
        return try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
            as? [String: Any] ?? [:]
    }
}
