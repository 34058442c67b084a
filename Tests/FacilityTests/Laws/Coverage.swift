import Facility

/// Where walks have been.
struct Coverage {
    /// Commands that were accepted, refused, and not read, by name.
    var accepted: [String: Int] = [:]
    var refused: [String: Int] = [:]
    var unread: [String: Int] = [:]
    /// Refusals by their code.
    var codes: [String: Int] = [:]
    /// How things stood when the walks ended: batches by status, containers by place.
    var endings: [String: Int] = [:]

    /// Counts how the things of a site stand at the end of a walk.
    mutating func end(at state: SiteState) {
        for batch in state.batches.values {
            endings["batch \(batch.status.rawValue)", default: 0] += 1
        }
        for container in state.containers.values {
            let place = "\(container.location)".prefix { $0 != "(" }
            endings["container \(place)", default: 0] += 1
        }
        for bank in state.banks.values {
            endings["bank \(bank.status.rawValue)", default: 0] += 1
        }
    }

    mutating func add(_ other: Coverage) {
        accepted.merge(other.accepted, uniquingKeysWith: +)
        refused.merge(other.refused, uniquingKeysWith: +)
        unread.merge(other.unread, uniquingKeysWith: +)
        codes.merge(other.codes, uniquingKeysWith: +)
        endings.merge(other.endings, uniquingKeysWith: +)
    }

    /// The commands of the catalogue that were never accepted.
    var neverAccepted: [String] {
        CommandCatalogue.all.map { $0.name }.filter { accepted[$0] == nil }.sorted()
    }

    /// A table of everything, for the report of a long run.
    var report: String {
        func sum(_ counts: [String: Int]) -> Int { counts.values.reduce(0, +) }
        var lines = [
            "\(sum(accepted)) accepted, \(sum(refused)) refused, \(sum(unread)) unread; "
                + "\(CommandCatalogue.all.count - neverAccepted.count) of "
                + "\(CommandCatalogue.all.count) commands accepted, "
                + "\(codes.count) kinds of refusal"
        ]
        for name in CommandCatalogue.all.map({ $0.name }).sorted() {
            lines.append(
                "\(name): \(accepted[name] ?? 0) accepted, \(refused[name] ?? 0) refused, "
                    + "\(unread[name] ?? 0) unread")
        }
        lines += endings.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
        return lines.joined(separator: "\n")
    }
}
