import Ledger
package import Quantities

/// The readings of a logger, as its file has them: a line each, time and value.
///
/// A line is an instant (RFC 3339, UTC) and a value, apart by a comma, a semicolon or a tab; a bare
/// number is in the unit of what is logged, °C for a temperature. Lines before the first reading may be
/// headings.
package struct LoggerSeries {
    private var first: Timestamp
    private var last: Timestamp
    private var readings: Int
    private var lowest: Quantity
    private var highest: Quantity
    private var longestGap: Int64

    /// Reads the text of a file.
    ///
    /// - Parameter unit: what the logger measures in; `nil` for a temperature in °C.
    /// - Throws: `storage.log-unreadable` with the line that is no reading, `storage.log-order` for
    ///   readings that go back in time.
    package init(_ text: String, in unit: Unit? = nil) throws(Rejection) {
        let example = unit.map { "7.2 \($0)" } ?? "-178.2"
        let form = "each line is a time and a value: 2026-02-01T00:10:00Z,\(example)"
        var series: LoggerSeries?
        var number = 0
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            number += 1
            guard line.contains(where: { !$0.isWhitespace }) else { continue }
            guard let (time, value) = Self.reading(line, in: unit) else {
                if series == nil, number <= Self.headingsMax { continue }
                throw Rejection(
                    "storage.log-unreadable", "line \(number) is '\(line.prefix(80))'",
                    help: form)
            }
            try Self.require(value, in: unit, "line \(number)")
            guard var known = series else {
                series = LoggerSeries(first: time, value: value)
                continue
            }
            guard known.last < time else {
                throw Rejection(
                    "storage.log-order",
                    "line \(number), \(time), does not come after \(known.last)",
                    help: "bring the file as the logger wrote it")
            }
            known.add(time, value)
            series = known
        }
        guard let series else {
            throw Rejection(
                "storage.log-unreadable", "the file has no reading",
                help: form)
        }
        self = series
    }

    /// Lines of heading a logger may write.
    private static let headingsMax = 100

    private init(first: Timestamp, value: Quantity) {
        (self.first, last, readings) = (first, first, 1)
        (lowest, highest, longestGap) = (value, value, 0)
    }

    private mutating func add(_ time: Timestamp, _ value: Quantity) {
        longestGap = max(longestGap, (time.milliseconds - last.milliseconds) / 1000)
        last = time
        readings += 1
        if (try? value.isLess(than: lowest)) == true { lowest = value }
        if (try? highest.isLess(than: value)) == true { highest = value }
    }

    private static func require(
        _ value: Quantity, in unit: Unit?, _ line: String
    ) throws(Rejection) {
        guard let unit else { return try requireTemperature(value, line) }
        guard (try? value.doubleValue(in: unit)) != nil else {
            throw Rejection(
                "storage.log-unit", "\(line) is \(value), the parameter is in \(unit)",
                help: "bring the file of the sensor that measures the parameter")
        }
    }

    private static let celsius = try? Unit("°C")

    private static func reading(_ line: Substring, in unit: Unit?) -> (Timestamp, Quantity)? {
        let parts = line.split { $0 == "," || $0 == ";" || $0 == "\t" }
        guard parts.count >= 2, let time = Timestamp(trimmed(parts[0])),
            let unit = unit ?? celsius
        else { return nil }
        let value = trimmed(parts[1])
        if let number = ExactDecimal(value) { return (time, Quantity(number, unit)) }
        return (try? Quantity(value)).map { (time, $0) }
    }

    private static func trimmed(_ text: Substring) -> String {
        let start = text.drop { $0.isWhitespace || $0 == "\"" }
        return String(start.reversed().drop { $0.isWhitespace || $0 == "\"" }.reversed())
    }

    /// What the log comes to, with the digest of the file.
    package func log(file text: String) -> LoggedReadings {
        LoggedReadings(
            from: first, to: last, readings: readings, lowest: lowest, highest: highest,
            file: Digest.sha256(of: Array(text.utf8)).hex, isTyped: false,
            longestGap: longestGap)
    }
}

/// A command that brings the text of files, which the site keeps beside its ledger under their digests.
package protocol BringsFiles {
    /// The files it brings.
    var broughtFiles: [DefinitionFile] { get }
}

/// What a command says of a log: its file, or what was read off it elsewhere.
protocol NamesLog: BringsFiles {
    var series: DefinitionFile? { get }
    var from: Timestamp? { get }
    var to: Timestamp? { get }
    var readings: Int? { get }
    var lowest: Quantity? { get }
    var highest: Quantity? { get }
    var file: String? { get }
}

extension NamesLog {
    /// What the fields of a log ask for.
    static var logHelp: [String: String] {
        [
            "series": "the logger's file: a time and a value in each line",
            "from": "without the file: the first reading",
            "to": "without the file: the last reading",
            "readings": "without the file: how many readings there are",
            "lowest": "without the file: the lowest reading",
            "highest": "without the file: the highest reading",
            "file": "without the file: its SHA-256",
        ]
    }

    package var broughtFiles: [DefinitionFile] { [series].compactMap(\.self) }

    /// The log: read from the file when it is there, else as it was entered.
    ///
    /// - Parameter unit: what the logger measures in; `nil` for a temperature in °C.
    func logged(in unit: Unit? = nil) throws(Rejection) -> LoggedReadings {
        if let series {
            guard from == nil, to == nil, readings == nil, lowest == nil, highest == nil,
                file == nil
            else {
                throw Rejection(
                    "storage.log-typed", "the file '\(series.name)' has what was typed beside it",
                    help: "leave out all but the file: the site reads it")
            }
            return try LoggerSeries(series.text, in: unit).log(file: series.text)
        }
        guard let from, let to, let readings, let lowest, let highest, let file else {
            throw Rejection(
                "storage.log-incomplete", "neither the file nor all it comes to is given",
                help: "bring the file in 'series'")
        }
        return LoggedReadings(
            from: from, to: to, readings: readings, lowest: lowest, highest: highest, file: file,
            isTyped: true)
    }
}
