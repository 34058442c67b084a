import Facility
import Foundation
import Guidance
import Ledger
import Testing

/// A site that receives a line and a bank made elsewhere, imports logs and reviews its product.
extension TestSite {
    /// A line whose history reaches passage 3.
    mutating func registerLine(reaching passages: [Int] = [1, 3]) throws {
        try perform(
            "line.register",
            [
                "line": "LINE-1", "name": "TESTe001-A", "provider": "public bank",
                "consent": "CONSENT-1", "dueDiligence": "DD-1", "strProfile": "STR-1",
                "isInduced": false,
            ], as: "reviewer")
        var from = 0
        for to in passages {
            try perform(
                "line.record-stretch",
                [
                    "line": "LINE-1", "fromPassage": .number(Double(from)),
                    "toPassage": .number(Double(to)), "event": "expansion", "site": "public bank",
                    "began": "2015-03-02", "materials": "defined medium",
                ], as: "reviewer")
            from = to
        }
    }

    /// A scorecard with the same score for each criterion but the genetics.
    mutating func score(_ line: JSONValue, _ score: Int, genetics: Int? = nil) throws {
        let scores = LineCriterion.allCases.map { criterion -> JSONValue in
            let isGenetics = criterion == .genetics
            return [
                "criterion": .string(criterion.rawValue), "weight": isGenetics ? 6 : 1,
                "score": .number(Double(isGenetics ? genetics ?? score : score)),
                "evidence": "DD-1",
            ]
        }
        try perform("line.score", ["line": line, "scores": .array(scores)], as: "reviewer")
    }

    /// What arrives with a bank of two vials.
    static func arrival(highest: JSONValue = "-160 °C") -> JSONValue {
        [
            "bank": "MCB-9", "definition": "SMALL-1.0.0", "kind": "master", "line": "LINE-1",
            "batch": "EXT-77", "maker": "public bank", "certificate": "COA-MCB-9", "passage": 3,
            "doublings": "20 PD", "freezings": 1, "count": 2, "cells": "5e6 cells",
            "place": "LN2-3/A", "highestTemperature": highest,
        ]
    }

    /// Passing results for every line of the matrix that the bank needs.
    mutating func testBank(_ bank: String, except: Set<String> = []) throws {
        let standings = state.testMatrix(of: try state.bank(BankID(bank)!))
        for standing in standings where standing.answer == .open {
            guard !except.contains(standing.test.id) else { continue }
            try passBank(bank, standing.test)
        }
    }

    /// A passing result for a line of the matrix: in the words of the criterion, or as two people
    /// found where the definition has none.
    mutating func passBank(_ bank: String, _ test: BankTest, reference: JSONValue = "BT-1") throws {
        var body: [String: JSONValue] = [
            "bank": .string(bank), "test": .string(test.id), "reference": reference,
        ]
        if case .observed(let words) = state.criterion(
            of: test, for: try state.bank(BankID(bank)!))
        {
            body["observation"] = .string(words)
        } else {
            body["observation"] = "as the protocol asks for"
            body["passes"] = true
            body["verifiedBy"] = "reviewer"
        }
        try perform("bank.record-test", .object(body), as: "analyst")
    }

    static let logFile = JSONValue.string(Digest.sha256(of: [7]).hex)

    /// Every kind of fact about arrivals, logs and the review of the product.
    static func tourOfArrivals() throws -> TestSite {
        var site = try withCertifiedBatch()
        try site.registerLine()
        try site.score("LINE-1", 8)
        try site.perform(
            "line.select",
            ["line": "LINE-1", "comparedWith": [], "reason": "the only one with a licence"],
            as: "reviewer")
        try site.perform(
            "donor.assess-dilution",
            [
                "donor": "D-1", "sampled": "2026-01-05", "mass": "70 kg",
                "crystalloids": "1000 mL",
            ], as: "analyst")
        try site.perform("bank.receive", arrival(), as: "operator-1")
        try site.testBank("MCB-9")
        try site.perform("bank.release", ["bank": "MCB-9"], as: "reviewer")
        try site.perform(
            "site.record-authorisation",
            [
                "reference": "MIA-1", "authority": "the authority",
                "kind": "manufacturing-authorisation", "activities": ["manufacture", "testing"],
                "from": "2025-01-01", "until": "2027-12-31",
            ], as: "reviewer")
        try site.registerUnit()
        let start = site.now
        site.wait(days: 1)
        try site.perform(
            "storage.import-log",
            [
                "unit": "LN2-2", "from": .string(start.description),
                "to": .string(site.now.description), "readings": 145, "lowest": "-190 °C",
                "highest": "-170 °C", "file": logFile,
            ], as: "operator-2")
        try site.setLevelLimits()
        try site.perform(
            "storage.record-level", ["unit": "LN2-2", "level": "18 cm"], as: "operator-2")
        try site.order(containers: ["B-2-001"])
        let left = site.now
        site.wait(days: 1)
        try site.perform(
            "shipment.receive", ["shipment": "S-1", "highestTemperature": "-165 °C"],
            as: "supervisor")
        try site.importLog(of: "S-1", from: left)
        try site.perform(
            "quality-review.approve",
            [
                "product": "SMALL", "from": "2026-01-01",
                "to": .string(site.now.date.description), "conclusion": "in control",
            ], as: "reviewer")
        return site
    }

    /// The temperature log of a shipment that is on its way since `left` and has just arrived.
    mutating func importLog(of shipment: JSONValue, from left: Timestamp) throws {
        try perform(
            "shipment.import-log",
            ["shipment": shipment, "series": Self.loggerFile(from: left, to: now)],
            as: "supervisor")
    }

    /// The file of a logger: a reading every ten minutes, and one at the end.
    static func loggerFile(
        from: Timestamp, to: Timestamp, lowest: Int = -190, highest: Int = -165
    ) -> JSONValue {
        var lines: [String] = []
        var at = from
        while at < to {
            lines.append("\(at),\(lines.isEmpty ? lowest : highest)")
            at = at.advanced(bySeconds: 600)
        }
        lines.append("\(to),\(highest)")
        return ["name": "logger.csv", "text": .string(lines.joined(separator: "\n"))]
    }

    /// A tank that stands as equipment.
    mutating func registerUnit(_ unit: JSONValue = "LN2-2") throws {
        try perform(
            "equipment.register",
            [
                "equipment": unit, "name": "vapour tank", "servesAs": "storage-tank",
                "needsCalibration": false, "hasGloves": false,
            ], as: "supervisor")
    }

    /// A patient, an order and a shipment of `containers`.
    mutating func order(containers: [String]) throws {
        let all = JSONValue.array(containers.map { .string($0) })
        try perform("patient.register", ["patient": "PT-1"], as: "supervisor")
        try perform(
            "order.place",
            [
                "order": "O-1", "patient": "PT-1", "hospital": "hospital",
                "definition": "SMALL-1.0.0", "containers": .number(Double(containers.count)),
            ], as: "supervisor")
        try perform(
            "shipment.dispatch",
            ["shipment": "S-1", "order": "O-1", "containers": all, "shipper": "dry shipper 1"],
            as: "supervisor")
    }
}
