/// The letters of a picture, and how much room a text takes.
enum Lettering {
    /// Sans faces by preference; the widest of them, DejaVu Sans, is the one measured below, so a
    /// text that fits here fits everywhere.
    static let families: StaticString =
        "Inter, 'Helvetica Neue', 'Liberation Sans', Arial, 'DejaVu Sans', sans-serif"
    static let body = 12.0
    static let small = 10.5

    /// Advance widths of U+0020 to U+007E in thousandths of the size, from the `hmtx` table of
    /// DejaVu Sans 2.37.
    private static let advances: [Int] = [
        318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337,
        636, 636, 636, 636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531,
        1000, 684, 686, 698, 770, 632, 575, 775, 752, 295, 295, 656, 557, 863, 748, 787,
        603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838, 500,
        500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612,
        635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838,
    ]
    /// Letters outside ASCII: most Latin, Greek and Cyrillic ones are narrower than this.
    private static let otherAdvance = 750
    /// Ideographs and other full-width letters.
    private static let wideAdvance = 1000

    /// Width of `text` at `size`, in user units; an upper estimate.
    static func width(of text: String, size: Double) -> Double {
        var thousandths = 0
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x20...0x7E: thousandths += advances[Int(scalar.value) - 0x20]
            case 0x1100...: thousandths += scalar.value < 0x2E80 ? otherAdvance : wideAdvance
            default: thousandths += otherAdvance
            }
        }
        return Double(thousandths) * size / 1000
    }

    /// `text`, or its beginning and an ellipsis, so that it fits into `width` user units.
    static func fitting(_ text: String, width: Double, size: Double) -> String {
        guard self.width(of: text, size: size) > width else { return text }
        var kept = ""
        for character in text {
            let next = kept + String(character)
            if self.width(of: next + "…", size: size) > width { break }
            kept = next
        }
        return kept + "…"
    }
}
