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

    /// A program mends its request by what the answer says: the field, its value, the limit.
    @Test func aRefusalNamesTheFieldItsValueAndTheRule() async throws {
        try await withSampleSite { browser, _, _ in
            let operator1 = try await Program(browser, as: "operator-1")
            let incomplete = try await operator1.send(
                "commands/material.receive", .post, #"{"with":{"lot":"RM-1","quantity":5}}"#)
            let missing = try #require(try incomplete.json["error"]?["problems"]?.objectValue)
            #expect(missing["supplier"]?.stringValue?.contains("missing") == true)
            #expect(missing["quantity"]?.stringValue?.contains("number") == true)
            let malformed = try await operator1.send(
                "commands/material.receive", .post,
                #"{"with":{"lot":"RM-1","material":"dpbs","supplier":"x","supplierLot":"y","#
                    + #""expiry":"2027-01-31","quantity":"much"}}"#)
            let problems = try #require(try malformed.json["error"]?["problems"]?.objectValue)
            #expect(problems["quantity"]?.stringValue?.contains("'much'") == true)
            let expired = try await operator1.send(
                "commands/material.receive", .post,
                #"{"with":{"lot":"RM-1","material":"dpbs","supplier":"x","supplierLot":"y","#
                    + #""expiry":"2020-01-31","quantity":"5 mL"}}"#)
            let error = try #require(try expired.json["error"])
            #expect(error["rule"] == "material-released-at-use")
            #expect(error["message"]?.stringValue?.contains("2020-01-31") == true)
            #expect(error["hint"]?.stringValue?.isEmpty == false)
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

    @Test func readsTheViews() async throws {
        try await withSampleSite { browser, site, _ in
            let program = try await Program(browser, as: "inspector")
            let state = try await program.send("state").json
            #expect(state["entries"]?.integerValue == Int(site.state.entryCount))
            #expect(try await program.send("state?as-of=3").json["entries"] == 3)
            let due = try await program.send("due?on=2026-12-31&within=365").json
            #expect(due["on"] == "2026-12-31")
            #expect(due["items"]?.arrayValue?.first?["overdue"] == true)
            #expect(try await program.send("balance").json["lots"]?.arrayValue?.isEmpty == false)
            let review = try await program.send("reviews/B-26-003").json
            #expect(review["points"]?.arrayValue?.isEmpty == false)
            #expect(try await program.send("recalls/D-0007").json["calls"] != nil)
            let control = try await program.send("controls").json["items"]?.arrayValue?.first
            #expect(control?["control"] == "stained beads")
            let level = try await program.send("levels").json["items"]?.arrayValue?.first
            #expect(level?["unit"] == "TANK-01")
            let lost = try await program.send("rejections?from=2026-01-01&to=2026-12-31").json
            #expect(lost["rates"]?.arrayValue?.first?["words"] == "all causes")
            let quality = "quality-reviews/UCMSC-IV?from=2026-01-01&to=2026-12-31"
            #expect(try await program.send(quality).json["product"] == "UCMSC-IV")
        }
    }

    @Test(arguments: [
        ("due?on=tomorrow", 400), ("due?within=-1", 400), ("reviews/none", 404),
        ("recalls/none", 404), ("quality-reviews/UCMSC-IV", 400),
        ("rejections?from=2026-12-31&to=2026-01-01", 400), ("state?as-of=99999999", 404),
    ])
    func refusesAViewThatIsNotThere(path: String, status: Int) async throws {
        try await withSampleSite { browser, _, _ in
            let answer = try await Program(browser, as: "inspector").send(path)
            #expect(answer.status.code == status)
            #expect(try answer.json["error"]?["message"]?.stringValue?.isEmpty == false)
        }
    }

    /// A program reads the lists that people see, whole and in the order it asks for.
    @Test func everyListThatIsDescribedIsReadAsJSON() async throws {
        try await withSampleSite { browser, _, _ in
            let program = try await Program(browser, as: "inspector")
            let document = try await browser.get("/api/v1/openapi.json").json
            let lists = try #require(
                document["paths"]?.objectValue?.keys.filter {
                    !$0.hasPrefix("/api/")
                })
            #expect(lists.count > 10)
            var headers = HTTPFields()
            headers[.authorization] = "Bearer \(program.token)"
            for list in lists {
                let answer = try await browser.send(
                    list + "?format=json&q=b", .get, headers: headers, body: nil)
                #expect(answer.status == .ok, "\(list)")
                #expect(try answer.json["rows"]?.arrayValue != nil, "\(list)")
            }
            let batches = try await browser.send(
                "/batches?format=json&sort=batch&order=descending", .get, headers: headers,
                body: nil
            ).json
            let names = batches["rows"]?.arrayValue?.compactMap { $0["batch"]?.stringValue } ?? []
            #expect(names.contains("B-26-003") && names == names.sorted(by: >))
            let stranger = try await browser.get("/batches?format=json")
            #expect(stranger.status == .unauthorized)
            #expect(try stranger.json["error"]?["code"]?.stringValue == "sign-in-needed")
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
            #expect(!text.contains("seedlot_backup"))
        }
    }

    /// A note that somebody spoilt takes nothing with it.
    @Test func howOldTheNewestBackupIsIsTold() async throws {
        try await withSampleSite { browser, site, clock in
            let reader = try await browser.signedIn("reviewer")
            let none = try await reader.get("/system-checks").text
            #expect(none.contains("No backup of this site is known"))
            let head = LedgerHead(size: site.state.entryCount - 3, root: MerkleTree.leafHash([]))
            try site.folder.note(LastBackup(made: clock.now(), head: head))
            let text = try await browser.get("/metrics").text
            #expect(text.contains("seedlot_backup_entries \(head.size)\n"))
            #expect(
                text.contains(
                    "seedlot_backup_timestamp_seconds \(clock.now().milliseconds / 1000)\n"))
            let page = try await reader.get("/system-checks").text
            #expect(page.contains("with \(head.size) entries; 3 entries are newer."))
            let note = site.folder.url.appending(path: "last-backup.json")
            for spoilt in ["", "{}", #"{"made":"x","entries":-1,"root":"ab"}"#] {
                try Data(spoilt.utf8).write(to: note)
                #expect(site.folder.lastBackup == nil, "\(spoilt)")
                #expect(try await browser.get("/metrics").status == .ok)
            }
        }
    }
}

extension Browser.Answer {
    /// The body as JSON.
    var json: JSONValue {
        get throws { try JSONValue(parsing: Array(text.utf8)) }
    }
}
