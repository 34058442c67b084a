import ArgumentParser
import Cytometry
import Foundation

/// `seedlot cytometry compensate`: show a spillover matrix, make one from controls, or write a
/// compensated file.
struct CytometryCompensateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compensate",
        abstract: "Show the spillover of a file, compute it from controls, or apply it.",
        discussion: """
            With --output the compensated events are written as FCS 3.1, without the spillover, \
            so that they cannot be compensated twice. --single-stain computes the matrix from \
            controls that carry one stain each. With --detectors it has all of those as columns: \
            more detectors than stains are reference spectra, and applying them unmixes.
            """)

    @Argument(help: "The FCS file; not needed with --single-stain alone.") var file: String?
    @Option(help: "A matrix as CSV: a head line of detectors, then one row a fluorochrome.")
    var matrix: String?
    @Option(
        help: """
            [FLUOROCHROME@]DETECTOR=FILE of a single-stain control and the detector that sees it \
            best; once for each stain.
            """)
    var singleStain: [String] = []
    @Option(help: "Detectors of the matrix, separated by commas; those of the stains when absent.")
    var detectors: String?
    @Option(help: "Unstained control that serves as the negative of every single stain.")
    var unstained: String?
    @Option(help: "Write the compensated events to this FCS file.") var output: String?
    @Option(help: "How to print the matrix: text, csv or json.") var format = TableFormat.text
    @OptionGroup var fcs: FCSOptions

    func run() throws {
        let set = try file.map { try fcs.open($0) }
        let matrix = try chosenMatrix(set)
        guard let output else { return try show(matrix) }
        guard let set, let file else {
            throw Complaint.misuse("--output needs a file to compensate")
        }
        if let sign = set.signOfEarlierCompensation {
            Terminal.error("warning: '\(file)' may be compensated already: \(sign)")
        }
        try write(set, matrix, file, to: output)
    }

    private func chosenMatrix(_ set: FCSDataSet?) throws -> SpectrumMatrix {
        if !singleStain.isEmpty { return try fromControls() }
        guard detectors == nil, unstained == nil else {
            throw Complaint.misuse("--detectors and --unstained need --single-stain")
        }
        if let matrix { return try read(matrix) }
        guard let set, let file else {
            throw Complaint.misuse("give a file, --matrix or --single-stain")
        }
        return try CytometryFiles.complaining(file) {
            guard let found = try set.spillover() else {
                throw Complaint("'\(file)' carries no spillover", wayOut: "give --matrix")
            }
            return found
        }
    }

    private func show(_ matrix: SpectrumMatrix) throws {
        var table = Table(columns: ["fluorochrome"] + matrix.detectors)
        for (name, row) in zip(matrix.fluorochromes, matrix.rows) {
            table.rows.append([.init(name)] + row.map { .init($0) })
        }
        try table.print(as: format)
        if format == .text {
            try CytometryFiles.complaining(file ?? "the controls") {
                print(String(format: "condition number %.3g", try matrix.condition()))
            }
        }
    }

    private func write(
        _ set: FCSDataSet, _ matrix: SpectrumMatrix, _ file: String, to output: String
    ) throws {
        let columns = try CytometryFiles.complaining(file) {
            let strategy = try GatingStrategy(gates: [], matrices: ["applied": matrix])
            let reader = ColumnReader(strategy, on: set)
            // Detectors give way to fluorochromes; everything else stays as it is.
            let detectors = Set(matrix.detectors)
            var columns: [FCSWriter.Column] = []
            for parameter in set.parameters where !detectors.contains(parameter.name) {
                columns.append(
                    FCSWriter.Column(
                        name: parameter.name, label: parameter.label, range: parameter.range,
                        values: try reader.values(of: .channel(parameter.name))))
            }
            for name in matrix.fluorochromes {
                let parameter = set.parameterIndex(named: name).map { set.parameters[$0] }
                columns.append(
                    FCSWriter.Column(
                        name: detectors.contains(name) ? "Comp-" + name : name,
                        label: parameter?.label, range: parameter?.range ?? 262_144,
                        values: try reader.values(
                            of: .channel(name, compensation: .matrix("applied")))))
            }
            return columns
        }
        let keywords = set.keywords.entries.map { ($0.name, $0.value) }
        try CytometryFiles.write(FCSWriter.write(columns, keywords: keywords), to: output)
        Terminal.error("wrote \(set.eventCount) compensated events to '\(output)'")
    }

    /// A control as `--single-stain` names it.
    private struct Stain {
        var fluorochrome: String
        var detector: String
        var file: String

        init(_ text: String) throws {
            guard let split = text.firstIndex(of: "=") else {
                throw Complaint.misuse(
                    "--single-stain is '\(text)', expected [FLUOROCHROME@]DETECTOR=FILE")
            }
            let names = text[..<split].split(separator: "@", maxSplits: 1).map(String.init)
            guard let first = names.first, let last = names.last else {
                throw Complaint.misuse("--single-stain '\(text)' names no detector")
            }
            (fluorochrome, detector) = (first, last)
            file = String(text[text.index(after: split)...])
        }
    }

    private func fromControls() throws -> SpectrumMatrix {
        let stains = try singleStain.map { try Stain($0) }
        let names =
            detectors.map {
                $0.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
            } ?? stains.map(\.detector)
        func columns(_ path: String) throws -> [[Double]] {
            let set = try fcs.open(path)
            return try names.map { name in
                guard let index = set.parameterIndex(named: name) else {
                    throw Complaint(
                        "'\(path)' has no channel '\(name)'",
                        wayOut: "it has: \(set.channelNames.joined(separator: ", "))")
                }
                return set.scaleValues(of: index)
            }
        }
        let negative = try unstained.map { try columns($0) }
        var rows: [[Double]] = []
        for stain in stains {
            guard let own = names.firstIndex(of: stain.detector) else {
                throw Complaint.misuse(
                    "'\(stain.detector)' is stained but not among --detectors")
            }
            let control = try columns(stain.file)
            let row = try CytometryFiles.complaining(stain.file) {
                try SpilloverFromControls.row(
                    detector: own, names: names, control: control, unstained: negative)
            }
            Terminal.error(
                "\(stain.fluorochrome): \(row.positives) stained, \(row.negatives) unstained events"
            )
            rows.append(row.coefficients)
        }
        return try CytometryFiles.complaining("the controls") {
            try SpectrumMatrix(
                fluorochromes: stains.map(\.fluorochrome), detectors: names, coefficients: rows)
        }
    }

    /// A matrix as `compensate --format csv` prints it.
    private func read(_ path: String) throws -> SpectrumMatrix {
        let text = String(decoding: try CytometryFiles.bytes(path), as: UTF8.self)
        let lines = text.split(whereSeparator: \.isNewline).map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map {
                $0.trimmingCharacters(in: .whitespaces)
                    .trimmingCharacters(in: CharacterSet(charactersIn: "\""))
            }
        }
        guard let head = lines.first, head.count > 1, lines.count > 1 else {
            throw Complaint("'\(path)' is no matrix: it needs a head line and rows")
        }
        let rows = try lines.dropFirst().enumerated().map { index, line in
            try line.dropFirst().map { field in
                guard let value = Double(field) else {
                    throw Complaint("'\(path)' line \(index + 2): '\(field)' is no number")
                }
                return value
            }
        }
        return try CytometryFiles.complaining(path) {
            try SpectrumMatrix(
                fluorochromes: lines.dropFirst().map { $0[0] }, detectors: Array(head.dropFirst()),
                coefficients: rows)
        }
    }
}
