import Charts

/// Writes a paper as one HTML page that needs nothing else: style, pictures and codes stand in it.
///
/// In a browser it reads from top to bottom; in print, head and foot stand on every page, with the
/// number of the page and of all pages.
struct PaperHTML {
    let paper: Paper
    /// Pictures and codes as PNG, in their order, for a program that takes no vector pictures;
    /// empty for vectors.
    var rasters: [[UInt8]] = []
    /// True for a word processor, which keeps heads and feet in a place of its own.
    var isForWordProcessor = false

    /// The page.
    func page() -> [UInt8] {
        var html = Markup()
        var pictures = rasters[...]
        html.literal("<!DOCTYPE html>\n")
        html.element("html", [("lang", "en")]) { html in
            html.element("head") { html in
                html.single("meta", [("charset", "utf-8")])
                html.element("title", text: paper.title)
                html.single("meta", [("name", "author"), ("content", paper.issuer)])
                html.single("meta", [("name", "generator"), ("content", "seedlot")])
                html.literal("\n<style>\n")
                html.literal(PaperStyle.sheet)
                html.literal("</style>\n")
            }
            html.element("body") { html in
                write(&html, &pictures)
            }
        }
        html.literal("\n")
        return html.bytes
    }

    private func write(_ html: inout Markup, _ pictures: inout ArraySlice<[UInt8]>) {
        if !isForWordProcessor {
            html.literal("\n")
            html.element("div", [("class", "running-head")], text: paper.title)
            html.element("div", [("class", "running-issuer")], text: paper.issuer)
            html.element("div", [("class", "running-foot")], text: paper.basis.footer)
        }
        html.literal("\n")
        html.element("p", [("class", "issuer")], text: paper.issuer)
        html.element("h1", text: paper.title)
        if !paper.under.isEmpty { html.element("p", [("class", "under")], text: paper.under) }
        for block in paper.wholeBody {
            html.literal("\n")
            write(block, &html, &pictures)
        }
        html.literal("\n")
    }

    private func write(
        _ block: PaperBlock, _ html: inout Markup, _ pictures: inout ArraySlice<[UInt8]>
    ) {
        switch block {
        case .heading(let text, let level) where level <= 2: html.element("h2", text: text)
        case .heading(let text, _): html.element("h3", text: text)
        case .paragraph(let text): html.element("p") { write(text, &$0) }
        case .facts(let facts): write(facts, &html)
        case .table(let table): write(table, &html)
        case .signatures(let signatures): write(Self.table(of: signatures), &html)
        case .picture(let picture): write(picture, &html, &pictures)
        case .verbatim(let text): html.element("pre", text: text)
        case .codes(let codes):
            html.element("div", [("class", "codes")]) { html in
                for code in codes { write(code, &html, &pictures) }
            }
        case .note(let tone, let text):
            html.element("p", [("class", "note \(tone.rawValue)")]) { write(text, &$0) }
        case .pageBreak: html.element("hr", [("class", "break")]) { _ in }
        }
    }

    private func write(_ text: PaperText, _ html: inout Markup) {
        for span in text.spans {
            switch span {
            case .plain(let words) where Self.hasLongWord(words):
                html.element("span", [("class", "long")], text: words)
            case .plain(let words): html.text(words)
            case .strong(let words): html.element("strong", text: words)
            case .code(let words): html.element("code", text: words)
            case .verdict(let words, let tone):
                html.element("span", [("class", "verdict \(tone.rawValue)")], text: words)
            case .changed(let old, let new):
                html.element("ins", text: new)
                for value in old.reversed() {
                    html.literal(" ")
                    html.element("span", [("class", "was")], text: "was")
                    html.literal(" ")
                    html.element("del", text: value)
                }
            }
        }
    }

    /// Whether a word may have to be broken, so that a table keeps to its page.
    private static func hasLongWord(_ text: String) -> Bool {
        text.split(whereSeparator: \.isWhitespace).contains { $0.count > 28 }
    }

    private func write(_ facts: [PaperFact], _ html: inout Markup) {
        html.element("table", [("class", "facts")]) { html in
            for fact in facts {
                html.element("tr") { html in
                    html.element("th", [("scope", "row")], text: fact.name)
                    html.element("td") { write(fact.value, &$0) }
                }
            }
        }
    }

    private func write(_ table: PaperTable, _ html: inout Markup) {
        html.element("table", table.shares.isEmpty ? [] : [("class", "set")]) { html in
            if let caption = table.caption { html.element("caption", text: caption) }
            if !table.shares.isEmpty {
                html.element("colgroup") { html in
                    for share in table.shares { html.single("col", [("class", "w\(share)")]) }
                }
            }
            html.element("thead") { html in
                html.element("tr") { html in
                    for (place, column) in table.columns.enumerated() {
                        html.element(
                            "th",
                            [("scope", "col")]
                                + (table.figures.contains(place) ? [("class", "figure")] : []),
                            text: column)
                    }
                }
            }
            html.element("tbody") { html in
                for row in table.rows {
                    html.literal("\n")
                    html.element("tr") { html in
                        for (place, cell) in table.cells(of: row).enumerated() {
                            html.element(
                                "td", table.figures.contains(place) ? [("class", "figure")] : []
                            ) { write(cell, &$0) }
                        }
                    }
                }
            }
        }
    }

    private func write(
        _ picture: PaperPicture, _ html: inout Markup, _ pictures: inout ArraySlice<[UInt8]>
    ) {
        let width = "\(Self.rounded(picture.widthMillimetres))mm"
        html.element("figure") { html in
            if let raster = pictures.popFirst() {
                html.image(
                    raster, type: "image/png", alternative: picture.picture.summary, width: width)
            } else {
                html.image(
                    picture.picture.standaloneSVG(), type: "image/svg+xml",
                    alternative: "\(picture.picture.title). \(picture.picture.summary)",
                    width: width)
            }
            html.element("figcaption", text: picture.caption)
        }
    }

    private func write(
        _ code: PaperCode, _ html: inout Markup, _ pictures: inout ArraySlice<[UInt8]>
    ) {
        let width = "\(Self.rounded(Double(code.matrix.side) * code.moduleMillimetres))mm"
        html.element("figure", [("class", "code")]) { html in
            if let raster = pictures.popFirst() {
                html.image(
                    raster, type: "image/png", alternative: code.matrix.symbology.rawValue,
                    width: width)
            } else {
                html.svg(of: code.matrix, width: width)
            }
            html.element("figcaption", text: code.caption)
        }
    }

    /// A length to a hundredth, without the digits a binary fraction would bring.
    private static func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }

    /// Signatures as every form prints them.
    static func table(of signatures: [PaperSignature]) -> PaperTable {
        PaperTable(
            columns: ["Signed for", "Printed name", "Meaning", "At", "Key", "Entry"],
            rows: signatures.map { signature in
                [
                    PaperText(signature.act), .strong(signature.name),
                    signature.meaning.map { PaperText($0) } ?? "recorded, not signed",
                    PaperText(signature.instant), signature.keyID.map(PaperText.code) ?? "",
                    PaperText("\(signature.entry)"),
                ]
            })
    }
}
