import Foundation

/// A well of a microtitre plate: row letter and column number, as B07.
public struct Well: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// Row from 0: A is 0.
    public let row: Int
    /// Column from 0: 1 is 0.
    public let column: Int

    /// A well by its place.
    public init(row: Int, column: Int) {
        self.row = row
        self.column = column
    }

    /// A well by its name: a letter, or two for rows after Z, and a number.
    public init?(_ text: String) {
        let text = text.trimmingCharacters(in: .whitespaces).uppercased()
        let letters = text.prefix { $0.isLetter && $0.isASCII }
        let digits = text.dropFirst(letters.count)
        guard (1...2).contains(letters.count), (1...2).contains(digits.count),
            digits.allSatisfy({ $0.isASCII && $0.isNumber }), let number = Int(digits), number >= 1
        else { return nil }
        var row = 0
        for letter in letters.utf8 { row = row * 26 + Int(letter) - 64 }
        self.init(row: row - 1, column: number - 1)
    }

    /// The name of the well.
    public var description: String {
        let letter = { (place: Int) in String(UnicodeScalar(UInt8(65 + place % 26))) }
        return (row >= 26 ? letter(row / 26 - 1) : "") + letter(row) + String(column + 1)
    }

    /// By row, then column.
    public static func < (first: Well, second: Well) -> Bool {
        (first.row, first.column) < (second.row, second.column)
    }
}

/// The readings of a plate, from the grid that a plate reader exports: a line of column numbers,
/// then a line for each row that begins with its letter. Lines before and after the grid are
/// passed over; a cell may be empty, or hold a word such as OVER.
public struct PlateGrid: Hashable, Sendable {
    /// The formats read.
    public enum Format: Int, Hashable, Sendable, CaseIterable {
        /// 8 rows of 12.
        case wells96 = 96
        /// 16 rows of 24.
        case wells384 = 384

        /// Rows and columns.
        public var size: (rows: Int, columns: Int) { self == .wells96 ? (8, 12) : (16, 24) }
    }

    /// The format.
    public let format: Format
    /// The readings of the wells that have one.
    public let readings: [Well: Double]
    /// Wells whose cell is not a number, with what it holds.
    public let unread: [Well: String]

    /// Reads a plate from the bytes of a file, separated by commas, semicolons or tabs.
    /// - Throws: when there is no grid of 96 or 384 wells.
    public init(_ bytes: [UInt8]) throws(AnalysisError) {
        let lines = try MeasurementTable.lines(bytes)
        guard let head = lines.firstIndex(where: { PlateGrid.columns($0.cells) != nil }),
            let (offset, count) = PlateGrid.columns(lines[head].cells)
        else {
            throw .unreadable(
                line: 1, reason: "there is no line of column numbers 1 to 12 or 1 to 24",
                remedy: "export the plate as a grid with column numbers and row letters")
        }
        let format: Format = count == 12 ? .wells96 : .wells384
        let rows = format.size.rows
        var readings: [Well: Double] = [:]
        var unread: [Well: String] = [:]
        for row in 0..<rows {
            let place = head + 1 + row
            guard lines.indices.contains(place) else {
                throw .unreadable(
                    line: lines.last?.line ?? 1,
                    reason: "the plate ends after \(row) of \(rows) rows",
                    remedy: "export all rows of the plate")
            }
            let (cells, line) = (lines[place].cells, lines[place].line)
            let letter = cells.indices.contains(offset - 1) ? cells[offset - 1] : ""
            let name = letter.trimmingCharacters(in: .whitespaces).uppercased()
            guard name == Well(row: row, column: 0).description.dropLast() else {
                throw .unreadable(
                    line: line,
                    reason: "'\(name.prefix(20))' where row \(Well(row: row, column: 0)) begins",
                    remedy: "begin each line of the grid with its row letter, in order")
            }
            for column in 0..<count {
                let well = Well(row: row, column: column)
                let cell =
                    cells.indices.contains(offset + column)
                    ? cells[offset + column].trimmingCharacters(in: .whitespaces) : ""
                if cell.isEmpty { continue }
                if let value = MeasurementTable.number(cell) {
                    readings[well] = value
                } else {
                    unread[well] = String(cell.prefix(40))
                }
            }
        }
        guard !readings.isEmpty else {
            throw .tooFew(what: "readings of the plate", found: 0, needed: 1)
        }
        self.format = format
        self.readings = readings
        self.unread = unread
    }

    /// Where the numbers 1, 2, 3 ... of a head line begin, and how many there are.
    private static func columns(_ cells: [String]) -> (offset: Int, count: Int)? {
        let cells = cells.map { $0.trimmingCharacters(in: .whitespaces) }
        guard let offset = cells.firstIndex(of: "1"), offset > 0 else { return nil }
        var count = 0
        while offset + count < cells.count, cells[offset + count] == "\(count + 1)" { count += 1 }
        return [24, 12].first { $0 <= count }.map { (offset, $0) }
    }
}

/// What stands in the wells of a plate: the dose groups of an assay.
///
/// A table with the columns wells, preparation and dose, and block, row, column or assay where the
/// design has them. A cell of wells names one well, or a range by its corners as `A1:A3`; the
/// preparation `blank` is subtracted, `excluded` wells are left out with their reason in the column
/// reason.
public struct PlateLayout: Sendable {
    /// One line of the layout.
    struct Group {
        var wells: [Well]
        var preparation: String
        var dose: Double
        var extra: [String]
        var reason: String
    }

    let groups: [Group]
    let extraColumns: [String]

    /// The preparation whose mean is subtracted from every reading.
    public static let blank = "blank"
    /// The preparation of wells that are left out.
    public static let excluded = "excluded"

    /// Reads a layout.
    /// - Throws: for a well that is named twice or does not exist.
    public init(_ table: MeasurementTable) throws(AnalysisError) {
        let names = try table.texts("wells", "well")
        let preparations = try table.texts("preparation", "prep", "sample")
        let doses = try table.optionalNumbers("dose", "concentration", "conc")
        let reasons = table.optionalTexts("reason")
        extraColumns = ["block", "row", "column", "assay"].filter { table.has($0) }
        let extras = extraColumns.map { table.optionalTexts($0) }
        var groups: [Group] = []
        var taken: Set<Well> = []
        for index in names.indices {
            let wells = try PlateLayout.wells(names[index])
            for well in wells where !taken.insert(well).inserted {
                throw .duplicate(what: "well", name: well.description)
            }
            let isControl = [Self.blank, Self.excluded].contains(preparations[index].lowercased())
            guard let dose = doses[index] ?? (isControl ? 0 : nil) else {
                throw .missingColumn(
                    names: ["dose"],
                    found: ["no dose for '\(preparations[index])' in \(names[index])"])
            }
            groups.append(
                Group(
                    wells: wells, preparation: preparations[index], dose: dose,
                    extra: extras.map { $0[index] }, reason: reasons[index]))
        }
        self.groups = groups
    }

    private static func wells(_ text: String) throws(AnalysisError) -> [Well] {
        var wells: [Well] = []
        for part in text.split(whereSeparator: { " +".contains($0) }) {
            let ends = part.split(separator: ":", omittingEmptySubsequences: false)
            guard let first = ends.first.flatMap({ Well(String($0)) }),
                let last = ends.last.flatMap({ Well(String($0)) }), ends.count <= 2,
                first.row <= last.row, first.column <= last.column
            else {
                throw .unknown(
                    what: "well", name: String(part), known: ["A1 to P24", "ranges as A1:A3"])
            }
            for row in first.row...last.row {
                for column in first.column...last.column {
                    wells.append(Well(row: row, column: column))
                }
            }
        }
        return wells
    }

    /// The readings of a plate as a table of an assay, with what was left out and why.
    ///
    /// The mean of the blanks is subtracted from every other reading.
    /// - Throws: for a well outside the plate, or one in use without a reading.
    public func table(
        of plate: PlateGrid
    ) throws(AnalysisError) -> (table: MeasurementTable, remarks: [String]) {
        let size = plate.format.size
        var blanks: [Double] = []
        var remarks: [String] = []
        for group in groups {
            for well in group.wells {
                guard well.row < size.rows, well.column < size.columns else {
                    throw .unknown(
                        what: "well", name: well.description,
                        known: ["A1 to \(Well(row: size.rows - 1, column: size.columns - 1))"])
                }
                if group.preparation.lowercased() == Self.excluded {
                    remarks.append(
                        "well \(well) is left out"
                            + (group.reason.isEmpty ? "" : ": \(group.reason)"))
                    continue
                }
                guard let reading = plate.readings[well] else {
                    let found = plate.unread[well].map { "'\($0)'" } ?? "nothing"
                    throw .unreadable(
                        line: well.row + 1,
                        reason: "well \(well) of '\(group.preparation)' holds \(found)",
                        remedy: "exclude the well with its reason in the layout")
                }
                if group.preparation.lowercased() == Self.blank { blanks.append(reading) }
            }
        }
        let blank = blanks.isEmpty ? 0 : try Summary(blanks).mean
        if !blanks.isEmpty {
            remarks.append("the mean of \(blanks.count) blanks, \(shortened(blank)), is subtracted")
        }
        var rows: [[String]] = []
        for group in groups
        where ![Self.blank, Self.excluded].contains(group.preparation.lowercased()) {
            for well in group.wells {
                let reading = (plate.readings[well] ?? .nan) - blank
                rows.append(
                    [group.preparation, "\(group.dose)", "\(reading)", well.description]
                        + group.extra)
            }
        }
        let table = try MeasurementTable(
            columns: ["preparation", "dose", "response", "well"] + extraColumns, rows: rows,
            encoding: "plate of \(plate.format.rawValue) wells")
        return (table, remarks)
    }
}
