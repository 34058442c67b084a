import Facility
import HTTPTypes
import Operations
import Testing

@testable import WebApp

/// Lists of objects are typed in rows, with and without scripts.
@Suite struct FieldRowsTests {
    private let gowning = "/commands/people.assess-gowning"

    /// The rows of plates that `answer` shows.
    private func rows(_ answer: Browser.Answer) -> Int {
        answer.text.split(separator: "<legend>Plate ", omittingEmptySubsequences: false).count - 1
    }

    @Test func whatIsTypedInRowsIsRecorded() async throws {
        try await withSampleSite { browser, site, _ in
            let browser = try await browser.signedIn("analyst")
            let page = try await browser.get(gowning)
            #expect(rows(page) == 2)
            #expect(!page.text.contains("as JSON"))
            let before = site.state.entryCount
            let sites = ["left-glove", "right-glove", "forearm", "chest", "hood"]
            // The row between stays empty.
            let plates = sites.enumerated().flatMap { index, place in
                let row = index < 2 ? index : index + 1
                return [("plates.\(row).site", place), ("plates.\(row).colonies", "1")]
            }
            let answer = try await browser.post(
                gowning,
                [
                    ("person", "operator-1"), ("grade", "C"), ("looksRight", "true"),
                    ("plates.2.site", ""), ("plates.2.colonies", ""), ("plates.rows", "6"),
                ] + plates, from: page)
            #expect(answer.status == .seeOther, "\(answer.text.prefix(2000))")
            #expect(site.state.entryCount == before + 1)
        }
    }

    @Test func oneMoreRowKeepsWhatWasTyped() async throws {
        try await withSampleSite { browser, site, _ in
            let browser = try await browser.signedIn("analyst")
            let page = try await browser.get(gowning)
            let before = site.state.entryCount
            let answer = try await browser.post(
                gowning,
                [
                    ("person", "operator-1"), ("grade", "C"), ("plates.0.site", "hood"),
                    ("plates.0.colonies", "3"), ("plates.rows", "2"), ("add-row", "plates"),
                ], from: page)
            #expect(answer.status == .seeOther)
            let shown = try await browser.get(try #require(answer.headers[.location]))
            #expect(rows(shown) == 3)
            #expect(shown.text.contains("name=\"plates.0.colonies\" type=\"text\""))
            #expect(shown.text.contains("value=\"3\""))
            #expect(shown.text.contains("value=\"operator-1\""))
            #expect(!shown.text.contains("The file is read"))
            #expect(site.state.entryCount == before)
        }
    }

    @Test func whatIsWrongStandsAtItsField() async throws {
        try await withSampleSite { browser, site, _ in
            let browser = try await browser.signedIn("analyst")
            let page = try await browser.get(gowning)
            let answer = try await browser.post(
                gowning,
                [
                    ("person", "operator-1"), ("grade", "C"), ("looksRight", "true"),
                    ("plates.1.site", "hood"), ("plates.1.colonies", "many"), ("plates.rows", "2"),
                ], from: page)
            #expect(answer.status == .unprocessableContent)
            // The first row was empty: what was typed in the second is the first that is shown.
            #expect(answer.text.contains("id=\"field-plates-0-colonies-problem\""))
            #expect(answer.text.contains("value=\"many\""))
        }
    }

    @Test func rowsAreBounded() async throws {
        try await withSampleSite { browser, _, _ in
            let browser = try await browser.signedIn("analyst")
            for count in ["50", "999999999", "-3", "x"] {
                let page = try await browser.get("\(gowning)?plates.rows=\(count)")
                #expect((1...FieldRows.rowsMax).contains(rows(page)), "\(count)")
            }
            let full = try await browser.get("\(gowning)?plates.rows=50")
            #expect(!full.text.contains("Add another plate"))
        }
    }

    @Test func aFormOfEveryCommandSpellsNoJSONButFiles() throws {
        for type in CommandCatalogue.all {
            guard case .object(let members) = type.schema else { continue }
            for member in members {
                guard case .list(.object, _) = member.schema, FileField(member.schema) == nil
                else { continue }
                let isText = type.name == "definition.register"
                #expect((FieldRows(member) == nil) == isText, "\(type.name) \(member.name)")
            }
        }
    }
}
