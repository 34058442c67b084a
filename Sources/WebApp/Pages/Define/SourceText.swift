import Charts
import Diagnostics

/// The lines of a file with their numbers, and what was found under the line it is about.
struct SourceText: Component {
    let source: SourceFile
    let findings: [Finding]
    let first: Int
    /// The page of the text, which takes a file and a line.
    let link: Link

    /// Lines of a file on a page; a longer file is read in parts.
    private static let linesMax = 3000

    func write(into html: inout HTML) {
        let lines = source.text.split(separator: "\n", omittingEmptySubsequences: false)
        let byLine = Dictionary(
            grouping: findings.filter { $0.position?.file == source.name },
            by: { $0.position?.line ?? 0 })
        let last = min(lines.count, first + Self.linesMax - 1)
        index(byLine, &html)
        html(.div, .class("wide"), .tabIndex(0), .role("region"), .label("Text of \(source.name)"))
        {
            html in
            html(.table, .class("source")) { html in
                html(.tbody) { html in
                    for number in first...max(first, last) where number <= lines.count {
                        html(.tr, .with(byLine[number]?.map(\.severity).max()) { .tone($0.tone) }) {
                            html in
                            html(
                                .th, .rowScope, .class("figure"), .id("L\(number)"),
                                text: "\(number)")
                            html(.td) { html in
                                html(.code, text: String(lines[number - 1]))
                                for finding in byLine[number] ?? [] { note(finding, &html) }
                            }
                        }
                    }
                }
            }
        }
        guard last < lines.count || first > 1 else { return }
        html(.nav, .class("pager"), .label("Parts of the file")) { html in
            for start in stride(from: 1, through: lines.count, by: Self.linesMax) {
                html(
                    .a, .href(address(line: start)), .when(start == first, .currentPage),
                    text: "Lines \(start) to \(min(lines.count, start + Self.linesMax - 1))")
            }
        }
    }

    private func address(line: Int) -> Address {
        let part = (line - 1) / Self.linesMax * Self.linesMax + 1
        return Address(
            link,
            query: [
                .init(name: "file", value: source.name), .init(name: "line", value: "\(part)"),
            ], fragment: "L\(line)")
    }

    private func index(_ byLine: [Int: [Finding]], _ html: inout HTML) {
        guard !byLine.isEmpty else { return }
        html.panel("Found in this file") { html in
            html(.ul, .class("plain")) { html in
                for (line, found) in byLine.sorted(by: { $0.key < $1.key }) {
                    for finding in found {
                        html(.li) { html in
                            html.add(Badge(finding.severity.rawValue, finding.severity.tone))
                            html(.a, .href(address(line: line)), text: " line \(line)")
                            html.text(" \(finding.message)")
                        }
                    }
                }
            }
        }
    }

    private func note(_ finding: Finding, _ html: inout HTML) {
        html(.div, .class("found"), .tone(finding.severity.tone)) { html in
            html(.p) { html in
                html.add(Badge(finding.severity.rawValue, finding.severity.tone))
                html.text(" \(finding.message) ")
                html(.a, .href(.rule(finding.code)), text: finding.code)
            }
            for note in finding.notes { html(.p, .class("help"), text: note.message) }
            if let help = finding.help { html(.p, .class("help"), text: "Help: \(help)") }
            if let citation = finding.citation { html(.p, .class("basis"), text: citation) }
        }
    }
}

/// The files of a definition, each with how many findings it has; the one shown is lit.
struct DefinitionFileBar: Component {
    let book: DefinitionShelf.Book
    /// The name of the file that is shown.
    let shown: String
    /// The page of the texts, which takes a file.
    let link: Link

    func write(into html: inout HTML) {
        html(.nav, .class("chips-bar"), .label("Files of the definition")) { html in
            html(.ul, .class("chips")) { html in
                for source in book.sources {
                    let findings = book.findings.filter { $0.position?.file == source.name }
                    let worst = findings.map(\.severity).max()
                    html(.li) { html in
                        html(
                            .a,
                            .href(
                                Address(link, query: [.init(name: "file", value: source.name)])),
                            .tone(worst?.tone ?? .good),
                            .when(source.name == shown, .currentPage),
                            text: source.name + (findings.isEmpty ? "" : " (\(findings.count))"))
                    }
                }
            }
        }
    }
}
