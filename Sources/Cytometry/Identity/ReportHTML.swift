extension PhenotypeReport {
    /// The report as one HTML page that needs nothing else, with the given pictures in it.
    public func html(pictures: [ReportPictures.Picture] = []) -> String {
        ReportDocument([.init(self, pictures: pictures)]).html()
    }

    /// What the report is about.
    var title: String { "\(panel), version \(panelVersion): \(sample.name)" }

    /// The report as a part of an HTML page.
    func article(pictures: [ReportPictures.Picture]) -> String {
        var body = "<h1>\(HTMLText.escaped(title))</h1>\n"
        body += "<p class=\"verdict \(verdict.rawValue)\">\(verdict.rawValue.uppercased())</p>\n"
        if !reasons.isEmpty {
            body += "<ul>" + reasons.map { "<li>\(HTMLText.escaped($0))</li>" }.joined() + "</ul>\n"
        }
        body += markerTable("Markers in \(population)", markers)
        if !joint.isEmpty { body += markerTable("Joint phenotypes", joint) }
        body += "<h2>Run</h2>\n<table>"
        body += HTMLText.head(["check", "result", "limit", "verdict", "finding"])
        for check in run {
            body += HTMLText.row([
                check.id, check.value.map { "\(rounded($0)) \(check.unit)" } ?? "–",
                check.limit.map { "\(rounded($0)) \(check.unit)" } ?? "", check.verdict.rawValue,
                check.detail,
            ])
        }
        body += "</table>\n<h2>Populations</h2>\n<table>"
        body += HTMLText.head(["population", "events", "of parent", "interval", "parent"])
        for population in populations {
            body += HTMLText.row([
                population.id, "\(population.count)", Self.percent(population.share),
                Self.interval(population.share), population.parent ?? "all events",
            ])
        }
        body += "</table>\n"
        let notes =
            tissueReadings.map(\.message) + panelFindings.map { "\($0.id): \($0.message)" }
            + warnings.map { "file: \($0)" }
        if !notes.isEmpty {
            body += "<h2>Notes</h2>\n<ul>"
            body += notes.map { "<li>\(HTMLText.escaped($0))</li>" }.joined() + "</ul>\n"
        }
        if !pictures.isEmpty {
            // The picture's own title names it for readers that do not see it.
            body += "<div class=\"pictures\">\n"
            body += pictures.map { "<figure>\($0.svg)</figure>\n" }.joined() + "</div>\n"
        }
        body += "<h2>Sources</h2>\n<table>"
        let sources: [(String, Source)] =
            [("sample", sample), ("gates", gates), ("panel", panelSource)]
            + controls.map { ("control", $0) }
        for (what, source) in sources {
            body +=
                "<tr><td>\(what)</td><td>\(HTMLText.escaped(source.name))</td>"
                + "<td><code>\(source.sha256)</code></td></tr>\n"
        }
        body += "</table>\n<table>"
        let facts =
            [
                ("software", software),
                (
                    "gates",
                    gatesVersion.map { "\($0.version): \($0.reason)" } ?? "no version stated"
                ),
                ("panel", "\(panelVersion): \(panelReason)"),
                ("tissue", "MSC(\(tissue))"), ("compensation", compensation),
            ] + acquisition.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        for (name, value) in facts { body += HTMLText.row([name, value]) }
        body += "</table>\n"
        return body
    }

    private func markerTable(_ title: String, _ results: [MarkerResult]) -> String {
        var text = "<h2>\(HTMLText.escaped(title))</h2>\n<table>"
        text += HTMLText.head([
            "marker", "limit", "percent", "\(fixed(100 * confidence, 0)) % interval", "count",
            "median", "control", "ratio", "modes", "verdict", "rule",
        ])
        for result in results {
            let limits = [
                result.limit?.min.map { "≥\u{A0}\(fixed($0, 1))\u{A0}%" },
                result.limit?.max.map { "≤\u{A0}\(fixed($0, 1))\u{A0}%" },
            ].compactMap { $0 }.joined(separator: " ")
            let edge = result.isBorderline ? ", borderline" : ""
            text += HTMLText.row([
                result.marker, limits, Self.percent(result.share), Self.interval(result.share),
                result.share.map { "\($0.count) / \($0.total)" } ?? "",
                result.median.map(rounded) ?? "", result.controlMedian.map(rounded) ?? "",
                result.ratio.map(rounded) ?? "",
                result.distribution.map { "\($0.modes.count)" } ?? "",
                result.verdict.rawValue + edge, result.rule,
            ])
        }
        return text + "</table>\n"
    }

    private static func percent(_ share: ProportionInterval?) -> String {
        share.map { "\(fixed($0.percent, 2))\u{A0}%" } ?? "–"
    }

    private static func interval(_ share: ProportionInterval?) -> String {
        share.map { "\(fixed($0.lower, 2)) to \(fixed($0.upper, 2))\u{A0}%" } ?? ""
    }
}
