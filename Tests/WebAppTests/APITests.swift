import Facility
import Foundation
import HTTPTypes
import Ledger
import Operations
import Testing

@testable import WebApp

/// The API as a program uses it.
@Suite struct APITests {
    private struct Program {
        let browser: Browser
        let token: String

        init(_ browser: Browser, as person: String) async throws {
            self.browser = browser
            let answer = try await browser.send(
                "/api/v1/session", .post, headers: [:],
                body: #"{"person":"\#(person)","password":"\#(SampleSite.password)"}"#)
            #expect(answer.status == .created)
            token = try #require(try answer.json["token"]?.stringValue)
        }

        func send(
            _ path: String, _ method: HTTPRequest.Method = .get, _ body: String? = nil,
            headers: HTTPFields = [:]
        ) async throws -> Browser.Answer {
            var headers = headers
            headers[.authorization] = "Bearer \(token)"
            return try await browser.send(
                "/api/v1/" + path, method, headers: headers, body: body)
        }
    }

    @Test func listsAndDescribesEveryCommand() async throws {
        try await withSampleSite { browser, _, _ in
            let program = try await Program(browser, as: "qp")
            let commands = try #require(
                try await program.send("commands").json["commands"]?.arrayValue)
            #expect(
                commands.compactMap { $0["name"]?.stringValue }
                    == CommandCatalogue.all.map { $0.name })
            let certify = try #require(commands.first { $0["name"] == "batch.certify" })
            #expect(certify["permitted"] == true && certify["signature"] == "certified")
            let schema = try await program.send("commands/batch.certify").json
            #expect(schema["required"] == ["batch"])
        }
    }

    @Test func performsACommandOnceForOneKey() async throws {
        try await withSampleSite { browser, site, _ in
            let program = try await Program(browser, as: "operator-1")
            let before = site.state.entryCount
            let key = HTTPFields([.init(name: .init("Idempotency-Key")!, value: "k-1")])
            for _ in 0..<2 {
                let answer = try await program.send(
                    "commands/deviation.open", .post, #"{"with":{"description":"a drop"}}"#,
                    headers: key)
                #expect(answer.status == .created)
                #expect(try answer.json["firstEntry"]?.integerValue == Int(before))
                #expect(try answer.json["kinds"] == ["deviation.opened/1"])
            }
            #expect(site.state.entryCount == before + 1)
        }
    }

    @Test(arguments: [
        ("commands/deviation.open", "{", 400, "unreadable-request"),
        ("commands/deviation.open", "{}", 400, "unreadable-request"),
        ("commands/deviation.open", #"{"with":{"descriptio":"x"}}"#, 422, "command.malformed"),
        ("commands/deviation.opn", #"{"with":{}}"#, 404, "not-found"),
        ("commands/batch.certify", #"{"with":{"batch":"B-26-003"}}"#, 403, "people.not-permitted"),
        (
            "commands/batch.complete-step",
            #"{"with":{"batch":"B-26-004","step":"p4"},"password":"wrong"}"#, 403,
            "key-wrong-password"
        ),
        (
            "commands/batch.start-step", #"{"with":{"batch":"B-26-004","step":"fill"}}"#, 409,
            "batch.step-out-of-order"
        ),
        (
            "commands/deviation.open", #"{"with":{"description":"x"},"happened":"yesterday"}"#, 400,
            "unreadable-request"
        ),
    ])
    func refusesWithACodeAndRecordsNothing(
        path: String, body: String, status: Int, code: String
    ) async throws {
        try await withSampleSite { browser, site, _ in
            let program = try await Program(browser, as: "operator-1")
            let before = site.state.entryCount
            let answer = try await program.send(path, .post, body)
            #expect(answer.status.code == status)
            let error = try #require(try answer.json["error"])
            #expect(error["code"]?.stringValue == code)
            #expect(error["message"]?.stringValue?.isEmpty == false)
            // A wrong password is itself recorded; of the command nothing is.
            let attempts: UInt64 = code == "key-wrong-password" ? 1 : 0
            #expect(site.state.entryCount == before + attempts)
        }
    }

    @Test func aCookieAloneIsNoKeyToTheAPI() async throws {
        try await withSampleSite { browser, site, _ in
            let reader = try await browser.signedIn("operator-1")
            let before = site.state.entryCount
            let body = #"{"with":{"description":"forged"}}"#
            let forged = try await reader.send(
                "/api/v1/commands/deviation.open", .post, headers: [:], body: body)
            #expect(forged.status == .forbidden)
            #expect(site.state.entryCount == before)
            let page = try await reader.get("/")
            let token = try #require(page.hidden(SubmittedForm.tokenField))
            let honest = try await reader.send(
                "/api/v1/commands/deviation.open", .post,
                headers: [.init("X-Form-Token")!: token], body: body)
            #expect(honest.status == .created)
        }
    }

    @Test func aClosedSessionIsOver() async throws {
        try await withSampleSite { browser, _, _ in
            let program = try await Program(browser, as: "inspector")
            #expect(try await program.send("things/B-26-003").status == .ok)
            #expect(try await program.send("trace/B-26-003").json["start"]?["id"] == "B-26-003")
            #expect(try await program.send("entries/0").json["kind"] == "site.founded/1")
            #expect(try await program.send("things/none").status == .notFound)
            #expect(try await program.send("session", .delete).status == .noContent)
            #expect(try await program.send("things/B-26-003").status == .unauthorized)
        }
    }

    @Test func theDescriptionNamesEveryCommand() async throws {
        try await withSampleSite { browser, _, _ in
            let document = try await browser.get("/api/v1/openapi.json").json
            let paths = try #require(document["paths"]?.objectValue)
            for type in CommandCatalogue.all {
                #expect(paths[Link.apiCommand(type.name).path]?["post"] != nil, "\(type.name)")
            }
        }
    }

    @Test func theMetricsCountAnswers() async throws {
        try await withSampleSite { browser, site, _ in
            _ = try await browser.get("/healthz")
            let text = try await browser.get("/metrics").text
            #expect(text.contains("seedlot_ledger_entries \(site.state.entryCount)\n"))
            #expect(text.contains("seedlot_web_responses_total{class=\"2xx\"} 1\n"))
            #expect(text.contains("seedlot_web_response_seconds_count 1\n"))
        }
    }
}

extension Browser.Answer {
    /// The body as JSON.
    var json: JSONValue {
        get throws { try JSONValue(parsing: Array(text.utf8)) }
    }
}
