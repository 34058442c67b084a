/// The labels there are, with their sizes.
package enum LabelForm: String, CaseIterable, Sendable {
    /// For a cryogenic vial of 2 mL: what wraps it once and survives liquid nitrogen.
    case vial
    /// For a cryogenic bag or its cassette.
    case bag
    /// For a box of vials or a shipper.
    case box

    /// Width in millimetres.
    var width: Double {
        switch self {
        case .vial: 38
        case .bag: 100
        case .box: 100
        }
    }

    /// Height in millimetres.
    var height: Double {
        switch self {
        case .vial: 19
        case .bag: 70
        case .box: 50
        }
    }

    /// Side of the code in millimetres: modules of at least 0.4 mm, which a hand scanner reads
    /// through frost.
    var codeSide: Double {
        switch self {
        case .vial: 10
        case .bag, .box: 20
        }
    }

    /// Height of ordinary letters in millimetres: 1.4 mm is what the eye reads at arm's length
    /// (EU readability guideline 2009: 7 points on small containers).
    var letter: Double {
        switch self {
        case .vial: 1.5
        case .bag, .box: 2.8
        }
    }

    /// Height of a line in millimetres.
    var line: Double { letter * 1.25 }

    /// White around the print, in millimetres.
    var margin: Double { self == .vial ? 1 : 2.5 }

    /// Height of the foot with the serial number, in millimetres.
    var foot: Double { letter * 0.8 }

    /// Lines that stand above the foot.
    var linesMax: Int { Int((height - 2 * margin - foot) / line) }

    /// Characters of line `place`, beside the code or below it. An ordinary letter is 0.62 as wide
    /// as it is high in the types used; the first line is set larger.
    func charactersMax(ofLine place: Int) -> Int {
        let isBesideCode = Double(place) * line < codeSide + margin
        let room = width - 2 * margin - (isBesideCode ? codeSide + margin : 0)
        return max(8, Int(room / ((place == 0 ? Self.firstLine : 1) * letter * 0.62)))
    }

    /// How much larger the first line is set.
    static let firstLine = 1.2
}

/// One label: what the eye reads, and the code that says the same to a scanner.
package struct Label: Equatable, Sendable {
    /// What the code carries: the identifier of the thing it stands on.
    package var code: String
    /// Lines from the top; the first is set larger.
    package var lines: [String]
    /// Which label of which issue this is: entry of the ledger and number.
    package var serial: String

    /// The lines broken as they stand on a label of `form`.
    func brokenLines(on form: LabelForm) -> [String] {
        var broken: [String] = []
        for line in lines {
            var rest = ""
            for word in line.split(whereSeparator: \.isWhitespace) {
                let limit = form.charactersMax(ofLine: broken.count)
                if !rest.isEmpty, rest.count + 1 + word.count > limit {
                    broken.append(rest)
                    rest = ""
                }
                rest += rest.isEmpty ? String(word) : " \(word)"
            }
            broken.append(rest)
        }
        return broken
    }
}
