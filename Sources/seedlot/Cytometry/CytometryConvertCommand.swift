import ArgumentParser
import Cytometry
import Foundation

/// `seedlot cytometry convert IN OUT`: events to FCS 3.1, gates to Gating-ML 2.0.
struct CytometryConvertCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "convert",
        abstract: "Write events as FCS 3.1, or the gates of a FlowJo workspace as Gating-ML 2.0.")

    @Argument(help: "An FCS file, a Gating-ML document or a FlowJo workspace (.wsp).")
    var input: String
    @Argument(help: "The file to write.") var output: String
    @Option(help: "Gates; with --population only its members are written.") var gates: String?
    @Option(help: "Write only the members of this population.") var population: String?
    @Option(help: "Name of the sample in a FlowJo workspace.") var sample: String?
    @OptionGroup var fcs: FCSOptions

    func run() throws {
        if CytometryFiles.isDocument(input) {
            let strategy = try CytometryFiles.strategy(input, for: sample)
            if strategy.transforms.values.contains(where: { $0.isTabulated }) {
                throw Complaint(
                    "'\(input)' uses FlowJo's biexponential scale, which Gating-ML 2.0 lacks",
                    wayOut: "gate with the workspace itself")
            }
            for remark in strategy.remarks { Terminal.error("note: \(remark)") }
            return try CytometryFiles.write(Array(GatingML.write(strategy).utf8), to: output)
        }
        let set = try fcs.open(input)
        let mask = try members(set)
        let columns = CytometryFiles.eachChannel(of: set) { index in
            let parameter = set.parameters[index]
            let all = set.scaleValues(of: index)
            return FCSWriter.Column(
                name: parameter.name, label: parameter.label,
                range: parameter.isTime ? (all.max() ?? 1) + 1 : parameter.range,
                values: mask.map { mask in mask.indices.map { all[$0] } } ?? all)
        }
        let bytes = FCSWriter.write(
            columns, spillover: (try? set.spillover()) ?? nil,
            keywords: set.keywords.entries.map { ($0.name, $0.value) })
        try CytometryFiles.write(bytes, to: output)
        Terminal.error("wrote \(columns.first?.values.count ?? 0) events to '\(output)'")
    }

    private func members(_ set: FCSDataSet) throws -> EventMask? {
        guard let population else { return nil }
        guard let gates else { throw Complaint.misuse("--population needs --gates") }
        let strategy = try CytometryFiles.strategy(gates, for: input)
        let result = try CytometryFiles.complaining(input) {
            try CytometryFiles.run(strategy, on: set)
        }
        guard let mask = result.members(of: population) else {
            throw Complaint.misuse(
                "there is no population '\(population)'",
                wayOut: "there are: \(strategy.populationIDs.joined(separator: ", "))")
        }
        return mask
    }
}

extension ScaleTransform {
    fileprivate var isTabulated: Bool { if case .tabulated = kind { true } else { false } }
}
