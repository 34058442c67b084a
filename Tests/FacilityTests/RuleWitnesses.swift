import Facility
import Foundation
import Ledger
import TestSupport

/// Sites in which a rule is not kept, and the rules that were named.
enum RuleWitnesses {
    static let all: [@Sendable () throws -> Set<String>] = [
        people, simulations, simulationsAfterFailure, simulationsAfterPause, environment,
        readiness, donors, lateTests, procurement, line, banks, twoTiers, execution, inputs,
        autologous,
        distribution, release, events, pooling, matrix, codesAndLaboratories, commercial,
        obligations, times, definitions, validation, closedSystems, sterilitySamples,
        transfer, unsuitableRuns, stockPlans, nitrogen,
    ]

    /// A material with a plan for its stock that was used.
    private static func stockPlans() throws -> Set<String> {
        var site = try TestSite.founded()
        try site.registerVariant(
            "SMALL-1.0.0",
            [
                "name: culture medium, role: raw material,":
                    "name: culture medium, role: raw material, lead-time: 8 weeks,"
            ])
        try site.receiveCord()
        try site.receiveMaterials()
        try site.makeBank(counted: true)
        return site.dueRules
    }

    /// A result of a run whose reference missed its criterion.
    private static func unsuitableRuns() throws -> Set<String> {
        var site = try TestSite.withLaboratory()
        try site.approveChange("CC-3")
        try site.registerMethodWithControl(change: "CC-3")
        site.attempt("testing.record-result", TestSite.viability(), as: "analyst")
        return site.rules
    }

    /// A vessel that was not read in time.
    private static func nitrogen() throws -> Set<String> {
        var site = try TestSite.withCertifiedBatch()
        try site.registerUnit()
        try site.setLevelLimits()
        site.wait(days: 9)
        site.attempt(
            "storage.record-level", ["unit": "LN2-2", "level": "12 cm"], as: "operator-2")
        return site.rules
    }

    /// A stage of a transfer that is opened before the one before it was concluded.
    private static func transfer() throws -> Set<String> {
        var site = try TestSite.founded()
        try site.registerDefinition()
        site.attempt(
            "study.open",
            [
                "study": "TT-2", "kind": "technology-transfer", "subject": "SMALL-1.0.0",
                "protocolNumber": "TTP-1", "months": [], "windowDays": 0, "stage": "pilot",
                "batches": 1, "tests": [["test": "viability", "criterion": ">= 80 %"]],
            ], as: "reviewer")
        return site.rules
    }

    private static func people() throws -> Set<String> {
        var site = try TestSite.founded()
        site.attempt("people.replace-key", ["person": "admin", "reason": "lost"], as: "admin")
        site.attempt("batch.certify", ["batch": "B-1"], as: "reviewer")
        site.attempt(
            "people.appoint-head", ["office": "quality-control", "person": "supervisor"],
            as: "admin")
        return site.rules
    }

    // MARK: The place

    private static func simulations() throws -> Set<String> {
        var site = try TestSite.readyToIsolate(without: .simulations)
        _ = try site.startIsolation()
        for (interventions, units) in [([], 100), (["glove change"], 99)] as [([JSONValue], Int)] {
            site.attempt(
                "simulation.record",
                [
                    "simulation": "APS-8", "definition": "CLEAN-1", "steps": ["isolate"],
                    "shift": "day", "operators": ["operator-1"],
                    "interventions": .array(interventions), "duration": "9 h",
                    "filled": .number(Double(units)), "incubated": .number(Double(units)),
                ], as: "supervisor")
        }
        try site.perform(
            "simulation.record",
            [
                "simulation": "APS-9", "definition": "CLEAN-1", "steps": ["isolate"],
                "shift": "day", "operators": ["operator-1"], "interventions": ["glove change"],
                "duration": "9 h", "filled": 100, "incubated": 100,
            ], as: "supervisor")
        return site.rules.union(site.dueRules)
    }

    private static func simulationsAfterFailure() throws -> Set<String> {
        var site = try TestSite.readyToIsolate()
        try site.simulate("APS-4", contaminated: 1)
        _ = try site.startIsolation()
        return site.rules
    }

    private static func simulationsAfterPause() throws -> Set<String> {
        var site = try TestSite.readyToIsolate()
        try site.makeCleanBank()
        site.wait(days: 400)
        try site.perform(
            "batch.open", ["batch": "B-10", "definition": "CLEAN-1", "stage": "banking"],
            as: "supervisor")
        try site.perform(
            "equipment.qualify", ["equipment": "ISO-1", "report": "Q-7", "months": 6],
            as: "reviewer")
        try site.calibrateIsolator(due: "2028-01-31")
        try site.perform(
            "room.change-condition",
            ["room": "R-1", "condition": "closed", "reason": "pause"], as: "supervisor")
        for preparation in [TestSite.Preparation.room, .gloves, .gowning] {
            try site.prepare(preparation)
        }
        try site.perform(
            "batch.clear-line", ["batch": "B-10", "step": "isolate", "room": "R-1"],
            as: "operator-1")
        try site.simulate("APS-4")
        site.attempt("batch.start-step", ["batch": "B-10", "step": "isolate"], as: "operator-1")
        return site.rules
    }

    private static func environment() throws -> Set<String> {
        var site = try TestSite.readyToIsolate()
        site.attempt(
            "environment.set-limits",
            [
                "place": "R-1", "method": "active-air", "alert": 50, "action": 5_000,
                "basis": "none",
            ], as: "reviewer")
        site.attempt(
            "environment.record-pressure",
            ["room": "R-1", "beside": "R-2", "difference": "3 Pa"], as: "operator-2")
        try site.perform(
            "environment.set-limits",
            [
                "place": "R-1", "method": "active-air", "alert": 5, "action": 50,
                "basis": "first quarter",
            ], as: "reviewer")
        for (sample, place, colonies) in [
            ("EM-1", "R-1", 7), ("EM-2", "R-1", 8), ("EM-3", "R-1", 90), ("EM-4", "ISO-1", 3),
        ] as [(JSONValue, JSONValue, JSONValue)] {
            try site.perform(
                "environment.take-sample",
                [
                    "sample": sample, "place": place, "location": "P1", "method": "active-air",
                    "state": "in-operation", "litres": 1000,
                ], as: "operator-2")
            site.attempt(
                "environment.read-sample", ["sample": sample, "colonies": colonies], as: "analyst")
        }
        try site.perform(
            "environment.take-sample",
            [
                "sample": "EM-5", "place": "R-1", "location": "P1", "method": "settle-plate",
                "state": "in-operation", "exposedMinutes": 600,
            ], as: "operator-2")
        site.attempt(
            "environment.identify-isolate", ["sample": "EM-4", "species": []], as: "analyst")
        try site.qualifyRoom(atRest: 9_000_000)
        return site.rules.union(site.dueRules)
    }

    private static func readiness() throws -> Set<String> {
        var site = try TestSite.readyToIsolate(without: .clearance)
        _ = try site.startIsolation()
        try site.prepare(.clearance)
        try site.perform(
            "batch.open", ["batch": "B-10", "definition": "CLEAN-1", "stage": "banking"],
            as: "supervisor")
        _ = try site.startIsolation()
        let clear: JSONValue = ["batch": "B-10", "step": "isolate", "room": "R-1"]
        try site.perform("batch.clear-line", clear, as: "operator-1")
        site.attempt("batch.start-step", ["batch": "B-10", "step": "isolate"], as: "operator-1")
        // A room of a lower grade than the definition asks for.
        try site.perform(
            "room.register",
            ["room": "R-3", "name": "corridor", "servesAs": "processing", "grade": "D"],
            as: "supervisor")
        try site.qualifyRoom("R-3")
        site.attempt(
            "batch.start-step", ["batch": "B-10", "step": "isolate", "room": "R-3"],
            as: "operator-1")
        // A bank of which no air was sampled.
        var unseen = try TestSite.readyToIsolate()
        try unseen.makeCleanBank()
        try unseen.perform(
            "environment.take-sample",
            [
                "sample": "EM-1", "place": "ISO-1", "location": "P1", "method": "settle-plate",
                "state": "in-operation", "exposedMinutes": 60,
            ], as: "operator-2")
        try unseen.perform(
            "equipment.test-gloves",
            ["equipment": "ISO-1", "point": "end", "method": "pressure", "isIntact": true],
            as: "operator-1")
        try unseen.perform("batch.complete", ["batch": "B-9"], as: "supervisor")
        try unseen.perform(
            "testing.record-result",
            ["batch": "B-9", "test": "sterility", "observation": "no growth", "reference": "1"],
            as: "analyst")
        unseen.attempt("bank.release", ["bank": "MCS-9"], as: "reviewer")
        try unseen.perform(
            "environment.import-particle-series",
            [
                "place": "ISO-1", "state": "in-operation", "from": "2026-01-05T08:00:00Z",
                "to": .string(unseen.now.description), "flow": "28.3 L/min", "samples": 30,
                "halfMicrometreMax": 100, "fiveMicrometresMax": 0, "file": TestSite.logFile,
            ], as: "operator-2")
        unseen.attempt("bank.release", ["bank": "MCS-9"], as: "reviewer")
        return site.rules.union(unseen.rules)
    }

    // MARK: Donors, lines and banks

    private static func donor(
        _ id: JSONValue, _ site: inout TestSite, scopes: JSONValue = ["allogeneic-medicine"]
    ) throws {
        try site.perform(
            "donor.register", ["donor": id, "relation": "birth-mother"], as: "operator-1")
        try site.perform(
            "donor.record-consent", ["donor": id, "version": "3", "scopes": scopes],
            as: "operator-1")
    }

    private static func test(
        _ id: JSONValue, _ markers: [DonorMarker], sampled: JSONValue = "2026-01-05",
        reactive: DonorMarker? = nil, _ site: inout TestSite
    ) throws {
        for marker in markers {
            try site.perform(
                "donor.record-test",
                [
                    "donor": id, "marker": .string(marker.rawValue),
                    "result": marker == reactive ? "reactive" : "non-reactive",
                    "sampled": sampled, "laboratory": "virology",
                ], as: "analyst")
        }
    }

    private static func receive(
        _ cord: JSONValue, of donor: JSONValue, hours: Int64 = 1,
        changes: [String: JSONValue] = [:], _ site: inout TestSite
    ) {
        var body: [String: JSONValue] = [
            "container": cord, "donor": donor, "material": "cord",
            "collected": .string(site.now.advanced(bySeconds: -hours * 3600).description),
            "temperature": "5 °C", "place": "fridge",
        ]
        body.merge(changes) { $1 }
        site.attempt("donation.receive", .object(body), as: "operator-1")
    }

    private static func donors() throws -> Set<String> {
        var site = try TestSite.founded()
        try site.registerVariant()
        try site.perform(
            "donor.register", ["donor": "D-3", "relation": "birth-mother"], as: "operator-1")
        site.attempt("donor.declare-eligible", ["donor": "D-3"], as: "reviewer")
        try donor("D-1", &site)
        site.wait(days: 3)
        receive("CORD-1", of: "D-1", changes: ["identifier": "XX"], &site)
        receive("CORD-1", of: "D-1", hours: 60, &site)
        site.attempt("donation.release", ["container": "CORD-1"], as: "reviewer")
        site.attempt("donor.declare-eligible", ["donor": "D-1"], as: "reviewer")
        try test("D-1", DonorMarker.mandatory, sampled: "2026-01-08", &site)
        for body in [
            ["donor": "D-1", "isFromHighPrevalenceArea": true],
            ["donor": "D-1", "jurisdictions": ["US"]],
        ] as [JSONValue] { site.attempt("donor.declare-eligible", body, as: "reviewer") }
        try donor("D-2", &site)
        try test("D-2", DonorMarker.mandatory, reactive: .hbsAg, &site)
        site.attempt("donor.declare-eligible", ["donor": "D-2"], as: "reviewer")
        return site.rules
    }

    private static func lateTests() throws -> Set<String> {
        var site = try TestSite.founded()
        try donor("D-1", &site)
        receive("CORD-1", of: "D-1", hours: 0, &site)
        site.wait(days: 60)
        try test("D-1", DonorMarker.allCases, sampled: "2026-02-20", &site)
        for jurisdiction in ["EU", "US"] as [JSONValue] {
            site.attempt(
                "donor.declare-eligible", ["donor": "D-1", "jurisdictions": [jurisdiction]],
                as: "reviewer")
        }
        // Tested once, by antibodies alone, and made into a product.
        var window = try TestSite.founded()
        try window.registerDefinition()
        try donor("D-1", &window)
        receive("CORD-1", of: "D-1", hours: 0, &window)
        try test("D-1", DonorMarker.mandatory, &window)
        try window.ask("D-1")
        try window.perform("donor.declare-eligible", ["donor": "D-1"], as: "reviewer")
        try window.perform("donation.release", ["container": "CORD-1"], as: "reviewer")
        try window.receiveMaterials()
        try window.makeBank()
        try window.releaseBank()
        try window.makeProduct()
        try window.testProduct()
        try window.perform("batch.review", ["batch": "B-2"], as: "reviewer")
        try window.confirmPoints()
        window.attempt("batch.certify", ["batch": "B-2"], as: "qp")
        return site.rules.union(window.rules)
    }

    private static func procurement() throws -> Set<String> {
        var site = try TestSite.founded()
        try site.registerDefinition()
        try donor("D-1", &site)
        try site.perform(
            "organisation.register",
            ["organisation": "TE-2", "name": "clinic", "activities": ["procurement"]],
            as: "reviewer")
        receive("CORD-1", of: "D-1", hours: 0, changes: ["organisation": "TE-2"], &site)
        try site.perform(
            "organisation.record-authorisation",
            [
                "organisation": "TE-2", "reference": "TE-78", "authority": "the authority",
                "activities": ["procurement"], "from": "2024-01-01", "until": "2033-12-31",
            ], as: "reviewer")
        receive("CORD-1", of: "D-1", hours: 0, changes: ["organisation": "TE-2"], &site)
        return site.rules
    }

    private static func line() throws -> Set<String> {
        var site = try TestSite.withBank()
        try site.registerLine(reaching: [2])
        site.attempt("bank.receive", TestSite.arrival(), as: "operator-1")
        try site.perform(
            "line.record-stretch",
            [
                "line": "LINE-1", "fromPassage": 2, "toPassage": 3, "event": "banking",
                "site": "site", "began": "2016-01-01", "materials": "medium",
            ], as: "reviewer")
        site.attempt("bank.receive", TestSite.arrival(highest: "-90 °C"), as: "operator-1")
        site.attempt("bank.release", ["bank": "MCB-9"], as: "reviewer")
        return site.rules
    }

    private static func banks() throws -> Set<String> {
        var site = try TestSite.withCertifiedBatch()
        // Nine of ten vials in a year: the bank does not last another.
        for number in 2...9 {
            try site.perform(
                "batch.open",
                [
                    "batch": .string("B-\(number + 10)"), "definition": "SMALL-1.0.0",
                    "stage": "production",
                ], as: "supervisor")
            let step: [String: JSONValue] = [
                "batch": .string("B-\(number + 10)"), "step": "thaw",
            ]
            try site.perform("batch.start-step", .object(step), as: "operator-1")
            try site.perform(
                "batch.use-container",
                .object(step.merging(["container": .string("MCS-1-00\(number)")]) { $1 }),
                as: "operator-1")
        }
        return site.dueRules
    }

    private static func twoTiers() throws -> Set<String> {
        var site = try TestSite.founded()
        try site.registerVariant("SMALL-1.0.0", ["tier: master": "tier: working"])
        try site.receiveCord()
        try site.receiveMaterials()
        try site.makeBank(counted: true)
        try site.perform(
            "testing.record-result",
            [
                "batch": "B-1", "test": "sterility", "observation": "no growth", "reference": "Q",
            ], as: "analyst")
        site.attempt("bank.release", ["bank": "MCS-1"], as: "reviewer")
        return site.rules
    }

    // MARK: Batches

    private static func execution() throws -> Set<String> {
        var site = try TestSite.founded()
        try site.registerVariant(approve: false)
        let open: JSONValue = ["batch": "B-1", "definition": "SMALL-1.0.0", "stage": "banking"]
        site.attempt("batch.open", open, as: "supervisor")
        try site.perform("definition.approve", ["definition": "SMALL-1.0.0"], as: "reviewer")
        try site.train(in: "SMALL-1.0.0")
        try site.receiveCord()
        try site.receiveMaterials()
        try site.perform("batch.open", open, as: "supervisor")
        func of(_ more: [String: JSONValue], step: JSONValue = "isolate") -> JSONValue {
            .object(["batch": "B-1", "step": step].merging(more) { $1 })
        }
        site.attempt("batch.start-step", of([:], step: "bank-fill"), as: "operator-1")
        try site.perform("batch.start-step", of([:]), as: "operator-1")
        site.attempt("batch.complete-step", of([:]), as: "operator-1")
        try site.perform("batch.use-container", of(["container": "CORD-1"]), as: "operator-1")
        site.attempt(
            "batch.record-parameter", of(["parameter": "doublings", "value": "3 PD"]),
            as: "operator-1")
        for (point, volume) in [
            ("seeded", "1 mL"), ("harvested", "90 mL"), ("formulated", "20 mL"),
        ]
            as [(JSONValue, JSONValue)]
        {
            try site.perform(
                "batch.record-count",
                of([
                    "point": point, "concentrations": ["1e6 cells/mL"], "viability": "90 %",
                    "volume": volume,
                ]), as: "operator-1")
        }
        try site.perform(
            "batch.consume-material", of(["lot": "M-1", "quantity": "100 mL"]), as: "operator-1")
        try site.perform(
            "batch.record-parameter", of(["parameter": "rinse", "value": "5 min"]),
            as: "operator-1")
        try site.perform(
            "batch.record-check", of(["check": "morphology", "observation": "round"]),
            as: "operator-1")
        try site.perform("batch.complete-step", of([:]), as: "operator-1")
        site.attempt("batch.verify-step", of([:]), as: "operator-1")
        site.attempt("batch.start-step", of([:], step: "bank-fill"), as: "operator-1")
        try site.perform("batch.verify-step", of([:]), as: "operator-2")
        site.attempt("batch.start-step", of([:], step: "bank-fill"), as: "operator-1")
        return site.rules
    }

    /// A vial whose cells were frozen as often as is validated, and a lot that is not released.
    private static func inputs() throws -> Set<String> {
        var site = try TestSite.founded()
        try site.registerVariant(
            "SMALL-1.0.0",
            ["  name: small process\n": "  name: small process\n  maximum-freeze-thaw: 1\n"])
        try site.receiveCord()
        try site.receiveMaterials()
        try site.makeBank(counted: true)
        try site.releaseBank()
        try site.perform(
            "batch.open", ["batch": "B-2", "definition": "SMALL-1.0.0", "stage": "production"],
            as: "supervisor")
        try site.perform("batch.start-step", ["batch": "B-2", "step": "thaw"], as: "operator-1")
        site.attempt(
            "batch.use-container",
            ["batch": "B-2", "step": "thaw", "container": "MCS-1-001"], as: "operator-1")
        try site.perform(
            "material.receive",
            [
                "lot": "M-9", "material": "medium", "supplier": "supplier", "supplierLot": "9",
                "expiry": "2027-01-31", "quantity": "10 mL",
            ], as: "operator-1")
        site.attempt(
            "batch.consume-material",
            ["batch": "B-2", "step": "thaw", "lot": "M-9", "quantity": "1 mL"], as: "operator-1")
        return site.rules
    }

    private static func pooling() throws -> Set<String> {
        var site = try TestSite.founded()
        try site.registerDefinition()
        for number in ["1", "2"] {
            try site.receiveCord(donor: .string("D-\(number)"), cord: .string("CORD-\(number)"))
            let batch = JSONValue.string("B-\(number)")
            try site.perform(
                "batch.open", ["batch": batch, "definition": "SMALL-1.0.0", "stage": "banking"],
                as: "supervisor")
            try site.perform(
                "batch.start-step", ["batch": batch, "step": "isolate"], as: "operator-1")
            try site.perform(
                "batch.use-container",
                ["batch": batch, "step": "isolate", "container": .string("CORD-\(number)")],
                as: "operator-1")
        }
        site.attempt("batch.pool", ["batch": "B-1", "from": "B-2"], as: "supervisor")
        return site.rules
    }

    // MARK: Release and after

    private static func release() throws -> Set<String> {
        var site = try TestSite.withBank()
        try site.makeProduct(thawTime: "3.5 min")
        try site.testProduct()
        site.attempt("batch.review", ["batch": "B-2"], as: "reviewer")
        site.attempt(
            "batch.supply-exceptionally",
            [
                "batch": "B-2", "patient": "P-1", "request": "letter", "hazard": "h",
                "alternatives": "none", "riskEvaluation": "RA", "acceptance": "signed",
                "notified": "sponsor",
            ], as: "qp")
        try site.perform("patient.register", ["patient": "P-1"], as: "supervisor")
        site.attempt(
            "batch.supply-exceptionally",
            [
                "batch": "B-2", "patient": "P-1", "request": "letter", "hazard": "h",
                "alternatives": "none", "riskEvaluation": "RA", "acceptance": "signed",
                "notified": "sponsor",
            ], as: "qp")
        site.attempt("batch.certify", ["batch": "B-2"], as: "qp")
        try site.perform(
            "sample.take", ["sample": "S-1", "origin": "B-2-001", "purpose": "reference"],
            as: "analyst")
        site.attempt("sample.dispose", ["sample": "S-1", "reason": "full store"], as: "analyst")
        site.attempt(
            "container.move", ["containers": ["MCS-1-001"], "positions": ["LN2-1/A/01"]],
            as: "operator-1")
        let staged = try TestSite.tourOfTwoStages(closed: false)
        return site.rules.union(staged.rules)
    }

    private static func events() throws -> Set<String> {
        var site = try TestSite.withBank()
        try site.perform(
            "change.propose",
            [
                "change": "CC-1", "title": "new medium", "impact": "major", "assessment": "much",
                "touches": ["SMALL-1.0.0"],
            ], as: "supervisor")
        site.attempt("change.implement", ["change": "CC-1"], as: "supervisor")
        try site.perform("change.approve", ["change": "CC-1"], as: "reviewer")
        try site.perform("change.implement", ["change": "CC-1"], as: "supervisor")
        site.attempt("change.close", ["change": "CC-1", "effect": "none seen"], as: "reviewer")
        site.attempt(
            "study.open",
            [
                "study": "ST-1", "kind": "comparability", "subject": "CC-1",
                "protocolNumber": "P-1", "months": [], "windowDays": 0,
            ], as: "reviewer")
        site.attempt(
            "quality-review.approve",
            ["product": "SMALL", "from": "2020-01-01", "to": "2026-01-01", "conclusion": "fine"],
            as: "reviewer")
        return site.rules
    }

    private static func distribution() throws -> Set<String> {
        var site = try TestSite.founded()
        try site.registerVariant("SMALL-1.0.0")
        try site.makeCertifiedBatch()
        try site.perform("patient.register", ["patient": "P-1"], as: "supervisor")
        func order(_ number: Int, _ containers: Int, _ dose: JSONValue) -> JSONValue {
            [
                "order": .string("O-\(number)"), "patient": "P-1", "hospital": "hospital",
                "definition": "SMALL-1.0.0", "containers": .number(Double(containers)),
                "dose": dose, "weight": "70 kg",
            ]
        }
        site.attempt("order.place", order(1, 1, "9e6 cells/kg"), as: "supervisor")
        site.attempt("order.place", order(1, 1, "2e6 cells/kg"), as: "supervisor")
        try site.perform("order.place", order(1, 3, "1e6 cells/kg"), as: "supervisor")
        try site.perform(
            "shipment.dispatch",
            [
                "shipment": "S-1", "order": "O-1", "containers": ["B-2-001", "B-2-002"],
                "shipper": "4",
            ], as: "supervisor")
        try site.perform(
            "shipment.receive", ["shipment": "S-1", "highestTemperature": "-160 °C"],
            as: "supervisor")
        let thawed = site.now
        site.now = site.now.advanced(bySeconds: 4 * 3600)
        try site.perform(
            "dose.administer",
            ["container": "B-2-001", "patient": "P-1", "thawed": .string(thawed.description)],
            as: "supervisor")
        site.attempt(
            "patient.record-follow-up",
            ["patient": "P-1", "hazard": "tumour", "month": 1, "finding": "none"],
            as: "supervisor")
        try site.perform(
            "shipment.dispatch",
            ["shipment": "S-2", "order": "O-1", "containers": ["B-2-003"], "shipper": "4"],
            as: "supervisor")
        try site.perform(
            "shipment.receive", ["shipment": "S-2", "highestTemperature": "-90 °C"],
            as: "supervisor")
        return site.rules.union(site.dueRules)
    }

    private static func autologous() throws -> Set<String> {
        var site = try TestSite.founded()
        try site.registerVariant(
            "SMALL-1.0.0",
            ["  jurisdictions: [EU]": "  origin: autologous\n  jurisdictions: [EU]"])
        try site.makeCertifiedBatch()
        try site.perform("patient.register", ["patient": "P-1"], as: "supervisor")
        try site.perform(
            "order.place",
            [
                "order": "O-1", "patient": "P-1", "hospital": "hospital",
                "definition": "SMALL-1.0.0", "containers": 1,
            ], as: "supervisor")
        site.attempt(
            "order.reserve", ["order": "O-1", "containers": ["B-2-001"]], as: "supervisor")
        return site.rules
    }
}

extension TestSite {
    /// Performs a command that may be refused: what matters is which rule is named.
    mutating func attempt(_ name: String, _ body: JSONValue, as person: String) {
        do {
            try perform(name, body, as: person)
        } catch is Rejection {
            return
        } catch {
            preconditionFailure("\(name): \(error)")
        }
    }

    /// The rules under which something is due.
    var dueRules: Set<String> {
        Set(state.due(asOf: now.date, within: 4000).compactMap(\.rule))
    }

    /// The small definition with more in it: calculated parameters, doses and their range, limits of
    /// transport, use and doublings; and with `changes` of its text.
    mutating func registerVariant(
        _ id: JSONValue = "SMALL-1.0.0", _ changes: [String: String] = [:], approve: Bool = true
    ) throws {
        let file = fixtures().appending(path: "small/definition.yaml")
        var text = try String(contentsOf: file, encoding: .utf8)
        let additions = [
            "  jurisdictions: [EU]\n": """
              jurisdictions: [EU]
              cell-type: mesenchymal stromal cells
              cell-source: umbilical cord
              route: intravenous
              dose: { target: 1e6 cells/kg, range: 0.1e6..5e6 cells/kg, patient-weight: 40..130 kg }
              in-use: { claim: 1 h }

            """,
            "materials:\n": """
            donors:
              tissue: cord
              transport: { time: <= 48 h, temperature: 2..25 °C }
              maximum-share: 25 %

            materials:

            """,
            "  name: small process\n": """
              name: small process
              maximum-pdl: { limit: 4 PD }

            """,
            "criticality: CPP }\n          controls:": """
            criticality: CPP }
                        - { id: doublings, name: cumulative doublings, target: 3 PD, proven: 0..4 PD, kind: calculated }
                        - { id: recovery, name: cells recovered, target: 90 %, proven: 70..100 %, kind: calculated }
                      controls:
            """,
        ]
        for (old, new) in additions.merging(changes, uniquingKeysWith: { $1 }).sorted(by: <) {
            guard text.contains(old) else { throw Broken("the definition has no '\(old)'") }
            text = text.replacingOccurrences(of: old, with: new)
        }
        try perform(
            "definition.register",
            [
                "definition": id, "openErrors": 0,
                "files": [["name": "definition.yaml", "text": .string(text)]],
            ], as: "supervisor")
        guard approve else { return }
        try perform("definition.approve", ["definition": id], as: "reviewer")
        try train(in: id)
    }

    /// The way from the cord to a certified batch, with the counts that calculated values need.
    mutating func makeCertifiedBatch() throws {
        try receiveCord()
        try receiveMaterials()
        try makeBank(counted: true)
        try releaseBank()
        try makeProduct()
        try testProduct()
        try perform("batch.review", ["batch": "B-2"], as: "reviewer")
        try confirmPoints()
        try perform("batch.certify", ["batch": "B-2"], as: "qp")
    }
}
