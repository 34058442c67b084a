import Facility
import Foundation
import HTTPTypes
import Ledger
import Operations
import Testing

@testable import WebApp

/// How the site tests and watches, on pages: methods with their controls, runs that do not count, the
/// nitrogen of vessels, and what was lost.
@Suite struct MethodPageTests {
    private static func perform(
        _ name: String, _ body: JSONValue, as person: String, at site: Site
    ) async throws {
        var request = Operations.Request(
            try CommandCatalogue.decode(name, from: body), by: try #require(PersonID(person)))
        if CommandCatalogue.all.first(where: { $0.name == name })?.signature != nil {
            request.authentication = .password(SampleSite.password)
        }
        _ = try await site.perform(request)
    }

    @Test func aRunThatDoesNotCountStandsWhereOneLooks() async throws {
        try await withSampleSite { browser, site, _ in
            let subjects = ["WCS-26-01", "RM-26-001", "TT-26-02"]
            for subject in subjects {
                try await Self.perform(
                    "testing.record-invalid-run",
                    [
                        "method": "viability", "subject": .string(subject), "reference": "QC-777",
                        "reason": "stain <old>",
                        "suitability": [
                            ["control": "stained beads", "observation": "71 %"],
                            ["control": "blank", "observation": "2 %"],
                        ],
                    ], as: "analyst", at: site)
            }
            let reader = try await browser.signedIn("analyst")
            for path in subjects.map({ Link(to: $0, in: site.state).path }) {
                let page = try await reader.get(path)
                try PageTests.expectSound(page, at: path)
                #expect(page.text.contains("QC-777"), "\(path)")
                #expect(page.text.contains("stain &lt;old&gt;"), "\(path)")
            }
            let method = try await reader.get("/methods/viability")
            try PageTests.expectSound(method, at: "/methods/viability")
            #expect(method.text.contains("1 of ") && method.text.contains("95 % bounds"))
            let link = Link.controlTrend(method: "viability", control: "stained beads")
            #expect(link.path == "/methods/viability/controls/stained%20beads")
            let control = try await reader.get(link.path)
            try PageTests.expectSound(control, at: link.path)
            #expect(control.text.contains("By run"))
            let blank = try await reader.get(
                Link.controlTrend(method: "viability", control: "blank").path)
            #expect(blank.text.contains("A chart needs two runs"))
            let csv = try await reader.get(link.path + "?format=csv")
            #expect(csv.text.contains("QC-777") && csv.text.contains("71 %"))
            #expect(try await reader.get("/testing").text.contains("does not count"))
            for wrong in ["/methods/none", "/methods/viability/controls/none"] {
                #expect(try await reader.get(wrong).status == .notFound, "\(wrong)")
            }
        }
    }

    @Test func theLevelsOfAVesselAreDrawnOnItsPage() async throws {
        try await withSampleSite { browser, site, clock in
            let path = "/equipment/TANK-01"
            let reader = try await browser.signedIn("supervisor")
            #expect(try await !reader.get("/equipment/INC-01").text.contains("Nitrogen level"))
            try await Self.perform(
                "storage.set-level-limits",
                [
                    "unit": "TANK-01", "alert": "15 cm", "action": "10 cm", "everyHours": 72,
                    "basis": "PQ-7",
                ], as: "reviewer", at: site)
            for level in ["21 cm", "14 cm"] as [JSONValue] {
                clock.set(clock.now().advanced(bySeconds: 60))
                try await Self.perform(
                    "storage.record-level", ["unit": "TANK-01", "level": level],
                    as: "operator-1", at: site)
            }
            let page = try await reader.get(path)
            try PageTests.expectSound(page, at: path)
            #expect(page.text.contains("Nitrogen level of TANK-01"))
            #expect(page.text.contains("14 cm, below alert"))
            #expect(page.text.contains("/commands/storage.record-level"))
            #expect(try await reader.get("/due").text.contains("fill "))
        }
    }

    @Test func whatWasLostInAPeriodIsReadByCause() async throws {
        try await withSampleSite { browser, site, _ in
            let reader = try await browser.signedIn("reviewer")
            let path = "/rejections?from=2026-01-01&to=2026-07-10&product=UCMSC-IV"
            let page = try await reader.get(path)
            try PageTests.expectSound(page, at: path)
            #expect(page.text.contains("batches: "))
            let csv = try await reader.get(path + "&format=csv")
            #expect(csv.text.contains("all causes"))
            #expect(
                try await reader.get("/rejections?from=x&to=2025-01-01").status == .ok)
        }
    }

    /// Whoever asks why something is gone reads it where the thing stands.
    @Test func whyAThingWasLostStandsOnItsPage() async throws {
        try await withSampleSite { browser, site, _ in
            let reason = "the bag <leaked>"
            let open = try #require(site.state.batches.inOrder.first { !$0.status.isFinal })
            let batch = open.id.text
            let lot = "RM-26-001"
            for (command, field, id) in [
                ("batch.reject", "batch", batch), ("bank.reject", "bank", "WCS-26-01"),
                ("material.reject", "lot", lot),
            ] {
                try await Self.perform(
                    command, [field: .string(id), "reason": .string(reason)], as: "reviewer",
                    at: site)
            }
            let reader = try await browser.signedIn("inspector")
            for path in [
                "/batches/\(batch)/review", "/banks/WCS-26-01", "/materials/\(lot)",
                "/rejections", "/papers/\(batch)/batch-record?format=html",
            ] {
                let page = try await reader.get(path)
                #expect(page.status == .ok, "\(path)")
                #expect(page.text.contains("the bag &lt;leaked&gt;"), "\(path)")
            }
        }
    }
}
