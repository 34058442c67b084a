/// The name by which the site knows one thing of the kind `Thing`: a donor, a lot, a batch.
///
/// One to 64 of the characters `A–Z a–z 0–9 - . _`, beginning with a letter or a digit: what a
/// label, a scanner and a file name all carry unchanged. Identifiers are unique over the whole
/// site, whatever they name, so that a scanned code alone says what was scanned.
package struct Identifier<Thing>: Hashable, Comparable, Sendable {
    /// The identifier as it stands on the label.
    package let text: String

    /// Reads an identifier; `nil` when it is empty, too long, or has another character.
    package init?(_ text: String) {
        guard (1...Self.maximumLength).contains(text.utf8.count),
            let first = text.utf8.first, Self.isLetterOrDigit(first),
            text.utf8.allSatisfy({ Self.isLetterOrDigit($0) || "-._".utf8.contains($0) })
        else { return nil }
        self.text = text
    }

    /// Longest identifier, in characters: what a Code 128 label of 60 mm still carries legibly.
    package static var maximumLength: Int { 64 }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case 48...57, 65...90, 97...122: true
        default: false
        }
    }

    package static func < (left: Self, right: Self) -> Bool { left.text < right.text }

    /// This identifier, read as naming another kind of thing.
    package func naming<Other>(_: Other.Type) -> Identifier<Other> {
        Identifier<Other>(unchecked: text)
    }

    init(unchecked text: String) { self.text = text }
}

extension Identifier: CustomStringConvertible {
    package var description: String { text }
}

extension Identifier: Codable, TextCoded {
    static var form: String {
        "an identifier (letters, digits and - . _, at most \(maximumLength) characters)"
    }
}
