package import Quantities

/// What a result must be.
package enum Criterion: Hashable, Sendable {
    /// A quantity inside a range.
    case within(QuantityRange)
    /// An observation in these words, such as `no growth`.
    case observed(String)
    /// Reported without a limit.
    case reported

    /// Whether `value` meets the criterion; `nil` when it is only reported.
    ///
    /// A value of another dimension, or a number where words are asked for, is refused.
    package func isMet(by value: Observation) throws(Rejection) -> Bool? {
        switch (self, value) {
        case (.reported, _): return nil
        case (.within(let range), .measured(let quantity)):
            do {
                return try range.contains(quantity)
            } catch {
                throw Rejection(
                    "testing.wrong-unit", "\(quantity) cannot be held against \(range): \(error)",
                    help: "enter the result in the unit of the limit")
            }
        case (.observed(let expected), .words(let words)):
            return normalised(words) == normalised(expected)
        case (.within(let range), .words(let words)):
            throw Rejection(
                "testing.number-needed", "'\(words)' cannot be held against \(range)",
                help: "enter a number with its unit")
        case (.observed(let expected), .measured(let quantity)):
            throw Rejection(
                "testing.words-needed", "\(quantity) cannot be held against '\(expected)'",
                help: "enter what was observed in words, such as '\(expected)'")
        }
    }

    private func normalised(_ text: String) -> String {
        text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}

extension Criterion: Codable, TextCoded {
    static let form = "a range with a unit, an expected observation in '…', or 'report'"

    package init?(_ text: String) {
        if text == "report" {
            self = .reported
        } else if text.first == "'", text.last == "'", text.count > 2 {
            self = .observed(String(text.dropFirst().dropLast()))
        } else if let range = try? QuantityRange(text) {
            self = .within(range)
        } else {
            return nil
        }
    }

    package var description: String {
        switch self {
        case .within(let range): range.description
        case .observed(let words): "'\(words)'"
        case .reported: "report"
        }
    }
}

/// What was found: a number with its unit, or an observation in words.
package enum Observation: Hashable, Sendable {
    case measured(Quantity)
    case words(String)
}

extension Observation: Codable, TextCoded, Field {
    static let form = "a number with its unit, or an observation in words"

    /// Text that begins as a number does is a quantity, so that no unit is mistyped unseen; everything
    /// else is words, and so are a karyotype (`46,XX[20]`, ISCN), a share (`20 of 20`, `3/20`) and a
    /// titre (`1:64`).
    package init?(_ text: String) {
        guard let first = text.first(where: { !$0.isWhitespace }), text.utf8.count <= 400 else {
            return nil
        }
        if first.isNumber || "+-−.".contains(first), !Self.isCountedInWords(text) {
            guard let quantity = try? Quantity(text) else { return nil }
            self = .measured(quantity)
        } else {
            self = .words(text)
        }
    }

    /// Whether a whole number at the start of `text` is no measured value.
    private static func isCountedInWords(_ text: String) -> Bool {
        let start = text.drop { $0.isWhitespace }
        let rest = start.drop { $0.isASCII && $0.isNumber }
        guard rest.startIndex > start.startIndex, let mark = rest.first else { return false }
        let next = rest.dropFirst().first
        switch mark {
        case ",": return rest.dropFirst().first { !$0.isWhitespace }?.isLetter == true
        case "~", "/", ":": return next?.isNumber == true
        default: return rest.hasPrefix(" of ")
        }
    }

    package var description: String {
        switch self {
        case .measured(let quantity): quantity.description
        case .words(let words): words
        }
    }

    package static var fieldSchema: FieldSchema { .formatted(form: form, example: "93 %") }
    package static var sample: Observation { .words("no growth") }
}
