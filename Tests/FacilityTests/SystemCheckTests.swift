import Facility
import Ledger
import Quantities
import Testing

/// Trial restores of backups and evaluations of the computerised system.
@Suite struct SystemCheckTests {
    private let root = JSONValue.string(Digest.sha256(of: [1]).hex)

    private func drill(
        _ report: JSONValue = "RD-1", _ passes: Bool = true, _ changes: [String: JSONValue?] = [:]
    ) -> JSONValue {
        var body: [String: JSONValue] = [
            "report": report, "kind": "restore-drill", "performedBy": "admin",
            "passes": .bool(passes), "findings": "copy of Sunday, from the second building",
            "entries": 5, "root": root, "took": "12 min",
        ]
        for (name, value) in changes { body[name] = value }
        return .object(body)
    }

    private func due(_ site: TestSite, _ kind: DueKind) -> [String] {
        site.state.due(asOf: site.now.date, within: 4000).filter { $0.kind == kind }.map {
            "\($0.subject) \($0.due?.description ?? "now")"
        }
    }

    @Test func aDrillIsDueWithinAYear() throws {
        var site = try TestSite.founded()
        #expect(due(site, .restoreDrill).isEmpty)
        try site.registerDefinition()
        #expect(due(site, .restoreDrill) == ["site 2027-01-05"])
        #expect(due(site, .periodicEvaluation) == ["site 2027-01-05"])
        site.wait(days: 31)
        #expect(
            try site.perform("system.record-check", drill(), as: "reviewer")
                == ["system.checked/1"])
        #expect(due(site, .restoreDrill) == ["RD-1 2027-02-05"])
        try site.perform(
            "system.record-check", drill("RD-2", true, ["intervalMonths": 3]), as: "reviewer")
        #expect(due(site, .restoreDrill) == ["RD-2 2026-05-05"])
        #expect(due(site, .periodicEvaluation) == ["site 2027-01-05"])
        let check = try #require(site.state.systemChecks.first)
        #expect(check.backup?.entries == 5)
        #expect(check.backup?.root == Digest.sha256(of: [1]))
        #expect(check.backup?.took.description == "12 min")
        #expect(check.performedBy.text == "admin")
        #expect(try StateDump.text(of: site.replayed()) == StateDump.text(of: site.state))
    }

    @Test func aFailedDrillOpensAnEventAndIsDoneAgainAtOnce() throws {
        var site = try TestSite.founded()
        let unread: [String: JSONValue?] = [
            "entries": .some(nil), "root": .some(nil), "took": .some(nil),
        ]
        try site.perform(
            "system.record-check", drill("RD-1", false, unread), as: "reviewer")
        let event = try #require(site.state.deviations.inOrder.first)
        #expect(event.cause == .systemCheckFailed)
        #expect(event.grade == .major)
        #expect(event.rule == "backup-restore-tested")
        #expect(event.description.contains("'RD-1'"))
        #expect(due(site, .restoreDrill) == ["RD-1 now"])
        try site.perform("system.record-check", drill("RD-2"), as: "reviewer")
        #expect(due(site, .restoreDrill) == ["RD-2 2027-01-05"])
        let standings = site.state.systemCheckStandings(on: CalendarDate("2027-01-06")!)
        #expect(standings.map(\.report) == ["RD-2", "RD-1"])
        #expect(standings.map(\.isLatest) == [true, false])
        #expect(standings.map(\.overdue) == [true, false])
        #expect(
            site.state.systemCheckStandings(on: CalendarDate("2027-01-05")!)[0].overdue == false)
    }

    @Test func anEvaluationMaySetALongerInterval() throws {
        var site = try TestSite.founded()
        func evaluation(_ report: JSONValue, passes: Bool = true, months: JSONValue? = nil)
            -> JSONValue
        {
            var body: [String: JSONValue] = [
                "report": report, "kind": "periodic-evaluation", "performedBy": "analyst",
                "passes": .bool(passes), "findings": "deviations, incidents, upgrades, access",
            ]
            body["intervalMonths"] = months
            return .object(body)
        }
        try site.perform(
            "system.record-check", evaluation("PE-1", months: 24), as: "reviewer")
        #expect(due(site, .periodicEvaluation) == ["PE-1 2028-01-05"])
        try site.perform("system.record-check", evaluation("PE-2", passes: false), as: "reviewer")
        #expect(site.state.deviations.values.map(\.rule) == ["system-validated"])
        #expect(due(site, .periodicEvaluation) == ["PE-2 now"])
        #expect(
            site.refusal("system.record-check", evaluation("PE-3", months: 61), as: "reviewer")
                == "system.check-interval")
    }

    @Test func aDrillNamesItsBackup() throws {
        var site = try TestSite.founded()
        func refusal(_ changes: [String: JSONValue?], passes: Bool = true) -> String? {
            site.refusal("system.record-check", drill("RD-1", passes, changes), as: "reviewer")
        }
        #expect(refusal(["root": .some(nil)]) == "system.backup-unknown")
        #expect(refusal(["took": .some(nil)]) == "system.backup-unknown")
        #expect(refusal(["entries": .some(nil)], passes: false) == "system.backup-unknown")
        #expect(refusal(["took": "12 mL"]) == "system.restore-time")
        #expect(refusal(["took": "0 min"]) == "system.restore-time")
        #expect(refusal(["entries": 100_000]) == "system.backup-of-another")
        #expect(refusal(["entries": 0]) == "system.backup-of-another")
        #expect(refusal(["intervalMonths": 13]) == "system.check-interval")
        #expect(refusal(["intervalMonths": 0]) == "system.check-interval")
        #expect(refusal(["kind": "periodic-evaluation"]) == "system.no-drill")
        #expect(refusal(["performedBy": "nobody"]) == "site.unknown-identifier")
        #expect(refusal(["findings": " "]) == "site.text-missing")
        try site.perform("system.record-check", drill(), as: "reviewer")
        #expect(refusal([:]) == "system.check-recorded")
        #expect(
            site.refusal("system.record-check", drill("RD-2"), as: "admin")
                == site.refusal(
                    "site.record-self-inspection",
                    ["report": "S", "scope": "s", "intervalMonths": 1], as: "admin"))
    }
}
