package import Facility
package import Ledger
import Quantities

/// What papers of the site are made from: the site as it stands, and the entries they print
/// signatures of.
///
/// One value speaks of one moment. It reads the ledger once, when it is made; the papers
/// themselves are pure.
package struct PaperSource: Sendable {
    package let state: SiteState
    /// The name of the ledger.
    package let origin: String
    /// The instant of the newest entry the state knows of.
    package let instant: Timestamp
    /// Signatures by the entry they stand in.
    private let signatures: [UInt64: [PersonSignature]]

    /// Reads what the papers of `subject` need.
    ///
    /// - Parameters:
    ///   - stamps: the entries whose signatures are printed.
    package init(
        state: SiteState, origin: String, stamps: [Stamp], storage: any LedgerStorageEngine
    ) async throws(CertificateError) {
        var signatures: [UInt64: [PersonSignature]] = [:]
        var instant = Timestamp(milliseconds: 0)
        let reader = LedgerReader(storage: storage)
        let last = state.entryCount > 0 ? state.entryCount - 1 : 0
        let wanted = Set(stamps.map(\.entry)).union([last]).filter { $0 <= last }.sorted()
        for run in Self.runs(of: wanted) {
            let entries: [LedgerEntry]
            do throws(StorageError) {
                entries = try await reader.entries(
                    from: run.lowerBound, limit: Int(run.upperBound - run.lowerBound) + 1)
            } catch {
                throw .storage(error)
            }
            for entry in entries {
                if !entry.draft.signatures.isEmpty {
                    signatures[entry.index] = entry.draft.signatures
                }
                if entry.index == last, let recorded = Timestamp(entry.draft.recorded) {
                    instant = recorded
                }
            }
        }
        self.state = state
        self.origin = origin
        self.instant = instant
        self.signatures = signatures
    }

    /// The signatures of the entry of `stamp`; without any, the person who made it.
    func signatures(_ act: String, _ stamp: Stamp?) -> [PaperSignature] {
        guard let stamp else { return [] }
        let found = signatures[stamp.entry] ?? []
        guard !found.isEmpty else {
            return [
                PaperSignature(
                    act: act, name: name(of: stamp.person), meaning: nil,
                    instant: printed(stamp.happened), keyID: nil, entry: stamp.entry)
            ]
        }
        return found.map {
            PaperSignature(
                act: act, name: $0.printedName, meaning: $0.meaning.rawValue,
                instant: Timestamp($0.at).map(printed) ?? $0.at, keyID: $0.keyID,
                entry: stamp.entry)
        }
    }

    /// The name of `person` as it is printed on records.
    func name(of person: PersonID) -> String { state.people[person]?.name ?? person.text }

    /// Who did it, when it happened, when it was entered if that was later, and the entry.
    func who(_ stamp: Stamp) -> String {
        let late =
            stamp.isLate ? ", entered late: \(printed(stamp.recorded))" : ""
        return "\(name(of: stamp.person)), \(printed(stamp.happened))\(late), entry \(stamp.entry)"
    }

    /// Who and on which day, for a table that gives the entry beside it.
    func whoAndDay(_ stamp: Stamp) -> String {
        let late = stamp.isLate ? ", entered late on \(printed(stamp.recorded).prefix(10))" : ""
        return "\(printed(stamp.happened).prefix(10)), \(name(of: stamp.person))\(late)"
    }

    /// A limit as papers print it: ≥ 70 %, 75 to 90 %, no growth.
    func printed(_ limit: Criterion) -> String {
        switch limit {
        case .within(let range):
            range.description.replacing(">=", with: "≥").replacing("<=", with: "≤")
                .replacing("..", with: " to ")
        case .observed(let words): words
        case .reported: "reported"
        }
    }

    /// An instant as papers print it.
    func printed(_ instant: Timestamp) -> String {
        let text = instant.description
        return "\(text.prefix(10)) \(text.dropFirst(11).prefix(8)) UTC"
    }

    /// What a paper made from the entries of `stamps` under `master` rests on.
    func basis(of stamps: [Stamp], under master: MasterRecord?) -> PaperBasis {
        let entries = stamps.map(\.entry)
        let range =
            if let first = entries.min(), let last = entries.max() {
                first == last ? "entry \(first)" : "entries \(first) to \(last)"
            } else {
                "no entry"
            }
        var facts = [
            PaperFact(
                "Ledger entries",
                entries.count < 2 ? range : "\(range), \(Set(entries).count) of them in this paper"),
            PaperFact("Ledger", .code(origin)),
            PaperFact(
                "As the ledger stood",
                "with \(state.entryCount) entries, the last of \(printed(instant))"),
        ]
        if let master { facts += definition(of: master) }
        let definition = master.map { " · definition \($0.id)" } ?? ""
        return PaperBasis(
            facts: facts, footer: "\(origin) · \(range)\(definition)", instant: instant)
    }

    /// What a paper made from the whole ledger under several versions of a definition rests on.
    func basis(underAll masters: [MasterRecord]) -> PaperBasis {
        var basis = basis(of: [], under: nil)
        let range = "entries 0 to \(state.entryCount == 0 ? 0 : state.entryCount - 1)"
        basis.facts[0] = PaperFact("Ledger entries", range)
        basis.facts += masters.flatMap(definition)
        let definitions = masters.map { " · definition \($0.id)" }.joined()
        basis.footer = "\(origin) · \(range)\(definitions)"
        return basis
    }

    private func definition(of master: MasterRecord) -> [PaperFact] {
        [
            PaperFact(
                "Definition",
                "\(master.id), version \(master.product.version) of \(master.product.name)"),
            PaperFact("Digest of the definition (SHA-256)", .code(master.digest.hex)),
        ]
    }

    /// `wanted`, ascending, as runs that are read at once: gaps of a few entries cost less than
    /// another read.
    private static func runs(of wanted: [UInt64]) -> [ClosedRange<UInt64>] {
        var runs: [ClosedRange<UInt64>] = []
        for entry in wanted {
            if let last = runs.last, entry - last.upperBound < 64,
                entry - last.lowerBound < UInt64(LedgerReader.pageMax)
            {
                runs[runs.count - 1] = last.lowerBound...entry
            } else {
                runs.append(entry...entry)
            }
        }
        return runs
    }
}
