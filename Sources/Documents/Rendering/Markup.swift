import Ledger

/// Writes markup into a buffer of UTF-8 bytes.
///
/// Element and attribute names are literals of this program; every text and every attribute value
/// is escaped on its way in. There is no other door but `trusted`, for bytes that a writer of ours
/// has made.
struct Markup {
    private(set) var bytes: [UInt8] = []

    /// Writes the element `tag` around what `content` writes.
    mutating func element(
        _ tag: StaticString, _ attributes: [(name: StaticString, value: String)] = [],
        content: (inout Markup) -> Void
    ) {
        open(tag, attributes)
        bytes.append(UInt8(ascii: ">"))
        content(&self)
        literal("</")
        literal(tag)
        literal(">")
    }

    /// Writes the element `tag` around `text`.
    mutating func element(
        _ tag: StaticString, _ attributes: [(name: StaticString, value: String)] = [],
        text: String
    ) {
        element(tag, attributes) { $0.text(text) }
    }

    /// Writes the element `tag` that holds nothing and has no end in HTML.
    mutating func single(
        _ tag: StaticString, _ attributes: [(name: StaticString, value: String)] = []
    ) {
        open(tag, attributes)
        literal(">")
    }

    /// Writes `text`, escaped.
    ///
    /// Control characters that neither HTML nor XML can hold become the replacement character, so
    /// that they are seen and do no harm.
    mutating func text(_ text: String) {
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": literal("&amp;")
            case "<": literal("&lt;")
            case ">": literal("&gt;")
            case "\"": literal("&quot;")
            case "'": literal("&#39;")
            case "\t", "\n": bytes.append(UInt8(scalar.value))
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}":
                literal("\u{FFFD}")
            default: bytes.append(contentsOf: String(scalar).utf8)
            }
        }
    }

    /// Writes words of this program as they are.
    mutating func literal(_ words: StaticString) {
        words.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    /// Writes bytes that another writer of this program has escaped.
    mutating func trusted(_ markup: [UInt8]) { bytes.append(contentsOf: markup) }

    private mutating func open(
        _ tag: StaticString, _ attributes: [(name: StaticString, value: String)]
    ) {
        literal("<")
        literal(tag)
        for (name, value) in attributes {
            literal(" ")
            literal(name)
            literal("=\"")
            text(value)
            literal("\"")
        }
    }
}

extension Markup {
    /// Writes a code as an `svg` element.
    mutating func svg(of code: CodeMatrix, width: String, isStandalone: Bool = false) {
        if isStandalone { literal("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n") }
        let side = "\(code.side)"
        let name = code.symbology.rawValue
        element(
            "svg",
            [
                ("xmlns", "http://www.w3.org/2000/svg"), ("width", width), ("height", width),
                ("viewBox", "0 0 \(side) \(side)"), ("role", "img"), ("aria-label", name),
                ("shape-rendering", "crispEdges"),
            ]
        ) { svg in
            svg.element("rect", [("width", side), ("height", side), ("fill", "#ffffff")]) { _ in }
            svg.element("path", [("d", code.pathData), ("fill", "#000000")]) { _ in }
        }
    }

    /// Writes an image whose bytes stand in the address itself, so that nothing is fetched.
    mutating func image(_ content: [UInt8], type: String, alternative: String, width: String) {
        single(
            "img",
            [
                ("src", "data:\(type);base64,\(Base64.text(of: content))"), ("alt", alternative),
                ("style", "width: \(width)"),
            ])
    }
}
