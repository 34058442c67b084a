import Facility
import Foundation
import Ledger
import Testing
import TestSupport

// Rules that bind late in development, or that look at partners, codes, time and obligations.
extension RuleWitnesses {
    /// Every line of the bank test matrix that a rule of its own asks for, failed.
    static func matrix() throws -> Set<String> {
        var site = try TestSite.withBank()
        try site.registerLine()
        try site.perform("bank.receive", TestSite.arrival(), as: "operator-1")
        for test in [
            "str", "species", "sterility", "viability", "karyotype", "recurrent-loci", "trilineage",
        ] as [JSONValue] {
            try site.perform(
                "bank.record-test",
                [
                    "bank": "MCB-9", "test": test, "observation": "outside", "passes": false,
                    "reference": "BT-1",
                ], as: "analyst")
        }
        return site.rules
    }

    static func codesAndLaboratories() throws -> Set<String> {
        var site = try TestSite.founded()
        try site.registerDefinition()
        try site.registerLaboratory(until: "2026-01-04")
        try site.perform(
            "donor.register",
            ["donor": "D-1", "relation": "donor", "isNewborn": true], as: "operator-1")
        try site.perform(
            "donor.record-consent",
            ["donor": "D-1", "version": "3", "scopes": ["allogeneic-medicine"]], as: "operator-1")
        site.attempt("donation.receive", site.donation(code: "ES"), as: "operator-1")
        site.attempt(
            "donor.record-test",
            [
                "donor": "D-1", "marker": "HBsAg", "result": "non-reactive",
                "sampled": "2026-01-05", "laboratory": "LAB-1",
            ], as: "analyst")
        site.attempt(
            "donor.declare-eligible", ["donor": "D-1", "jurisdictions": ["US"]], as: "reviewer")
        return site.rules
    }

    /// A product on the market: its label unproven, a growth medium not tried out, a bank in one
    /// tank, a second stock that was compared with nothing, a vessel changed without comparison.
    static func commercial() throws -> Set<String> {
        var site = try TestSite.onTheMarket()
        try site.perform(
            "material.receive",
            [
                "lot": "M-2", "material": "medium", "supplier": "supplier", "supplierLot": "78",
                "expiry": "2027-01-31", "quantity": "1000 mL",
            ], as: "operator-1")
        site.attempt("material.release", ["lot": "M-2", "certificate": "COA"], as: "reviewer")
        try site.makeMarketedBatch("B-2", from: "MCS-1-001")
        site.attempt("batch.certify", ["batch": "B-2"], as: "qp")
        let due = site.dueRules
        try site.concludeStudy("ST-1", "label-validation", of: "SMALL-1.0.0")
        site.attempt("batch.certify", ["batch": "B-2"], as: "qp")
        try site.concludeStudy("ST-2", "process-validation", of: "SMALL-1.0.0")
        try site.perform("batch.certify", ["batch": "B-2"], as: "qp")
        try site.makeSecondStock()
        site.attempt("batch.certify", ["batch": "B-4"], as: "qp")
        try site.proposeChange(scale: true)
        site.attempt("change.close", ["change": "CC-1", "effect": "none"], as: "reviewer")
        return site.rules.union(due)
    }

    static func obligations() throws -> Set<String> {
        var site = try TestSite.founded()
        try site.perform(
            "obligation.record",
            [
                "obligation": "OB-1", "kind": "renewal", "authorisation": "EU/1/26/001",
                "task": "renewal of the conditional approval", "due": "2027-03-31",
            ], as: "reviewer")
        return site.dueRules
    }

    static func times() throws -> Set<String> {
        var site = try TestSite.withTimeLimits()
        try site.thaw(minutes: 31)
        return site.rules
    }
}

extension TestSite {
    /// A laboratory that was authorised for testing up to a day.
    mutating func registerLaboratory(until: JSONValue) throws {
        try perform(
            "organisation.register",
            ["organisation": "LAB-1", "name": "virology", "activities": ["testing"]],
            as: "reviewer")
        try perform(
            "organisation.record-authorisation",
            [
                "organisation": "LAB-1", "reference": "LA-1", "authority": "the authority",
                "activities": ["testing"], "from": "2024-01-01", "until": until,
            ], as: "reviewer")
    }

    /// A cord of D-1 that was collected just now.
    func donation(
        cord: JSONValue = "CORD-1", code: JSONValue? = nil, hours: Int64 = 0,
        temperature: JSONValue = "5 °C", identifier: JSONValue? = nil
    ) -> JSONValue {
        var body: [String: JSONValue] = [
            "container": cord, "donor": "D-1", "material": "cord",
            "collected": .string(now.advanced(bySeconds: 60 - hours * 3600).description),
            "temperature": temperature, "place": "fridge",
        ]
        body["europeanCode"] = code
        body["identifier"] = identifier
        return .object(body)
    }

    /// A marketed product with a bank in one tank, ready for production.
    static func onTheMarket() throws -> TestSite {
        var site = try founded()
        try site.registerVariant(
            "SMALL-1.0.0",
            [
                "  phase: phase1\n": "  phase: commercial\n",
                "name: culture medium, role: raw material,":
                    "name: culture medium, role: raw material, critical: yes, "
                    + "qualification: { lot-test: doubling time beside the lot in use },",
            ])
        try site.receiveCord()
        try site.receiveMaterials(qualification: "QL-1")
        try site.makeBank(counted: true)
        try site.releaseBank()
        return site
    }

    /// A batch of the product from one vial, up to and with the points of the Qualified Person.
    mutating func makeMarketedBatch(_ batch: String, from vial: String) throws {
        try makeProduct(batch: batch, vial: vial)
        try testProduct(batch: .string(batch))
        try perform("testing.verify-results", ["subject": .string(batch)], as: "reviewer")
        try perform("batch.review", ["batch": .string(batch)], as: "reviewer")
        try confirmPoints(batch: batch)
    }

    /// A bank of another donor, and a batch made from it.
    mutating func makeSecondStock() throws {
        try receiveCord(donor: "D-2", cord: "CORD-2")
        try makeBank(batch: "B-3", bank: "MCS-2", counted: true, cord: "CORD-2")
        try releaseBank(batch: "B-3", bank: "MCS-2")
        try makeMarketedBatch("B-4", from: "MCS-2-001")
    }

    mutating func concludeStudy(_ id: JSONValue, _ kind: JSONValue, of subject: JSONValue) throws {
        try perform(
            "study.open",
            [
                "study": id, "kind": kind, "subject": subject, "protocolNumber": "P-1",
                "months": [], "windowDays": 0,
                "tests": [["test": "all", "criterion": "'as expected'"]],
            ], as: "reviewer")
        try perform(
            "study.record-result",
            ["study": id, "test": "all", "observation": "as expected", "reference": "Q-1"],
            as: "analyst")
        try perform("testing.verify-results", ["subject": id], as: "reviewer")
        try perform(
            "study.conclude", ["study": id, "summary": "met"], as: "reviewer")
    }

    /// A minor change that was made and is not closed.
    mutating func proposeChange(
        _ id: JSONValue = "CC-1", scale: Bool = false, touches: JSONValue = []
    ) throws {
        try perform(
            "change.propose",
            [
                "change": id, "title": "larger stacks", "impact": "minor", "assessment": "none",
                "touches": touches, "changesScale": .bool(scale),
            ], as: "supervisor")
        try perform("change.approve", ["change": id], as: "reviewer")
        try perform("change.implement", ["change": id], as: "supervisor")
    }

    /// The small definition with an open step of at most 30 min, and cells that wait at most an hour.
    static func withTimeLimits() throws -> TestSite {
        var site = try founded()
        try site.registerVariant(
            "SMALL-1.0.0",
            [
                "          kind: thaw\n": """
                          kind: thaw
                          state: open
                          open-time: 30 min
                          holds: [{ name: thawed cells, maximum: 1 h }]

                """
            ])
        try site.receiveCord()
        try site.receiveMaterials()
        try site.makeBank(counted: true)
        try site.releaseBank()
        return site
    }

    /// Thaws a vial for B-2 in so many minutes.
    mutating func thaw(minutes: Int64) throws {
        try perform(
            "batch.open", ["batch": "B-2", "definition": "SMALL-1.0.0", "stage": "production"],
            as: "supervisor")
        let step: [String: JSONValue] = ["batch": "B-2", "step": "thaw"]
        try perform("batch.start-step", .object(step), as: "operator-1")
        let started = now
        try perform(
            "batch.use-container", .object(step.merging(["container": "MCS-1-001"]) { $1 }),
            as: "operator-1")
        try perform(
            "batch.record-parameter",
            .object(step.merging(["parameter": "time", "value": "2.5 min"]) { $1 }),
            as: "operator-1")
        now = started.advanced(bySeconds: (minutes - 1) * 60)
        try perform("batch.complete-step", .object(step), as: "operator-1")
    }
}
