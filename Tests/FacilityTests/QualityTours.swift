import Facility
import Foundation
import Ledger
import Quantities
import Testing
import TestSupport

// Sites that together have every kind of fact about material, events, release and patients.

extension TestSite {
    /// Lots, containers, samples, holds and excursions.
    static func tourOfMaterial() throws -> TestSite {
        var site = try withBank()
        try site.perform("material.move", ["lot": "M-1", "place": "fridge 2"], as: "operator-1")
        for origin in ["M-1", "MCS-1-010"] as [JSONValue] {
            let sample: JSONValue = origin == "M-1" ? "SA-1" : "SA-2"
            try site.perform(
                "sample.take",
                ["sample": sample, "origin": origin, "quantity": "5 mL", "purpose": "identity"],
                as: "operator-1")
        }
        try site.registerLaboratory()
        try site.perform(
            "sample.hand-over", ["sample": "SA-1", "to": "LAB-1", "temperature": "5 °C"],
            as: "operator-1")
        try site.perform(
            "sample.receive", ["sample": "SA-1", "condition": "intact"], as: "analyst")
        try site.perform("sample.dispose", ["sample": "SA-1", "reason": "used up"], as: "analyst")
        try site.perform(
            "material.destroy",
            ["lot": "M-1", "quantity": "10 mL", "reason": "spilt", "witness": "operator-2"],
            as: "operator-1")
        try site.perform(
            "material.return", ["lot": "M-1", "quantity": "10 mL", "reason": "surplus"],
            as: "operator-1")
        try site.perform("material.count", ["lot": "M-1", "counted": "700 mL"], as: "operator-1")
        try site.perform(
            "container.move", ["containers": ["MCS-1-001"], "positions": ["LN2-1/A/1"]],
            as: "operator-1")
        try site.perform(
            "container.destroy",
            ["containers": ["MCS-1-009"], "reason": "cracked", "witness": "operator-2"],
            as: "operator-1")
        for thing in ["M-1", "MCS-1-002"] as [JSONValue] {
            try site.perform("hold.place", ["thing": thing, "reason": "label"], as: "operator-1")
            try site.perform("hold.lift", ["thing": thing, "reason": "relabelled"], as: "reviewer")
        }
        try site.perform(
            "material.retest",
            ["lot": "M-1", "report": "QC-9", "passes": true, "next": "2026-12-31"],
            as: "reviewer")
        let now = JSONValue.string(site.now.description)
        try site.perform(
            "storage.record-excursion",
            ["excursion": "EX-1", "unit": "LN2-1", "from": now, "to": now, "extreme": "-110 °C"],
            as: "operator-1")
        try site.perform(
            "storage.assess-excursion",
            ["excursion": "EX-1", "disposition": "acceptable", "reason": "short"], as: "reviewer")
        return site
    }

    /// A batch that rests, is counted, parted, joined and ended.
    static func tourOfCulture() throws -> TestSite {
        var site = try withBank()
        for (batch, vial) in [("B-8", "MCS-1-001"), ("B-9", "MCS-1-002")] {
            let b = JSONValue.string(batch)
            try site.perform(
                "batch.open", ["batch": b, "definition": "SMALL-1.0.0", "stage": "production"],
                as: "supervisor")
            try site.perform("batch.start-step", ["batch": b, "step": "thaw"], as: "operator-1")
            try site.perform(
                "batch.use-container", ["batch": b, "step": "thaw", "container": .string(vial)],
                as: "operator-1")
        }
        try site.perform(
            "material.receive",
            [
                "lot": "C-2", "material": "cryo", "supplier": "supplier", "supplierLot": "78",
                "expiry": "2027-01-31", "quantity": "500 mL",
            ], as: "operator-1")
        try site.perform(
            "material.allow-conditional-use",
            ["lot": "C-2", "batch": "B-8", "riskAssessment": "RA-9"], as: "reviewer")
        try site.perform(
            "batch.record-count",
            [
                "batch": "B-8", "step": "thaw", "point": "thawed",
                "concentrations": ["1e6 cells/mL"], "viability": "90 %", "volume": "1 mL",
            ], as: "operator-1")
        try site.perform(
            "batch.import-trace", thawTrace(of: site, lowest: "2.1 min"), as: "operator-1")
        try site.perform("batch.pause", ["batch": "B-8", "reason": "alarm"], as: "supervisor")
        try site.perform("batch.resume", ["batch": "B-8"], as: "supervisor")
        let exceptions = site.state.exceptions(of: try site.state.batch(BatchID("B-8")!))
        try site.perform(
            "batch.dispose-exception",
            [
                "batch": "B-8", "exception": .string(exceptions.first { $0.kind == .pause }!.id),
                "disposition": "acceptable", "reason": "four minutes",
            ], as: "reviewer")
        try site.perform("batch.pool", ["batch": "B-8", "from": "B-9"], as: "supervisor")
        try site.perform(
            "batch.split",
            [
                "batch": "B-8", "into": "B-10", "reason": "two vessels", "share": "2 flasks",
                "whole": "5 flasks",
            ],
            as: "supervisor")
        _ = site.refusal("label.issue", ["batch": "B-8", "count": 5], as: "supervisor")
        try site.issueLabels("B-8", count: 5)
        try site.perform(
            "label.reprint",
            ["batch": "B-8", "containers": ["B-8-002"], "reason": "illegible"], as: "supervisor")
        try site.perform(
            "label.reconcile", ["batch": "B-8", "used": 5, "destroyed": 1], as: "supervisor")
        try site.perform("batch.abort", ["batch": "B-10", "reason": "spilt"], as: "supervisor")
        return site
    }

    /// The trace of a sensor beside the thawing of B-8.
    /// Labels for a fill today.
    mutating func issueLabels(_ batch: JSONValue, count: Int) throws {
        try perform(
            "label.issue",
            [
                "batch": batch, "count": .number(Double(count)),
                "fillOn": .string(now.date.description),
            ], as: "supervisor")
    }

    static func thawTrace(
        of site: TestSite, lowest: JSONValue, highest: JSONValue = "2.9 min",
        from: Int64 = -120, to: Int64 = 0
    ) -> JSONValue {
        [
            "batch": "B-8", "step": "thaw", "parameter": "time",
            "from": .string(site.now.advanced(bySeconds: from).description),
            "to": .string(site.now.advanced(bySeconds: to).description), "readings": 12,
            "lowest": lowest, "highest": highest, "file": logFile,
        ]
    }

    /// Investigations, actions, changes, complaints, recalls and studies.
    static func tourOfEvents() throws -> TestSite {
        var site = try withBank()
        try site.makeProduct()
        try site.testProduct(viability: "65 %")
        try site.perform(
            "deviation.classify",
            ["deviation": "DEV-0001", "grade": "major", "reason": "dose"], as: "reviewer")
        try site.perform(
            "oos.record-laboratory-phase",
            ["deviation": "DEV-0001", "assignableCause": true, "evidence": "stain"], as: "analyst")
        try site.perform(
            "oos.record-full-phase",
            ["deviation": "DEV-0001", "review": "fill", "conclusion": "stain"], as: "reviewer")
        try site.perform(
            "oos.invalidate-result", ["deviation": "DEV-0001", "reason": "stain"], as: "reviewer")
        try site.perform(
            "capa.open",
            [
                "capa": "CAPA-1", "source": "DEV-0001", "action": "check the stain",
                "owner": "supervisor", "due": "2026-03-01", "effectMeasure": "no repeat",
            ], as: "reviewer")
        try site.perform("capa.complete", ["capa": "CAPA-1", "evidence": "SOP"], as: "supervisor")
        try site.perform(
            "capa.check-effect", ["capa": "CAPA-1", "isEffective": true, "evidence": "ten runs"],
            as: "reviewer")
        try site.perform(
            "change.propose",
            [
                "change": "CC-1", "title": "new form", "impact": "minor", "assessment": "none",
                "touches": [],
            ], as: "supervisor")
        try site.perform(
            "event.move-due",
            ["event": "CC-1", "due": "2026-03-01", "reason": "the printer is late"],
            as: "reviewer")
        try site.perform("change.approve", ["change": "CC-1"], as: "reviewer")
        try site.perform("change.implement", ["change": "CC-1"], as: "supervisor")
        try site.perform("change.close", ["change": "CC-1", "effect": "in use"], as: "reviewer")
        try site.perform(
            "complaint.receive",
            ["complaint": "CP-1", "subject": "B-2", "from": "hospital", "description": "cap"],
            as: "supervisor")
        try site.perform(
            "complaint.close",
            [
                "complaint": "CP-1", "finding": "sound", "isQualityDefect": false,
                "conclusion": "the cap is of another product",
            ], as: "reviewer")
        try site.perform(
            "study.open",
            [
                "study": "ST-1", "kind": "stability", "subject": "MCS-1",
                "protocolNumber": "P-1", "months": [0], "windowDays": 14,
                "tests": [["test": "viability", "criterion": ">= 70 %"]],
            ], as: "reviewer")
        try site.perform(
            "study.pull",
            ["study": "ST-1", "month": 0, "container": "MCS-1-005", "sample": "SA-9"],
            as: "analyst")
        try site.perform(
            "study.record-result",
            [
                "study": "ST-1", "month": 0, "test": "viability", "observation": "91 %",
                "reference": "Q-1",
            ], as: "analyst")
        try site.perform(
            "study.conclude", ["study": "ST-1", "summary": "stable"],
            as: "reviewer")
        try site.perform(
            "site.record-self-inspection",
            [
                "report": "SI-1", "scope": "production and quality control",
                "intervalMonths": 12,
            ], as: "reviewer")
        try site.perform(
            "obligation.record",
            [
                "obligation": "OB-1", "kind": "specific-obligation", "authorisation": "CMA-1",
                "task": "final report of the confirmatory trial", "due": "2027-06-30",
            ], as: "reviewer")
        try site.perform(
            "obligation.fulfil", ["obligation": "OB-1", "evidence": "submission 12"],
            as: "reviewer")
        try site.perform("meeting.record", MeetingTests.advice(), as: "reviewer")
        try site.perform(
            "meeting.record-answer",
            ["meeting": "MT-1", "question": 2, "answer": "a lot of the site, letter 4"],
            as: "reviewer")
        for passes in [false, true] {
            try site.perform(
                "system.record-check",
                [
                    "report": passes ? "RD-2" : "RD-1", "kind": "restore-drill",
                    "performedBy": "admin", "passes": .bool(passes),
                    "findings": "copy of Sunday, from the second building", "entries": 5,
                    "root": .string(Digest.sha256(of: [1]).hex), "took": "12 min",
                ], as: "reviewer")
        }
        try site.perform(
            "recall.begin",
            ["recall": "RC-1", "thing": "M-1", "reason": "endotoxin", "isMock": false],
            as: "reviewer")
        try site.perform(
            "recall.record-contact",
            ["recall": "RC-1", "whom": "supplier", "answer": "will look"], as: "supervisor")
        try site.perform(
            "recall.close", ["recall": "RC-1", "conclusion": "all held"], as: "reviewer")
        return site
    }

    /// Orders kept, doses returned, patients followed, and supply outside the specification.
    static func tourOfPatients() throws -> TestSite {
        var site = try ThreadTests.treated()
        try site.perform(
            "order.place",
            [
                "order": "O-2", "patient": "P-7", "hospital": "hospital",
                "definition": "SMALL-1.0.0", "containers": 1,
            ], as: "supervisor")
        try site.perform(
            "order.reserve", ["order": "O-2", "containers": ["B-2-002"]], as: "supervisor")
        try site.perform("order.free", ["order": "O-2", "reason": "postponed"], as: "supervisor")
        try site.perform(
            "shipment.dispatch",
            ["shipment": "S-2", "order": "O-2", "containers": ["B-2-002"], "shipper": "4"],
            as: "supervisor")
        try site.perform(
            "shipment.return", ["shipment": "S-2", "containers": ["B-2-002"], "reason": "late"],
            as: "supervisor")
        try site.perform(
            "patient.plan-follow-up", ["patient": "P-7", "hazard": "tumour", "months": [1]],
            as: "supervisor")
        try site.perform(
            "patient.record-follow-up",
            ["patient": "P-7", "hazard": "tumour", "month": 1, "finding": "none"],
            as: "supervisor")
        try site.perform(
            "patient.record-adverse-event",
            [
                "patient": "P-7", "description": "fever", "grade": 1, "relation": "possible",
                "onset": "2026-01-05",
            ], as: "supervisor")
        try site.perform(
            "patient.record-outcome",
            ["patient": "P-7", "endpoint": "response", "observation": "complete"],
            as: "supervisor")
        try site.perform(
            "complaint.receive",
            [
                "complaint": "CP-2", "subject": "B-2-002", "from": "hospital",
                "description": "flakes after thawing",
            ], as: "supervisor")
        try site.perform(
            "complaint.close",
            [
                "complaint": "CP-2", "finding": "flakes confirmed", "isQualityDefect": true,
                "holdsSisters": true, "noRecall": "every other dose is at the site",
            ], as: "reviewer")
        return site
    }

    /// A batch out of specification that is supplied all the same.
    static func tourOfExceptionalSupply() throws -> TestSite {
        var site = try withBank()
        try site.makeProduct()
        try site.testProduct(viability: "65 %")
        try site.perform(
            "oos.record-laboratory-phase",
            ["deviation": "DEV-0001", "assignableCause": false, "evidence": "none"],
            as: "analyst")
        try site.perform(
            "oos.record-full-phase",
            ["deviation": "DEV-0001", "review": "fill", "conclusion": "slow"], as: "reviewer")
        try site.perform(
            "deviation.close",
            [
                "deviation": "DEV-0001", "rootCause": "slow", "impact": "viability",
                "disposition": "reject",
            ], as: "reviewer")
        try site.perform("patient.register", ["patient": "P-7"], as: "supervisor")
        try site.perform(
            "batch.supply-exceptionally",
            [
                "batch": "B-2", "patient": "P-7", "request": "letter", "hazard": "h",
                "alternatives": "none", "riskEvaluation": "RA", "acceptance": "signed",
                "notified": "sponsor",
            ], as: "qp")
        return site
    }

    /// A release in two stages whose second stage fails.
    ///
    /// - Parameter closed: whether the alert is sent before the stage is closed.
    static func tourOfTwoStages(closed: Bool = true) throws -> TestSite {
        var site = try founded()
        let file = fixtures().appending(path: "small/definition.yaml")
        let text = try String(contentsOf: file, encoding: .utf8)
            .replacing(
                "    applies-to: drug product\n",
                with: "    applies-to: drug product\n    two-stage-release: AUTH-7\n")
        // The last sterility test is the product's; its result takes fourteen days.
        let parts = text.components(separatedBy: "class: safety, limit: no growth }")
        let staged =
            parts.dropLast().joined(separator: "class: safety, limit: no growth }")
            + "class: safety, limit: no growth, second-stage: yes }" + (parts.last ?? "")
        try site.perform(
            "definition.register",
            [
                "definition": "SMALL-1.0.0", "openErrors": 0,
                "files": [["name": "definition.yaml", "text": .string(staged)]],
            ], as: "supervisor")
        try site.perform("definition.approve", ["definition": "SMALL-1.0.0"], as: "reviewer")
        try site.train(in: "SMALL-1.0.0")
        try site.receiveCord()
        try site.receiveMaterials()
        try site.makeBank()
        try site.releaseBank()
        try site.makeProduct()
        for (test, result) in [("viability", "88 %"), ("identity", "97 %"), ("potency", "2.3")] {
            try site.perform(
                "testing.record-result",
                [
                    "batch": "B-2", "test": .string(test), "observation": .string(result),
                    "reference": "Q",
                ], as: "analyst")
        }
        try site.perform("batch.review", ["batch": "B-2"], as: "reviewer")
        try site.confirmPoints()
        try site.perform("batch.certify", ["batch": "B-2"], as: "qp")
        try site.perform(
            "testing.record-result",
            ["batch": "B-2", "test": "sterility", "observation": "growth", "reference": "Q-14"],
            as: "analyst")
        guard closed else {
            site.attempt("batch.close-second-stage", ["batch": "B-2"], as: "qp")
            return site
        }
        try site.perform(
            "batch.send-alert",
            ["batch": "B-2", "informed": "physician", "advice": "antibiotics"], as: "qp")
        try site.perform("batch.close-second-stage", ["batch": "B-2"], as: "qp")
        return site
    }
}
