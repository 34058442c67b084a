import Facility
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Operations
import Testing

@testable import WebApp

/// One test a threat.
@Suite struct SafetyTests {
    @Test func aStrangerSeesTheDoorOnly() async throws {
        try await withSampleSite { browser, site, _ in
            let batch = try #require(site.state.batches.inOrder.first?.id).text
            for path in ["/", "/batches/\(batch)", "/audit", "/people", "/live", "/genealogy/x"] {
                let answer = try await browser.get(path)
                // Whoever is let in to follow the ledger would wait there for ever: stop before.
                try #require(answer.status == .seeOther, "\(path)")
                #expect(answer.headers[.location]?.hasPrefix("/sign-in?next=") == true)
                #expect(answer.text.isEmpty)
            }
            let api = try await browser.get("/api/v1/commands")
            #expect(api.status == .unauthorized)
            #expect(api.text.contains(#""code":"sign-in-needed""#))
            for path in ["/healthz", "/readyz", "/sign-in"] {
                #expect(try await browser.get(path).status == .ok, "\(path)")
            }
            let before = site.state.entryCount
            let answer = try await browser.post(
                "/commands/people.enrol", [("person", "mallory"), ("printedName", "M")])
            #expect(answer.status == .unauthorized)
            #expect(site.state.entryCount == before)
        }
    }

    @Test func everyAnswerCarriesTheHeadersThatProtectItsReader() async throws {
        try await withSampleSite { browser, _, _ in
            let reader = try await browser.signedIn("inspector")
            for path in ["/", "/sign-in", "/nowhere", "/healthz", "/api/v1/commands"] {
                let headers = try await reader.get(path).headers
                let policy = try #require(headers[.contentSecurityPolicy])
                #expect(policy.contains("default-src 'none'") && !policy.contains("unsafe"))
                #expect(policy.contains("frame-ancestors 'none'"))
                #expect(headers[.xContentTypeOptions] == "nosniff")
                #expect(headers[.cacheControl] == "no-store")
            }
        }
    }

    @Test func theCookieIsOutOfReachOfScriptsAndOtherSites() async throws {
        try await withSampleSite { browser, _, _ in
            let answer = try await browser.post(
                "/sign-in", [("person", "qp"), ("password", SampleSite.password)])
            let cookie = try #require(answer.headers[.setCookie])
            #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"))
            #expect(cookie.contains("Path=/"))
        }
        let secure = SessionCookie(usesTLS: true)
        #expect(secure.setting("x").hasPrefix("__Host-seedlot=x; "))
        #expect(secure.setting("x").hasSuffix("; Secure"))
    }

    @Test func aWrongPasswordSaysNothingAndGuessingIsStopped() async throws {
        try await withSampleSite { browser, _, clock in
            let unknown = try await browser.post(
                "/sign-in", [("person", "nobody"), ("password", "x")])
            let wrong = try await browser.post("/sign-in", [("person", "qp"), ("password", "x")])
            #expect(unknown.status == .forbidden && wrong.status == .forbidden)
            let same = "The identifier or the password is wrong"
            #expect(unknown.text.contains(same) && wrong.text.contains(same))
            #expect(!wrong.text.contains("value=\"x\""))
            for _ in 0..<5 {
                _ = try await browser.post("/sign-in", [("person", "qp"), ("password", "x")])
            }
            let locked = try await browser.post(
                "/sign-in", [("person", "qp"), ("password", SampleSite.password)])
            #expect(locked.status == .forbidden)
            #expect(locked.text.contains("locked until"))
            clock.set(clock.now().advanced(bySeconds: 3600))
            _ = try await browser.signedIn("qp")
            for number in 0..<60 {
                _ = try await browser.post(
                    "/sign-in", [("person", "nobody-\(number)"), ("password", "x")])
            }
            let stopped = try await browser.post(
                "/sign-in", [("person", "inspector"), ("password", SampleSite.password)])
            #expect(stopped.status == .tooManyRequests)
            #expect(stopped.headers[.retryAfter] != nil)
        }
    }

    @Test func aFormOfAnotherSiteRecordsNothing() async throws {
        try await withSampleSite { browser, site, _ in
            let reader = try await browser.signedIn("operator-1")
            let page = try await reader.get("/commands/deviation.open")
            let fields = [("description", "forged")]
            let before = site.state.entryCount
            #expect(try await reader.post("/commands/deviation.open", fields).status == .forbidden)
            for headers in [
                HTTPFields([.init(name: .origin, value: "https://evil.example")]),
                HTTPFields([.init(name: .init("Sec-Fetch-Site")!, value: "cross-site")]),
            ] {
                let answer = try await reader.post(
                    "/commands/deviation.open", fields, from: page, headers: headers)
                #expect(answer.status == .forbidden)
                #expect(answer.text.contains("foreign-request"))
            }
            #expect(site.state.entryCount == before)
            let honest = try await reader.post("/commands/deviation.open", fields, from: page)
            #expect(honest.status == .seeOther)
            #expect(site.state.entryCount == before + 1)
        }
    }

    @Test func aFormSentTwiceIsRecordedOnce() async throws {
        try await withSampleSite { browser, site, _ in
            let reader = try await browser.signedIn("operator-1")
            let page = try await reader.get("/commands/deviation.open")
            let before = site.state.entryCount
            for _ in 0..<2 {
                let answer = try await reader.post(
                    "/commands/deviation.open", [("description", "a drop on the bench")],
                    from: page)
                #expect(answer.status == .seeOther)
            }
            #expect(site.state.entryCount == before + 1)
            // The same form with other content is another entry, not a silent repetition.
            _ = try await reader.post(
                "/commands/deviation.open", [("description", "another drop")], from: page)
            #expect(site.state.entryCount == before + 2)
        }
    }

    @Test func whatAPersonTypedIsShownAndNeverRun() async throws {
        try await withSampleSite { browser, site, _ in
            let reader = try await browser.signedIn("operator-1")
            let hostile = "\"><script>alert(1)</script><img src=x onerror=alert(1)>"
            let page = try await reader.get("/commands/deviation.open")
            let answer = try await reader.post(
                "/commands/deviation.open", [("description", hostile)], from: page)
            let event = try #require(
                site.state.deviations.values.first { $0.description == hostile }
            ).id.text
            for path in [
                "/events", "/events/\(event)", "/audit", "/",
                try #require(answer.headers[.location]),
                "/commands/deviation.open?description=\(percentEncoded(hostile))",
                "/search?q=\(percentEncoded(hostile))", "/batches?q=\(percentEncoded(hostile))",
            ] {
                let text = try await reader.get(path).text
                #expect(!text.contains("<script>alert"), "\(path)")
                #expect(!text.contains("<img"), "\(path)")
                try PageTests.expectSound(try await reader.get(path), at: path)
            }
        }
    }

    @Test func nobodyIsSentToAnotherSiteAfterSigningIn() async throws {
        try await withSampleSite { browser, _, _ in
            for next in ["https://evil.example/", "//evil.example", "/\\evil.example"] {
                let answer = try await browser.post(
                    "/sign-in",
                    [("person", "qp"), ("password", SampleSite.password), ("next", next)])
                #expect(answer.headers[.location] == "/")
            }
            let good = try await browser.post(
                "/sign-in",
                [("person", "qp"), ("password", SampleSite.password), ("next", "/banks?q=a")])
            #expect(good.headers[.location] == "/banks?q=a")
        }
    }

    @Test func anOperatorCannotCertifyWhateverIsSent() async throws {
        try await withSampleSite { browser, site, _ in
            let reader = try await browser.signedIn("operator-1")
            let page = try await reader.get("/")
            let batch = try #require(site.state.batches.inOrder.first?.id).text
            let before = site.state.entryCount
            let answer = try await reader.post(
                "/commands/batch.certify",
                [("batch", batch), (SubmittedForm.passwordField, SampleSite.password)], from: page)
            #expect(answer.status == .forbidden)
            #expect(answer.text.contains("Qualified Person"))
            #expect(site.state.entryCount == before)
        }
    }

    @Test func aSessionEndsWithTimeAndWithSigningOut() async throws {
        try await withSampleSite { browser, _, clock in
            let reader = try await browser.signedIn("qp")
            clock.set(clock.now().advanced(bySeconds: 1799))
            #expect(try await reader.get("/").status == .ok)
            clock.set(clock.now().advanced(bySeconds: 1800))
            #expect(try await reader.get("/").status == .seeOther)

            let other = try await browser.signedIn("qp")
            let page = try await other.get("/")
            let answer = try await other.post("/sign-out", [], from: page)
            #expect(answer.headers[.setCookie]?.contains("Max-Age=0") == true)
            #expect(try await other.get("/").status == .seeOther)
        }
    }

    @Test func whoeverLosesAccessIsOutAtOnce() async throws {
        try await withSampleSite { browser, _, _ in
            let inspector = try await browser.signedIn("inspector")
            #expect(try await inspector.get("/").status == .ok)
            let administrator = try await browser.signedIn("admin")
            let page = try await administrator.get("/commands/people.assign-roles")
            let answer = try await administrator.post(
                "/commands/people.assign-roles", [("person", "inspector"), ("reason", "left")],
                from: page)
            #expect(answer.status == .seeOther)
            #expect(try await inspector.get("/").status == .seeOther)
        }
    }

    @Test func aHugeBodyIsRefusedBeforeItIsRead() async throws {
        try await withSampleSite { browser, _, _ in
            let answer = try await browser.post(
                "/sign-in", [("person", String(repeating: "x", count: SubmittedForm.bytesMax))])
            #expect(answer.status == .contentTooLarge)
        }
    }

    @Test func assetsAreKeptForEverUnderTheirDigest() async throws {
        try await withSampleSite { browser, _, _ in
            for asset in Asset.allCases {
                let answer = try await browser.get(asset.path)
                #expect(answer.status == .ok && !answer.text.isEmpty)
                #expect(answer.headers[.eTag] == "\"\(asset.digest)\"")
                #expect(answer.headers[.cacheControl]?.contains("immutable") == true)
                let again = try await browser.get(
                    asset.path, headers: [.ifNoneMatch: "\"\(asset.digest)\""])
                #expect(again.status == .notModified)
            }
            #expect(try await browser.get("/assets/0/seedlot.css").status == .notFound)
        }
    }
}
