import Facility
import Foundation
import HTTPTypes
import Ledger
import Operations
import Testing

@testable import WebApp

/// Meetings with their commitments, trial restores of backups, and days that move.
@Suite struct MeetingPageTests {
    private func perform(
        _ name: String, _ body: JSONValue, as person: String, at site: Site
    ) async throws {
        let command = try CommandCatalogue.decode(name, from: body)
        _ = try await site.perform(Request(command, by: PersonID(person)!))
    }

    @Test func aMeetingIsReadWithItsCommitments() async throws {
        try await withSampleSite { browser, site, _ in
            let reviewer = try await browser.signedIn("reviewer")
            let id = MeetingID("MTG-26-09")!
            try await perform(
                "meeting.record",
                [
                    "meeting": "MTG-26-09", "kind": "authority", "with": "the agency",
                    "subject": "potency <now>", "held": .string(site.now.date.description),
                    "participants": "reviewer; two assessors",
                    "questions": [
                        ["question": "one assay?", "answer": "for phase 1"],
                        ["question": "which reference?"],
                    ],
                    "commitments": [["task": "send the plan", "due": "2027-12-31"]],
                ], as: "reviewer", at: site)
            let list = try await reviewer.get("/meetings")
            try PageTests.expectSound(list, at: "/meetings")
            #expect(list.text.contains("MTG-26-09"))
            let link = Link(to: id.text, in: site.state)
            #expect(link.path == "/meetings/MTG-26-09")
            let page = try await reviewer.get(link.path)
            try PageTests.expectSound(page, at: link.path)
            #expect(page.text.contains("potency &lt;now&gt;"))
            #expect(page.text.contains("send the plan"))
            #expect(page.text.contains("Answer question 2"))
            let answered = try await reviewer.post(
                "/commands/meeting.record-answer",
                [
                    ("meeting", "MTG-26-09"), ("question", "2"), ("answer", "a lot of the site"),
                    (CommandForm.returnField, link.path),
                ], from: page)
            #expect(answered.status == .seeOther)
            let after = try await reviewer.get(link.path)
            #expect(after.text.contains("a lot of the site"))
            #expect(!after.text.contains("Answer question"))
            let obligation = try #require(
                site.state.obligations.inOrder.first { $0.meeting == id })
            let duty = try await reviewer.get("/obligations/\(obligation.id)")
            #expect(duty.text.contains("Promised to"))
            #expect(duty.text.contains(link.path))
            let view = try await reviewer.get("/api/v1/meetings")
            #expect(view.text.contains("MTG-26-09"))
        }
    }

    @Test func aDrillIsRecordedWithTheRootOfItsBackup() async throws {
        try await withSampleSite { browser, site, _ in
            let reviewer = try await browser.signedIn("reviewer")
            let head = try await site.storage.head()
            func record(_ report: String, root: String) async throws -> HTTPResponse.Status {
                let form = try await reviewer.get("/commands/system.record-check")
                return try await reviewer.post(
                    "/commands/system.record-check",
                    [
                        ("report", report), ("kind", "restore-drill"), ("performedBy", "admin"),
                        ("passes", "true"), ("findings", "copy of the night"),
                        ("entries", "\(head.size)"), ("root", root), ("took", "4 min"),
                        (SubmittedForm.passwordField, SampleSite.password),
                        (CommandForm.returnField, "/system-checks"),
                    ], from: form
                ).status
            }
            #expect(try await record("RD-1", root: Digest.sha256(of: [1]).hex) != .seeOther)
            #expect(try await record("RD-2", root: head.root.hex) == .seeOther)
            let page = try await reviewer.get("/system-checks")
            try PageTests.expectSound(page, at: "/system-checks")
            #expect(page.text.contains(head.root.hex))
            #expect(page.text.contains("RD-2"))
            #expect(!page.text.contains("RD-1"))
            let view = try await reviewer.get("/api/v1/system-checks")
            #expect(view.text.contains("\"took\""))
        }
    }

    @Test func aChangeShowsHowItsDayWasMoved() async throws {
        try await withSampleSite { browser, site, _ in
            let reviewer = try await browser.signedIn("reviewer")
            let day = site.now.date.advanced(byDays: 30)
            try await perform(
                "change.propose",
                [
                    "change": "CC-91", "title": "new form", "impact": "minor",
                    "assessment": "none", "touches": [], "due": .string(day.description),
                ], as: "supervisor", at: site)
            let page = try await reviewer.get("/events/CC-91")
            #expect(page.text.contains(day.description))
            #expect(page.text.contains("/commands/event.move-due"))
            let moved = try await reviewer.post(
                "/commands/event.move-due",
                [
                    ("event", "CC-91"), ("due", day.advanced(byDays: 10).description),
                    ("reason", "the printer was late"),
                    (SubmittedForm.passwordField, SampleSite.password),
                    (CommandForm.returnField, "/events/CC-91"),
                ], from: try await reviewer.get("/commands/event.move-due"))
            #expect(moved.status == .seeOther)
            let after = try await reviewer.get("/events/CC-91")
            try PageTests.expectSound(after, at: "/events/CC-91")
            #expect(after.text.contains("the printer was late"))
        }
    }
}
