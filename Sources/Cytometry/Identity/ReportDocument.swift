/// The reports of one or more samples as one document, with what only several of them show: the
/// drift of a line over its population doublings.
public struct ReportDocument: Sendable {
    /// The report of one sample with its pictures.
    public struct Part: Sendable {
        /// The report.
        public var report: PhenotypeReport
        /// Its pictures; printed in HTML alone.
        public var pictures: [ReportPictures.Picture]

        /// A report with its pictures.
        public init(_ report: PhenotypeReport, pictures: [ReportPictures.Picture] = []) {
            self.report = report
            self.pictures = pictures
        }
    }

    /// The samples in their order.
    public var parts: [Part]
    /// How each marker moves from sample to sample; empty when they are not of one line.
    public var drift: [MarkerDrift]

    /// A document.
    public init(_ parts: [Part], drift: [MarkerDrift] = []) {
        self.parts = parts
        self.drift = drift
    }

    // MARK: Text

    /// The document as plain text for a terminal or a file.
    public func text() -> String {
        parts.map { $0.report.text() }.joined(separator: "\n") + driftText()
    }

    private func driftText() -> String {
        guard !drift.isEmpty else { return "" }
        var lines = ["", "drift over population doublings, from the first sample"]
        for item in drift {
            let name = item.marker.padding(22)
            let slope = item.slope.map { Self.signed($0, 3) + " points per doubling" } ?? ""
            lines.append("  \(name)\(Self.described(item.last).padding(52))\(slope)")
            for change in item.changes where change.isAlert {
                lines.append("    ALERT: \(Self.described(change)), beyond the limit")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func described(_ change: MarkerDrift.Change) -> String {
        "\(signed(change.points, 2)) points (\(interval(change))) at "
            + "\(rounded(change.populationDoublings)) doublings"
    }

    private static func interval(_ change: MarkerDrift.Change) -> String {
        "\(signed(change.lower, 2)) to \(signed(change.upper, 2))"
    }

    private static func signed(_ value: Double, _ decimals: Int) -> String {
        (value < 0 ? "" : "+") + fixed(value, decimals)
    }

    // MARK: HTML

    /// The document as one HTML page that needs nothing else.
    public func html() -> String {
        let titles = parts.map(\.report.title)
        let body =
            parts.map { "<article>\n\($0.report.article(pictures: $0.pictures))</article>\n" }
            .joined() + driftArticle()
        return Self.page(titles.joined(separator: "; "), body)
    }

    private func driftArticle() -> String {
        guard !drift.isEmpty else { return "" }
        var text = "<article>\n<h1>Drift over population doublings</h1>\n<table>"
        text += HTMLText.head([
            "marker", "change to the last sample", "interval", "largest change", "per doubling",
            "finding",
        ])
        for item in drift {
            let alerts = item.changes.filter(\.isAlert).map {
                "beyond the limit at \(rounded($0.populationDoublings)) doublings"
            }
            text += HTMLText.row([
                item.marker, "\(Self.signed(item.last.points, 2)) points",
                Self.interval(item.last),
                "\(Self.signed(item.largest.points, 2)) points at "
                    + "\(rounded(item.largest.populationDoublings)) doublings",
                item.slope.map { "\(Self.signed($0, 3)) points" } ?? "",
                alerts.joined(separator: ", "),
            ])
        }
        text += "</table>\n<div class=\"pictures\">\n"
        text += drift.map { "<figure>\(PlotSVG.trend($0))</figure>\n" }.joined()
        return text + "</div>\n</article>\n"
    }

    private static func page(_ title: String, _ body: String) -> String {
        """
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"><title>\(HTMLText.escaped(title))</title>
        <style>
        body{font:14px/1.45 "DejaVu Sans",sans-serif;margin:2em;color:#1b1b1b}
        article+article{break-before:page;margin-top:3em}
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

/// Text inside an HTML page.
enum HTMLText {
    /// `text` with the characters that HTML gives a meaning to written as references.
    static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
            .replacing(">", with: "&gt;").replacing("\"", with: "&quot;")
    }

    /// The head of a table, which is printed again on each page that the table reaches.
    static func head(_ cells: [String]) -> String {
        "<thead><tr>" + cells.map { "<th>\(escaped($0))</th>" }.joined() + "</tr></thead>\n"
    }

    /// A row of a table.
    static func row(_ cells: [String]) -> String {
        "<tr>" + cells.map { "<td>\(escaped($0))</td>" }.joined() + "</tr>\n"
    }
}

extension String {
    /// This text followed by blanks up to `length` characters.
    fileprivate func padding(_ length: Int) -> String {
        self + String(repeating: " ", count: max(1, length - count))
    }
}
