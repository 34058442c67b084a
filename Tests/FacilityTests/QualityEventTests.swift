import Facility
import Ledger
import Quantities
import Testing

/// Investigations, corrective actions, changes, complaints and recalls.
@Suite struct QualityEventTests {
    /// A failed result, then what the laboratory found.
    private func failed(assignable: Bool) throws -> TestSite {
        var site = try TestSite.withBank()
        try site.makeProduct()
        try site.testProduct(viability: "65 %")
        try site.perform(
            "oos.record-laboratory-phase",
            [
                "deviation": "DEV-0001", "assignableCause": .bool(assignable),
                "evidence": "analyst, counter and stain examined",
            ], as: "analyst")
        return site
    }

    private let close: JSONValue = [
        "deviation": "DEV-0001", "rootCause": "stain out of date", "impact": "none",
        "disposition": "acceptable",
    ]

    @Test func aResultTheLaboratoryCausedIsRepeated() throws {
        var site = try failed(assignable: true)
        let again: JSONValue = [
            "batch": "B-2", "test": "viability", "observation": "90 %", "reference": "QC-3",
        ]
        #expect(
            site.refusal("testing.record-result", again, as: "analyst") == "testing.result-stands")
        try site.perform(
            "oos.invalidate-result", ["deviation": "DEV-0001", "reason": "stain out of date"],
            as: "reviewer")
        try site.perform("testing.record-result", again, as: "analyst")
        try site.perform("deviation.close", close, as: "reviewer")
        try site.perform("batch.review", ["batch": "B-2"], as: "reviewer")
        // The first result stays in the record.
        #expect(site.state.batches[BatchID("B-2")!]?.results.count == 5)
    }

    @Test func aConfirmedResultIsNotAcceptable() throws {
        var site = try failed(assignable: false)
        #expect(
            site.refusal(
                "oos.invalidate-result", ["deviation": "DEV-0001", "reason": "x"], as: "reviewer")
                == "oos.no-assignable-cause")
        #expect(
            site.refusal("deviation.close", close, as: "reviewer") == "oos.full-phase-missing")
        try site.perform(
            "oos.record-full-phase",
            [
                "deviation": "DEV-0001", "review": "thawing and filling examined",
                "conclusion": "the cells waited too long in DMSO",
            ], as: "reviewer")
        #expect(site.refusal("deviation.close", close, as: "reviewer") == "oos.confirmed")
        try site.perform(
            "deviation.close",
            [
                "deviation": "DEV-0001", "rootCause": "long fill", "impact": "viability low",
                "disposition": "reject",
            ], as: "reviewer")
        try site.perform("patient.register", ["patient": "P-7"], as: "supervisor")
        try site.perform(
            "batch.supply-exceptionally",
            [
                "batch": "B-2", "patient": "P-7", "request": "letter of 6 January",
                "hazard": "refractory disease", "alternatives": "none left",
                "riskEvaluation": "RA-12", "acceptance": "signed letter",
                "notified": "sponsor and authority",
            ], as: "qp")
        #expect(site.state.batches[BatchID("B-2")!]?.status == .released)
        #expect(site.state.containers[ContainerID("B-2-001")!]?.status == .released)
    }

    @Test func aCriticalDeviationNeedsACorrectiveActionThatIsChecked() throws {
        var site = try TestSite.withBank()
        try site.perform(
            "deviation.open", ["description": "glove torn over the open vial"], as: "operator-1")
        try site.perform(
            "deviation.classify",
            ["deviation": "DEV-0001", "grade": "critical", "reason": "asepsis"], as: "reviewer")
        #expect(site.refusal("deviation.close", close, as: "reviewer") == "deviation.no-capa")
        try site.perform(
            "capa.open",
            [
                "capa": "CAPA-1", "source": "DEV-0001", "action": "change gloves every hour",
                "owner": "supervisor", "due": "2026-03-01",
                "effectMeasure": "no torn glove in ten batches",
            ], as: "reviewer")
        try site.perform("deviation.close", close, as: "reviewer")
        #expect(
            site.refusal("capa.complete", ["capa": "CAPA-1", "evidence": "SOP"], as: "operator-1")
                == "capa.not-owner")
        for isEffective in [false, true] {
            try site.perform(
                "capa.complete", ["capa": "CAPA-1", "evidence": "SOP-12"], as: "supervisor")
            try site.perform(
                "capa.check-effect",
                ["capa": "CAPA-1", "isEffective": .bool(isEffective), "evidence": "ten batches"],
                as: "reviewer")
            #expect(
                site.state.correctiveActions[CorrectiveActionID("CAPA-1")!]?.isOpen == !isEffective
            )
        }
    }

    @Test func aMajorChangeWaitsForComparability() throws {
        var site = try TestSite.withBank()
        try site.perform(
            "change.propose",
            [
                "change": "CC-1", "title": "another medium", "impact": "major",
                "assessment": "growth may differ", "touches": ["SMALL-1.0.0"],
            ], as: "supervisor")
        #expect(
            site.refusal("change.implement", ["change": "CC-1"], as: "supervisor")
                == "change.not-approved")
        try site.perform("change.approve", ["change": "CC-1"], as: "reviewer")
        try site.perform("change.implement", ["change": "CC-1"], as: "supervisor")
        let close: JSONValue = ["change": "CC-1", "effect": "growth as before"]
        #expect(
            site.refusal("change.close", close, as: "reviewer") == "change.comparability-missing")
        try site.perform(
            "study.open",
            [
                "study": "ST-1", "kind": "comparability", "subject": "CC-1",
                "protocolNumber": "P-3", "months": [], "windowDays": 0,
                "tests": [["test": "doubling time", "criterion": "<= 35 h"]],
            ], as: "reviewer")
        try site.perform(
            "study.record-result",
            [
                "study": "ST-1", "test": "doubling time", "observation": "31 h",
                "reference": "Q-8",
            ], as: "analyst")
        try site.perform(
            "study.conclude", ["study": "ST-1", "summary": "equivalent"],
            as: "reviewer")
        try site.perform("change.close", close, as: "reviewer")
    }

    @Test func aRecallFindsStockPatientsAndTheOrderOfCalls() throws {
        var site = try ThreadTests.treated()
        try site.perform(
            "order.place",
            [
                "order": "O-2", "patient": "P-7", "hospital": "other hospital",
                "definition": "SMALL-1.0.0", "containers": 1,
            ], as: "supervisor")
        try site.perform(
            "shipment.dispatch",
            ["shipment": "S-2", "order": "O-2", "containers": ["B-2-002"], "shipper": "5"],
            as: "supervisor")
        let plan = try site.state.recallPlan(of: "M-1")
        #expect(plan.quarantine.contains("MCS-1-002"))
        #expect(plan.quarantine.contains("B-2-003"))
        #expect(!plan.quarantine.contains("B-2-001"))
        #expect(
            plan.calls.map(\.urgency)
                == [.stopTransport, .informPhysician, .informSource, .informAuthority])
        #expect(plan.calls.first?.containers == ["B-2-002"])
        #expect(plan.batchesCertified == ["B-1", "B-2"])
        try site.perform(
            "recall.begin",
            ["recall": "RC-1", "thing": "M-1", "reason": "endotoxin", "isMock": false],
            as: "reviewer")
        #expect(site.state.containers[ContainerID("B-2-003")!]?.holds.count == 1)
        let close: JSONValue = ["recall": "RC-1", "conclusion": "all reached"]
        #expect(site.refusal("recall.close", close, as: "reviewer") == "recall.not-reached")
        for shipment in ["S-1", "S-2"] {
            try site.perform(
                "recall.record-contact",
                [
                    "recall": "RC-1", "shipment": .string(shipment), "whom": "ward",
                    "answer": "understood",
                ], as: "supervisor")
        }
        try site.perform("recall.close", close, as: "reviewer")
        #expect(site.state.recalls[RecallID("RC-1")!]?.secondsTaken == 180)
    }

    @Test func aMockRecallHoldsNothing() throws {
        var site = try TestSite.withCertifiedBatch()
        try site.perform(
            "recall.begin",
            ["recall": "RC-1", "thing": "D-1", "reason": "exercise", "isMock": true],
            as: "reviewer")
        #expect(site.state.containers.values.allSatisfy { $0.holds.isEmpty })
    }

    @Test func anOpenComplaintStopsCertification() throws {
        var site = try TestSite.withBank()
        try site.makeProduct()
        try site.testProduct()
        try site.perform("batch.review", ["batch": "B-2"], as: "reviewer")
        try site.confirmPoints()
        try site.perform(
            "complaint.receive",
            [
                "complaint": "CP-1", "subject": "B-2-001", "from": "hospital",
                "description": "cap loose",
            ], as: "supervisor")
        #expect(
            site.refusal("batch.certify", ["batch": "B-2"], as: "qp") == "release.exceptions-open")
        try site.perform(
            "complaint.close",
            [
                "complaint": "CP-1", "finding": "of another batch", "isQualityDefect": false,
                "conclusion": "the caps of B-2 are sound",
            ], as: "reviewer")
        try site.perform("batch.certify", ["batch": "B-2"], as: "qp")
    }
}
