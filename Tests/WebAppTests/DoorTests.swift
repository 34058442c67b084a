import Facility
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Ledger
import Logging
import Operations
import Synchronization
import Testing

@testable import WebApp

/// The doors for programs and files, and what keeps them from being abused.
@Suite struct DoorTests {
    // MARK: Tokens of instruments

    /// Issues a token on the page, as the administrator does, and returns its secret.
    private static func issue(
        _ browser: Browser, permissions: [String] = ["monitor"], person: String = "operator-2"
    ) async throws -> String {
        let administrator = try await browser.signedIn("admin")
        let page = try await administrator.get("/tokens")
        let answer = try await administrator.post(
            "/tokens",
            [
                ("token", "TOK-01"), ("use", "counter in ROOM-102"), ("person", person),
                ("expires", "2026-12-31"),
            ] + permissions.map { ("permissions", $0) }, from: page)
        #expect(answer.status == .ok)
        try PageTests.expectSound(answer, at: "/tokens")
        return String(
            try #require(answer.text.firstMatch(of: /<pre id="secret">(slt_[0-9a-f]{64})</)).1)
    }

    private static func bearer(_ secret: String) -> HTTPFields {
        [.authorization: "Bearer \(secret)"]
    }

    @Test func anInstrumentRecordsWithItsTokenAsFarAsItGoes() async throws {
        try await withSampleSite { browser, site, clock in
            let secret = try await Self.issue(browser)
            let pressure =
                #"{"with":{"room":"ROOM-102","beside":"ROOM-101","difference":"22 Pa"}}"#
            let before = site.state.entryCount
            let recorded = try await browser.send(
                "/api/v1/commands/environment.record-pressure", .post,
                headers: Self.bearer(secret), body: pressure)
            #expect(recorded.status == .created)
            #expect(site.state.entryCount == before + 1)
            #expect(
                site.state.rooms[RoomID("ROOM-102")!]?.pressure?.stamp.person.text
                    == "operator-2")
            // Neither another permission, nor a signature, nor a page, nor the records.
            for (path, method, body) in [
                ("/api/v1/commands/deviation.open", .post, #"{"with":{"description":"x"}}"#),
                (
                    "/api/v1/commands/batch.complete-step", .post,
                    #"{"with":{"batch":"B-26-004","step":"p4"},"password":"demonstration"}"#
                ),
                ("/api/v1/entries/1", .get, nil), ("/api/v1/trace/B-26-003", .get, nil),
            ] as [(String, HTTPRequest.Method, String?)] {
                let answer = try await browser.send(
                    path, method, headers: Self.bearer(secret), body: body)
                #expect(answer.status == .forbidden, "\(path)")
            }
            for path in ["/", "/audit", "/tokens"] {
                let answer = try await browser.get(path, headers: Self.bearer(secret))
                #expect(answer.status == .seeOther, "\(path)")
            }
            clock.set(clock.now().advanced(bySeconds: 200 * 86_400))
            let late = try await browser.send(
                "/api/v1/commands/environment.record-pressure", .post,
                headers: Self.bearer(secret), body: pressure)
            #expect(late.status == .unauthorized)
        }
    }

    @Test func aRevokedTokenIsRefusedAtOnce() async throws {
        try await withSampleSite { browser, _, _ in
            let secret = try await Self.issue(browser)
            let administrator = try await browser.signedIn("admin")
            let page = try await administrator.get("/commands/access.revoke-token")
            let answer = try await administrator.post(
                "/commands/access.revoke-token", [("token", "TOK-01"), ("reason", "lost")],
                from: page)
            #expect(answer.status == .seeOther)
            let refused = try await browser.get(
                "/api/v1/commands", headers: Self.bearer(secret))
            #expect(refused.status == .unauthorized)
        }
    }

    @Test func theSecretOfATokenIsNeitherInTheLedgerNorInTheFilesNorInTheLog() async throws {
        let heard = HeardLog()
        let (site, _) = try await SampleSite.played()
        defer { try? FileManager.default.removeItem(at: site.folder.url) }
        let logger = Logger(label: "test") { _ in heard }
        let application = Application(
            router: WebServer(site: site, logger: logger).router(), logger: logger)
        let secret = try await application.test(.router) { client in
            let browser = Browser(client: client)
            let secret = try await Self.issue(browser)
            for path in ["/api/v1/commands", "/api/v1/entries/0", "/api/v1/nothing"] {
                _ = try await browser.get(path, headers: Self.bearer(secret))
            }
            return secret
        }
        let entries = try await LedgerReader(storage: site.storage).entries(
            from: 0, limit: Int(site.state.entryCount))
        let digits = String(secret.dropFirst(InstrumentToken.prefix.count))
        for entry in entries {
            #expect(!String(decoding: entry.bytes, as: UTF8.self).contains(digits))
        }
        #expect(!heard.text.contains(digits))
        let files = FileManager.default.enumerator(atPath: site.folder.url.path)
        while let file = files?.nextObject() as? String {
            let bytes = FileManager.default.contents(
                atPath: site.folder.url.appending(path: file).path)
            #expect(!String(decoding: bytes ?? Data(), as: UTF8.self).contains(digits), "\(file)")
        }
    }

    @Test func guessingSecretsIsStopped() async throws {
        try await withSampleSite { browser, _, _ in
            for _ in 0..<60 {
                let answer = try await browser.get(
                    "/api/v1/commands", headers: Self.bearer("slt_\(UUID())"))
                #expect(answer.status == .unauthorized)
            }
            let stopped = try await browser.get(
                "/api/v1/commands", headers: Self.bearer("slt_x"))
            #expect(stopped.status == .tooManyRequests)
            #expect(stopped.headers[.retryAfter] != nil)
        }
    }

    // MARK: Files

    @Test func aFileIsKeptUnderItsDigestAndGivenBack() async throws {
        try await withSampleSite { browser, site, _ in
            let secret = try await Self.issue(browser)
            let text = "time,half,five\n" + String(repeating: "2026-07-10,12,0\n", count: 9000)
            let kept = try await browser.send(
                "/api/v1/files/particles.csv", .put, headers: Self.bearer(secret), body: text)
            #expect(kept.status == .created)
            let digest = Digest.sha256(of: Array(text.utf8))
            #expect(kept.text.contains(digest.hex))
            #expect(try site.folder.files.bytes(of: digest) == Array(text.utf8))
            let reader = try await browser.signedIn("inspector")
            let file = try await reader.get("/files/\(digest.hex)")
            #expect(file.text == text)
            #expect(file.headers[.contentType] == "application/octet-stream")
            #expect(file.headers[.contentDisposition]?.hasPrefix("attachment") == true)
            #expect(try await reader.get("/files/../../site.json").status == .notFound)
            #expect(
                try await reader.get("/files/\(String(repeating: "0", count: 64))").status
                    == .notFound)
        }
    }

    @Test func aFormBringsAFileOnlyWithItsToken() async throws {
        try await withSampleSite { browser, site, _ in
            let operator1 = try await browser.signedIn("operator-1")
            let page = try await operator1.get("/files")
            let token = try #require(page.hidden(SubmittedForm.tokenField))
            let content = "a line\r\n--almost a boundary\r\n" + String(repeating: "x", count: 5000)
            func send(_ token: String) async throws -> Browser.Answer {
                let parts = [
                    "--b0und\r\nContent-Disposition: form-data; name=\"form-token\"\r\n\r\n\(token)",
                    "\r\n--b0und\r\nContent-Disposition: form-data; name=\"file\"; "
                        + "filename=\"run <1>.csv\"\r\nContent-Type: text/csv\r\n\r\n\(content)",
                    "\r\n--b0und--\r\n",
                ]
                return try await operator1.send(
                    "/files", .post,
                    headers: [.contentType: "multipart/form-data; boundary=b0und"],
                    body: parts.joined())
            }
            #expect(try await send("forged").status == .forbidden)
            let digest = Digest.sha256(of: Array(content.utf8))
            #expect((try? site.folder.files.bytes(of: digest)) == nil)
            let kept = try await send(token)
            #expect(kept.status == .ok)
            #expect(kept.text.contains(digest.hex))
            #expect(kept.text.contains("run &lt;1&gt;.csv"))
            #expect(try site.folder.files.bytes(of: digest) == Array(content.utf8))
        }
    }

    @Test(arguments: [
        "", "no boundary at all", "--b0und", "--b0und\r\n\r\n", "--b0und\r\nContent-Dispo",
        "--b0und\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nxyz",
        "--other\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nx\r\n--other--",
    ])
    func aBrokenFormBringsNothing(body: String) async throws {
        try await withSampleSite { browser, _, _ in
            let operator1 = try await browser.signedIn("operator-1")
            let answer = try await operator1.send(
                "/files", .post, headers: [.contentType: "multipart/form-data; boundary=b0und"],
                body: body)
            #expect(answer.status == .badRequest || answer.status == .forbidden)
        }
    }

    @Test func aFileThatIsTooLargeIsRefusedAndNothingOfItStays() async throws {
        let (site, _) = try await SampleSite.played()
        defer { try? FileManager.default.removeItem(at: site.folder.url) }
        let desk = UploadDesk(folder: site.folder, limit: 1000)
        func body(_ parts: Int) -> AsyncThrowingStream<ByteBuffer, any Error> {
            AsyncThrowingStream { continuation in
                for _ in 0..<parts { continuation.yield(ByteBuffer(repeating: 7, count: 100)) }
                continuation.finish()
            }
        }
        await #expect(throws: WebFault.self) {
            _ = try await desk.receive(body(11), named: "huge", randomName: "a")
        }
        let kept = try await desk.receive(body(10), named: "just right", randomName: "b")
        #expect(kept.size == 1000)
        let incoming = site.folder.url.appending(path: "files/incoming")
        #expect(try FileManager.default.contentsOfDirectory(atPath: incoming.path) == [])
    }

    // MARK: Keys, forms, bytes

    @Test func manyWhoSignInAtOnceWaitInLineAndPagesAnswerMeanwhile() async throws {
        let desk = WorkDesk.forKeys()
        let count = AtOnce()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<40 {
                group.addTask {
                    try? await desk.run {
                        count.enter()
                        try await Task.sleep(for: .milliseconds(2))
                        count.leave()
                    }
                }
            }
        }
        #expect((1...desk.width).contains(count.most))
        #expect(desk.waiting == 0)
    }

    @Test func aLineThatIsFullSendsTheNextAway() async throws {
        let desk = WorkDesk.forKeys()
        let gate = Gate()
        let held = Task {
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<(desk.width + desk.lineMax) {
                    group.addTask { try? await desk.run { await gate.pass() } }
                }
            }
        }
        while desk.waiting < desk.lineMax { await Task.yield() }
        // Were the next let into the line it would wait for ever: then the gate opens, and it is seen.
        let watch = Task {
            while desk.waiting <= desk.lineMax, !Task.isCancelled { await Task.yield() }
            await gate.open()
        }
        await #expect(throws: WebFault.self) { try await desk.run {} }
        watch.cancel()
        await watch.value
        await held.value
        try await desk.run {}
    }

    @Test func theFormTokenLooksDifferentInEveryPage() async throws {
        try await withSampleSite { browser, _, _ in
            let reader = try await browser.signedIn("qp")
            let pages = [
                try await reader.get("/commands/deviation.open"),
                try await reader.get("/commands/deviation.open"),
            ]
            let tokens = pages.compactMap { $0.hidden(SubmittedForm.tokenField) }
            #expect(tokens.count == 2 && tokens[0] != tokens[1])
            for page in pages {
                let answer = try await reader.post(
                    "/commands/deviation.open", [("description", "masked")], from: page)
                #expect(answer.status == .seeOther)
            }
        }
        let token = Digest.sha256(of: [1]).hex
        let masked = FormToken.masked(token, pad: Array(repeating: 0xA5, count: 32))
        #expect(masked != token && FormToken.matches(masked, token))
        #expect(!FormToken.matches(masked, Digest.sha256(of: [2]).hex))
        #expect(!FormToken.matches("", token) && !FormToken.matches("zz", token))
    }

    @Test func whoTakesGzipGetsTheSamePageInFewerBytes() async throws {
        try await withSampleSite { browser, _, _ in
            let reader = try await browser.signedIn("inspector")
            let plain = try await reader.get("/rules")
            #expect(plain.headers[.contentEncoding] == nil)
            let answer = try await reader.client.execute(
                uri: "/rules", method: .get,
                headers: [.cookie: reader.cookie ?? "", .acceptEncoding: "br, gzip;q=0.8"]
            ) { ($0.headers, Array($0.body.readableBytesView)) }
            #expect(answer.0[.contentEncoding] == "gzip")
            #expect(answer.0[.vary] == "Accept-Encoding")
            #expect(answer.1.starts(with: [0x1F, 0x8B]))
            #expect(answer.1.count * 3 < plain.text.utf8.count)
            let refused = try await reader.get(
                "/rules", headers: [.acceptEncoding: "gzip;q=0"])
            #expect(refused.headers[.contentEncoding] == nil)
        }
    }

    @Test func aRefusedSignatureIsAnsweredOnItsOwnPage() async throws {
        try await withSampleSite { browser, site, _ in
            let reviewer = try await browser.signedIn("reviewer")
            let page = try await reviewer.get("/events/DEV-0003")
            let answer = try await reviewer.post(
                "/commands/deviation.close",
                [
                    ("deviation", "DEV-0003"), ("rootCause", "a worn <hinge>"), ("impact", "none"),
                    ("disposition", "acceptable"), (CommandForm.askedOnField, "/events/DEV-0003"),
                    (SubmittedForm.passwordField, "not it"),
                ], from: page)
            #expect(answer.status == .seeOther)
            #expect(site.state.people[PersonID("reviewer")!]?.isActive == true)
            let location = try #require(answer.headers[.location])
            #expect(location.hasPrefix("/events/DEV-0003?refused="))
            let shown = try await reviewer.get(location)
            #expect(shown.text.contains("Nothing was recorded"))
            #expect(shown.text.contains("a worn &lt;hinge&gt;"))
            #expect(!shown.text.contains("not it"))
            try PageTests.expectSound(shown, at: location)
            // No other session is shown what was typed, though the same form stands on its page.
            let other = try await (try await browser.signedIn("reviewer")).get(location)
            #expect(other.text.contains("name=\"rootCause\""))
            #expect(!other.text.contains("a worn"))
            #expect(site.state.deviations[DeviationID("DEV-0003")!]?.isOpen == true)
        }
    }
}

/// How many were inside at once.
private final class AtOnce: Sendable {
    private let count = Mutex((now: 0, most: 0))

    var most: Int { count.withLock { $0.most } }

    func enter() {
        count.withLock { count in
            count.now += 1
            count.most = max(count.most, count.now)
        }
    }

    func leave() { count.withLock { $0.now -= 1 } }
}

/// Holds everyone until it is opened.
private actor Gate {
    private var isOpen = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    func pass() async {
        guard !isOpen else { return }
        await withCheckedContinuation { waiting.append($0) }
    }

    func open() {
        isOpen = true
        for one in waiting { one.resume() }
        waiting = []
    }
}

/// A log that remembers what it was told.
private final class HeardLog: LogHandler, Sendable {
    private let heard = Mutex("")

    var text: String { heard.withLock { $0 } }
    var logLevel: Logger.Level {
        get { .trace }
        set {}
    }
    var metadata: Logger.Metadata {
        get { [:] }
        set {}
    }
    subscript(metadataKey _: String) -> Logger.Metadata.Value? {
        get { nil }
        set {}
    }

    func log(event: LogEvent) {
        let metadata = event.metadata.map { "\($0)" } ?? ""
        heard.withLock { $0 += "\(event.message) \(metadata)\n" }
    }
}
