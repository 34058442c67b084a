import Facility
import Ledger
import Testing

/// The day by which a change or an action is to be done, and how it moves.
@Suite struct MoveDueTests {
    private func due(_ kind: DueKind, _ site: TestSite) -> [String] {
        site.state.due(asOf: site.now.date, within: 4000).filter { $0.kind == kind }.map {
            "\($0.subject) \($0.due?.description ?? "now"): \($0.task)"
        }
    }

    private func propose(_ change: JSONValue, due: JSONValue? = nil) -> JSONValue {
        var body: [String: JSONValue] = [
            "change": change, "title": "new form", "impact": "minor", "assessment": "none",
            "touches": [],
        ]
        body["due"] = due
        return .object(body)
    }

    private func move(_ event: JSONValue, _ due: JSONValue) -> JSONValue {
        ["event": event, "due": due, "reason": "the printer was late"]
    }

    @Test func aChangeIsDueFromItsProposalToItsClosure() throws {
        var site = try TestSite.founded()
        try site.perform("change.propose", propose("CC-1"), as: "supervisor")
        #expect(due(.change, site).isEmpty)
        #expect(
            site.refusal("change.propose", propose("CC-2", due: "2026-01-04"), as: "supervisor")
                == "change.due-in-past")
        try site.perform("change.propose", propose("CC-2", due: "2026-03-01"), as: "supervisor")
        #expect(due(.change, site) == ["CC-2 2026-03-01: decide on the change: new form"])
        try site.perform("change.approve", ["change": "CC-2"], as: "reviewer")
        #expect(due(.change, site) == ["CC-2 2026-03-01: make the change: new form"])
        try site.perform("change.implement", ["change": "CC-2"], as: "supervisor")
        #expect(
            due(.change, site)
                == ["CC-2 2026-03-01: check the effect of the change and close it: new form"])
        site.wait(days: 60)
        #expect(
            site.state.due(asOf: site.now.date).contains {
                $0.kind == .change && $0.isOverdue(on: site.now.date)
            })
        try site.perform("change.close", ["change": "CC-2", "effect": "in use"], as: "reviewer")
        #expect(due(.change, site).isEmpty)
        #expect(
            site.refusal("event.move-due", move("CC-2", "2026-06-01"), as: "reviewer")
                == "event.due-closed")
    }

    @Test func aDayIsMovedWithItsReason() throws {
        var site = try TestSite.founded()
        try site.perform("change.propose", propose("CC-1"), as: "supervisor")
        try site.perform("event.move-due", move("CC-1", "2026-03-01"), as: "reviewer")
        try site.perform("event.move-due", move("CC-1", "2026-04-01"), as: "reviewer")
        let change = try site.state.change(ChangeID("CC-1")!)
        #expect(change.due == CalendarDate("2026-04-01"))
        #expect(change.dueMoves.map(\.from) == [nil, CalendarDate("2026-03-01")!])
        #expect(change.dueMoves.last?.reason == "the printer was late")
        for (event, day, code) in [
            ("CC-1", "2026-04-01", "event.due-unchanged"),
            ("CC-1", "2026-01-04", "event.due-in-past"),
            ("CC-9", "2026-04-01", "site.unknown-identifier"),
            ("operator-1", "2026-04-01", "event.no-due"),
        ] as [(JSONValue, JSONValue, String)] {
            #expect(site.refusal("event.move-due", move(event, day), as: "reviewer") == code)
        }
    }

    @Test func anActionIsMovedByQualityAlone() throws {
        var site = try TestSite.founded()
        try site.perform("deviation.open", ["description": "a door stood open"], as: "operator-1")
        try site.perform(
            "capa.open",
            [
                "capa": "CAPA-1", "source": "DEV-0001", "action": "mend the door",
                "owner": "supervisor", "due": "2026-02-01", "effectMeasure": "no repeat",
            ], as: "reviewer")
        #expect(
            site.refusal("event.move-due", move("CAPA-1", "2026-03-01"), as: "supervisor") != nil)
        try site.perform("event.move-due", move("CAPA-1", "2026-03-01"), as: "reviewer")
        #expect(due(.correctiveAction, site) == ["CAPA-1 2026-03-01: mend the door"])
        let action = try site.state.correctiveAction(CorrectiveActionID("CAPA-1")!)
        #expect(action.dueMoves.map(\.from) == [CalendarDate("2026-02-01")!])
        #expect(try StateDump.text(of: site.replayed()) == StateDump.text(of: site.state))
    }
}
