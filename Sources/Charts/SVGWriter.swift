/// Writes SVG elements into a buffer of UTF-8 bytes.
///
/// There is no way to write markup from a text: element names are `SVGTag`, attributes are
/// `SVGAttribute`, and every text is escaped on its way in. Style sheets, scripts and event
/// attributes cannot be written at all, so a picture passes the strictest content security policy.
struct SVGWriter {
    private(set) var bytes: [UInt8] = []

    /// Writes `tag` with `attributes` around what `content` writes.
    mutating func element(
        _ tag: SVGTag, _ attributes: SVGAttribute..., content: (inout SVGWriter) -> Void
    ) {
        open(tag, attributes)
        bytes.append(UInt8(ascii: ">"))
        content(&self)
        bytes.append(contentsOf: "</".utf8)
        bytes.append(contentsOf: tag.rawValue.utf8)
        bytes.append(UInt8(ascii: ">"))
    }

    /// Writes `tag` with `attributes` and nothing in it.
    mutating func element(_ tag: SVGTag, _ attributes: SVGAttribute...) {
        open(tag, attributes)
        bytes.append(contentsOf: "/>".utf8)
    }

    /// Writes `text` as characters of the element that is open.
    mutating func characters(_ text: String) { append(escaping: text) }

    /// Writes shapes that another writer made.
    mutating func append(shapes: [UInt8]) { bytes.append(contentsOf: shapes) }

    private mutating func open(_ tag: SVGTag, _ attributes: [SVGAttribute]) {
        bytes.append(UInt8(ascii: "<"))
        bytes.append(contentsOf: tag.rawValue.utf8)
        for attribute in attributes {
            bytes.append(UInt8(ascii: " "))
            attribute.name.withUTF8Buffer { bytes.append(contentsOf: $0) }
            bytes.append(contentsOf: "=\"".utf8)
            append(escaping: attribute.value)
            bytes.append(UInt8(ascii: "\""))
        }
    }

    /// Escapes what XML 1.0 gives a meaning, and replaces what it forbids (§2.2 Char): a control
    /// character in a label must not make the whole page unreadable.
    private mutating func append(escaping text: String) {
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": bytes.append(contentsOf: "&amp;".utf8)
            case "<": bytes.append(contentsOf: "&lt;".utf8)
            case ">": bytes.append(contentsOf: "&gt;".utf8)
            case "\"": bytes.append(contentsOf: "&quot;".utf8)
            case "'": bytes.append(contentsOf: "&#39;".utf8)
            case "\t", "\n", "\r": bytes.append(UInt8(ascii: " "))
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}":
                bytes.append(contentsOf: "\u{FFFD}".utf8)
            default: bytes.append(contentsOf: UTF8.encode(scalar)!)
            }
        }
    }
}

/// The elements our pictures are made of.
enum SVGTag: String {
    case svg, title, desc, g, a, rect, line, path, circle, text, tspan, polygon, polyline, image
}
