extension AnalysisReport {
    /// The report as text for a terminal.
    public var text: String {
        var lines = [analysis, String(repeating: "=", count: analysis.count)]
        if !conclusions.isEmpty {
            lines.append("")
            lines += conclusions.map { ($0.code == nil ? "  " : "! ") + $0.statement }
        }
        if !results.isEmpty {
            lines.append("")
            let width = results.map(\.name.count).max() ?? 0
            for item in results {
                var line = "  \(padded(item.name, width))  \(item.value.printed)"
                if item.hasInterval {
                    let low = item.lower.map { Value.number($0).printed } ?? "unbounded"
                    let high = item.upper.map { Value.number($0).printed } ?? "unbounded"
                    line += "  (\(low) to \(high))"
                }
                lines.append(line)
            }
        }
        for table in tables {
            lines.append("")
            lines.append("  \(table.name)")
            let printed = table.rows.map { $0.map(\.printed) }
            let widths = table.columns.indices.map { column in
                max(table.columns[column].count, printed.map { $0[column].count }.max() ?? 0)
            }
            func row(_ cells: [String]) -> String {
                let text = zip(cells, widths).map { padded($0, $1) }.joined(separator: "  ")
                return "    " + text.trimmingSuffix(" ")
            }
            lines.append(row(table.columns))
            lines += printed.map(row)
        }
        if !remarks.isEmpty {
            lines.append("")
            lines += remarks.map { "  note: \($0)" }
        }
        lines.append("")
        for choice in conventions { lines.append("  convention: \(choice.name) = \(choice.value)") }
        if let input {
            lines.append(
                "  input: \(input.file), \(input.rows) rows, \(input.encoding), decimal"
                    + " \(input.decimalSign), SHA-256 \(input.sha256)")
        }
        if !version.isEmpty { lines.append("  computed by: seedlot \(version)") }
        return lines.joined(separator: "\n")
    }

    /// The report as a page of its own, readable without scripts or further files.
    /// - Parameter pictures: elements that are placed as they are, as SVG of the room of pictures.
    public func html(pictures: [String] = []) -> String {
        var parts = [
            "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">",
            "<title>\(escaped(analysis))</title><style>body{font:15px/1.4 sans-serif;",
            "max-width:60rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse;",
            "margin:.5rem 0}td,th{border-bottom:1px solid #bbb;padding:.2rem .8rem .2rem 0;",
            "text-align:left}figure{margin:1rem 0}svg{max-width:100%;height:auto}.finding{font-weight:bold}</style>",
            "<h1>\(escaped(analysis))</h1>",
        ]
        for conclusion in conclusions {
            let kind = conclusion.code == nil ? "conclusion" : "finding"
            parts.append("<p class=\"\(kind)\">\(escaped(conclusion.statement))</p>")
        }
        if !results.isEmpty {
            let rows = results.map { item -> [String] in
                guard item.hasInterval else { return [item.name, item.value.printed, ""] }
                let low = item.lower.map { Value.number($0).printed } ?? "unbounded"
                let high = item.upper.map { Value.number($0).printed } ?? "unbounded"
                return [item.name, item.value.printed, "\(low) to \(high)"]
            }
            parts.append(htmlTable(["result", "value", "interval"], rows))
        }
        parts += pictures.map { "<figure>\($0)</figure>" }
        for table in tables {
            parts.append("<h2>\(escaped(table.name))</h2>")
            parts.append(htmlTable(table.columns, table.rows.map { $0.map(\.printed) }))
        }
        parts += remarks.map { "<p>Note: \(escaped($0))</p>" }
        parts.append("<h2>How this was computed</h2>")
        var rows = conventions.map { [$0.name, $0.value] }
        if let input {
            rows.append(["input", "\(input.file), \(input.rows) rows, \(input.encoding)"])
            rows.append(["SHA-256 of the input", input.sha256])
        }
        rows.append(["program", "seedlot \(version)"])
        parts.append(htmlTable(["", ""], rows))
        return parts.joined(separator: "\n") + "\n</html>\n"
    }

    private func htmlTable(_ columns: [String], _ rows: [[String]]) -> String {
        func row(_ cells: [String], _ tag: String) -> String {
            "<tr>" + cells.map { "<\(tag)>\(escaped($0))</\(tag)>" }.joined() + "</tr>"
        }
        let head = columns.contains { !$0.isEmpty } ? row(columns, "th") : ""
        return "<table>" + head + rows.map { row($0, "td") }.joined() + "</table>"
    }

    private func escaped(_ text: String) -> String {
        text.map { character in
            switch character {
            case "<": "&lt;"
            case ">": "&gt;"
            case "&": "&amp;"
            case "\"": "&quot;"
            default: String(character)
            }
        }.joined()
    }

    private func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}

extension String {
    fileprivate func trimmingSuffix(_ suffix: Character) -> String {
        var text = self
        while text.last == suffix { text.removeLast() }
        return text
    }
}
