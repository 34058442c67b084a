import Facility
import Ledger
import Testing

// A laboratory with an instrument, a reagent and a method that asks for both.
extension TestSite {
    /// An instrument that serves as `cell-counter`, qualified and calibrated.
    mutating func registerCounter(_ id: JSONValue = "NC-1", isFit: Bool = true) throws {
        try perform(
            "equipment.register",
            [
                "equipment": id, "name": "cell counter", "servesAs": "cell-counter",
                "needsCalibration": true, "hasGloves": false,
            ], as: "supervisor")
        guard isFit else { return }
        try perform(
            "equipment.qualify", ["equipment": id, "report": "Q-NC", "months": 12], as: "reviewer")
        try calibrateCounter(id)
    }

    mutating func calibrateCounter(
        _ id: JSONValue = "NC-1", asFound: JSONValue = "in-tolerance"
    ) throws {
        try perform(
            "equipment.record-calibration",
            [
                "equipment": id, "certificate": "CAL-NC", "asFound": asFound, "due": "2026-12-31",
            ], as: "operator-1")
    }

    /// A lot of the stain that cells are counted with.
    mutating func receiveStain(_ lot: JSONValue = "R-1", isReleased: Bool = true) throws {
        try perform(
            "organisation.approve-supplier",
            [
                "organisation": "SUP-1", "materials": ["medium", "cryo", "stain"],
                "isCritical": false,
            ], as: "reviewer")
        try perform(
            "material.receive",
            [
                "lot": lot, "material": "stain", "supplier": "supplier", "supplierLot": "S-7",
                "expiry": "2026-06-30", "quantity": "10 mL",
            ], as: "operator-1")
        guard isReleased else { return }
        try perform("material.release", ["lot": lot, "certificate": "COA-S"], as: "reviewer")
    }

    mutating func registerMethod(version: JSONValue = "1", change: JSONValue? = nil) throws {
        var body: [String: JSONValue] = [
            "method": "viability", "version": version, "document": "SOP-QC-3",
            "instruments": ["cell-counter"], "reagents": ["stain"],
        ]
        body["change"] = change
        try perform("testing.register-method", .object(body), as: "reviewer")
    }

    /// A version of which a run counts with a reference between 90 and 110 %.
    mutating func registerMethodWithControl(change: JSONValue) throws {
        try perform(
            "testing.register-method",
            [
                "method": "viability", "version": "2", "document": "SOP-QC-3",
                "instruments": ["cell-counter"], "reagents": ["stain"], "change": change,
                "suitability": [["test": "reference", "criterion": "90..110 %"]],
            ], as: "reviewer")
    }

    /// A run of the viability of B-2 whose reference was too low.
    static func spoiltRun() -> JSONValue {
        [
            "method": "viability", "subject": "B-2", "reference": "QC-9",
            "suitability": [["control": "reference", "observation": "71 %"]],
            "reason": "reference below its limit", "instruments": ["NC-1"],
            "reagents": [["lot": "R-1", "quantity": "0.5 mL"]],
        ]
    }

    mutating func qualifyAnalyst() throws {
        try perform(
            "testing.qualify-analyst",
            ["method": "viability", "person": "analyst", "document": "TR-QC-1"], as: "supervisor")
    }

    /// A filled batch of the product in a laboratory where viability is tested by a registered method.
    static func withLaboratory() throws -> TestSite {
        var site = try withBank()
        try site.makeProduct()
        try site.registerCounter()
        try site.receiveStain()
        try site.registerMethod()
        try site.qualifyAnalyst()
        return site
    }

    /// A result of the viability of B-2 with what it names.
    static func viability(
        instruments: JSONValue? = ["NC-1"],
        reagents: JSONValue? = [["lot": "R-1", "quantity": "0.5 mL"]]
    ) -> JSONValue {
        var body: [String: JSONValue] = [
            "batch": "B-2", "test": "viability", "observation": "88 %", "reference": "QC-2",
        ]
        body["instruments"] = instruments
        body["reagents"] = reagents
        return .object(body)
    }

    /// Every kind of fact about methods and what a test is done with.
    static func tourOfTestRuns() throws -> TestSite {
        var site = try withLaboratory()
        try site.perform("testing.record-result", viability(), as: "analyst")
        try site.perform("testing.verify-results", ["subject": "B-2"], as: "reviewer")
        try site.approveChange("CC-3")
        try site.registerMethodWithControl(change: "CC-3")
        try site.perform("testing.record-invalid-run", spoiltRun(), as: "analyst")
        return site
    }
}
