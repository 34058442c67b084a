extension PhenotypeReport {
    /// The report as one HTML page that needs nothing else, with the given pictures in it.
    public func html(pictures: [ReportPictures.Picture] = []) -> String {
        let title = "\(panel), version \(panelVersion): \(sample.name)"
        var body = "<h1>\(Self.escaped(title))</h1>\n"
        body += "<p class=\"verdict \(verdict.rawValue)\">\(verdict.rawValue.uppercased())</p>\n"
        if !reasons.isEmpty {
            body += "<ul>" + reasons.map { "<li>\(Self.escaped($0))</li>" }.joined() + "</ul>\n"
        }
        body += markerTable("Markers in \(population)", markers)
        if !joint.isEmpty { body += markerTable("Joint phenotypes", joint) }
        body += "<h2>Run</h2>\n<table><tr><th>check</th><th>result</th><th>limit</th>"
        body += "<th>verdict</th><th>finding</th></tr>\n"
        for check in run {
            body += Self.row([
                check.id, check.value.map { "\(rounded($0)) \(check.unit)" } ?? "–",
                check.limit.map { "\(rounded($0)) \(check.unit)" } ?? "", check.verdict.rawValue,
                check.detail,
            ])
        }
        body += "</table>\n<h2>Populations</h2>\n<table><tr><th>population</th><th>events</th>"
        body += "<th>of parent</th><th>interval</th><th>parent</th></tr>\n"
        for population in populations {
            body += Self.row([
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
            body += notes.map { "<li>\(Self.escaped($0))</li>" }.joined() + "</ul>\n"
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
                "<tr><td>\(what)</td><td>\(Self.escaped(source.name))</td>"
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
        for (name, value) in facts { body += Self.row([name, value]) }
        body += "</table>\n"
        return Self.page(title, body)
    }

    private func markerTable(_ title: String, _ results: [MarkerResult]) -> String {
        var text = "<h2>\(Self.escaped(title))</h2>\n<table><tr><th>marker</th><th>limit</th>"
        text += "<th>percent</th><th>\(fixed(100 * confidence, 0)) % interval</th><th>count</th>"
        text += "<th>median</th><th>control</th><th>ratio</th><th>modes</th><th>verdict</th>"
        text += "<th>rule</th></tr>\n"
        for result in results {
            let limits = [
                result.limit?.min.map { "≥\u{A0}\(fixed($0, 1))\u{A0}%" },
                result.limit?.max.map { "≤\u{A0}\(fixed($0, 1))\u{A0}%" },
            ].compactMap { $0 }.joined(separator: " ")
            let edge = result.isBorderline ? ", borderline" : ""
            text += Self.row([
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

    private static func row(_ cells: [String]) -> String {
        "<tr>" + cells.map { "<td>\(escaped($0))</td>" }.joined() + "</tr>\n"
    }

    private static func percent(_ share: ProportionInterval?) -> String {
        share.map { "\(fixed($0.percent, 2))\u{A0}%" } ?? "–"
    }

    private static func interval(_ share: ProportionInterval?) -> String {
        share.map { "\(fixed($0.lower, 2)) to \(fixed($0.upper, 2))\u{A0}%" } ?? ""
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
            .replacing(">", with: "&gt;").replacing("\"", with: "&quot;")
    }

    private static func page(_ title: String, _ body: String) -> String {
        """
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"><title>\(escaped(title))</title>
        <style>
        body{font:14px/1.45 "DejaVu Sans",sans-serif;margin:2em;color:#1b1b1b}
        table{border-collapse:collapse;margin:.5em 0 1em}
        td,th{border:1px solid #bbb;padding:.2em .5em;text-align:left;vertical-align:top}
        th{background:#eee}code{font-size:11px}h1{font-size:20px}h2{font-size:16px}
        .verdict{display:inline-block;padding:.2em .8em;font-weight:bold;border:2px solid}
        .pass{color:#1a6b2d}.fail{color:#a01818}
        figure{display:inline-block;width:31%;min-width:280px;margin:0 1% 1em 0;break-inside:avoid}
        figure svg{width:100%;height:auto}h2{break-after:avoid}tr{break-inside:avoid}
        @page{size:A4 landscape;margin:12mm}
        </style></head><body>
        \(body)</body></html>

        """
    }
}
