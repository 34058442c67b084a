import Charts

/// Writes an HTML page into a buffer of UTF-8 bytes.
///
/// Safe by construction. Element names are `Tag`s, attributes are `Attribute`s whose names are
/// fixed, addresses are written by `Link` alone, and every text is escaped on its way in. There is
/// no way to write a raw string, an inline script, a style or an event attribute; a picture comes
/// in finished because only `Charts` can make one.
///
/// Elements nest as closures do, so a page that compiles has its end tags:
///
///     html(.section, .class("card")) { html in
///         html(.h2, text: batch.name)
///         html(.p) { html in
///             html.text("Made from ")
///             html(.a, .href(.bank(bank)), text: bank.name)
///         }
///     }
struct HTML: Sendable {
    /// What was written so far.
    private(set) var bytes: [UInt8] = []

    /// An empty page with room for an ordinary one.
    init(capacity: Int = 16_384) { bytes.reserveCapacity(capacity) }

    /// Writes `tag` around what `content` writes.
    mutating func callAsFunction(
        _ tag: Tag, _ attributes: Attribute..., content: (inout HTML) throws -> Void
    ) rethrows {
        open(tag.rawValue, attributes)
        try content(&self)
        close(tag)
    }

    /// Writes `tag` around `text`.
    mutating func callAsFunction(_ tag: Tag, _ attributes: Attribute..., text: String) {
        open(tag.rawValue, attributes)
        self.text(text)
        close(tag)
    }

    /// Writes an element that has no content and no end tag.
    mutating func callAsFunction(_ tag: VoidTag, _ attributes: Attribute...) {
        open(tag.rawValue, attributes)
    }

    /// Writes `tag` with a list of attributes made beforehand.
    mutating func element(
        _ tag: Tag, _ attributes: [Attribute], content: (inout HTML) throws -> Void
    ) rethrows {
        open(tag.rawValue, attributes)
        try content(&self)
        close(tag)
    }

    /// Writes a void element with a list of attributes made beforehand.
    mutating func element(_ tag: VoidTag, _ attributes: [Attribute]) {
        open(tag.rawValue, attributes)
    }

    /// Writes `text` as characters.
    mutating func text(_ text: String) { append(escaping: text) }

    /// Places a picture; `name` is unique on the page.
    mutating func picture(_ picture: Picture, named name: String) {
        bytes.append(contentsOf: picture.inlineSVG(named: name))
    }

    /// Writes the line that makes a browser read the page as the standard says.
    mutating func documentType() { bytes.append(contentsOf: "<!doctype html>\n".utf8) }

    /// Writes what `component` is.
    mutating func add(_ component: some Component) { component.write(into: &self) }

    private mutating func open(_ name: String, _ attributes: [Attribute]) {
        bytes.append(UInt8(ascii: "<"))
        bytes.append(contentsOf: name.utf8)
        for attribute in attributes { append(attribute) }
        bytes.append(UInt8(ascii: ">"))
    }

    private mutating func close(_ tag: Tag) {
        bytes.append(contentsOf: "</".utf8)
        bytes.append(contentsOf: tag.rawValue.utf8)
        bytes.append(UInt8(ascii: ">"))
    }

    private mutating func append(_ attribute: Attribute) {
        guard attribute.isPresent else { return }
        bytes.append(UInt8(ascii: " "))
        attribute.name.withUTF8Buffer { bytes.append(contentsOf: $0) }
        guard let value = attribute.value else { return }
        bytes.append(contentsOf: "=\"".utf8)
        append(escaping: value)
        bytes.append(UInt8(ascii: "\""))
    }

    /// Escapes what HTML gives a meaning in text and in quoted attributes, in one pass over bytes.
    /// Control characters that are no white space become U+FFFD, as they are errors in HTML
    /// (WHATWG HTML, 13.2.3.5) and can hide text from a reader.
    private mutating func append(escaping text: String) {
        var text = text
        text.withUTF8 { utf8 in
            var clean = utf8.startIndex
            for (index, byte) in utf8.enumerated() {
                let replacement: StaticString
                switch byte {
                case UInt8(ascii: "&"): replacement = "&amp;"
                case UInt8(ascii: "<"): replacement = "&lt;"
                case UInt8(ascii: ">"): replacement = "&gt;"
                case UInt8(ascii: "\""): replacement = "&quot;"
                case UInt8(ascii: "'"): replacement = "&#39;"
                case 0x09, 0x0A, 0x20...: continue
                case 0x0D: replacement = "&#13;"
                default: replacement = "\u{FFFD}"
                }
                bytes.append(contentsOf: utf8[clean..<index])
                replacement.withUTF8Buffer { bytes.append(contentsOf: $0) }
                clean = index + 1
            }
            bytes.append(contentsOf: utf8[clean...])
        }
    }
}

/// Something a page is made of.
protocol Component {
    /// Writes the component.
    func write(into html: inout HTML)
}
