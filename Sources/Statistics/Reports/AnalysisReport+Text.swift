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
