import Foundation

/// The answer of an analysis, for people and for programs: results, tables, what is concluded
/// and what cannot be, and everything needed to repeat it.
public struct AnalysisReport: Sendable, Encodable {
    /// A name with what was chosen, as a convention.
    public struct Choice: Hashable, Sendable, Encodable {
        /// What was chosen.
        public let name: String
        /// The choice.
        public let value: String
    }

    /// A value: a number, a text, or nothing with a reason.
    public enum Value: Hashable, Sendable, Encodable, ExpressibleByStringLiteral {
        /// A number.
        case number(Double)
        /// A text.
        case text(String)
        /// No value.
        case missing

        /// A text.
        public init(stringLiteral value: String) { self = .text(value) }

        /// A number, or no value.
        public init(_ number: Double?) { self = number.map { .number($0) } ?? .missing }
        /// A whole number.
        public init(_ number: Int) { self = .number(Double(number)) }

        /// A number as such, a text as such, no value as null; numbers that JSON has no form for
        /// as text.
        public func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .number(let number) where number.isFinite: try container.encode(number)
            case .number(let number): try container.encode(number.isNaN ? "undefined" : "infinite")
            case .text(let text): try container.encode(text)
            case .missing: try container.encodeNil()
            }
        }

        /// The value with six significant digits.
        public var printed: String {
            switch self {
            case .number(let number) where number == number.rounded() && abs(number) < 1e9:
                String(Int(number))
            case .number(let number) where number.isInfinite: number > 0 ? "infinite" : "-infinite"
            case .number(let number): String(format: "%.6g", number)
            case .text(let text): text
            case .missing: "–"
            }
        }
    }

    /// A named result with its interval.
    public struct Item: Hashable, Sendable, Encodable {
        /// What it is.
        public let name: String
        /// The value.
        public let value: Value
        /// Lower end of its interval, nil for none or unbounded.
        public let lower: Double?
        /// Upper end of its interval, nil for none or unbounded.
        public let upper: Double?
        /// Whether the result has an interval at all.
        public let hasInterval: Bool
    }

    /// A table of results.
    public struct Table: Hashable, Sendable, Encodable {
        /// What it shows.
        public let name: String
        /// The names of the columns.
        public let columns: [String]
        /// The rows.
        public let rows: [[Value]]
    }

    /// A statement: what is concluded, or what cannot be and why.
    public struct Conclusion: Hashable, Sendable, Encodable {
        /// The sentence.
        public let statement: String
        /// The kind of missing conclusion or finding; nil for a conclusion without one.
        public let code: String?
    }

    /// Where the numbers came from.
    public struct Input: Hashable, Sendable, Encodable {
        /// The name of the file.
        public let file: String
        /// SHA-256 of its bytes, in hexadecimal.
        public let sha256: String
        /// Number of rows.
        public let rows: Int
        /// The character encoding found.
        public let encoding: String
        /// The decimal sign found.
        public let decimalSign: String

        /// An input.
        public init(file: String, sha256: String, table: MeasurementTable) {
            self.file = file
            self.sha256 = sha256
            rows = table.rows.count
            encoding = table.reading.encoding
            decimalSign = table.reading.decimalSign
        }
    }

    /// The analysis.
    public let analysis: String
    /// What was chosen where methods differ.
    public private(set) var conventions: [Choice] = []
    /// Single results.
    public private(set) var results: [Item] = []
    /// Tables.
    public private(set) var tables: [Table] = []
    /// What is concluded, and what cannot be.
    public private(set) var conclusions: [Conclusion] = []
    /// What the reader should know.
    public private(set) var remarks: [String] = []
    /// The pictures that belong to the report; not part of its JSON.
    public private(set) var figures: [AnalysisFigure] = []
    /// Where the numbers came from.
    public var input: Input?
    /// The version of the program.
    public var version = ""

    private enum CodingKeys: String, CodingKey {
        case analysis, conventions, results, tables, conclusions, remarks, input, version
    }

    /// An empty report.
    public init(_ analysis: String) { self.analysis = analysis }

    /// Whether every conclusion asked for was drawn and none is a finding.
    public var isClean: Bool { conclusions.allSatisfy { $0.code == nil } }

    mutating func convention(_ name: String, _ value: String) {
        conventions.append(Choice(name: name, value: value))
    }

    mutating func result(_ name: String, _ value: Value, _ interval: Interval? = nil) {
        results.append(
            Item(
                name: name, value: value, lower: interval?.lower, upper: interval?.upper,
                hasInterval: interval != nil))
    }

    mutating func result(_ name: String, _ value: Double?, _ interval: Interval? = nil) {
        result(name, Value(value), interval)
    }

    mutating func result(_ name: String, _ value: Int) { result(name, Value(value)) }

    mutating func table(_ name: String, _ columns: [String], _ rows: [[Value]]) {
        tables.append(Table(name: name, columns: columns, rows: rows))
    }

    mutating func conclude(_ statement: String, finding: String? = nil) {
        conclusions.append(Conclusion(statement: statement, code: finding))
    }

    mutating func conclude(_ missing: Inconclusive, about subject: String? = nil) {
        let prefix = subject.map { "\($0): " } ?? ""
        conclusions.append(
            Conclusion(
                statement: prefix + "no conclusion: \(missing.explanation)",
                code: missing.code.rawValue))
    }

    mutating func remark(_ text: String) { remarks.append(text) }

    mutating func figure(_ figure: AnalysisFigure) { figures.append(figure) }

    mutating func variance(_ lines: [VarianceLine], named name: String = "analysis of variance") {
        table(
            name, ["source", "df", "sum of squares", "mean square", "F", "p"],
            lines.map { line in
                [
                    .text(line.source), Value(line.degreesOfFreedom), Value(line.sumOfSquares),
                    Value(line.meanSquare), Value(line.f), Value(line.p),
                ]
            })
    }
}
