import Facility
import Foundation
import Ledger
import Operations
import SQLiteLedger

/// Makes a site large by going on with its own history: what was decided once happens again under
/// other names and on later days, so that the mix of facts is that of a real site. To this come a
/// store of so many positions and so many readings of the pressure between two rooms.
///
/// The facts are appended by the ledger's own writer. They are not decided again: that would take
/// the hours that the decades took.
struct LargerSite {
    private let folder: SiteFolder
    private let storage: SQLiteLedgerStorage
    private let base: SiteState
    private let history: [LedgerEntry]
    private let begin: Timestamp
    private let end: Timestamp
    private let writer: LedgerWriter
    private var pending: [PendingAppend] = []
    private var drafts: [EntryDraft] = []
    private var written: UInt64

    /// Entries of one commit.
    private static let batchSize = 500

    /// Facts that set the site up, which happens once.
    private static let setUp = [
        "site.", "people.", "definition.", "room.registered", "equipment.registered",
        "organisation.registered", "token.", "line.",
    ]
    /// Things that a repetition has again, under other names.
    private static let repeated: Set<Thing> = [
        .donor, .lot, .container, .bank, .batch, .deviation, .patient, .order, .shipment, .sample,
        .excursion, .capa, .change, .complaint, .recall, .study, .simulation, .environmentSample,
        .cytometryAnalysis,
    ]

    /// The site at `path`.
    init(path: String) async throws {
        folder = try SiteFolder(opening: URL(filePath: path))
        storage = try SQLiteLedgerStorage(path: folder.ledger.path, access: .writing)
        base = try await Site.state(of: folder, in: storage)
        var history: [LedgerEntry] = []
        let reader = LedgerReader(storage: storage)
        while history.count < Int(base.entryCount) {
            history += try await reader.entries(from: UInt64(history.count))
        }
        self.history = history
        begin = history.first.flatMap { Timestamp($0.draft.recorded) } ?? .latest
        end = history.last.flatMap { Timestamp($0.draft.recorded) } ?? .latest
        writer = try await LedgerWriter(
            storage: storage, signer: try folder.signer(), origin: folder.profile.origin)
        written = base.entryCount
    }

    /// Repeats the history `copies` times, fills `positions` positions of storage and records
    /// `readings` pressures; then a snapshot is kept, as a site that grew would have one.
    mutating func grow(copies: Int, positions: Int, readings: Int) async throws {
        // A repetition begins a second after the one before ended, in whole days.
        let days = Int((end.milliseconds - begin.milliseconds) / 86_400_000) + 1
        for copy in 1...max(copies, 1) where copies > 0 {
            for entry in history where !Self.setUp.contains(where: entry.kind.hasPrefix) {
                try await add(repeated(entry, copy, days * copy))
            }
        }
        let last = end.advanced(bySeconds: Int64(days * (copies + 1)) * 86_400)
        try await fill(positions, at: last)
        try await read(readings, from: last)
        try await commit(whole: true)
        print("\(written) entries")
        let site = try await Site(
            folder: folder, storage: storage, clock: SetClock(last), scryptCost: .quick)
        try await site.keepSnapshot()
        try storage.close()
    }

    private func repeated(_ entry: LedgerEntry, _ copy: Int, _ days: Int) -> EntryDraft {
        func moved(_ text: String) -> String? {
            if let instant = Timestamp(text) {
                return instant.advanced(bySeconds: Int64(days) * 86_400).description
            }
            return CalendarDate(text)?.advanced(byDays: days).description
        }
        func renamed(_ value: JSONValue) -> JSONValue {
            switch value {
            case .string(let text):
                if let thing = base.things[text] {
                    return .string(Self.repeated.contains(thing) ? "\(text).\(copy)" : text)
                }
                if let later = moved(text) { return .string(later) }
                // A position holds one container: each repetition has its own freezer.
                guard let slash = text.firstIndex(of: "/"), base.positions[text] != nil else {
                    return value
                }
                return .string("\(text[..<slash]).\(copy)\(text[slash...])")
            case .array(let elements): return .array(elements.map(renamed))
            case .object(let members): return .object(members.mapValues(renamed))
            case .null, .bool, .number: return value
            }
        }
        let draft = entry.draft
        return EntryDraft(
            kind: draft.kind, body: renamed(draft.body), at: moved(draft.at) ?? draft.at,
            recorded: moved(draft.recorded) ?? draft.recorded, by: draft.by,
            command: "\(draft.command).\(copy)", files: draft.files)
    }

    /// Banks of two hundred vials, each vial on a position of its own: boxes of a hundred, racks of
    /// twenty boxes, freezers of ten racks.
    private mutating func fill(_ positions: Int, at instant: Timestamp) async throws {
        guard positions > 0,
            let filling = history.first(where: { $0.kind == "batch.bank-filled/1" })
        else { return }
        func draft(_ kind: String, _ body: JSONValue) -> EntryDraft {
            EntryDraft(
                kind: kind, body: body, at: instant.description, recorded: instant.description,
                by: filling.draft.by, command: "store-\(written)")
        }
        for bank in 0..<(positions + 199) / 200 {
            let name = "STORE-\(bank + 1)"
            let vials = (bank * 200..<min((bank + 1) * 200, positions)).map { $0 }
            var body = filling.body.objectValue ?? [:]
            body["bank"] = .string(name)
            body["containers"] = .array(vials.map { .string("\(name)-\($0 % 200 + 1)") })
            try await add(draft(filling.kind, .object(body)))
            if bank % 10 > 0 {
                try await add(draft("bank.released/1", ["bank": .string(name)]))
            }
            for vial in vials {
                let (freezer, rack, box) = (vial / 20_000, vial / 2_000 % 10, vial / 100 % 20)
                try await add(
                    draft(
                        "container.moved/1",
                        [
                            "container": .string("\(name)-\(vial % 200 + 1)"),
                            "position": .string(
                                "LN2-\(freezer + 10)/R\(rack + 1)/B\(box + 1)/\(vial % 100 + 1)"),
                        ]))
            }
        }
    }

    private mutating func read(_ readings: Int, from instant: Timestamp) async throws {
        let rooms = base.rooms.inOrder.map(\.id.text)
        guard rooms.count > 1 else { return }
        for number in 0..<readings {
            let at = instant.advanced(bySeconds: Int64(number)).description
            try await add(
                EntryDraft(
                    kind: "environment.pressure-recorded/1",
                    body: [
                        "room": .string(rooms[1 + number % (rooms.count - 1)]),
                        "beside": .string(rooms[0]), "difference": .string("\(16 + number % 9) Pa"),
                    ], at: at, recorded: at, by: "operator-\(1 + number % 2)",
                    command: "reading-\(number)"))
        }
    }

    private mutating func add(_ draft: EntryDraft) async throws {
        drafts.append(draft)
        written += 1
        if drafts.count == Self.batchSize { try await commit() }
    }

    private mutating func commit(whole: Bool = false) async throws {
        if !drafts.isEmpty { pending.append(try writer.submit(drafts)) }
        drafts = []
        guard whole || pending.count == 8 else { return }
        for append in pending { _ = try await append.receipt }
        pending = []
    }
}
