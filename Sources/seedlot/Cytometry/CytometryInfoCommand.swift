import ArgumentParser
import Cytometry
import Foundation

/// `seedlot cytometry info FILE…`: what a file says about itself, and where it departs from the
/// standard.
struct CytometryInfoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "info",
        abstract: "Show version, parameters, compensation and warnings of FCS files.",
        discussion: """
            As CSV each parameter is a row; warnings go to standard error then. Keywords, spillover \
            and warnings are in text and JSON.
            """)

    @Argument(help: "FCS files.") var files: [String]
    @Flag(help: "Also print every keyword.") var keywords = false
    @OptionGroup var fcs: FCSOptions
    @Option(help: "text, csv or json.") var format = TableFormat.text

    func run() throws {
        var all: [Description] = []
        for file in files {
            for (index, set) in try fcs.openAll(file).enumerated() {
                all.append(Description(file, index + 1, set, keywords: keywords))
            }
        }
        switch format {
        case .json: print(try all.printedJSON())
        case .text: for description in all { description.printText() }
        case .csv: try printTable(all)
        }
    }

    private func printTable(_ all: [Description]) throws {
        var table = Table(columns: [
            "file", "data set", "version", "events", "number", "name", "label", "type", "bits",
            "range", "scale",
        ])
        for set in all {
            for warning in set.warnings { Terminal.error("warning: '\(set.file)': \(warning)") }
            for parameter in set.parameters {
                table.rows.append([
                    .init(set.file), .init(set.dataSet), .init(set.version), .init(set.events),
                    .init(parameter.number), .init(parameter.name), .init(parameter.label),
                    .init(parameter.type), parameter.bits.map { .init($0) } ?? .empty,
                    .init(parameter.range), .init(parameter.scale),
                ])
            }
        }
        try table.print(as: .csv)
    }

    private struct Description: Encodable {
        struct Parameter: Encodable {
            var number: Int
            var name: String
            var label: String?
            var type: String
            var bits: Int?
            var range: Double
            var scale: String
        }
        var file: String
        var dataSet: Int
        var version: String
        var events: Int
        var dataBytes: [Int]
        var parameters: [Parameter]
        var spillover: [String]?
        var spilloverProblem: String?
        var warnings: [String]
        var keywords: [String: String]?
        var analysis: [String: String]?

        init(_ file: String, _ index: Int, _ set: FCSDataSet, keywords: Bool) {
            self.file = file
            dataSet = index
            version = set.version.rawValue
            events = set.eventCount
            dataBytes = [set.dataBytes.lowerBound, set.dataBytes.upperBound]
            parameters = set.parameters.map { parameter in
                let scale =
                    switch parameter.scale {
                    case .linear(let gain): gain == 1 ? "linear" : "linear, gain \(gain)"
                    case .logarithmic(let decades, let offset, _):
                        "\(decades) decades from \(offset)"
                    case .time(let step): "time, step \(step) s"
                    }
                return Parameter(
                    number: parameter.number, name: parameter.name, label: parameter.label,
                    type: parameter.type.rawValue, bits: parameter.width, range: parameter.range,
                    scale: scale)
            }
            do throws(CompensationError) {
                spillover = try set.spillover()?.detectors
            } catch {
                spilloverProblem = error.message
            }
            warnings = set.warnings.map(\.description)
            if let sign = set.signOfEarlierCompensation {
                warnings.append("the events may be compensated already: \(sign)")
            }
            guard keywords else { return }
            self.keywords = Dictionary(
                set.keywords.entries.map { ($0.name, $0.value) },
                uniquingKeysWith: { first, _ in first })
            analysis = Dictionary(
                set.analysis.entries.map { ($0.name, $0.value) },
                uniquingKeysWith: { first, _ in first })
        }

        func printText() {
            print("\(file), data set \(dataSet): \(version), \(events) events")
            for parameter in parameters {
                let label = parameter.label.map { "  \($0)" } ?? ""
                let bits = parameter.bits.map(String.init) ?? "*"
                let range = Table.Cell(parameter.range).plain
                print(
                    "  \(parameter.number)  \(parameter.name)\(label)  "
                        + "\(parameter.type)\(bits)  range \(range)  "
                        + parameter.scale)
            }
            if let spillover { print("  spillover: \(spillover.joined(separator: ", "))") }
            if let spilloverProblem { print("  spillover unusable: \(spilloverProblem)") }
            for warning in warnings { print("  warning: \(warning)") }
            for (name, value) in (keywords ?? [:]).sorted(by: { $0.key < $1.key }) {
                print("  \(name) = \(value)")
            }
            for (name, value) in (analysis ?? [:]).sorted(by: { $0.key < $1.key }) {
                print("  ANALYSIS \(name) = \(value)")
            }
        }
    }
}
