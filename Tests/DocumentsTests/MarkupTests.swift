import Documents
import Facility
import Ledger
import Testing
import TestSupport

/// What is written in a paper stays text in every form.
@Suite struct MarkupTests {
    private static let hostile = "<script>alert('1')</script> & \"quotes\" \u{0} ]]> -->"

    private static func paper(_ blocks: [PaperBlock]) -> Paper {
        Paper(
            kind: hostile, subject: hostile, issuer: hostile, under: hostile, blocks: blocks,
            basis: PaperBasis(
                facts: [PaperFact(hostile, hostile)], footer: hostile,
                instant: Timestamp(milliseconds: 0)))
    }

    private static let everyBlock: [PaperBlock] = [
        .heading(hostile, level: 2), .heading(hostile, level: 3), .paragraph(PaperText(hostile)),
        .facts([PaperFact(hostile, .changed(from: [hostile], to: hostile))]),
        .table(
            PaperTable(
                caption: hostile, columns: [hostile],
                rows: [[.strong(hostile)], [.code(hostile)], [.verdict(hostile, .bad)]])),
        .signatures([
            PaperSignature(
                act: hostile, name: hostile, meaning: hostile, instant: hostile, keyID: hostile,
                entry: 1)
        ]),
        .verbatim(hostile), .note(.bad, PaperText(hostile)), .pageBreak,
    ]

    @Test func noTextBecomesMarkup() throws {
        let bytes = try Self.paper(Self.everyBlock).bytes(as: .html, by: Converter())
        let page = String(decoding: bytes, as: UTF8.self)
        #expect(!page.contains("<script"))
        #expect(!page.contains("\u{0}"))
        #expect(page.contains("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; &quot;quotes"))
        // Every tag of the page is one that this program wrote.
        let tags = Set(
            page.matches(of: /<\/?([A-Za-z0-9]+)/).map { String($0.output.1) })
        let ours: Set<String> = [
            "html", "head", "meta", "title", "style", "body", "div", "p", "h1", "h2", "h3",
            "table", "caption", "thead", "tbody", "tr", "th", "td", "strong", "code", "span",
            "ins", "del", "pre", "hr",
        ]
        #expect(tags.subtracting(ours).isEmpty)
    }

    @Test func jsonAndTextHoldTheSameWords() throws {
        let paper = Self.paper(Self.everyBlock)
        let json = try JSONValue(parsing: paper.bytes(as: .json, by: Converter()))
        #expect(json["subject"]?.stringValue == Self.hostile)
        #expect(json["blocks"]?.arrayValue?.count == Self.everyBlock.count - 1 + 2)
        let text = String(
            decoding: try paper.bytes(as: .text, by: Converter()), as: UTF8.self)
        #expect(text.contains("<script>alert('1')</script>"))
    }

    @Test func linesOfPlainTextKeepToTheirWidth() throws {
        let long = String(repeating: "word ", count: 80) + String(repeating: "x", count: 300)
        let paper = Paper(
            kind: "Paper", subject: "", issuer: "",
            blocks: [
                .paragraph(PaperText(long)),
                .table(
                    PaperTable(columns: ["a", "b", "c"], words: [[long, "short", long], ["1"]])),
            ],
            basis: PaperBasis(facts: [], footer: "", instant: Timestamp(milliseconds: 0)))
        let text = String(decoding: try paper.bytes(as: .text, by: Converter()), as: UTF8.self)
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 100 })
        #expect(!text.contains(" \n"))
    }

    @Test func aFileIsNamedInPlainLetters() {
        #expect(
            Self.paper([]).fileName(as: .pdf).allSatisfy { $0.isASCII && !"/\\ <".contains($0) })
    }
}
