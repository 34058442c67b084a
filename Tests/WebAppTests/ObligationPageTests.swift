import Facility
import Foundation
import HTTPTypes
import Operations
import Testing

@testable import WebApp

/// What authorities ask for, and what the site asks of itself.
@Suite struct ObligationPageTests {
    @Test func anObligationIsRecordedReadAndMet() async throws {
        try await withSampleSite { browser, site, _ in
            let reviewer = try await browser.signedIn("reviewer")
            let form = try await reviewer.get("/commands/obligation.record")
            let recorded = try await reviewer.post(
                "/commands/obligation.record",
                [
                    ("obligation", "SOB-01"), ("kind", "specific-obligation"),
                    ("authorisation", "EU/1/26/0001"), ("task", "two years of follow-up <all>"),
                    ("due", "2027-12-31"), (CommandForm.returnField, "/obligations"),
                ], from: form)
            #expect(recorded.status == .seeOther)
            let list = try await reviewer.get("/obligations")
            try PageTests.expectSound(list, at: "/obligations")
            #expect(list.text.contains("2 obligations<"))
            #expect(list.text.contains("two years of follow-up &lt;all&gt;"))
            // The identifier leads to its page from wherever it stands.
            let link = Link(to: "SOB-01", in: site.state)
            #expect(link.path == "/obligations/SOB-01")
            let page = try await reviewer.get(link.path)
            try PageTests.expectSound(page, at: link.path)
            #expect(page.text.contains("specific obligation"))
            let met = try await reviewer.post(
                "/commands/obligation.fulfil",
                [
                    ("obligation", "SOB-01"), ("evidence", "report FU-2"),
                    (SubmittedForm.passwordField, SampleSite.password),
                    (CommandForm.returnField, link.path),
                ], from: page)
            #expect(met.status == .seeOther)
            let after = try await reviewer.get(link.path)
            #expect(after.text.contains("report FU-2"))
            #expect(!after.text.contains("Sign that it was met"))
        }
    }

    @Test func aSelfInspectionStandsBesideThePermits() async throws {
        try await withSampleSite { browser, _, _ in
            let reviewer = try await browser.signedIn("reviewer")
            let form = try await reviewer.get("/commands/site.record-self-inspection")
            let recorded = try await reviewer.post(
                "/commands/site.record-self-inspection",
                [
                    ("report", "SI-26-09"), ("scope", "quality control"),
                    ("findings", "two logbooks without page numbers"), ("intervalMonths", "12"),
                    (SubmittedForm.passwordField, SampleSite.password),
                ], from: form)
            #expect(recorded.status == .seeOther)
            let page = try await reviewer.get("/self-inspections")
            #expect(page.text.contains("SI-26-09"))
            #expect(page.text.contains("two logbooks without page numbers"))
            #expect(page.text.contains("2 self-inspections<"))
        }
    }

    @Test func aReaderOfThePastStaysInIt() async throws {
        try await withSampleSite { browser, site, _ in
            let reader = try await browser.signedIn("inspector")
            let end = site.state.entryCount - 5
            for path in ["/batches/B-26-004", "/genealogy/B-26-003", "/batches/B-26-004/review"] {
                let page = try await reader.get("\(path)?as-of=\(end)")
                #expect(page.status == .ok, "\(path)")
                let links = page.text.matches(of: /href="(\/(?:batches|genealogy)\/[^"]*)"/)
                    .map { String($0.1) }
                    // Lists, and things whose pages show the present alone.
                    .filter { $0.contains("/steps/") || $0.hasPrefix("/genealogy/") }
                #expect(!links.isEmpty, "\(path)")
                for link in links { #expect(link.contains("as-of=\(end)"), "\(link) on \(path)") }
            }
        }
    }

    @Test func whatIsCountedStandsInItsNumber() {
        for (plural, singular) in [
            ("batches", "1 batch"), ("studies", "1 study"), ("people", "1 person"),
            ("approved reviews", "1 approved review"), ("equipment", "1 equipment"),
            ("samples beyond their limits", "1 sample beyond their limits"),
            ("checks of the run", "1 check of the run"), ("doses", "1 dose"),
            ("entries", "1 entry"), ("open events", "1 open event"),
        ] {
            #expect(counted(1, plural) == singular)
            #expect(counted(0, plural) == "0 \(plural)")
            #expect(counted(12, plural) == "12 \(plural)")
        }
    }
}
