import Facility
import Foundation
import Ledger
import Testing
import TestSupport

// What a site needs besides its people: heads, a supplier, training; and a clean room with an
// isolator for the definition in `Fixtures/cleanroom`.
extension TestSite {
    /// An establishment that is authorised to procure cords, under agreement.
    mutating func registerEstablishment() throws {
        try perform(
            "organisation.register",
            [
                "organisation": "TE-1", "name": "maternity",
                "activities": ["procurement", "tissue-establishment"],
            ], as: "reviewer")
        try perform(
            "organisation.record-authorisation",
            [
                "organisation": "TE-1", "reference": "TE-77", "authority": "the authority",
                "activities": ["procurement"], "from": "2024-01-01", "until": "2033-12-31",
            ], as: "reviewer")
        try perform(
            "organisation.record-agreement",
            [
                "organisation": "TE-1", "document": "AGR-1",
                "topics": ["test-results", "traceability", "donor-follow-up", "transport"],
                "from": "2024-01-01", "until": "2033-12-31",
            ], as: "reviewer")
    }

    mutating func appointHeads() throws {
        try perform(
            "people.appoint-head", ["office": "production", "person": "supervisor"], as: "admin")
        try perform(
            "people.appoint-head", ["office": "quality-control", "person": "analyst"], as: "admin")
    }

    mutating func approveSupplier() throws {
        try perform(
            "organisation.register",
            ["organisation": "SUP-1", "name": "supplier", "activities": ["supply"]], as: "reviewer")
        try perform(
            "organisation.approve-supplier",
            ["organisation": "SUP-1", "materials": ["medium", "cryo"], "isCritical": false],
            as: "reviewer")
    }

    mutating func train(
        _ people: [String] = ["operator-1", "operator-2"], in definition: JSONValue
    ) throws {
        for person in people {
            try perform(
                "people.record-training",
                ["person": .string(person), "definition": definition, "document": "TR-1"],
                as: "supervisor")
        }
    }

    /// A site with the definition of `Fixtures/cleanroom`, and nothing that its steps need.
    static func withCleanroomDefinition() throws -> TestSite {
        var site = try founded()
        let file = fixtures().appending(path: "cleanroom/definition.yaml")
        let text = try String(contentsOf: file, encoding: .utf8)
        try site.perform(
            "definition.register",
            [
                "definition": "CLEAN-1", "openErrors": 0,
                "files": [["name": "definition.yaml", "text": .string(text)]],
            ], as: "supervisor")
        try site.perform("definition.approve", ["definition": "CLEAN-1"], as: "reviewer")
        try site.perform(
            "batch.open", ["batch": "B-9", "definition": "CLEAN-1", "stage": "banking"],
            as: "supervisor")
        return site
    }

    /// What stands between a batch and its first step, one preparation each, in any order.
    enum Preparation: CaseIterable {
        case training, room, isolator, gloves, gowning, simulations, clearance
    }

    /// A site where the step `isolate` may start, but for what is left out.
    static func readyToIsolate(without left: Preparation? = nil) throws -> TestSite {
        var site = try withCleanroomDefinition()
        try site.registerPremises()
        for preparation in Preparation.allCases where preparation != left {
            try site.prepare(preparation)
        }
        return site
    }

    mutating func registerPremises() throws {
        try perform(
            "room.register",
            ["room": "R-1", "name": "processing", "servesAs": "processing", "grade": "C"],
            as: "supervisor")
        try perform(
            "room.register",
            ["room": "R-2", "name": "cold store", "servesAs": "store", "grade": "CNC"],
            as: "supervisor")
        try perform(
            "equipment.register",
            [
                "equipment": "ISO-1", "name": "isolator", "servesAs": "isolator", "room": "R-1",
                "grade": "A", "needsCalibration": true, "hasGloves": true,
            ], as: "supervisor")
        try perform(
            "equipment.register",
            [
                "equipment": "FRZ-1", "name": "freezer", "servesAs": "freezer", "room": "R-2",
                "needsCalibration": false, "hasGloves": false,
            ], as: "supervisor")
    }

    mutating func prepare(_ preparation: Preparation) throws {
        switch preparation {
        case .training: try train(in: "CLEAN-1")
        case .room: try qualifyRoom()
        case .isolator:
            try perform(
                "equipment.qualify", ["equipment": "ISO-1", "report": "Q-1", "months": 6],
                as: "reviewer")
            try calibrateIsolator(due: "2026-12-31")
        case .gloves:
            try perform(
                "equipment.test-gloves",
                ["equipment": "ISO-1", "point": "start", "method": "pressure", "isIntact": true],
                as: "operator-1")
        case .gowning: try assessGowning("operator-1")
        case .simulations: for run in 1...3 { try simulate("APS-\(run)") }
        case .clearance:
            try perform(
                "batch.clear-line", ["batch": "B-9", "step": "isolate", "room": "R-1"],
                as: "operator-1")
        }
    }

    mutating func qualifyRoom(_ room: JSONValue = "R-1", atRest: JSONValue = 120_000) throws {
        try perform(
            "room.qualify",
            [
                "room": room, "report": "Q-2",
                "tests": .array(RoomTest.allCases.map { .string($0.rawValue) }),
                "counts": [
                    ["state": "at-rest", "size": "0.5-um", "count": atRest],
                    ["state": "in-operation", "size": "0.5-um", "count": 900_000],
                ],
            ], as: "reviewer")
        try perform(
            "room.record-cleaning", ["room": room, "agent": "sporicide 7", "procedure": "SOP-1"],
            as: "operator-1")
        guard state.rooms[RoomID("R-1")!]?.qualifiedUntil != nil else { return }
        try perform(
            "room.change-condition",
            ["room": room, "condition": "ready", "reason": "qualified and clean"],
            as: "supervisor")
    }

    mutating func calibrateIsolator(
        due: JSONValue, asFound: JSONValue = "in-tolerance"
    ) throws {
        try perform(
            "equipment.record-calibration",
            ["equipment": "ISO-1", "certificate": "CAL-1", "asFound": asFound, "due": due],
            as: "operator-1")
    }

    mutating func assessGowning(_ person: JSONValue, chest: JSONValue = 3) throws {
        try perform(
            "people.assess-gowning",
            [
                "person": person, "grade": "C", "looksRight": true,
                "plates": [
                    ["site": "left-glove", "colonies": 0], ["site": "right-glove", "colonies": 1],
                    ["site": "chest", "colonies": chest],
                ],
            ], as: "analyst")
    }

    mutating func simulate(
        _ id: String, contaminated: JSONValue = 0,
        operators: JSONValue = ["operator-1", "operator-2"]
    ) throws {
        try perform(
            "simulation.record",
            [
                "simulation": .string(id), "definition": "CLEAN-1", "steps": ["isolate"],
                "shift": "day", "operators": operators, "interventions": ["glove change"],
                "duration": "9 h", "filled": 100, "incubated": 99,
                "justification": "one broken when it was stoppered",
            ], as: "supervisor")
        try perform(
            "simulation.read",
            ["simulation": .string(id), "contaminated": contaminated, "report": "REP-1"],
            as: "analyst")
    }

    /// Lets time pass.
    mutating func wait(days: Int64) { now = now.advanced(bySeconds: days * 86_400) }

    /// The rule that a refused command names.
    mutating func rule(
        _ name: String, _ body: JSONValue, as person: String
    ) throws -> String? {
        do {
            try perform(name, body, as: person)
        } catch let rejection as Rejection {
            return rejection.rule
        }
        return nil
    }

    mutating func startIsolation() throws -> String? {
        try rule("batch.start-step", ["batch": "B-9", "step": "isolate"], as: "operator-1")
    }

    /// The descriptions of the events that are open for a batch.
    func openEvents(of batch: String) -> [String] {
        state.batches[BatchID(batch)!].map { state.openDeviations(of: $0).map(\.description) } ?? []
    }
}
