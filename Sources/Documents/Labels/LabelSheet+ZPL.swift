extension LabelSheet {
    /// The labels in ZPL II, for a label printer.
    ///
    /// The printer draws the code itself (`^BX`, Data Matrix ECC 200). What it would take for a
    /// command in a text stands as hexadecimal after `_` (`^FH_`); texts are UTF-8 (`^CI28`).
    ///
    /// - Parameter dots: dots of the printer in a millimetre: 8 (203 dpi), 12 (300) or 24 (600).
    package func zpl(dotsPerMillimetre dots: Int = 12) -> String {
        labels.map { zpl(of: $0, dots) }.joined()
    }

    private func zpl(of label: Label, _ dots: Int) -> String {
        func length(_ millimetres: Double) -> Int { Int((millimetres * Double(dots)).rounded()) }
        let margin = length(form.margin)
        let codeLeft = length(form.width - form.margin - form.codeSide)
        // A Data Matrix for an identifier has 12 to 32 modules a side; the largest that fits.
        let module = max(2, length(form.codeSide) / Self.modules(for: label.code))
        var lines = [
            "^XA^CI28^LH0,0", "^PW\(length(form.width))", "^LL\(length(form.height))",
            "^FO\(codeLeft),\(margin)^BXN,\(module),200,0,0,6,~^FH_^FD\(Self.escaped(label.code))^FS",
        ]
        for (place, text) in label.brokenLines(on: form).enumerated() {
            let letter = length(form.letter * (place == 0 ? LabelForm.firstLine : 1))
            let y = margin + length(form.line * Double(place))
            lines.append(
                "^FO\(margin),\(y)^A0N,\(letter),\(letter)^FH_^FD\(Self.escaped(text))^FS")
        }
        let small = length(form.foot)
        lines.append(
            "^FO\(margin),\(length(form.height) - small - margin / 2)^A0N,\(small),\(small)^FH_^FD"
                + "\(Self.escaped(label.serial))^FS")
        lines.append("^PQ1^XZ")
        return lines.joined(separator: "\n") + "\n"
    }

    /// Modules a side of the smallest square Data Matrix that surely holds `text` (ISO/IEC 16022,
    /// table 7: capacity in code words, one a character and fewer for pairs of digits).
    private static func modules(for text: String) -> Int {
        let sizes = [
            (10, 3), (12, 5), (14, 8), (16, 12), (18, 18), (20, 22), (22, 30), (24, 36), (26, 44),
            (32, 62), (36, 86),
        ]
        return sizes.first { $0.1 >= text.utf8.count }?.0 ?? 36
    }

    /// `text` with everything the printer could take for a command as hexadecimal.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "^", "~", "_", "\\", "\u{0}"..."\u{1F}", "\u{7F}":
                let digits = String(scalar.value, radix: 16, uppercase: true)
                escaped += "_" + (digits.count == 1 ? "0" : "") + digits
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
