import Facility
import HTTPTypes
import Ledger
import Operations
import Testing

@testable import WebApp

/// The audit trail: found by what it is about, read a page at a time, taken away as a file.
@Suite struct AuditTests {
    @Test func theTrailIsFoundBySubjectPersonKindDayAndWords() async throws {
        try await withSampleSite { browser, site, _ in
            let reader = try await browser.signedIn("inspector")
            func count(_ query: String) async throws -> Int {
                let answer = try await reader.get("/audit?\(query)")
                #expect(answer.status == .ok)
                let words = answer.text.split(separator: "<span class=\"count\">")
                return Int(words.last?.prefix { $0.isNumber } ?? "") ?? 0
            }
            let all = Int(site.state.entryCount)
            #expect(try await count("") == all)
            let batch = try await count("subject=B-26-003")
            #expect((1..<all).contains(batch))
            let operators = try await count("subject=B-26-003&person=operator-1")
            #expect((1..<batch).contains(operators))
            #expect(try await count("subject=B-26-003&kind=batch.opened") == 1)
            #expect(try await count("subject=no-such-thing") == 0)
            #expect(try await count("from=2026-03-01&to=2026-02-01") == 0)
            let first = try await reader.get("/audit?before=1")
            #expect(first.text.contains("site.founded/1"))
            let words = try await reader.get("/audit?q=site.founded")
            #expect(words.text.contains("/ledger/entries/0\""))
            // A number beyond the ledger, a day that is none and a word in a number do no harm.
            for query in ["before=99999999999", "from=yesterday", "before=x", "q=%00"] {
                #expect(try await reader.get("/audit?\(query)").status == .ok)
            }
        }
    }

    @Test func aCorrectedValueShowsWhatItWas() async throws {
        try await withSampleSite { browser, site, _ in
            let reader = try await browser.signedIn("inspector")
            let trail = TrailIndex(storage: site.storage)
            try await trail.follow(to: site.state.entryCount)
            var question = TrailIndex.Question()
            question.kind = "batch.parameter-corrected"
            let entries = try await trail.read(trail.entries(question))
            let lines = try await trail.lines(entries)
            let line = try #require(lines.first)
            let value = try #require(line.values.first { $0.old != nil })
            let page = try await reader.get("/audit?kind=batch.parameter-corrected")
            #expect(page.text.contains(", was </span>\(try #require(value.old))"))
            #expect(page.text.contains(try #require(line.reason)))
            let entry = try await reader.get("/ledger/entries/\(line.entry.index)")
            #expect(entry.text.contains(", was </span>\(try #require(value.old))"))
        }
    }

    @Test func theWholeTrailIsAFileOfOneLineAValue() async throws {
        try await withSampleSite { browser, site, _ in
            let reader = try await browser.signedIn("inspector")
            let file = try await reader.get("/audit?format=csv")
            #expect(file.headers[.contentType] == "text/csv; charset=utf-8")
            var expected = CommaSeparated.line(AuditLine.header)
            try await AuditTrail(
                storage: site.storage, replacements: AuditTrail.Replacement.all
            ).lines(.init()) { line in
                for row in line.rows { expected += CommaSeparated.line(row) }
                return true
            }
            #expect(file.text == expected)
            let part = try await reader.get("/audit?format=csv&subject=B-26-003")
            let lines = part.text.split(separator: "\r\n")
            #expect(lines.count > 10)
            #expect(lines.dropFirst().contains { $0.contains("B-26-003") })
        }
    }
}
