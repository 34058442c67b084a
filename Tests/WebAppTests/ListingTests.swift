import HTTPTypes
import Hummingbird
import TestSupport
import Testing

@testable import WebApp

@Suite struct ListingTests {
    private struct Vial {
        var id: String
        var cells: Double?
    }

    private func listing(_ vials: [Vial], _ query: ListQuery = ListQuery()) -> Listing<Vial> {
        Listing(
            at: .banks, of: "vials", vials,
            columns: [
                Column("id", "Vial", { $0.id }),
                .figure("cells", "Cells", { $0.cells }, { $0.cells.map { "\($0)" } ?? "" }),
            ], query: query)
    }

    @Test func findsRowsThatHoldEveryWord() {
        var query = ListQuery()
        query.words = "wcb 7"
        let found = listing([.init(id: "WCB-7"), .init(id: "WCB-8"), .init(id: "MCB-7")], query)
        #expect(found.found.map(\.id) == ["WCB-7"])
    }

    @Test func sortsNumbersInNamesAsNumbers() {
        var query = ListQuery()
        query.sort = "id"
        let vials = ["B-10", "B-9", "b-8", "A-100", "B-09"].map { Vial(id: $0) }
        #expect(listing(vials, query).found.map(\.id) == ["A-100", "b-8", "B-9", "B-09", "B-10"])
        query.descending = true
        #expect(listing(vials, query).found.map(\.id) == ["B-10", "B-9", "B-09", "b-8", "A-100"])
    }

    @Test func rowsWithoutAFigureStandLast() {
        var query = ListQuery()
        query.sort = "cells"
        let vials = [Vial(id: "a"), Vial(id: "b", cells: 2), Vial(id: "c", cells: 1)]
        #expect(listing(vials, query).found.map(\.id) == ["c", "b", "a"])
    }

    @Test func pagesAndNeverShowsAPageThatIsNotThere() {
        var query = ListQuery()
        query.page = 99
        let long = listing((1...120).map { Vial(id: "V-\($0)") }, query)
        #expect(long.pages == 3)
        #expect(long.shown.map(\.id) == (101...120).map { "V-\($0)" })
        #expect(listing([], query).shown.isEmpty)
    }

    @Test func everyRowStandsOnExactlyOnePage() {
        forAll { random in
            let count = Int.random(in: 0...230, using: &random)
            let vials = (0..<count).map { _ in
                Vial(id: "V-\(Int.random(in: 0...50, using: &random))")
            }
            var query = ListQuery()
            query.sort = "id"
            query.descending = Bool.random(using: &random)
            var seen: [String] = []
            for page in 1...listing(vials, query).pages {
                query.page = page
                seen += listing(vials, query).shown.map(\.id)
            }
            try require(seen.sorted() == vials.map(\.id).sorted(), "\(count) rows")
        }
    }

    @Test func aSpreadsheetRunsNothing() {
        let csv = listing([
            .init(id: "=HYPERLINK(\"x\")"), .init(id: "a,\"b\"\r\nc"), .init(id: "-1"),
        ]).csv().joined()
        #expect(
            csv == "id,cells\r\n\"'=HYPERLINK(\"\"x\"\")\",\r\n\"a,\"\"b\"\"\r\nc\",\r\n-1,\r\n")
    }

    @Test func readsAQueryAndWritesItBack() {
        let query = ListQuery([
            ("q", "a b"), ("sort", "id"), ("order", "descending"), ("page", "3"), ("other", "x"),
        ])
        #expect(ListQuery(query.items.map { ($0.name, $0.value) }) == query)
        #expect(ListQuery([("page", "-4")]).page == 1)
        #expect(ListQuery([("page", "x")]).page == 1)
    }

    /// Rows that were made into text so far, and the parts a writer got, with how many rows had been
    /// made when each came.
    private final class Account {
        var rows = 0
        var parts: [(bytes: String, rows: Int)] = []
    }

    private struct Writer: ResponseBodyWriter {
        let account: Account

        mutating func write(_ buffer: ByteBuffer) {
            account.parts.append((String(buffer: buffer), account.rows))
        }
        consuming func finish(_ trailingHeaders: HTTPFields?) {}
    }

    /// A download of a whole site is never held in memory: each part leaves before the next is made.
    @Test func aLongListLeavesPartByPart() async throws {
        let account = Account()
        let listing = Listing(
            at: .banks, of: "vials", Array(1...5000),
            columns: [
                Column("number", "Number") { (number: Int) in
                    account.rows += 1
                    return "V-\(number)"
                }
            ], query: ListQuery())
        let request = Hummingbird.Request(
            head: .init(method: .get, scheme: nil, authority: nil, path: "/banks?format=csv"),
            body: .init(buffer: ByteBuffer()))
        let response = try #require(listing.file(asked: request))
        #expect(account.rows == 0)
        #expect(response.headers[.contentLength] == nil)
        #expect(response.headers[.contentType] == "text/csv; charset=utf-8")
        try await response.body.write(Writer(account: account))
        let rows = Listing<Int>.rowsPerPart
        #expect(account.parts.count == 1 + 5000 / rows)
        for (place, part) in account.parts.enumerated() { #expect(part.rows <= place * rows) }
        let lines = account.parts.map(\.bytes).joined().split(separator: "\r\n")
        #expect(lines.first == "number" && lines.last == "V-5000" && lines.count == 5001)
    }

    @Test func aShortListIsSentWholeWithItsLength() async throws {
        let request = Hummingbird.Request(
            head: .init(method: .get, scheme: nil, authority: nil, path: "/banks?format=csv"),
            body: .init(buffer: ByteBuffer()))
        let response = try #require(listing([Vial(id: "V-1")]).file(asked: request))
        #expect(response.body.contentLength == "id,cells\r\nV-1,\r\n".utf8.count)
    }
}
