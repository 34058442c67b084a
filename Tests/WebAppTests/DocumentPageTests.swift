import Facility
import Foundation
import HTTPTypes
import Ledger
import Operations
import Testing

@testable import WebApp

/// Instructions, procedures and forms: brought, registered, approved and fetched.
@Suite struct DocumentPageTests {
    @Test func aDocumentIsRegisteredApprovedAndFetched() async throws {
        try await withSampleSite { browser, site, _ in
            let kept = try site.folder.files.keep(Array("how to gown".utf8), name: "gowning.txt")
            let supervisor = try await browser.signedIn("supervisor")
            let form = try await supervisor.get("/commands/document.register")
            let registered = try await supervisor.post(
                "/commands/document.register",
                [
                    ("document", "SOP-7"), ("kind", "procedure"), ("title", "Gowning <all>"),
                    ("version", "1"),
                    ("file", #"{"name": "gowning.txt", "digest": "\#(kept.digest.hex)"}"#),
                    ("reason", "first text"), (CommandForm.returnField, "/documents"),
                ], from: form)
            #expect(registered.status == .seeOther)
            let list = try await supervisor.get("/documents")
            try PageTests.expectSound(list, at: "/documents")
            #expect(list.text.contains("draft to approve"))
            #expect(Link(to: "SOP-7", in: site.state).path == "/documents/SOP-7")
            let reviewer = try await browser.signedIn("reviewer")
            let approval = try await reviewer.get("/commands/document.approve")
            let day = site.state.documents[DocumentID("SOP-7")!]!.versions[0].registered
                .happened.date.advanced(byDays: 3)
            let approved = try await reviewer.post(
                "/commands/document.approve",
                [
                    ("document", "SOP-7"), ("version", "1"), ("effective", day.description),
                    (SubmittedForm.passwordField, SampleSite.password),
                    (CommandForm.returnField, "/documents/SOP-7"),
                ], from: approval)
            #expect(approved.status == .seeOther)
            let page = try await reviewer.get("/documents/SOP-7")
            try PageTests.expectSound(page, at: "/documents/SOP-7")
            #expect(page.text.contains("Gowning &lt;all&gt;"))
            #expect(page.text.contains("approved, to come"))
            for path in ["/documents/SOP-7/1", "/api/v1/documents/SOP-7/file?version=1"] {
                let file = try await reviewer.get(path)
                #expect(file.status == .ok)
                #expect(file.text == "how to gown")
            }
            for path in [
                "/documents/SOP-7/2", "/documents/SOP-8", "/api/v1/documents/SOP-7/file?version=2",
                "/api/v1/documents/SOP-8/file",
            ] { #expect(try await reviewer.get(path).status == .notFound) }
        }
    }
}
