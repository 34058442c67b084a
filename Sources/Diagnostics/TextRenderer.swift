/// Findings as a compiler prints them: the author's own line, a caret under the place, and help.
///
/// ```
/// error[unknown-key]: 'seeding' is not known in a parameter
///  --> process.yaml:12:9
/// 12 |         seeding: 3000 cells/cm2
///    |         ^^^^^^^
///    = help: did you mean 'target'?
/// ```
public struct TextRenderer: Sendable {
    /// Widest piece of a source line that is shown.
    public static let widestExcerpt = 120

    private let lines: [String: SourceLines]

    /// A renderer that quotes from `sources`; a finding in another file is shown without its line.
    public init(sources: [SourceFile]) {
        lines = Dictionary(
            sources.map { ($0.name, SourceLines($0.text)) }, uniquingKeysWith: { first, _ in first }
        )
    }

    /// All of `findings`, each followed by an empty line.
    public func render(_ findings: some Sequence<Finding>) -> String {
        findings.map { render($0) + "\n" }.joined()
    }

    /// One finding, ending with a line break.
    public func render(_ finding: Finding) -> String {
        var text = "\(finding.severity.rawValue)[\(finding.code)]: \(visible(finding.message))\n"
        var margin = " "
        if let position = finding.position {
            margin = String(repeating: " ", count: String(position.line).count)
            text += place(position, margin: margin)
        }
        for note in finding.notes {
            let place = note.position.map { " (\($0))" } ?? ""
            text += "\(margin) = note: \(visible(note.message))\(visible(place))\n"
        }
        if let help = finding.help { text += "\(margin) = help: \(visible(help))\n" }
        if let citation = finding.citation {
            text += "\(margin) = citation: \(visible(citation))\n"
        }
        return text
    }

    /// "3 errors, 1 warning", or "no findings".
    public static func summary(of findings: some Sequence<Finding>) -> String {
        var counts: [Severity: Int] = [:]
        for finding in findings { counts[finding.severity, default: 0] += 1 }
        let names: [(Severity, String, String)] = [
            (.error, "error", "errors"), (.warning, "warning", "warnings"),
            (.info, "remark", "remarks"),
        ]
        let parts = names.compactMap { severity, one, many in
            counts[severity].map { "\($0) \($0 == 1 ? one : many)" }
        }
        return parts.isEmpty ? "no findings" : parts.joined(separator: ", ")
    }

    private func place(_ position: SourcePosition, margin: String) -> String {
        var text = "\(margin)--> \(visible(position.description))\n"
        guard let line = lines[position.file]?[position.line] else { return text }
        let scalars = Array(line.unicodeScalars)
        let column = min(max(position.column - 1, 0), scalars.count)
        // A very long line is cut on both sides of the place.
        let start = column > Self.widestExcerpt * 2 / 3 ? column - Self.widestExcerpt / 3 : 0
        let end = min(scalars.count, start + Self.widestExcerpt)
        let shown = visible(string(of: scalars[start..<end]))
        let cut = (start > 0 ? "…" : "", end < scalars.count ? "…" : "")
        // Tabs stay tabs under tabs, so that the caret stands where the eye looks for it.
        let indent =
            cut.0.map { _ in " " } + scalars[start..<column].map { $0 == "\t" ? "\t" : " " }
        let carets = max(1, min(position.length, end - column))
        text += "\(position.line) | \(cut.0)\(shown)\(cut.1)\n"
        text += "\(margin) | \(indent.joined())\(String(repeating: "^", count: carets))\n"
        return text
    }
}

/// `text` without the control characters that would move a terminal's cursor or change its colours.
private func visible(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isUnsafe) else { return text }
    var safe = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { safe.append(isUnsafe(scalar) ? "\u{FFFD}" : scalar) }
    return String(safe)
}

private func string(of scalars: ArraySlice<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
}

private func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09: false
    case 0..<0x20, 0x7F...0x9F: true
    // Directional overrides can make a line read as something it is not (CVE-2021-42574).
    case 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
}

/// The lines of a text, found once.
private struct SourceLines: Sendable {
    private let text: String
    private let starts: [String.Index]

    init(_ text: String) {
        self.text = text
        var starts = [text.startIndex]
        for index in text.utf8.indices where text.utf8[index] == 0x0A {
            starts.append(text.utf8.index(after: index))
        }
        self.starts = starts
    }

    subscript(line: Int) -> String? {
        guard starts.indices.contains(line - 1) else { return nil }
        let end = line < starts.count ? text.utf8.index(before: starts[line]) : text.endIndex
        let content = text[starts[line - 1]..<end]
        return String(content.unicodeScalars.last == "\r" ? content.dropLast() : content)
    }
}
