import ArgumentParser
import Cytometry
import Foundation

/// `seedlot cytometry events FILE`: the numbers themselves.
struct CytometryEventsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "events", abstract: "Print events as text, CSV or JSON.")

    /// Which numbers of an event.
    enum Values: String, ExpressibleByArgument, CaseIterable {
        case stored, scale, compensated
    }

    @Argument(help: "An FCS file.") var file: String
    @Option(help: "stored: as in the file; scale: after gain and amplification; compensated.")
    var values = Values.scale
    @Option(help: "Channels to print, separated by commas; all when absent.")
    var channels: String?
    @Option(help: "Print at most this many events; 0 for all.") var limit = 20
    @Option(help: "Gates (Gating-ML 2.0 or FlowJo workspace).") var gates: String?
    @Option(help: "Print only the members of this population.") var population: String?
    @Option(help: "text, csv or json.") var format = TableFormat.text
    @OptionGroup var fcs: FCSOptions

    func run() throws {
        let set = try fcs.open(file)
        let indices = try chosen(set)
        let mask = try members(set)
        var columns = try CytometryFiles.complaining(file) {
            try indices.map { try column($0, set, mask) }
        }
        if limit > 0 { columns = columns.map { $0.prefix(limit) } }
        let names = indices.map { set.parameters[$0].name }
        let count = columns.first?.count ?? 0
        // CSV is streamed: a table of a whole file would not fit a terminal's patience.
        guard format != .csv else { return stream(names, columns, count) }
        var table = Table(columns: ["event"] + names)
        let numbers = mask?.indices
        for event in 0..<count {
            let number = numbers.map { $0[event] + 1 } ?? event + 1
            table.rows.append([.init(number)] + columns.map { $0[event] })
        }
        if format == .json, Set(names).count != names.count {
            throw Complaint(
                "'\(file)' has parameters of the same name, which JSON objects cannot hold",
                wayOut: "use --format csv, or choose with --channels")
        }
        try table.print(as: format)
    }

    private func chosen(_ set: FCSDataSet) throws -> [Int] {
        guard let channels else { return Array(set.parameters.indices) }
        return try channels.split(separator: ",").map { part in
            let name = part.trimmingCharacters(in: .whitespaces)
            if let index = set.parameterIndex(named: name) { return index }
            if let number = Int(name), set.parameters.indices.contains(number - 1) {
                return number - 1
            }
            throw Complaint.misuse(
                "'\(file)' has no channel '\(name)'",
                wayOut: "it has: \(set.channelNames.joined(separator: ", "))")
        }
    }

    private func members(_ set: FCSDataSet) throws -> EventMask? {
        guard let population else { return nil }
        guard let gates else {
            throw Complaint.misuse("--population needs --gates")
        }
        let strategy = try CytometryFiles.strategy(gates, for: file)
        let result = try CytometryFiles.complaining(file) {
            try CytometryFiles.run(strategy, on: set)
        }
        guard let mask = result.members(of: population) else {
            throw Complaint.misuse(
                "'\(gates)' has no population '\(population)'",
                wayOut: "it has: \(strategy.populationIDs.joined(separator: ", "))")
        }
        return mask
    }

    /// The values of one channel. Stored integers stay integers: not each one is a `Double`.
    private enum Column {
        case numbers([Double])
        case integers([UInt64])

        var count: Int {
            switch self {
            case .numbers(let values): values.count
            case .integers(let values): values.count
            }
        }

        subscript(event: Int) -> Table.Cell {
            switch self {
            case .numbers(let values): .init(values[event])
            case .integers(let values): .integer(values[event])
            }
        }

        func prefix(_ count: Int) -> Self { at(Array(0..<Swift.min(count, self.count))) }

        func at(_ events: [Int]) -> Self {
            switch self {
            case .numbers(let values): .numbers(events.map { values[$0] })
            case .integers(let values): .integers(events.map { values[$0] })
            }
        }
    }

    private func column(_ index: Int, _ set: FCSDataSet, _ mask: EventMask?) throws -> Column {
        let all: Column
        switch values {
        case .stored:
            all =
                set.exactIntegers(of: index).map { .integers($0) }
                ?? .numbers(set.storedValues(of: index))
        case .scale: all = .numbers(set.scaleValues(of: index))
        case .compensated:
            let reader = ColumnReader(try GatingStrategy(gates: []), on: set)
            return .numbers(
                try reader.values(
                    of: .channel(set.parameters[index].name, compensation: .file), in: mask))
        }
        return mask.map { all.at($0.indices) } ?? all
    }

    private func stream(_ names: [String], _ columns: [Column], _ count: Int) {
        var text = names.map(Table.quoted).joined(separator: ",") + "\n"
        for event in 0..<count {
            text += columns.map { $0[event].plain }.joined(separator: ",") + "\n"
            if text.utf8.count > 1 << 20 {
                print(text, terminator: "")
                text = ""
            }
        }
        print(text, terminator: "")
    }
}
