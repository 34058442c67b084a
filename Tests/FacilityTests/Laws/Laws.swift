import Facility
import Ledger
import TestSupport

/// The laws of a site, held against its ledger.
///
/// Nothing here asks the state what it thinks of itself where the entries can be added up instead.
enum Laws {
    /// Checks everything that must hold of `site`, which went on from `opening`.
    static func check(_ site: TestSite, since opening: TestSite = TestSite()) throws {
        var state = opening.state
        var record = Record()
        for entry in opening.entries { record.add(entry) }
        for given in site.given.dropFirst(opening.given.count) {
            try mayBeGiven(given, in: state)
            let entries = site.entries[given.entries]
            try isDecidedAgain(given, as: entries, in: state)
            for entry in entries {
                let (fact, stamp) = try entry.fact()
                try isRightful(fact, stamp, before: state, record)
                state.apply(fact, at: stamp)
                record.add(entry)
            }
        }
        try isTheSame(state, as: site.state, "replay gives another state")
        try materialIsConserved(site)
        try genealogyIsWhole(site)
    }

    /// Byte for byte, by the image that a snapshot keeps; a snapshot that is read gives it again.
    private static func isTheSame(
        _ state: SiteState, as other: SiteState, _ message: String
    ) throws {
        let image = try StateImage.encode(state)
        guard try image == StateImage.encode(other) else {
            let (one, two) = (StateDump.text(of: state), StateDump.text(of: other))
            let lines = zip(one.split(separator: "\n"), two.split(separator: "\n"))
            let line = lines.first { $0 != $1 }
            throw Broken("\(message): \(line?.0 ?? "") for \(line?.1 ?? "")")
        }
        let read = try StateImage.decode(SiteState.self, from: image[...])
        try require(try StateImage.encode(read) == image, "a snapshot reads as another state")
    }

    /// Nobody acts beyond their role.
    private static func mayBeGiven(_ given: TestSite.Given, in state: SiteState) throws {
        guard state.name != nil else { return }
        let type = type(of: given.command)
        let person = state.people[given.moment.person]
        try require(person?.isActive == true, "\(given.moment.person) has no access")
        try require(
            person?.roles.contains { $0.permissions.contains(type.permission) } == true,
            "\(given.moment.person) may not do \(type.name)")
    }

    /// No fact exists that its command could not be decided to.
    private static func isDecidedAgain(
        _ given: TestSite.Given, as entries: ArraySlice<LedgerEntry>, in state: SiteState
    ) throws {
        let facts = try state.decide(given.command, at: given.moment)
        try require(facts.count == entries.count, "decided to \(facts.count) facts")
        for (fact, entry) in zip(facts, entries) {
            try require(
                try type(of: fact).kind == entry.kind && JSONValue(encoding: fact) == entry.body,
                "entry \(entry.index) of kind \(entry.kind) is not what its command decides")
        }
    }
}

extension Laws {
    /// What the entries so far say of releases and of who did what.
    struct Record {
        /// When lots and containers were released, and by the facts since filled into what.
        var released: [String: Timestamp] = [:]
        /// Who took part in the execution and testing of a batch, or received a lot, and with what.
        var hands: [String: [String: String]] = [:]
        /// Who entered something in a step, by batch and step, and what.
        var stepHands: [String: [String: String]] = [:]
        /// Lots used in a batch, with the entry.
        var lots: [String: [(lot: String, entry: UInt64)]] = [:]
        /// The batches that went into a batch, and how many entries of theirs.
        var sources: [String: [(batch: String, before: UInt64)]] = [:]
        private var filled: [String: [String]] = [:]
        /// What each deviation is about, as the entries say.
        private(set) var subjects: [String: Set<String>] = [:]

        /// What is decided on a batch is no work in it.
        private static let decisions: Set<String> = [
            "batch.split/1", "batch.pooled/1", "testing.result-invalidated/1",
            "batch.reviewed/1", "batch.certified/1", "batch.rejected/1", "batch.points-confirmed/1",
            "batch.exception-disposed/1", "batch.alert-sent/1", "batch.second-stage-closed/1",
            "batch.exceptional-supply-allowed/1", "batch.reprocessed/1",
        ]

        mutating func add(_ entry: LedgerEntry) {
            func text(_ field: String) -> String { entry.body[field]?.stringValue ?? "" }
            func texts(_ field: String) -> [String] {
                entry.body[field]?.arrayValue?.compactMap(\.stringValue) ?? []
            }
            let (batch, by) = (text("batch"), entry.draft.by)
            let isExecution = entry.kind.hasPrefix("batch.") || entry.kind.hasPrefix("testing.")
            if !batch.isEmpty, isExecution, !Self.decisions.contains(entry.kind) {
                hands[batch, default: [:]][by] = entry.kind
                stepHands["\(batch) \(text("step"))", default: [:]][by] = entry.kind
            }
            switch entry.kind {
            case "deviation.opened/1":
                subjects[text("deviation")] = Set(
                    texts("subjects") + [batch].filter { !$0.isEmpty })
            case "deviation.batch-affected/1": subjects[text("deviation")]?.insert(batch)
            case "deviation.extended/1":
                subjects[text("deviation")]?.formUnion(texts("subjects"))
            case "material.received/1", "material.prepared/1", "material.preparation-checked/1":
                hands[text("lot"), default: [:]][by] = entry.kind
            case "material.released/1": released[text("lot")] = Timestamp(entry.draft.at)
            case "donation.released/1":
                released[text("container")] = Timestamp(entry.draft.at)
            case "batch.bank-filled/1", "bank.received/1":
                filled[text("bank"), default: []] += texts("containers")
            case "batch.doses-filled/1": filled[batch, default: []] += texts("containers")
            case "bank.released/1", "batch.certified/1", "batch.exceptional-supply-allowed/1":
                let origin = entry.kind == "bank.released/1" ? text("bank") : batch
                for id in filled[origin] ?? [] {
                    released[id] = Timestamp(entry.draft.at)
                }
            case "batch.material-consumed/1":
                lots[batch, default: []].append((text("lot"), entry.index))
            case "batch.reprocessed/1":
                // Another execution is other work, which other hands may do and verify.
                for step in texts("steps") { stepHands["\(batch) \(step)"] = nil }
            case "batch.split/1": sources[text("into")] = [(batch, entry.index)]
            case "batch.pooled/1":
                sources[batch, default: []].append((text("from"), entry.index))
            default: break
            }
        }

        /// `batch` and everything whose cells are in it, with the entries that count.
        func family(of batch: String, before: UInt64 = .max) -> [(batch: String, before: UInt64)] {
            [(batch, before)]
                + (sources[batch] ?? []).filter { $0.before < before }
                .flatMap { family(of: $0.batch, before: $0.before) }
        }
    }
}
