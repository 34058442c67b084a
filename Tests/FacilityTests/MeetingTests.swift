import Facility
import Ledger
import Testing

/// Meetings with authorities and vendors: what they answered, and what was promised.
@Suite struct MeetingTests {
    static func advice(_ changes: [String: JSONValue] = [:]) -> JSONValue {
        var body: [String: JSONValue] = [
            "meeting": "MT-1", "kind": "authority", "with": "the agency",
            "subject": "scientific advice on potency", "held": "2026-01-02",
            "participants": "reviewer, qp; two assessors",
            "questions": [
                ["question": "is one potency assay enough?", "answer": "for phase 1"],
                ["question": "which reference?"],
            ],
            "commitments": [
                ["task": "send the validation plan", "due": "2026-03-01"],
                ["task": "name an assessor", "due": "2026-02-01", "isTheirs": true],
            ],
        ]
        for (name, value) in changes { body[name] = value }
        return .object(body)
    }

    private func due(_ site: TestSite, _ kind: DueKind) -> [String] {
        site.state.due(asOf: site.now.date, within: 4000).filter { $0.kind == kind }.map {
            "\($0.subject) \($0.due?.description ?? "now"): \($0.task)"
        }
    }

    @Test func whatWasPromisedIsDueUntilItIsKept() throws {
        var site = try TestSite.founded()
        try #expect(
            site.perform("meeting.record", Self.advice(), as: "reviewer") == [
                "meeting.recorded/1", "obligation.recorded/1", "obligation.recorded/1",
            ])
        #expect(
            due(site, .obligation) == [
                "OBL-0002 2026-02-01: see that the agency keeps its word in MT-1: name an assessor",
                "OBL-0001 2026-03-01: send the validation plan, promised to the agency in MT-1",
            ])
        try site.perform(
            "obligation.fulfil", ["obligation": "OBL-0002", "evidence": "letter of 12 January"],
            as: "reviewer")
        #expect(due(site, .obligation).map { $0.prefix(8) } == ["OBL-0001"])
        #expect(
            site.state.describe("MT-1") == "meeting with the agency: scientific advice on potency")
        let meeting = try #require(
            site.state.meetingStandings(on: CalendarDate("2026-03-01")!).first)
        #expect(meeting.commitments.map(\.obligation.text) == ["OBL-0001", "OBL-0002"])
        #expect(meeting.commitments.map(\.kind) == [.commitment, .partnerCommitment])
        #expect(try StateDump.text(of: site.replayed()) == StateDump.text(of: site.state))
    }

    @Test func aQuestionIsOpenUntilItIsAnswered() throws {
        var site = try TestSite.founded()
        try site.perform("meeting.record", Self.advice(["commitments": []]), as: "reviewer")
        #expect(
            due(site, .meetingAnswer) == [
                "MT-1 2026-02-01: have the agency answer question 2: which reference?"
            ])
        #expect(site.state.meetingStandings(on: CalendarDate("2026-02-01")!)[0].overdue == false)
        #expect(site.state.meetingStandings(on: CalendarDate("2026-02-02")!)[0].overdue)
        func answer(_ question: JSONValue) -> JSONValue {
            ["meeting": "MT-1", "question": question, "answer": "a lot of the site, letter 4"]
        }
        for question in [0, 3] as [JSONValue] {
            #expect(
                site.refusal("meeting.record-answer", answer(question), as: "reviewer")
                    == "meeting.no-question")
        }
        try site.perform("meeting.record-answer", answer(2), as: "reviewer")
        #expect(due(site, .meetingAnswer).isEmpty)
        #expect(
            site.refusal("meeting.record-answer", answer(2), as: "reviewer") == "meeting.answered")
        let questions = site.state.meetingStandings(on: site.now.date)[0].questions
        #expect(questions.map(\.answer) == ["for phase 1", "a lot of the site, letter 4"])
    }

    @Test func aPromiseRememberedLaterNamesItsMeeting() throws {
        var site = try TestSite.founded()
        let promise: JSONValue = [
            "obligation": "OB-7", "kind": "commitment", "authorisation": "the agency",
            "task": "keep two lots", "due": "2026-06-30", "meeting": "MT-1",
        ]
        #expect(
            site.refusal("obligation.record", promise, as: "reviewer")
                == "site.unknown-identifier")
        try site.perform("meeting.record", Self.advice(), as: "reviewer")
        try site.perform("obligation.record", promise, as: "reviewer")
        #expect(site.state.meetingStandings(on: site.now.date)[0].commitments.count == 3)
    }

    @Test func whatCannotBeIsRefused() throws {
        var site = try TestSite.founded()
        func refusal(_ changes: [String: JSONValue]) -> String? {
            site.refusal("meeting.record", Self.advice(changes), as: "reviewer")
        }
        #expect(refusal(["held": "2026-01-06"]) == "meeting.to-come")
        #expect(
            refusal(["commitments": [["task": "t", "due": "2026-01-01"]]]) == "meeting.due-before")
        #expect(
            refusal(["commitments": [["task": " ", "due": "2026-02-01"]]]) == "site.text-missing")
        #expect(refusal(["questions": [["question": " "]]]) == "site.text-missing")
        #expect(refusal(["questions": [["question": "q", "answer": ""]]]) == "site.text-missing")
        #expect(refusal(["meeting": "supervisor"]) == "site.identifier-in-use")
        let many = JSONValue.array(Array(repeating: ["question": "q"], count: 21))
        #expect(refusal(["questions": many]) == "meeting.too-long")
        try site.perform("meeting.record", Self.advice(), as: "reviewer")
        #expect(
            site.refusal(
                "deviation.open", ["subjects": ["MT-1"], "description": "d"], as: "reviewer")
                == "deviation.wrong-subject")
    }
}
