import Facility
import Foundation
import Ledger
import ProductDefinition
import Testing
import TestSupport

/// A site in memory: commands come in as JSON, facts go through their bytes and back before they
/// are applied, exactly as through a ledger.
struct TestSite {
    private(set) var state = SiteState()
    /// Every entry so far.
    private(set) var entries: [LedgerEntry] = []
    /// Every command that was accepted, with its entries.
    private(set) var given: [Given] = []
    /// The rules that refusals and events have named.
    private(set) var rules: Set<String> = []
    /// The clock: each command comes a minute after the one before.
    var now = Timestamp("2026-01-05T08:00:00Z")!

    /// A command that was accepted, and the entries it led to.
    struct Given: Sendable {
        var command: any Command
        var moment: Moment
        var entries: Range<Int>
    }

    /// A founded site with one person in each role.
    static func founded() throws -> TestSite {
        var site = TestSite()
        try site.perform(
            "site.found",
            ["site": "Test site", "administrator": "admin", "printedName": "Administrator"],
            as: "admin")
        let people: [(String, Role)] = [
            ("operator-1", .operator_), ("operator-2", .operator_), ("supervisor", .supervisor),
            ("analyst", .qualityControl), ("reviewer", .qualityAssurance),
            ("qp", .qualifiedPerson), ("inspector", .inspector),
        ]
        for (person, role) in people {
            try site.perform(
                "people.enrol",
                [
                    "person": .string(person), "printedName": .string(person.capitalized),
                    "roles": .array([.string(role.rawValue)]),
                ], as: "admin")
        }
        try site.appointHeads()
        try site.approveSupplier()
        try site.registerEstablishment()
        return site
    }

    /// Performs a command and gives the kinds of its facts.
    @discardableResult
    mutating func perform(
        _ name: String, _ body: JSONValue, as person: String, happened: Timestamp? = nil
    ) throws -> [String] {
        let command = try CommandCatalogue.decode(name, from: body)
        return try perform(command, as: person, happened: happened)
    }

    /// Performs a command and gives the kinds of its facts.
    @discardableResult
    mutating func perform(
        _ command: any Command, as person: String, happened: Timestamp? = nil
    ) throws -> [String] {
        now = now.advanced(bySeconds: 60)
        let moment = Moment(person: PersonID(person)!, now: now, happened: happened)
        let facts: [any Fact]
        do throws(Rejection) {
            facts = try state.decide(command, at: moment)
        } catch {
            if let rule = error.rule { rules.insert(rule) }
            throw error
        }
        for case let opened as DeviationOpened in facts {
            rules.formUnion([opened.rule].compactMap(\.self))
        }
        let first = entries.count
        for fact in facts {
            let draft = EntryDraft(
                kind: type(of: fact).kind, body: try JSONValue(encoding: fact),
                at: moment.happened.description, recorded: moment.now.description,
                by: moment.person.text, command: "c\(first)")
            let entry = try LedgerEntry(index: UInt64(entries.count), bytes: draft.encoded())
            let (read, stamp) = try entry.fact()
            state.apply(read, at: stamp)
            entries.append(entry)
        }
        given.append(Given(command: command, moment: moment, entries: first..<entries.count))
        return facts.map { type(of: $0).kind }
    }

    /// The code of the refusal a command meets; nothing may change.
    mutating func refusal(
        _ name: String, _ body: JSONValue, as person: String, happened: Timestamp? = nil,
        sourceLocation: SourceLocation = #_sourceLocation
    ) -> String? {
        let before = entries.count
        do {
            try perform(name, body, as: person, happened: happened)
        } catch let rejection as Rejection {
            #expect(entries.count == before, sourceLocation: sourceLocation)
            return rejection.code
        } catch {
            Issue.record("not a rejection: \(error)", sourceLocation: sourceLocation)
        }
        return nil
    }

    /// The site rebuilt from its entries.
    func replayed() throws -> SiteState {
        var state = SiteState()
        for entry in entries {
            let (fact, stamp) = try entry.fact()
            state.apply(fact, at: stamp)
        }
        return state
    }
}

// MARK: The way through

extension TestSite {
    /// Registers and approves the small definition.
    mutating func registerDefinition() throws {
        let file = fixtures().appending(path: "small/definition.yaml")
        let text = try String(contentsOf: file, encoding: .utf8)
        let files: JSONValue = [["name": "definition.yaml", "text": .string(text)]]
        try perform(
            "definition.register",
            ["definition": "SMALL-1.0.0", "files": files, "openErrors": 0], as: "supervisor")
        try perform("definition.approve", ["definition": "SMALL-1.0.0"], as: "reviewer")
        try train(in: "SMALL-1.0.0")
    }

    /// An eligible donor with a released cord.
    mutating func receiveCord(
        donor: JSONValue = "D-1", cord: JSONValue = "CORD-1",
        scope: JSONValue = "allogeneic-medicine"
    ) throws {
        try perform(
            "donor.register", ["donor": donor, "relation": "birth-mother"], as: "operator-1")
        try perform(
            "donor.record-consent",
            ["donor": donor, "version": "3", "scopes": [scope]], as: "operator-1")
        let collected = now
        for marker in DonorMarker.mandatory + [.natHIV, .natHBV, .natHCV] {
            try perform(
                "donor.record-test",
                [
                    "donor": donor, "marker": .string(marker.rawValue), "result": "non-reactive",
                    "sampled": "2026-01-05", "laboratory": "virology",
                ], as: "analyst")
        }
        try perform(
            "donation.receive",
            [
                "container": cord, "donor": donor, "material": "cord",
                "collected": .string(collected.description), "temperature": "5 °C",
                "place": "quarantine fridge",
            ], as: "operator-1")
        try ask(donor)
        try perform("donor.declare-eligible", ["donor": donor], as: "reviewer")
        try perform("donation.release", ["container": cord], as: "reviewer")
    }

    /// The interview with a donor.
    mutating func ask(
        _ donor: JSONValue, risks: JSONValue = [], receivedInfusions: Bool = false
    ) throws {
        try perform(
            "donor.record-history",
            [
                "donor": donor, "questionnaire": "Q-2",
                "interviewed": .string(now.date.description), "risks": risks,
                "receivedInfusions": .bool(receivedInfusions),
            ], as: "operator-1")
    }

    /// Released lots of the two raw materials.
    mutating func receiveMaterials(qualification: JSONValue? = nil) throws {
        for (lot, material) in [("M-1", "medium"), ("C-1", "cryo")] {
            try perform(
                "material.receive",
                [
                    "lot": .string(lot), "material": .string(material), "supplier": "supplier",
                    "supplierLot": "77", "expiry": "2027-01-31", "quantity": "1000 mL",
                ], as: "operator-1")
            var release: [String: JSONValue] = ["lot": .string(lot), "certificate": "COA-77"]
            release["qualification"] = qualification
            try perform("material.release", .object(release), as: "reviewer")
        }
    }

    /// A batch of the banking stage, up to and with its completion.
    ///
    /// - Parameter counted: whether cells are counted, for a definition with calculated parameters.
    mutating func makeBank(
        batch: String = "B-1", bank: String = "MCS-1", counted: Bool = false,
        cord: JSONValue = "CORD-1"
    ) throws {
        let b = JSONValue.string(batch)
        try perform(
            "batch.open", ["batch": b, "definition": "SMALL-1.0.0", "stage": "banking"],
            as: "supervisor")
        try perform("batch.start-step", ["batch": b, "step": "isolate"], as: "operator-1")
        try perform(
            "batch.use-container", ["batch": b, "step": "isolate", "container": cord],
            as: "operator-1")
        try perform(
            "batch.consume-material",
            ["batch": b, "step": "isolate", "lot": "M-1", "quantity": "100 mL"], as: "operator-1")
        try perform(
            "batch.record-parameter",
            ["batch": b, "step": "isolate", "parameter": "rinse", "value": "5 min"],
            as: "operator-1")
        try perform(
            "batch.record-check",
            [
                "batch": b, "step": "isolate", "check": "morphology",
                "observation": "spindle-shaped",
            ], as: "operator-1")
        if counted { try count(batch) }
        try perform("batch.complete-step", ["batch": b, "step": "isolate"], as: "operator-1")
        try perform("batch.verify-step", ["batch": b, "step": "isolate"], as: "operator-2")
        try perform("batch.start-step", ["batch": b, "step": "bank-fill"], as: "operator-1")
        try perform(
            "batch.consume-material",
            ["batch": b, "step": "bank-fill", "lot": "C-1", "quantity": "20 mL"], as: "operator-1")
        try perform(
            "batch.record-parameter",
            ["batch": b, "step": "bank-fill", "parameter": "rate", "value": "-1 °C/min"],
            as: "operator-1")
        try fill(batch, step: "bank-fill", bank: bank, count: 10, millilitres: 5, in: "LN2-1/A")
        try perform("batch.complete-step", ["batch": b, "step": "bank-fill"], as: "operator-1")
        try perform("batch.complete", ["batch": b], as: "supervisor")
    }

    /// Counts ten million viable cells in a millilitre and shares them out.
    mutating func fill(
        _ batch: String, step: String, bank: String? = nil, count: Int, millilitres: Int,
        in place: String
    ) throws {
        let base: [String: JSONValue] = ["batch": .string(batch), "step": .string(step)]
        try perform(
            "batch.record-count",
            .object(
                base.merging([
                    "point": "formulated", "concentrations": ["1e7 cells/mL"],
                    "viability": "100 %", "volume": .string("\(millilitres) mL"),
                ]) { $1 }), as: "operator-1")
        var fill = base.merging([
            "count": .number(Double(count)), "place": .string(place),
        ]) { $1 }
        fill["bank"] = bank.map { .string($0) }
        try perform("batch.fill", .object(fill), as: "operator-1")
    }

    /// A contract laboratory with a quality agreement in force.
    mutating func registerLaboratory(agreed: Bool = true) throws {
        try perform(
            "organisation.register",
            [
                "organisation": "LAB-1", "name": "contract laboratory", "activities": ["testing"],
            ], as: "reviewer")
        guard agreed else { return }
        try perform(
            "organisation.record-agreement",
            [
                "organisation": "LAB-1", "document": "QA-7", "topics": ["quality", "test-results"],
                "from": "2024-01-01", "until": "2033-12-31",
            ], as: "reviewer")
    }

    /// Cells seeded, harvested and formulated: three doublings, nine tenths recovered.
    mutating func count(_ batch: String) throws {
        for (point, volume) in [
            ("seeded", "10 mL"), ("harvested", "80 mL"), ("formulated", "72 mL"),
        ] {
            try perform(
                "batch.record-count",
                [
                    "batch": .string(batch), "step": "isolate", "point": .string(point),
                    "concentrations": ["1e6 cells/mL"], "viability": "90 %",
                    "volume": .string(volume),
                ], as: "operator-1")
        }
    }

    /// The bank tested and released.
    mutating func releaseBank(batch: JSONValue = "B-1", bank: String = "MCS-1") throws {
        try perform(
            "testing.record-result",
            [
                "batch": batch, "test": "sterility", "observation": "no growth",
                "reference": "QC-1",
            ], as: "analyst")
        try testBank(bank)
        for subject in [batch, .string(bank)] {
            try perform("testing.verify-results", ["subject": subject], as: "reviewer")
        }
        try perform("bank.release", ["bank": .string(bank)], as: "reviewer")
    }

    /// A batch of the product from one vial, up to and with its completion.
    mutating func makeProduct(
        batch: String = "B-2", vial: String = "MCS-1-001", thawTime: JSONValue = "2.5 min",
        whileFilling: (inout TestSite) throws -> Void = { _ in },
        millilitres: Int = 15
    ) throws {
        let b = JSONValue.string(batch)
        try perform(
            "batch.open", ["batch": b, "definition": "SMALL-1.0.0", "stage": "production"],
            as: "supervisor")
        try perform("batch.start-step", ["batch": b, "step": "thaw"], as: "operator-1")
        try perform(
            "batch.use-container", ["batch": b, "step": "thaw", "container": .string(vial)],
            as: "operator-1")
        try perform(
            "batch.record-parameter",
            ["batch": b, "step": "thaw", "parameter": "time", "value": thawTime], as: "operator-1")
        try perform("batch.complete-step", ["batch": b, "step": "thaw"], as: "operator-1")
        try perform("batch.start-step", ["batch": b, "step": "fill"], as: "operator-1")
        try perform(
            "batch.consume-material",
            ["batch": b, "step": "fill", "lot": "C-1", "quantity": "50 mL"], as: "operator-1")
        try fill(batch, step: "fill", count: 3, millilitres: millilitres, in: "LN2-2/A")
        try whileFilling(&self)
        try perform("batch.complete-step", ["batch": b, "step": "fill"], as: "operator-1")
        try perform("batch.complete", ["batch": b], as: "supervisor")
    }

    /// Passing results for every test of the product.
    mutating func testProduct(batch: JSONValue = "B-2", viability: JSONValue = "88 %") throws {
        let results: [(JSONValue, JSONValue)] = [
            ("viability", viability), ("identity", "97 %"), ("sterility", "no growth"),
            ("potency", "2.3"),
        ]
        for (test, observation) in results {
            try perform(
                "testing.record-result",
                [
                    "batch": batch, "test": test, "observation": observation,
                    "reference": "QC-2",
                ], as: "analyst")
        }
    }

    /// The Qualified Person's own answers to the points that records cannot answer.
    mutating func confirmPoints(batch: String = "B-2") throws {
        let open = try state.certificationPoints(
            of: try state.batch(BatchID(batch)!), on: now.date
        ).filter { $0.answer == .open }.map { JSONValue.string($0.clause) }
        try perform(
            "batch.confirm-points",
            ["batch": .string(batch), "clauses": .array(open), "evidence": "audit file"], as: "qp")
    }

    /// A site with a released bank, ready for production.
    static func withBank() throws -> TestSite {
        var site = try founded()
        try site.registerDefinition()
        try site.receiveCord()
        try site.receiveMaterials()
        try site.makeBank()
        try site.releaseBank()
        return site
    }

    /// A site with a certified batch.
    static func withCertifiedBatch() throws -> TestSite {
        var site = try withBank()
        try site.makeProduct()
        try site.testProduct()
        try site.perform("batch.review", ["batch": "B-2"], as: "reviewer")
        try site.confirmPoints()
        try site.perform("batch.certify", ["batch": "B-2"], as: "qp")
        return site
    }
}
