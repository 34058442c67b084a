import Charts

/// Writes a paper as plain text, for a terminal or a mail.
struct PaperPlainText {
    let paper: Paper
    /// Characters of a line at most.
    var width = 100

    /// The text; ends in a line break.
    func text() -> String {
        var lines = [paper.issuer, "", paper.title.uppercased()]
        if !paper.under.isEmpty { lines.append(paper.under) }
        for block in paper.wholeBody { lines += self.lines(of: block) }
        return lines.map { line in
            var line = line
            while line.last == " " { line.removeLast() }
            return line
        }.joined(separator: "\n") + "\n"
    }

    private func lines(of block: PaperBlock) -> [String] {
        switch block {
        case .heading(let text, let level):
            ["", text, String(repeating: level <= 2 ? "=" : "-", count: text.count)]
        case .paragraph(let text): [""] + wrapped(text.plain, to: width)
        case .facts(let facts): [""] + lines(of: facts)
        case .table(let table): [""] + lines(of: table)
        case .signatures(let signatures): [""] + lines(of: PaperHTML.table(of: signatures))
        case .picture(let picture):
            [""] + wrapped("[\(picture.picture.title). \(picture.picture.summary)]", to: width)
                + [picture.caption]
        case .verbatim(let text):
            [""] + text.split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)" }
        case .codes(let codes):
            codes.flatMap { ["", "[\($0.matrix.symbology.rawValue)] \($0.caption)"] }
        case .note(let tone, let text):
            [""] + wrapped((tone == .bad ? "! " : "") + text.plain, to: width)
        case .pageBreak: []
        }
    }

    private func lines(of facts: [PaperFact]) -> [String] {
        let column = min(facts.map(\.name.count).max() ?? 0, 34)
        return facts.flatMap { fact in
            let value = wrapped(fact.value.plain, to: max(20, width - column - 2))
            return value.enumerated().map { place, line in
                (place == 0 ? fact.name.padded(to: column) : String(repeating: " ", count: column))
                    + "  " + line
            }
        }
    }

    private func lines(of table: PaperTable) -> [String] {
        let rows = table.rows.map { table.cells(of: $0).map(\.plain) }
        let widths = widths(of: [table.columns] + rows)
        func printed(_ cells: [String]) -> [String] {
            let wrapped = zip(cells, widths).map { self.wrapped($0, to: $1) }
            return (0..<(wrapped.map(\.count).max() ?? 0)).map { line in
                zip(wrapped, widths).enumerated().map { place, cell in
                    let text = line < cell.0.count ? cell.0[line] : ""
                    return table.figures.contains(place)
                        ? String(repeating: " ", count: max(0, cell.1 - text.count)) + text
                        : text.padded(to: cell.1)
                }.joined(separator: "  ")
            }
        }
        var lines = table.caption.map { [$0] } ?? []
        lines += printed(table.columns)
        lines.append(widths.map { String(repeating: "-", count: $0) }.joined(separator: "  "))
        return lines + rows.flatMap(printed)
    }

    /// Widths that fit the line: the widest column gives way first.
    private func widths(of rows: [[String]]) -> [Int] {
        guard let count = rows.first?.count, count > 0 else { return [] }
        var widths = (0..<count).map { place in
            max(1, rows.map { $0[place].count }.max() ?? 1)
        }
        var spare = width - 2 * (count - 1) - widths.reduce(0, +)
        while spare < 0, let widest = widths.indices.max(by: { widths[$0] < widths[$1] }),
            widths[widest] > 6
        {
            widths[widest] -= 1
            spare += 1
        }
        return widths
    }

    /// `text` in lines of `width` characters, broken at spaces where there are any.
    private func wrapped(_ text: String, to width: Int) -> [String] {
        var lines: [String] = []
        for paragraph in text.split(separator: "\n", omittingEmptySubsequences: false) {
            var line = ""
            for word in paragraph.split(separator: " ") {
                var word = String(word)
                if !line.isEmpty, line.count + 1 + word.count > width {
                    lines.append(line)
                    line = ""
                }
                while word.count > width {
                    lines.append(String(word.prefix(width)))
                    word.removeFirst(width)
                }
                line += line.isEmpty ? word : " " + word
            }
            lines.append(line)
        }
        return lines
    }
}

extension String {
    func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}
