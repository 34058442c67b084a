/// Words of a paper, with what stands out in them.
package struct PaperText: Equatable, Sendable {
    package var spans: [Span]

    /// A run of words of one kind.
    package enum Span: Equatable, Sendable {
        case plain(String)
        case strong(String)
        /// An identifier or digest, in a type of even width.
        case code(String)
        /// A value in force, and the values it replaced, oldest first: all stay legible.
        case changed(old: [String], new: String)
        /// A verdict: its words say everything, the tone only helps the eye.
        case verdict(String, PaperTone)
    }

    /// Plain words.
    package init(_ text: String) { spans = text.isEmpty ? [] : [.plain(text)] }

    /// Runs of words.
    package init(_ spans: [Span]) { self.spans = spans }

    package static func strong(_ text: String) -> PaperText { PaperText([.strong(text)]) }
    package static func code(_ text: String) -> PaperText { PaperText([.code(text)]) }
    package static func verdict(_ text: String, _ tone: PaperTone) -> PaperText {
        PaperText([.verdict(text, tone)])
    }

    /// A value, with those it replaced, oldest first.
    package static func changed(from old: [String], to new: String) -> PaperText {
        old.isEmpty ? PaperText(new) : PaperText([.changed(old: old, new: new)])
    }

    /// One text after the other.
    package static func + (left: PaperText, right: PaperText) -> PaperText {
        PaperText(left.spans + right.spans)
    }

    /// The words without any mark but those that the sense needs.
    package var plain: String {
        spans.map { span in
            switch span {
            case .plain(let text), .strong(let text), .code(let text): text
            case .verdict(let text, _): text
            case .changed(let old, let new):
                "\(new) (changed, was \(old.joined(separator: ", then ")))"
            }
        }.joined()
    }
}

extension PaperText: ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
    package init(stringLiteral value: String) { self.init(value) }
}
