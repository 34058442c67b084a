import ArgumentParser
import Cytometry

/// `seedlot cytometry gate FILE… --gates GATES`: how many events each population has.
struct CytometryGateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gate",
        abstract: "Apply gates and count each population, with the interval of its percentage.")

    @Argument(help: "FCS files.") var files: [String]
    @Option(help: "Gates (Gating-ML 2.0 or a FlowJo 10 workspace).")
    var gates: String
    @Option(help: "Confidence level of the intervals.") var confidence = 0.95
    @Option(help: "Threads to use; the counts do not depend on it.") var threads: Int?
    @Option(help: "text, csv or json.") var format = TableFormat.text
    @OptionGroup var fcs: FCSOptions

    func run() throws {
        guard confidence > 0, confidence < 1 else {
            throw Complaint.misuse("--confidence is \(confidence), expected a level such as 0.95")
        }
        var table = Table(columns: [
            "file", "population", "parent", "count", "percent of parent", "lower", "upper",
            "percent of all",
        ])
        for file in files {
            let set = try fcs.open(file)
            let strategy = try CytometryFiles.strategy(gates, for: file)
            for remark in strategy.remarks { Terminal.error("note: '\(gates)': \(remark)") }
            let result = try CytometryFiles.complaining(file) {
                try CytometryFiles.run(
                    strategy, on: set, threads: threads ?? CytometryFiles.threads,
                    membership: false)
            }
            for population in result.populations {
                let share = ProportionInterval(
                    count: population.count, total: population.parentCount,
                    confidence: confidence)
                table.rows.append([
                    .init(file), .init(population.id), .init(population.parent),
                    .init(population.count), .init(share?.percent), .init(share?.lower),
                    .init(share?.upper), .init(population.percentOfAll),
                ])
            }
        }
        try table.print(as: format)
    }
}
