import Facility
import Foundation
import HTTPTypes
import Ledger
import Operations
import TestSupport
import Testing

@testable import WebApp

/// A version of a definition, brought in the browser.
@Suite struct DefinitionDraftTests {
    /// The files of the example, with `change` made to each.
    private static func files(
        _ change: (String) -> String = { $0 }
    ) throws -> [(name: String, text: String)] {
        let example = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Examples/uc-msc")
        return try FileManager.default.contentsOfDirectory(atPath: example.path).sorted()
            .filter { $0.hasSuffix(".yaml") }
            .map { name in
                let text = try String(contentsOf: example.appending(path: name), encoding: .utf8)
                return (name, change(text))
            }
    }

    /// Sends `files` as the form of the page does.
    private static func bring(
        _ files: [(name: String, text: String)], token: String? = nil, by browser: Browser
    ) async throws -> Browser.Answer {
        let page = try await browser.get("/definition-drafts")
        let token = try token ?? #require(page.hidden(SubmittedForm.tokenField))
        var body =
            "--b0und\r\nContent-Disposition: form-data; name=\"\(SubmittedForm.tokenField)\"\r\n"
            + "\r\n\(token)\r\n"
        for file in files {
            body +=
                "--b0und\r\nContent-Disposition: form-data; name=\"files\"; "
                + "filename=\"\(file.name)\"\r\nContent-Type: application/yaml\r\n\r\n"
                + "\(file.text)\r\n"
        }
        return try await browser.send(
            "/definition-drafts", .post,
            headers: [.contentType: "multipart/form-data; boundary=b0und"], body: body + "--b0und--"
        )
    }

    @Test func aVersionIsBroughtCheckedAndRegistered() async throws {
        let files = try Self.files { $0.replacing("version: 0.4.0", with: "version: 0.4.1") }
        try await withSampleSite { browser, site, _ in
            let reviewer = try await browser.signedIn("reviewer")
            let before = site.state.entryCount
            let brought = try await Self.bring(files, by: reviewer)
            #expect(brought.status == .seeOther)
            // Nothing is recorded until somebody says so.
            #expect(site.state.entryCount == before)
            let draft = try #require(brought.headers[.location])
            let page = try await reviewer.get(draft)
            try PageTests.expectSound(page, at: draft)
            #expect(page.text.contains("can be registered"))
            #expect(page.text.contains("value=\"UCMSC-IV-0.4.1\""))
            for file in files { #expect(page.text.contains(file.name)) }
            #expect(try await reviewer.get(draft + "?file=process.yaml").status == .ok)
            // The same files are the same draft.
            #expect(try await Self.bring(files, by: reviewer).headers[.location] == draft)

            let registered = try await reviewer.post(
                draft, [("definition", "UCMSC-0.4.1")], from: page)
            #expect(registered.status == .seeOther)
            let id = try #require(MasterRecordID("UCMSC-0.4.1"))
            let state = site.state
            let master = try #require(state.masters[id])
            #expect(master.product.version == "0.4.1")
            #expect(master.approved == nil)
            // Nobody approves what they registered.
            let own = try await reviewer.get("/definitions/UCMSC-0.4.1")
            #expect(own.text.contains("another person approves it"))
            #expect(!own.text.contains("Sign and approve"))
            let again = try await reviewer.post(
                draft, [("definition", "UCMSC-0.4.1")], from: try await reviewer.get(draft))
            #expect(again.status == .conflict)
            #expect(again.text.contains("Nothing was recorded"))
        }
    }

    @Test func whatTheCheckerFindsIsShownAndErrorsStandInTheWay() async throws {
        let files = try Self.files { $0.replacing("target: 17.5 g", with: "target: 17.5 kelvins") }
        try await withSampleSite { browser, site, _ in
            let reviewer = try await browser.signedIn("reviewer")
            let draft = try #require(
                try await Self.bring(files, by: reviewer).headers[.location])
            let page = try await reviewer.get(draft + "?file=process.yaml")
            #expect(page.text.contains("cannot be registered"))
            #expect(page.text.contains("kelvins"))
            #expect(page.text.contains("Found in this file"))
            #expect(!page.text.contains("Register the version"))
            // And not by a form that was never shown.
            let forged = try await reviewer.post(draft, [("definition", "UCMSC-9")], from: page)
            #expect(forged.status == .conflict || forged.status == .forbidden)
            let state = site.state
            #expect(state.masters.count == 1)
        }
    }

    /// A definition that is read without an error and breaks a rule: the rules alone stand in the way.
    @Test func aBrokenRuleStandsInTheWayOfADefinitionThatCanBeRead() async throws {
        let files = try Self.files { $0.replacing("  origin: allogeneic\n", with: "") }
        try await withSampleSite { browser, site, _ in
            let reviewer = try await browser.signedIn("reviewer")
            let draft = try #require(
                try await Self.bring(files, by: reviewer).headers[.location])
            let page = try await reviewer.get(draft)
            #expect(page.text.contains("cannot be registered"))
            #expect(!page.text.contains("Register the version"))
            let forged = try await reviewer.post(draft, [("definition", "UCMSC-9")], from: page)
            #expect(forged.status == .conflict)
            #expect(site.state.masters.count == 1)
        }
    }

    @Test func onlyWhoRegistersBringsAndOnlyFilesOfADefinition() async throws {
        try await withSampleSite { browser, site, _ in
            let operator1 = try await browser.signedIn("operator-1")
            #expect(try await operator1.get("/definition-drafts").status == .forbidden)
            let reviewer = try await browser.signedIn("reviewer")
            let yaml = (name: "product.yaml", text: "product: x")
            #expect(
                try await Self.bring([yaml], token: "forged", by: reviewer).status == .forbidden)
            let kept = site.folder.files.url(of: Digest.sha256(of: Array(yaml.text.utf8)))
            #expect(!FileManager.default.fileExists(atPath: kept.path))
            for (files, status) in [
                ([("run.csv", "a,b")], HTTPResponse.Status.unprocessableContent),
                ([("a\u{7}.yaml", "a: b")], .unprocessableContent),
                ([yaml, yaml], .badRequest), ([], .badRequest), ([("a.yaml", "")], .badRequest),
                (
                    [("a.yaml", String(repeating: "a", count: DefinitionDraft.fileBytesMax + 1))],
                    .contentTooLarge
                ),
                ((0...DefinitionDraft.filesMax).map { ("\($0).yaml", "a: b") }, .badRequest),
            ] {
                let answer = try await Self.bring(files, by: reviewer)
                #expect(answer.status == status, "\(files.first?.0 ?? "no file")")
            }
            // Any other file of the site is no draft.
            let masters = Array(site.state.masters.values)
            let other = try #require(masters.first?.sources.first?.sha256)
            for digest in [other, String(repeating: "0", count: 64), "x"] {
                #expect(
                    try await reviewer.get("/definition-drafts/\(digest)").status == .notFound)
            }
            // A path in the name of a file leads nowhere.
            let odd = try await Self.bring(
                [("..\\..\\a/b/product.yaml", "product: x")], by: reviewer)
            let page = try await reviewer.get(try #require(odd.headers[.location]))
            #expect(page.text.contains(">product.yaml"))
            #expect(!page.text.contains("a/b"))
        }
    }

    @Test func aDraftIsReadBackFromItsList() throws {
        forAll { random in
            let files = (0..<Int.random(in: 0...5, using: &random)).map { _ in
                DefinitionDraft.File(
                    name: "\(Int.random(in: 0...99, using: &random)).yaml",
                    digest: Digest.sha256(of: [UInt8.random(in: 0...255, using: &random)]))
            }
            let draft = DefinitionDraft(files: files)
            try require(DefinitionDraft(list: draft.list) == draft, "\(files)")
        }
    }
}
