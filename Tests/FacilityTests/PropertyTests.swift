import Facility
import Foundation
import Ledger
import Quantities
import Testing
import TestSupport

/// Laws that hold after any sequence of commands.
///
/// `SEEDLOT_CASES=10000 SEEDLOT_STEPS=200` is the soak. The seed of a sequence that breaks a law is
/// printed; `SEEDLOT_SEED` replays it alone.
@Suite struct PropertyTests {
    private static let steps =
        ProcessInfo.processInfo.environment["SEEDLOT_STEPS"].flatMap { Int($0) } ?? 60

    @Test func everySequenceKeepsTheLaws() throws {
        let start = try TestSite.withCertifiedBatch()
        forAll(cases: 12) { generator in
            var walk = Walk(site: start, generator: generator)
            for _ in 0..<Self.steps { try walk.step() }
            try Laws.check(walk.site, uses: walk.uses)
            generator = walk.generator
        }
    }

    /// The walk is worth something only when it goes places.
    @Test func theWalkReachesMostOfTheSite() throws {
        var generator = SeededGenerator(seed: 7)
        var kinds: Set<String> = []
        for _ in 0..<6 {
            var walk = Walk(site: try TestSite.withCertifiedBatch(), generator: generator)
            for _ in 0..<150 { try walk.step() }
            kinds.formUnion(walk.kinds)
            generator = walk.generator
        }
        #expect(kinds.count >= 25, "\(kinds.sorted())")
    }
}

/// A random walk of commands that often make sense, by people who often may.
struct Walk {
    var site: TestSite
    var generator: SeededGenerator
    /// Every use of a container or lot, as it was decided.
    var uses: [Use] = []
    var kinds: Set<String> = []

    /// One use, with how the thing stood just before.
    struct Use {
        var what: String
        var wasReleased: Bool
        var wasInDate: Bool
        var wasHeld: Bool
        var wasInStock: Bool
    }

    private let people: [Role: String] = [
        .administrator: "admin", .operator_: "operator-1", .supervisor: "supervisor",
        .qualityControl: "analyst", .qualityAssurance: "reviewer", .qualifiedPerson: "qp",
        .inspector: "inspector",
    ]

    mutating func step() throws {
        let type = CommandCatalogue.all.randomElement(using: &generator)!
        guard type.name != "site.found", type.name != "definition.register" else { return }
        let body = plausible(type)
        guard let command = try? CommandCatalogue.decode(type.name, from: body) else { return }
        let before = site
        let person = actor(for: type)
        // The clock moves on by minutes, sometimes by weeks: lots and containers expire.
        if chance(1, in: 12) {
            site.now = site.now.advanced(bySeconds: Int64(int(1...60)) * 86_400)
        }
        let uses = standing(of: command)
        do {
            let facts = try site.perform(command, as: person)
            kinds.formUnion(facts)
            self.uses += uses
            let roles = before.state.people[PersonID(person)!]?.roles ?? []
            try require(
                roles.contains { $0.permissions.contains(type.permission) },
                "\(person) did \(type.name)")
        } catch let rejection as Rejection {
            try require(!rejection.message.isEmpty, "refused without a reason")
            try require(site.entries.count == before.entries.count, "a refusal recorded something")
            try require(
                site.state.entryCount == before.state.entryCount, "a refusal changed the state")
        }
    }

    /// How the things a command would use stand now.
    private func standing(of command: any Command) -> [Use] {
        let day = site.now.advanced(bySeconds: 60).date
        switch command {
        case let use as UseContainer: return [standing(use.container, day)].compactMap { $0 }
        case let sent as DispatchShipment:
            return sent.containers.compactMap { standing($0, day) }
        case let consumed as ConsumeMaterial:
            return site.state.lots[consumed.lot].map { lot in
                let allowed =
                    lot.status == .released
                    || lot.conditionalUses.contains { $0.batch == consumed.batch }
                return [
                    Use(
                        what: lot.id.text, wasReleased: allowed, wasInDate: lot.expiry >= day,
                        wasHeld: !lot.holds.isEmpty, wasInStock: true)
                ]
            } ?? []
        default: return []
        }
    }

    private func standing(_ id: ContainerID, _ day: CalendarDate) -> Use? {
        site.state.containers[id].map { container in
            Use(
                what: id.text, wasReleased: container.status == .released,
                wasInDate: container.expires.map { $0 >= day } ?? true,
                wasHeld: !container.holds.isEmpty, wasInStock: container.isInStock)
        }
    }

    private mutating func actor(for type: any Command.Type) -> String {
        let able = Role.allCases.filter { $0.permissions.contains(type.permission) }
        if chance(1, in: 10) { return people.values.sorted().randomElement(using: &generator)! }
        let role = able.randomElement(using: &generator)!
        let person = people[role]!
        return person == "operator-1" && chance(1, in: 3) ? "operator-2" : person
    }

    private mutating func plausible(_ type: any Command.Type) -> JSONValue {
        guard case .object(let fields) = type.schema else { return [:] }
        var members: [String: JSONValue] = [:]
        // A batch, and a step of it that is open, make the rest of the fields meaningful.
        let batch = site.state.batches.inOrder.filter { $0.status == .open }
            .randomElement(using: &generator)
        for field in fields where field.isRequired || chance(1, in: 3) {
            members[field.name] = value(field.name, field.schema, batch, type)
        }
        return .object(members)
    }

    private mutating func value(
        _ name: String, _ schema: FieldSchema, _ batch: Batch?, _ type: any Command.Type
    ) -> JSONValue {
        switch (name, schema) {
        case ("definition", _): return "SMALL-1.0.0"
        case ("stage", _): return chance(1, in: 2) ? "banking" : "production"
        case ("step", _):
            let steps = batch.flatMap { try? site.state.stage(of: $0) }?.steps.map(\.id) ?? []
            return .string(steps.randomElement(using: &generator) ?? "thaw")
        case ("parameter", _):
            return .string(["rinse", "time", "rate"].randomElement(using: &generator)!)
        case ("check", _): return "morphology"
        case ("material", _):
            return .string(["medium", "cryo", "cord"].randomElement(using: &generator)!)
        case ("test", _):
            return .string(
                ["viability", "identity", "sterility", "potency"].randomElement(using: &generator)!)
        case ("observation", _):
            return .string(
                ["no growth", "88 %", "97 %", "2.3", "60 %", "spindle-shaped"]
                    .randomElement(using: &generator)!)
        case ("concentrations", _): return ["1.0e6 cells/mL"]
        case ("viability", _): return "90 %"
        case ("value", _):
            return .string(
                ["5 min", "2.5 min", "-1 °C/min", "3.5 min", "30 min"]
                    .randomElement(using: &generator)!)
        case ("cells", _): return "5e6 cells"
        case ("extreme", _), ("temperature", _), ("highestTemperature", _): return "-150 °C"
        case (_, .formatted(_, "ID-0001")): return .string(identifier(name, batch, type))
        case (_, .formatted(_, "2500 cells/cm2")):
            return .string("\(int(1...1_200)) mL")
        case (_, .formatted(_, "2026-01-05T08:00:00Z")):
            return .string(site.now.advanced(bySeconds: Int64(int(0...60))).description)
        case (_, .formatted(_, "2027-03-31")):
            return .string(site.now.date.advanced(byDays: int(-5...90)).description)
        case (_, .formatted(_, let example)): return .string(example)
        case (_, .text): return "words"
        case (_, .choice(let words)): return .string(words.randomElement(using: &generator)!)
        case (_, .integer): return .number(Double(int(0...6)))
        case (_, .boolean): return .bool(chance(1, in: 2))
        case (_, .list(let element, _)):
            return .array((0..<int(1...2)).map { _ in value(name, element, batch, type) })
        case (_, .object): return [:]
        }
    }

    /// A new identifier where one is made, and a known one of the right kind elsewhere.
    private mutating func identifier(
        _ name: String, _ batch: Batch?, _ type: any Command.Type
    ) -> String {
        let makes: [String: String] = [
            "donor.register": "donor", "donation.receive": "container",
            "material.receive": "lot", "batch.open": "batch", "batch.fill": "bank",
            "batch.split": "into", "patient.register": "patient", "order.place": "order",
            "shipment.dispatch": "shipment", "sample.take": "sample",
            "storage.record-excursion": "excursion", "capa.open": "capa",
            "change.propose": "change", "complaint.receive": "complaint",
            "recall.begin": "recall", "study.open": "study", "study.pull": "sample",
            "people.enrol": "person",
        ]
        if makes[type.name] == name, !chance(1, in: 8) {
            return "N-\(site.entries.count)-\(int(0...999))"
        }
        let kinds: [String: Thing] = [
            "containers": .container, "positions": .container, "from": .batch, "into": .batch,
            "owner": .person, "witness": .person, "origin": .lot, "subject": .batch,
            "touches": .master,
        ]
        if name == "batch", let batch, chance(2, in: 3) { return batch.id.text }
        let kind = kinds[name] ?? Thing(rawValue: name)
        let known = site.state.things.keys.sorted().filter {
            kind == nil || site.state.things[$0] == kind || chance(1, in: 200)
        }
        return known.randomElement(using: &generator) ?? "NOTHING"
    }

    private mutating func chance(_ hits: Int, in all: Int) -> Bool {
        Int.random(in: 0..<all, using: &generator) < hits
    }
    private mutating func int(_ range: ClosedRange<Int>) -> Int {
        Int.random(in: range, using: &generator)
    }
}

/// The laws of a site.
enum Laws {
    static func check(_ site: TestSite, uses: [Walk.Use]) throws {
        try materialIsConserved(site)
        for use in uses {
            try require(use.wasReleased, "\(use.what) was used before its release")
            try require(use.wasInDate, "\(use.what) was used after its expiry")
            try require(!use.wasHeld, "\(use.what) was used on hold")
            try require(use.wasInStock, "\(use.what) was used twice")
        }
        try genealogyIsWhole(site)
        try certifiedBatchesAreSettled(site.state)
        let replayed = try site.replayed()
        try require(
            StateDump.text(of: replayed) == StateDump.text(of: site.state),
            "replay gives another state")
    }

    /// Adds up what every lot lost and gained from the bytes of the ledger alone.
    private static func materialIsConserved(_ site: TestSite) throws {
        try require(site.state.balance().closes, "the balance does not close")
        var left: [String: Double] = [:]
        var received: [String: Double] = [:]
        func millilitres(_ entry: LedgerEntry, _ field: String = "quantity") throws -> Double {
            guard let text = entry.body[field]?.stringValue else { return 0 }
            return try Quantity(text).doubleValue(in: try Unit("mL"))
        }
        for entry in site.entries {
            let lot = entry.body["lot"]?.stringValue ?? entry.body["origin"]?.stringValue ?? ""
            switch entry.kind {
            case "material.received/1":
                left[lot] = try millilitres(entry)
                received[lot] = left[lot]
            case "batch.material-consumed/1", "material.destroyed/1", "material.returned/1":
                left[lot, default: 0] -= try millilitres(entry)
            case "sample.taken/1" where received[lot] != nil:
                left[lot, default: 0] -= try millilitres(entry)
            case "material.counted/1": left[lot] = try millilitres(entry, "counted")
            default: break
            }
            try require((left[lot] ?? 0) >= -1e-9, "more of \(lot) was used than there was")
        }
        let millilitre = try Unit("mL")
        for lot in site.state.lots.values {
            let kept = try lot.remaining.doubleValue(in: millilitre)
            try require(
                abs(kept - (left[lot.id.text] ?? 0)) < 1e-6,
                "\(lot.id): \(kept) mL in the state, \(left[lot.id.text] ?? 0) mL in the ledger")
        }
        for (position, container) in site.state.positions.keys.map({
            ($0, site.state.positions[$0])
        }) {
            let stored = container.flatMap { site.state.containers[$0] }
            try require(
                stored?.isInStock == true && stored?.place == position,
                "\(position) holds what is not there")
        }
    }

    /// No cycle, no orphan, and a look-back that reaches what a slow search of the edges reaches.
    private static func genealogyIsWhole(_ site: TestSite) throws {
        let state = site.state
        let nodes = state.things.keys.sorted()
        var edges: [(String, String)] = []
        for node in nodes {
            for parent in state.genealogy.parents(of: node) {
                try require(state.things[parent] != nil, "\(parent) is unknown")
                try require(
                    state.genealogy.children(of: parent).contains(node), "\(node) is an orphan")
                edges.append((parent, node))
            }
        }
        for container in state.containers.values {
            try require(
                !state.genealogy.parents(of: container.id.text).isEmpty,
                "\(container.id) came from nothing")
        }
        for node in nodes.filter({ state.things[$0] != .person }).prefix(40) {
            var reached: Set<String> = [node]
            var grew = true
            while grew {
                grew = false
                for (parent, child) in edges where reached.contains(child) {
                    if reached.insert(parent).inserted { grew = true }
                }
            }
            reached.remove(node)
            let trace = state.genealogy.trace(from: node, .back).map(\.node)
            try require(Set(trace) == reached, "the look-back of \(node) is not whole")
            try require(Set(trace).count == trace.count, "\(node) is reached twice")
            for parent in state.genealogy.parents(of: node) {
                try require(
                    !state.genealogy.trace(from: parent, .back).map(\.node).contains(node),
                    "\(node) came from itself")
            }
        }
    }

    /// A certified batch had no open blocking item when it was certified.
    private static func certifiedBatchesAreSettled(_ state: SiteState) throws {
        for batch in state.batches.values where batch.status == .certified {
            guard let certified = batch.disposed?.entry else {
                throw Broken("\(batch.id) is certified by nobody")
            }
            for deviation in batch.deviations.compactMap({ state.deviations[$0] })
            where deviation.opened.entry < certified {
                try require(
                    (deviation.closure?.stamp.entry ?? .max) < certified,
                    "\(batch.id) was certified with \(deviation.id) open")
            }
            for lot in Set(batch.materialLots).compactMap({ state.lots[$0] }) {
                try require(
                    (lot.disposed?.entry ?? .max) < certified || lot.status == .rejected,
                    "\(batch.id) was certified before lot \(lot.id) was released")
            }
        }
    }
}
