extension PhenotypeReport {
    /// The report as plain text for a terminal or a file.
    public func text() -> String {
        var lines: [String] = []
        lines.append("\(panel), version \(panelVersion): \(verdict.rawValue.uppercased())")
        for reason in reasons { lines.append("  \(reason)") }
        lines.append("")
        lines.append("sample      \(sample.name)  sha256 \(sample.sha256)")
        lines.append("gates       \(gates.name)  sha256 \(gates.sha256)")
        if let version = gatesVersion {
            lines.append("            version \(version.version): \(version.reason)")
        }
        lines.append("panel       \(panelSource.name)  sha256 \(panelSource.sha256)")
        for control in controls {
            lines.append("control     \(control.name)  sha256 \(control.sha256)")
        }
        lines.append("software    \(software)")
        lines.append("tissue      MSC(\(tissue))")
        lines.append("compensated \(compensation)")
        for key in acquisition.keys.sorted() {
            lines.append("\(Self.padded(key, 11)) \(acquisition[key] ?? "")")
        }
        lines.append("")
        lines += table(
            "markers in '\(population)', \(fixed(100 * confidence, 0)) % intervals", markers)
        if !joint.isEmpty {
            lines.append("")
            lines += table("joint phenotypes", joint)
        }
        lines.append("")
        lines.append("populations")
        for population in populations {
            let parent = population.parent ?? "all events"
            lines.append(
                "  \(Self.padded(population.id, 18))\(Self.leading("\(population.count)", 9))  "
                    + "\(Self.leading(Self.percent(population.share), 9)) of \(parent)")
        }
        lines.append("")
        lines.append("run")
        for check in run {
            lines.append(
                "  \(Self.padded(check.id, 18))\(Self.padded(check.verdict.rawValue, 13))"
                    + check.detail)
        }
        let notes =
            tissueReadings.map(\.message) + panelFindings.map { "\($0.id): \($0.message)" }
            + warnings.map { "file: \($0)" }
        if !notes.isEmpty {
            lines.append("")
            lines.append("notes")
            lines += notes.map { "  \($0)" }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func table(_ title: String, _ results: [MarkerResult]) -> [String] {
        var lines = [title]
        for result in results {
            let limits = [
                result.limit?.min.map { "≥ \(fixed($0, 1))" },
                result.limit?.max.map { "≤ \(fixed($0, 1))" },
            ].compactMap { $0 }.joined(separator: " ")
            let range =
                result.share.map { "\(fixed($0.lower, 2))–\(fixed($0.upper, 2))" } ?? ""
            let count = result.share.map { "\($0.count)/\($0.total)" } ?? ""
            let median = result.median.map { "median \(rounded($0))" } ?? ""
            let ratio = result.ratio.map { ", \(rounded($0))× control" } ?? ""
            let modes = result.distribution.map { $0.modes.count } ?? 1
            let shape = modes > 1 ? ", \(modes) modes" : ""
            lines.append(
                "  " + Self.padded(result.marker, 22)
                    + Self.leading(Self.percent(result.share), 9) + "  "
                    + "\(Self.padded(range, 14))\(Self.padded(limits, 9))"
                    + "\(Self.padded(result.verdict.rawValue, 13))"
                    + "\(Self.padded(result.isBorderline ? "borderline" : "", 11))"
                    + "\(Self.padded(count, 14))\(median)\(ratio)\(shape)")
        }
        return lines.map(Self.trimmedEnd)
    }

    private static func percent(_ share: ProportionInterval?) -> String {
        share.map { "\(fixed($0.percent, 2)) %" } ?? "–"
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        let count = text.count
        return count >= width
            ? text + " " : text + String(repeating: " ", count: width - count)
    }

    private static func leading(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }

    private static func trimmedEnd(_ text: String) -> String {
        var end = text.endIndex
        while end > text.startIndex, text[text.index(before: end)] == " " {
            end = text.index(before: end)
        }
        return String(text[..<end])
    }
}
