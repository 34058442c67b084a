import Documents
import HTTPTypes
import Testing

@testable import WebApp

/// Papers as downloads.
@Suite struct PaperTests {
    @Test func everyPaperComesInEveryForm() async throws {
        try await withSampleSite { browser, _, _ in
            let reader = try await browser.signedIn("qp")
            let page = try await reader.get("/papers/B-26-003")
            #expect(page.status == .ok)
            try PageTests.expectSound(page, at: "/papers/B-26-003")
            for (path, begins) in [
                ("/papers/B-26-003/certificate-of-analysis?format=text", "Seedlot demonstration"),
                ("/papers/B-26-003/batch-record?format=html", "<!DOCTYPE html>"),
                ("/papers/B-26-003/batch-certificate?format=json", "{"),
                ("/papers/DEV-0002/deviation-report?format=pdf", "%PDF-"),
                ("/papers/DEV-0002/deviation-report?format=docx", "PK"),
                ("/papers/PT-4471/trace-report?format=text", "Seedlot demonstration"),
            ] {
                let answer = try await reader.get(path)
                #expect(answer.status == .ok, "\(path)")
                #expect(answer.text.hasPrefix(begins), "\(path)")
            }
        }
    }

    @Test func whatIsNotThereIsRefusedInWords() async throws {
        try await withSampleSite { browser, _, _ in
            let reader = try await browser.signedIn("operator-1")
            for path in [
                "/papers/nothing", "/papers/B-26-004/batch-certificate",
                "/papers/B-26-003/labels", "/papers/B-99/batch-record",
            ] {
                let answer = try await reader.get(path)
                #expect(answer.status == .notFound, "\(path): \(answer.status)")
            }
            let answer = try await reader.get("/papers/B-26-003/batch-record?format=exe")
            #expect(answer.status == .badRequest)
        }
    }

    @Test func nobodyReadsAPaperWithoutSigningIn() async throws {
        try await withSampleSite { browser, _, _ in
            let answer = try await browser.get("/papers/B-26-003/batch-record?format=text")
            #expect(answer.status != .ok)
        }
    }
}
