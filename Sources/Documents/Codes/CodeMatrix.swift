/// A two-dimensional code as its modules: what is dark and what is light.
package struct CodeMatrix: Equatable, Sendable {
    /// Which symbology.
    package var symbology: Symbology
    /// What a scanner reads.
    package var content: String
    /// The modules, row by row; true is dark.
    package let modules: [[Bool]]

    /// The codes papers and labels carry.
    package enum Symbology: String, Equatable, Sendable {
        case qr = "QR code"
        case dataMatrix = "Data Matrix"

        /// Light modules that must stand around it (ISO/IEC 18004: 4; ISO/IEC 16022: 1).
        package var quietZone: Int { self == .qr ? 4 : 1 }
    }

    /// Modules of one side at most: QR code version 40 has 177.
    package static let sideMax = 177

    /// Modules a side, the same both ways, quiet zone included.
    package var side: Int { modules.count + 2 * symbology.quietZone }

    init(symbology: Symbology, content: String, modules: [[Bool]]) {
        self.symbology = symbology
        self.content = content
        self.modules = modules
    }

    /// Reads the rows of `zint --dump`: hexadecimal digits, most significant module first, one row
    /// of a square code a line. `nil` for anything else.
    init?(symbology: Symbology, content: String, zintDump text: some StringProtocol) {
        let lines = text.split(whereSeparator: \.isNewline)
        let side = lines.count
        guard (1...Self.sideMax).contains(side) else { return nil }
        var rows: [[Bool]] = []
        for line in lines {
            var row: [Bool] = []
            for character in line where character != " " {
                guard let digit = character.hexDigitValue else { return nil }
                row += [8, 4, 2, 1].map { digit & $0 != 0 }
            }
            guard row.count >= side, row.count < side + 8 else { return nil }
            rows.append(Array(row.prefix(side)))
        }
        self.init(symbology: symbology, content: content, modules: rows)
    }

    /// The dark modules as one SVG path in units of a module, quiet zone included: runs of a row
    /// become rectangles.
    var pathData: String {
        var data = ""
        let quiet = symbology.quietZone
        for (y, row) in modules.enumerated() {
            var x = 0
            while x < row.count {
                guard row[x] else {
                    x += 1
                    continue
                }
                let start = x
                while x < row.count, row[x] { x += 1 }
                let width = x - start
                data += "M\(start + quiet) \(y + quiet)h\(width)v1h-\(width)z"
            }
        }
        return data
    }

    /// The code as an SVG file of `width` user units.
    package func standaloneSVG(width: Double) -> [UInt8] {
        var markup = Markup()
        markup.svg(of: self, width: "\(Int(width))", isStandalone: true)
        return markup.bytes
    }
}
