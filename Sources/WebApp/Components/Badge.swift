import Charts

/// How a thing stands: a glyph, a word and a colour, so that none of them carries it alone.
struct Badge: Component {
    let words: String
    let tone: Tone

    init(_ words: String, _ tone: Tone) {
        self.words = words
        self.tone = tone
    }

    func write(into html: inout HTML) {
        html(.span, .class("badge"), .tone(tone)) { html in
            html(.span, .class("glyph"), .hiddenFromReaders, text: tone.glyph)
            html(.span, text: words)
        }
    }
}

/// A message that a reader must see before the rest of the page.
struct Notice: Component {
    let tone: Tone
    let title: String
    let detail: String?
    /// The rule or clause behind it.
    let basis: String?

    init(_ tone: Tone, _ title: String, detail: String? = nil, basis: String? = nil) {
        self.tone = tone
        self.title = title
        self.detail = detail
        self.basis = basis
    }

    func write(into html: inout HTML) {
        html(
            .div, .class("notice"), .tone(tone),
            .role(tone == .bad || tone == .attention ? "alert" : "status")
        ) { html in
            html(.span, .class("glyph"), .hiddenFromReaders, text: tone.glyph)
            html(.div) { html in
                html(.p, .class("notice-title"), text: title)
                if let detail { html(.p, text: detail) }
                if let basis { html(.p, .class("basis"), text: basis) }
            }
        }
    }
}

/// Names and values of one thing.
struct Facts: Component {
    /// One fact.
    struct Fact {
        let name: String
        let write: (inout HTML) -> Void
    }

    private(set) var facts: [Fact] = []

    /// Adds a text; nothing where `value` is nil.
    mutating func add(_ name: String, _ value: String?) {
        guard let value else { return }
        facts.append(Fact(name: name) { $0.text(value) })
    }

    /// Adds an identifier, a digest or another text that is read letter by letter.
    mutating func add(_ name: String, code: String?) {
        guard let code else { return }
        facts.append(Fact(name: name) { $0(.code, text: code) })
    }

    /// Adds a link.
    mutating func add(_ name: String, _ value: String, to link: Link) {
        facts.append(Fact(name: name) { $0(.a, .href(link), text: value) })
    }

    /// Adds what `write` writes.
    mutating func add(_ name: String, write: @escaping (inout HTML) -> Void) {
        facts.append(Fact(name: name, write: write))
    }

    func write(into html: inout HTML) {
        html(.dl, .class("facts")) { html in
            for fact in facts {
                html(.div) { html in
                    html(.dt, text: fact.name)
                    html(.dd) { fact.write(&$0) }
                }
            }
        }
    }
}

/// What happened, in its order, latest first or last as the page wants it.
struct History: Component {
    /// One happening.
    struct Happening {
        /// RFC 3339, UTC.
        var instant: String
        var title: String
        var detail: String?
        var person: String?
        var tone: Tone
        var link: Link?
    }

    let happenings: [Happening]

    func write(into html: inout HTML) {
        html(.ol, .class("history")) { html in
            for happening in happenings {
                html(.li, .tone(happening.tone)) { html in
                    html.add(Instant(happening.instant))
                    html(.div) { html in
                        html(.p, .class("history-title")) { html in
                            if let link = happening.link {
                                html(.a, .href(link), text: happening.title)
                            } else {
                                html.text(happening.title)
                            }
                        }
                        if let detail = happening.detail { html(.p, text: detail) }
                        if let person = happening.person {
                            html(.p, .class("by"), text: person)
                        }
                    }
                }
            }
        }
    }
}

/// An instant: the date and the minute for the eye, the whole of it for machines and on hover.
struct Instant: Component {
    let text: String

    /// `text` is RFC 3339 in UTC; anything else is shown as it is.
    init(_ text: String) { self.text = text }

    func write(into html: inout HTML) {
        html(.time, .dateTime(text), .title(text)) { html in
            // On a narrow screen the hour may stand under the day; neither is ever broken.
            for (place, part) in Self.short(text).split(separator: " ").enumerated() {
                if place > 0 { html.text(" ") }
                html(.span, text: String(part))
            }
        }
    }

    /// 2026-03-01 14:05 of 2026-03-01T14:05:09Z.
    static func short(_ text: String) -> String {
        guard text.utf8.count >= 16, text.dropFirst(10).first == "T", text.hasSuffix("Z") else {
            return text
        }
        return "\(text.prefix(10)) \(text.dropFirst(11).prefix(5))"
    }
}
