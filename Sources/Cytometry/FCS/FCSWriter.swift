/// Writes events as an FCS 3.1 file: list mode, little-endian floating point, linear scale.
///
/// Values are scale values, so amplification and gain are already in them, and time is in
/// seconds. Single precision is used when it holds every value to the last bit, double otherwise.
public struct FCSWriter {
    /// A column to write.
    public struct Column: Sendable {
        /// Short name (`$PnN`); commas become blanks, which the standard demands.
        public var name: String
        /// Long name (`$PnS`).
        public var label: String?
        /// Upper end of the range (`$PnR`).
        public var range: Double
        /// The values, as many as every other column has.
        public var values: [Double]

        /// A column.
        public init(name: String, label: String? = nil, range: Double, values: [Double]) {
            self.name = name
            self.label = label
            self.range = range
            self.values = values
        }
    }

    /// Keywords that the layout of the new file decides, and that are never taken over.
    private static let structural: Set<String> = [
        "$BEGINDATA", "$ENDDATA", "$BEGINSTEXT", "$ENDSTEXT", "$BEGINANALYSIS", "$ENDANALYSIS",
        "$NEXTDATA", "$MODE", "$DATATYPE", "$BYTEORD", "$PAR", "$TOT", "$TIMESTEP", "$SPILLOVER",
        "SPILL", "SPILLOVER", "$COMP", "$UNICODE",
    ]

    /// The bytes of a file.
    ///
    /// - Parameters:
    ///   - columns: columns of equal length; unequal ones are a precondition.
    ///   - spillover: written as `$SPILLOVER` when its detectors are among the columns.
    ///   - keywords: further pairs; those that describe the layout of the old file are left out.
    public static func write(
        _ columns: [Column], spillover: SpectrumMatrix? = nil,
        keywords: [(name: String, value: String)] = []
    ) -> [UInt8] {
        let events = columns.first?.values.count ?? 0
        precondition(
            columns.allSatisfy { $0.values.count == events },
            "columns of \(columns.map(\.values.count)) events")
        let isSingle = columns.allSatisfy { column in
            column.values.allSatisfy { $0.isNaN || Double(Float($0)) == $0 }
        }
        let width = isSingle ? 4 : 8
        let length = events * columns.count * width
        let pairs = pairs(columns, spillover, keywords, events, isSingle)
        let delimiter = delimiter(for: pairs)
        // Offsets are written with a fixed width, so that they do not move what they point to.
        let empty = text(pairs, delimiter, begin: 0, end: 0)
        let begin = FCSHeader.length + empty.count
        let end = begin + length - 1
        var bytes: [UInt8] = []
        bytes.reserveCapacity(begin + length + 8)
        bytes += header(textEnd: begin - 1, begin: begin, end: end, events)
        bytes += text(pairs, delimiter, begin: events == 0 ? 0 : begin, end: events == 0 ? 0 : end)
        for event in 0..<events {
            for column in columns {
                let value = column.values[event]
                if isSingle {
                    append(Float(value).bitPattern, to: &bytes)
                } else {
                    append(value.bitPattern, to: &bytes)
                }
            }
        }
        // No checksum (FCS 3.1, 3.6).
        bytes += Array("00000000".utf8)
        return bytes
    }

    private static func append(_ value: some FixedWidthInteger, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }

    private static func header(textEnd: Int, begin: Int, end: Int, _ events: Int) -> [UInt8] {
        // Above eight digits the HEADER holds zeros and TEXT counts.
        let fits = end <= 99_999_999 && events > 0
        let offsets = [FCSHeader.length, textEnd, fits ? begin : 0, fits ? end : 0, 0, 0]
        var text = "FCS3.1    "
        for offset in offsets {
            let digits = "\(offset)"
            text += String(repeating: " ", count: max(0, 8 - digits.count)) + digits
        }
        return Array(text.utf8)
    }

    private static func pairs(
        _ columns: [Column], _ spillover: SpectrumMatrix?,
        _ keywords: [(name: String, value: String)], _ events: Int, _ isSingle: Bool
    ) -> [(String, String)] {
        var pairs: [(String, String)] = [
            ("$BEGINSTEXT", "0"), ("$ENDSTEXT", "0"), ("$BEGINANALYSIS", "0"),
            ("$ENDANALYSIS", "0"), ("$NEXTDATA", "0"), ("$MODE", "L"),
            ("$DATATYPE", isSingle ? "F" : "D"), ("$BYTEORD", "1,2,3,4"),
            ("$PAR", "\(columns.count)"), ("$TOT", "\(events)"), ("$TIMESTEP", "1"),
        ]
        let names = columns.map { String($0.name.map { $0 == "," ? " " : $0 }) }
        for (index, column) in columns.enumerated() {
            let number = index + 1
            pairs.append(("$P\(number)N", names[index].isEmpty ? "P\(number)" : names[index]))
            if let label = column.label, !label.isEmpty { pairs.append(("$P\(number)S", label)) }
            pairs.append(("$P\(number)B", isSingle ? "32" : "64"))
            pairs.append(("$P\(number)E", "0,0"))
            pairs.append(("$P\(number)R", integerText(column.range)))
        }
        if let spillover, spillover.fluorochromes == spillover.detectors,
            spillover.detectors.allSatisfy({ names.contains($0) })
        {
            let fields =
                ["\(spillover.detectors.count)"] + spillover.detectors
                + spillover.rows.joined().map { "\($0)" }
            pairs.append(("$SPILLOVER", fields.joined(separator: ",")))
        }
        var seen = Set(pairs.map { $0.0.uppercased() })
        for (name, value) in keywords where !name.isEmpty && !value.isEmpty {
            let upper = name.uppercased()
            if structural.contains(upper) || isParameterKeyword(upper) || upper.hasPrefix("$DFC") {
                continue
            }
            if seen.insert(upper).inserted { pairs.append((name, value)) }
        }
        return pairs
    }

    /// `$P12N` and its like, which belong to the old columns.
    private static func isParameterKeyword(_ name: String) -> Bool {
        guard name.hasPrefix("$P") else { return false }
        return name.dropFirst(2).first?.isNumber ?? false
    }

    private static func integerText(_ range: Double) -> String {
        guard range.isFinite, range >= 1, range < 0x1p63 else { return "1" }
        return "\(UInt64(range.rounded(.up)))"
    }

    /// A delimiter that occurs in no pair, so that nothing needs escaping.
    private static func delimiter(for pairs: [(String, String)]) -> UInt8 {
        var used = Set<UInt8>()
        for (name, value) in pairs { used.formUnion(name.utf8); used.formUnion(value.utf8) }
        let wanted: [UInt8] = [0x7C, 0x2F, 0x5C, 0x21, 0x0C, 0x1E, 0x09, 0x7E, 0x5E]
        return wanted.first { !used.contains($0) } ?? (1...126).first { !used.contains($0) } ?? 0x7C
    }

    private static func text(
        _ pairs: [(String, String)], _ delimiter: UInt8, begin: Int, end: Int
    ) -> [UInt8] {
        func padded(_ value: Int) -> String {
            let digits = "\(value)"
            return String(repeating: "0", count: max(0, 20 - digits.count)) + digits
        }
        var bytes = [delimiter]
        for (name, value) in [("$BEGINDATA", padded(begin)), ("$ENDDATA", padded(end))] + pairs {
            for word in [name, value] {
                for byte in word.utf8 {
                    bytes.append(byte)
                    if byte == delimiter { bytes.append(byte) }
                }
                bytes.append(delimiter)
            }
        }
        return bytes
    }
}
