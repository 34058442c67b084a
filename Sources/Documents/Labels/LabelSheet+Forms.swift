import Ledger

/// The forms labels are given in.
package enum LabelFormat: String, CaseIterable, Sendable {
    case text, html, pdf, zpl

    /// The media type.
    package var mediaType: String {
        switch self {
        case .text: "text/plain; charset=utf-8"
        case .html: "text/html; charset=utf-8"
        case .pdf: "application/pdf"
        case .zpl: "application/octet-stream"
        }
    }

    /// How the name of such a file ends.
    package var fileExtension: String { self == .text ? "txt" : rawValue }
}

extension LabelSheet {
    /// The labels in `format`.
    package func bytes(
        as format: LabelFormat, dotsPerMillimetre: Int = 12, by converter: Converter
    ) throws(ConversionError) -> [UInt8] {
        switch format {
        case .text: Array(text.utf8)
        case .zpl: Array(zpl(dotsPerMillimetre: dotsPerMillimetre).utf8)
        case .html: page(try codes(by: converter))
        case .pdf: try converter.pdf(of: page(try codes(by: converter)), at: instant)
        }
    }

    /// What the eye reads, label by label.
    private var text: String {
        labels.map { label in
            (label.lines + ["[Data Matrix \(label.code)]", label.serial]).joined(separator: "\n")
                + "\n"
        }.joined(separator: "\n")
    }

    /// The code of each label; each content is drawn once.
    private func codes(
        by converter: Converter
    ) throws(ConversionError) -> [String: CodeMatrix] {
        var codes: [String: CodeMatrix] = [:]
        for label in labels where codes[label.code] == nil {
            codes[label.code] = try converter.code(.dataMatrix, of: label.code)
        }
        return codes
    }

    /// One page a label, of the label's size.
    private func page(_ codes: [String: CodeMatrix]) -> [UInt8] {
        var html = Markup()
        html.literal("<!DOCTYPE html>\n")
        html.element("html", [("lang", "en")]) { html in
            html.element("head") { html in
                html.single("meta", [("charset", "utf-8")])
                html.element("title", text: title)
                html.literal("\n<style>\n")
                html.literal(Self.style(of: form))
                html.literal("</style>\n")
            }
            html.element("body", [("class", form.rawValue)]) { html in
                for label in labels {
                    html.literal("\n")
                    html.element("section") { html in
                        if let code = codes[label.code] {
                            html.element("div", [("class", "code")]) {
                                $0.svg(of: code, width: "\(form.codeSide)mm")
                            }
                        }
                        for (place, line) in label.brokenLines(on: form).enumerated() {
                            html.element(
                                "p", place == 0 ? [("class", "first")] : [], text: line)
                        }
                        html.element("p", [("class", "serial")], text: label.serial)
                    }
                }
            }
        }
        html.literal("\n")
        return html.bytes
    }

    /// The sizes of `LabelForm` a second time: a style sheet is a literal, and no value reaches it.
    static func style(of form: LabelForm) -> StaticString {
        switch form {
        case .vial:
            """
            @page { size: 38mm 19mm; margin: 0 }
            body { margin: 0; font: 1.5mm/1.25 "DejaVu Sans", sans-serif }
            section { width: 36mm; height: 17mm; padding: 1mm; position: relative; overflow: hidden;
              break-after: page }
            .code { float: right; width: 10mm; height: 10mm; margin-left: 1mm }
            p { margin: 0; white-space: nowrap }
            .first { font-size: 1.8mm; line-height: 1.875mm; font-weight: bold }
            .serial { position: absolute; bottom: 0.5mm; left: 1mm; font-size: 1.2mm }

            """
        case .bag:
            """
            @page { size: 100mm 70mm; margin: 0 }
            body { margin: 0; font: 2.8mm/1.25 "DejaVu Sans", sans-serif }
            section { width: 95mm; height: 65mm; padding: 2.5mm; position: relative; overflow: hidden;
              break-after: page }
            .code { float: right; width: 20mm; height: 20mm; margin-left: 2.5mm }
            p { margin: 0; white-space: nowrap }
            .first { font-size: 3.36mm; line-height: 3.5mm; font-weight: bold }
            .serial { position: absolute; bottom: 1mm; left: 2.5mm; font-size: 2mm }

            """
        case .box:
            """
            @page { size: 100mm 50mm; margin: 0 }
            body { margin: 0; font: 2.8mm/1.25 "DejaVu Sans", sans-serif }
            section { width: 95mm; height: 45mm; padding: 2.5mm; position: relative; overflow: hidden;
              break-after: page }
            .code { float: right; width: 20mm; height: 20mm; margin-left: 2.5mm }
            p { margin: 0; white-space: nowrap }
            .first { font-size: 3.36mm; line-height: 3.5mm; font-weight: bold }
            .serial { position: absolute; bottom: 1mm; left: 2.5mm; font-size: 2mm }

            """
        }
    }
}
