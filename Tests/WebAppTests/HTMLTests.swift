import Charts
import TestSupport
import Testing

@testable import WebApp

@Suite struct HTMLTests {
    private func written(_ write: (inout HTML) -> Void) -> String {
        var html = HTML()
        write(&html)
        return String(decoding: html.bytes, as: UTF8.self)
    }

    @Test func nestsElements() {
        let text = written { html in
            html(.section, .class("card")) { html in
                html(.h2, text: "A & B")
                html(.input, .name("x"), .value("\"'<>&"), .required)
            }
        }
        #expect(
            text
                == "<section class=\"card\"><h2>A &amp; B</h2>"
                + "<input name=\"x\" value=\"&quot;&#39;&lt;&gt;&amp;\" required></section>")
    }

    @Test func leavesOutWhatDoesNotApply() {
        #expect(written { $0(.p, .when(false, .class("x")), text: "") } == "<p></p>")
        #expect(written { $0(.p, .with(nil as String?) { .title($0) }, text: "") } == "<p></p>")
    }

    @Test func replacesControlCharacters() {
        #expect(written { $0.text("a\u{0}b\u{1B}c\td\ne") } == "a\u{FFFD}b\u{FFFD}c\td\ne")
    }

    /// No text, wherever it stands, changes the structure of the page.
    ///
    /// Method: write random hostile text as content, attribute and query; read the page with a
    /// tokenizer that knows nothing of the writer; the tags and attributes must be those of a page
    /// with harmless text, and the text must come back whole.
    @Test func noTextBecomesMarkup() {
        let pieces = [
            "<script>alert(1)</script>", "</title>", "</textarea>", "\"", "'", "`", "=", ">", "<",
            "&",
            "&lt;", "&#x3c;", "&quot", "<!--", "-->", "]]>", "<![CDATA[", "javascript:alert(1)",
            " onmouseover=alert(1) ", "\u{2028}", "é", "𝔘", "\u{202E}", "/", "\\", "\n", "{{",
            "%3C",
        ]
        func page(_ text: String) -> String {
            written { html in
                html(.p, .title(text), .id(text), text: text)
                html(.textarea, .name(text)) { $0.text(text) }
                html(.input, .value(text), .placeholder(text))
                html(
                    .a, .href(Address(.batch(text), query: [.init(name: text, value: text)])),
                    text: text)
                html.add(Badge(text, .good))
                html.add(Notice(.bad, text, detail: text, basis: text))
                html.add(
                    Field(
                        name: text, label: text, input: .choice([.init(text, text)]), value: text,
                        unit: text, help: text, problem: text))
                html.add(
                    Listing(
                        at: .batches, of: text, [text],
                        columns: [
                            Column("a", text, { $0 }), .link("b", text, { $0 }, to: { .batch($0) }),
                            .status("c", text, { ($0, .good) }),
                        ], query: ListQuery()))
            }
        }
        let harmless = Tokens(page("harmless"))
        forAll(cases: 200) { random in
            let text = (0..<Int.random(in: 1...6, using: &random))
                .map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
            let tokens = Tokens(page(text))
            try require(
                tokens.structure == harmless.structure,
                "\(text.debugDescription) gave \(tokens.structure)")
            let expected = text.replacing("\u{1B}", with: "\u{FFFD}")
            try require(
                tokens.texts.contains(expected), "\(text.debugDescription) does not come back")
        }
    }
}

@Suite struct LinkTests {
    @Test func encodesWhatItNames() {
        #expect(Link.batch("a/b?c#d e").path == "/batches/a%2Fb%3Fc%23d%20e")
        #expect(Link.home.path == "/")
        let address = Address(.batches, query: [.init(name: "q", value: "ä&=+ ")], fragment: "x y")
        #expect(address.text == "/batches?q=%C3%A4%26%3D%2B%20#x%20y")
    }

    @Test(arguments: [
        "//elsewhere.example/", "https://elsewhere.example/", "/\\elsewhere.example",
        "javascript:x",
        "", "batches", "/a\r\nSet-Cookie: x=y",
    ])
    func takesNoWayOffTheSite(text: String) {
        #expect(Address(local: text) == nil)
    }

    @Test func takesItsOwnAddressesBack() {
        let address = Address(.batch("B-1"), query: [.init(name: "q", value: "a b")])
        #expect(Address(local: address.text)?.text == address.text)
        #expect(
            Address(local: "/batches/B-1?done=1")?.adding("done", "2").text == "/batches/B-1?done=2"
        )
    }

    @Test(arguments: [
        ("a=1&b=2", [["a", "1"], ["b", "2"]]), ("a=%C3%A4+b", [["a", "ä b"]]), ("a", [["a", ""]]),
        ("a=%%41", [["a", "%A"]]), ("a=%4", [["a", "%4"]]), ("&&=x", [["", "x"]]),
        ("a=1=2", [["a", "1=2"]]), ("a=%FF", [["a", "\u{FFFD}"]]),
    ])
    func readsFormsAsBrowsersWriteThem(text: String, pairs: [[String]]) {
        #expect(QueryText.pairs(in: text)?.map { [$0.name, $0.value] } == pairs)
    }

    @Test func refusesAFormWithTooManyFields() {
        #expect(QueryText.pairs(in: String(repeating: "a=1&", count: 1001)) == nil)
    }
}

/// A small reading of HTML as the standard's tokenizer does it: tags with their attribute names,
/// and the texts between and inside them.
struct Tokens {
    var structure: [String] = []
    var texts: Set<String> = []

    init(_ html: String) {
        let scalars = Array(html.unicodeScalars)
        var index = 0
        var run = ""
        func decoded(_ text: String) -> String {
            text.replacing("&lt;", with: "<").replacing("&gt;", with: ">")
                .replacing("&quot;", with: "\"").replacing("&#39;", with: "'")
                .replacing("&amp;", with: "&")
        }
        while index < scalars.count {
            guard scalars[index] == "<" else {
                run.unicodeScalars.append(scalars[index])
                index += 1
                continue
            }
            texts.insert(decoded(run))
            run = ""
            var tag = "<"
            index += 1
            while index < scalars.count, scalars[index] != ">" {
                if scalars[index] == "\"" {
                    var value = ""
                    index += 1
                    while index < scalars.count, scalars[index] != "\"" {
                        value.unicodeScalars.append(scalars[index])
                        index += 1
                    }
                    texts.insert(decoded(value))
                } else {
                    tag.unicodeScalars.append(scalars[index])
                }
                index += 1
            }
            index += 1
            structure.append(tag)
        }
        texts.insert(decoded(run))
    }
}
