import ArgumentParser
import Cytometry

/// `seedlot cytometry stats FILE…`: what each channel looks like, in all events or a population.
struct CytometryStatsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stats",
        abstract: "Median, mean, spread and modes of every channel.")

    @Argument(help: "FCS files.") var files: [String]
    @Option(help: "Gates (Gating-ML 2.0 or a FlowJo 10 workspace).")
    var gates: String?
    @Option(help: "Populations, separated by commas; all events when absent.")
    var population: String?
    @Flag(inversion: .prefixedNo, help: "Compensate with the spillover of the file.")
    var compensate = true
    @Option(help: "text, csv or json.") var format = TableFormat.text
    @OptionGroup var fcs: FCSOptions

    func run() throws {
        if population != nil, gates == nil {
            throw Complaint.misuse("--population needs --gates")
        }
        var table = Table(columns: [
            "file", "population", "channel", "count", "median", "mean", "geometric mean", "sd",
            "rcv %", "p5", "p95", "modes",
        ])
        for file in files {
            let set = try fcs.open(file)
            let strategy = try gates.map { try CytometryFiles.strategy($0, for: file) }
            let masks = try masks(set, strategy, file)
            for (name, mask) in masks {
                try CytometryFiles.complaining(file) {
                    try append(file, name, mask, set, strategy, to: &table)
                }
            }
        }
        try table.print(as: format)
    }

    private func masks(
        _ set: FCSDataSet, _ strategy: GatingStrategy?, _ file: String
    ) throws -> [(String, EventMask?)] {
        guard let strategy, let population else { return [("all events", nil)] }
        let result = try CytometryFiles.complaining(file) {
            try CytometryFiles.run(strategy, on: set)
        }
        return try population.split(separator: ",").map { part in
            let id = String(part)
            guard let mask = result.members(of: id) else {
                throw Complaint.misuse(
                    "there is no population '\(id)'",
                    wayOut: "there are: \(strategy.populationIDs.joined(separator: ", "))")
            }
            return (id, mask)
        }
    }

    private func append(
        _ file: String, _ name: String, _ mask: EventMask?, _ set: FCSDataSet,
        _ strategy: GatingStrategy?, to table: inout Table
    ) throws {
        let reader = ColumnReader(try strategy ?? GatingStrategy(gates: []), on: set)
        table.rows += try CytometryFiles.eachChannel(of: set) { index in
            let parameter = set.parameters[index]
            let dimension = GateDimension.channel(
                parameter.name, compensation: compensate ? .file : .none)
            let values = try reader.values(of: dimension, in: mask)
            let summary = ValueSummary(values)
            let axis = PlotAxis.standard(dimension, of: set)
            let modes = Distribution(values.map { axis.place(of: $0) })?.modes.count
            return [
                .init(file), .init(name), .init(parameter.name), .init(summary.count),
                .init(summary.median), .init(summary.mean), .init(summary.geometricMean),
                .init(summary.standardDeviation), .init(summary.robustCoefficientOfVariation),
                .init(summary.percentile5), .init(summary.percentile95),
                modes.map { .init($0) } ?? .empty,
            ]
        }
    }
}
