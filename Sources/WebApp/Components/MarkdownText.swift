/// A text of the house in Markdown, as the pages of the rules are written: headings, paragraphs,
/// lists, tables and code. Anything else is shown as it was typed; no part of it becomes markup by
/// itself.
struct MarkdownText: Component {
    let text: String
    /// Added to the level of every heading, so that the page keeps one `h1`.
    var headingOffset = 0

    private enum Block {
        case heading(Int, String)
        case paragraph(String)
        case list([String])
        case table([[String]])
        case code(String)
    }

    func write(into html: inout HTML) {
        html(.div, .class("prose")) { html in
            for block in blocks { write(block, &html) }
        }
    }

    private func write(_ block: Block, _ html: inout HTML) {
        switch block {
        case .heading(let level, let text):
            let tags: [Tag] = [.h1, .h2, .h3]
            html(tags[min(level + headingOffset, tags.count) - 1]) { Self.inline(text, &$0) }
        case .paragraph(let text): html(.p) { Self.inline(text, &$0) }
        case .list(let items):
            html(.ul) { html in
                for item in items { html(.li) { Self.inline(item, &$0) } }
            }
        case .table(let rows):
            html(.div, .class("wide")) { html in
                html(.table) { html in
                    html(.thead) { html in
                        html(.tr) { html in
                            for cell in rows.first ?? [] {
                                html(.th, .columnScope) { Self.inline(cell, &$0) }
                            }
                        }
                    }
                    html(.tbody) { html in
                        for row in rows.dropFirst() {
                            html(.tr) { html in
                                for cell in row { html(.td) { Self.inline(cell, &$0) } }
                            }
                        }
                    }
                }
            }
        case .code(let text): html(.pre, text: text)
        }
    }

    /// Text with `code` in back quotes.
    private static func inline(_ text: String, _ html: inout HTML) {
        for (index, part) in text.split(separator: "`", omittingEmptySubsequences: false)
            .enumerated()
        {
            if index % 2 == 1 {
                html(.code, text: String(part))
            } else {
                html.text(String(part))
            }
        }
    }

    private var blocks: [Block] {
        var blocks: [Block] = []
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
        func take(while holds: (Substring) -> Bool) -> [Substring] {
            let taken = lines.prefix(while: holds)
            lines = lines.dropFirst(taken.count)
            return Array(taken)
        }
        while let line = lines.first {
            if line.allSatisfy(\.isWhitespace) {
                lines = lines.dropFirst()
            } else if line.hasPrefix("```") {
                lines = lines.dropFirst()
                let code = take { !$0.hasPrefix("```") }
                lines = lines.dropFirst()
                blocks.append(.code(code.joined(separator: "\n")))
            } else if line.hasPrefix("#") {
                let level = line.prefix { $0 == "#" }.count
                blocks.append(.heading(level, line.dropFirst(level).trimmingSpaces))
                lines = lines.dropFirst()
            } else if line.hasPrefix("|") {
                let rows = take { $0.hasPrefix("|") }.map { row in
                    row.split(separator: "|").map { $0.trimmingSpaces }
                }
                blocks.append(.table(rows.filter { !$0.allSatisfy(Self.isRuler) }))
            } else if line.hasPrefix("- ") {
                // A line that is indented goes on with its item.
                var items: [String] = []
                for line in take(while: { $0.hasPrefix("- ") || $0.hasPrefix("  ") }) {
                    if line.hasPrefix("- ") {
                        items.append(line.dropFirst(2).trimmingSpaces)
                    } else if let last = items.indices.last {
                        items[last] += " " + line.trimmingSpaces
                    }
                }
                blocks.append(.list(items))
            } else {
                let part = take { line in
                    !line.allSatisfy(\.isWhitespace)
                        && !["#", "|", "- ", "```"].contains { line.hasPrefix($0) }
                }
                blocks.append(.paragraph(part.map(\.trimmingSpaces).joined(separator: " ")))
            }
        }
        return blocks
    }

    /// The line under the head of a table.
    private static func isRuler(_ cell: String) -> Bool {
        !cell.isEmpty && cell.allSatisfy { "-: ".contains($0) }
    }
}
