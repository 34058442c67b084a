import Facility
import Ledger
import Quantities
import Testing

/// Material in double entry: what is taken from one account stands on another.
@Suite struct MaterialTests {
    private func balances(_ site: TestSite, _ lot: String = "M-1") throws -> LotBalances {
        try #require(site.state.lots[LotID(lot)!]).balances
    }

    private func lot(_ site: inout TestSite, expiry: JSONValue = "2027-01-31") throws {
        try site.perform(
            "material.receive",
            [
                "lot": "M-1", "material": "medium", "supplier": "supplier", "supplierLot": "77",
                "expiry": expiry, "quantity": "1 L",
            ], as: "operator-1")
    }

    @Test func everyMovementKeepsTheTotal() throws {
        var site = try TestSite.founded()
        try lot(&site)
        #expect(try balances(site)[.quarantine].description == "1 L")
        try site.perform(
            "sample.take",
            ["sample": "SA-1", "origin": "M-1", "quantity": "50 mL", "purpose": "identity"],
            as: "operator-1")
        try site.perform(
            "material.release", ["lot": "M-1", "certificate": "COA-77"], as: "reviewer")
        try site.perform(
            "material.destroy",
            ["lot": "M-1", "quantity": "200 mL", "reason": "spilt", "witness": "operator-2"],
            as: "operator-1")
        try site.perform(
            "material.return", ["lot": "M-1", "quantity": "0.25 L", "reason": "too much"],
            as: "operator-1")
        let standing = try balances(site)
        let shown = try LotAccount.allCases.map { try standing[$0].doubleValue(in: Unit("mL")) }
        #expect(shown == [0, 500, 0, 0, 50, 200, 250, 0])
        #expect(try standing.total.isSameAmount(as: Quantity("1 L")))
        #expect(site.state.balance().closes)
    }

    @Test func aLotArrivesInTheUnitItIsUsedIn() throws {
        var site = try TestSite.founded()
        try site.registerDefinition()
        let use = try #require(
            site.state.masters.values.flatMap {
                $0.stages.flatMap { $0.steps.flatMap(\.materials) }
            }
            .first { $0.quantity != nil })
        func lot(_ material: String, _ quantity: JSONValue) -> JSONValue {
            [
                "lot": "M-9", "material": .string(material), "supplier": "supplier",
                "supplierLot": "77", "expiry": "2027-01-31", "quantity": quantity,
            ]
        }
        #expect(
            site.refusal("material.receive", lot(use.material, "10 °C"), as: "operator-1")
                == "material.unit")
        // What no definition uses is counted as the site likes.
        try site.perform("material.receive", lot("settle plates", "10"), as: "operator-1")
    }

    @Test func moreThanThereIsIsNotMoved() throws {
        var site = try TestSite.founded()
        try lot(&site)
        for (command, body) in [
            (
                "material.destroy",
                ["lot": "M-1", "quantity": "1001 mL", "reason": "x", "witness": "operator-2"]
            ),
            ("material.return", ["lot": "M-1", "quantity": "1001 mL", "reason": "x"]),
            (
                "sample.take",
                ["sample": "SA-1", "origin": "M-1", "quantity": "1001 mL", "purpose": "identity"]
            ),
        ] as [(String, JSONValue)] {
            #expect(site.refusal(command, body, as: "operator-1") == "material.not-enough")
        }
    }

    @Test func aCountThatDiffersIsBookedAndOpensADeviation() throws {
        var site = try TestSite.founded()
        try lot(&site)
        try site.perform(
            "material.count", ["lot": "M-1", "counted": "980 mL"], as: "operator-1")
        #expect(try balances(site)[.unaccounted].description == "0.020 L")
        #expect(site.state.deviations.inOrder.map(\.cause) == [.reconciliation])
        #expect(site.state.balance().closes)
    }

    /// Conditional use (the rule `material-released-at-use`): the batch waits for the lot.
    @Test func aBatchThatUsedAnUnreleasedLotWaitsForIt() throws {
        var site = try TestSite.withBank()
        try site.perform(
            "material.receive",
            [
                "lot": "C-2", "material": "cryo", "supplier": "supplier", "supplierLot": "78",
                "expiry": "2027-01-31", "quantity": "500 mL",
            ], as: "operator-1")
        try site.perform(
            "batch.open", ["batch": "B-2", "definition": "SMALL-1.0.0", "stage": "production"],
            as: "supervisor")
        try site.perform("batch.start-step", ["batch": "B-2", "step": "thaw"], as: "operator-1")
        try site.perform(
            "batch.use-container", ["batch": "B-2", "step": "thaw", "container": "MCS-1-001"],
            as: "operator-1")
        try site.perform(
            "batch.record-parameter",
            ["batch": "B-2", "step": "thaw", "parameter": "time", "value": "2.5 min"],
            as: "operator-1")
        try site.perform("batch.complete-step", ["batch": "B-2", "step": "thaw"], as: "operator-1")
        try site.perform("batch.start-step", ["batch": "B-2", "step": "fill"], as: "operator-1")
        let use: JSONValue = ["batch": "B-2", "step": "fill", "lot": "C-2", "quantity": "50 mL"]
        #expect(
            site.refusal("batch.consume-material", use, as: "operator-1")
                == "material.not-released")
        try site.perform(
            "material.allow-conditional-use",
            ["lot": "C-2", "batch": "B-2", "riskAssessment": "RA-9"], as: "reviewer")
        try site.perform("batch.consume-material", use, as: "operator-1")
        try site.fill("B-2", step: "fill", count: 3, millilitres: 15, in: "LN2-2/A")
        try site.perform("batch.complete-step", ["batch": "B-2", "step": "fill"], as: "operator-1")
        try site.perform("batch.complete", ["batch": "B-2"], as: "supervisor")
        try site.testProduct()
        #expect(
            site.refusal("batch.review", ["batch": "B-2"], as: "reviewer")
                == "release.material-not-released")
        try site.perform(
            "material.release", ["lot": "C-2", "certificate": "COA-78"], as: "reviewer")
        try site.perform("batch.review", ["batch": "B-2"], as: "reviewer")
        let exceptions = site.state.exceptions(of: try site.state.batch(BatchID("B-2")!))
        #expect(exceptions.map(\.kind) == [.conditionalMaterial, .unverifiedResult, .testRun])
        #expect(exceptions.allSatisfy { !$0.isOpen })
    }

    @Test func aPositionHoldsOneContainer() throws {
        var site = try TestSite.withBank()
        try site.perform(
            "container.move",
            ["containers": ["MCS-1-001", "MCS-1-002"], "positions": ["LN2-1/A/1", "LN2-1/A/2"]],
            as: "operator-1")
        #expect(
            site.refusal(
                "container.move", ["containers": ["MCS-1-003"], "positions": ["LN2-1/A/1"]],
                as: "operator-1") == "storage.position-occupied")
        // Two may change places in one command.
        try site.perform(
            "container.move",
            ["containers": ["MCS-1-001", "MCS-1-002"], "positions": ["LN2-1/A/2", "LN2-1/A/1"]],
            as: "operator-1")
        #expect(site.state.positions["LN2-1/A/1"] == ContainerID("MCS-1-002"))
        #expect(site.state.positions["LN2-1/A/2"] == ContainerID("MCS-1-001"))
        // What is used up leaves its position.
        try site.makeProduct()
        #expect(site.state.positions["LN2-1/A/2"] == nil)
        try site.perform(
            "container.move", ["containers": ["MCS-1-003"], "positions": ["LN2-1/A/2"]],
            as: "operator-1")
    }

    @Test func anExcursionHoldsWhatIsInTheUnitUntilItIsAssessed() throws {
        var site = try TestSite.withBank()
        let later = site.now.advanced(bySeconds: 30)
        try site.perform(
            "storage.record-excursion",
            [
                "excursion": "EX-1", "unit": "LN2-1", "from": .string(later.description),
                "to": .string(later.description), "extreme": "-110 °C",
            ], as: "operator-1")
        #expect(site.state.containers[ContainerID("MCS-1-005")!]?.holds.count == 1)
        #expect(
            site.refusal(
                "hold.lift", ["thing": "MCS-1", "source": "EX-1", "reason": "fine"],
                as: "reviewer") == "hold.excursion-not-assessed")
        try site.perform(
            "storage.assess-excursion",
            ["excursion": "EX-1", "disposition": "acceptable", "reason": "below -100 °C"],
            as: "reviewer")
        #expect(site.state.containers[ContainerID("MCS-1-005")!]?.holds.isEmpty == true)
    }

    @Test func qualityLiftsAHoldThatAnotherPlaced() throws {
        var site = try TestSite.withBank()
        try site.perform(
            "hold.place", ["thing": "MCS-1", "reason": "label smudged"], as: "reviewer")
        let lift: JSONValue = ["thing": "MCS-1", "reason": "labels replaced"]
        #expect(site.refusal("hold.lift", lift, as: "operator-1") == "people.not-permitted")
        #expect(site.refusal("hold.lift", lift, as: "reviewer") == "hold.own")
    }

    @Test func aDonorsHoldStaysWhileTheDonorIsNotEligible() throws {
        var site = try TestSite.withBank()
        try site.perform(
            "donor.declare-ineligible", ["donor": "D-1", "reason": "late result"], as: "reviewer")
        #expect(
            site.refusal(
                "hold.lift", ["thing": "MCS-1", "source": "D-1", "reason": "x"], as: "reviewer")
                == "hold.donor-not-eligible")
    }

    @Test func theChainOfCustodyHasNoGap() throws {
        var site = try TestSite.withBank()
        try site.makeProduct()
        try site.perform(
            "sample.take",
            ["sample": "SA-1", "origin": "B-2-003", "purpose": "release"], as: "analyst")
        #expect(
            site.refusal(
                "sample.receive", ["sample": "SA-1", "condition": "intact"], as: "analyst")
                == "sample.not-sent")
        let result: JSONValue = [
            "batch": "B-2", "test": "sterility", "observation": "no growth", "reference": "Q-1",
            "sample": "SA-1",
        ]
        let handOver: JSONValue = ["sample": "SA-1", "to": "LAB-1"]
        #expect(
            site.refusal("sample.hand-over", handOver, as: "analyst") == "sample.unknown-recipient")
        try site.registerLaboratory(agreed: false)
        #expect(site.refusal("sample.hand-over", handOver, as: "analyst") == "sample.no-agreement")
        try site.perform(
            "organisation.record-agreement",
            [
                "organisation": "LAB-1", "document": "QA-7", "topics": ["quality"],
                "from": "2024-01-01", "until": "2033-12-31",
            ], as: "reviewer")
        try site.perform("sample.hand-over", handOver, as: "analyst")
        #expect(
            site.refusal("testing.record-result", result, as: "analyst") == "sample.not-received")
        try site.perform(
            "sample.receive", ["sample": "SA-1", "condition": "intact"], as: "analyst")
        try site.perform("testing.record-result", result, as: "analyst")
        #expect(
            site.refusal(
                "batch.use-container", ["batch": "B-2", "step": "fill", "container": "B-2-003"],
                as: "operator-1") == "batch.not-open")
        #expect(site.state.balance().fillings.last?.sampled == 1)
    }

    /// A late entry cannot put a use before the release that allows it.
    @Test func nothingIsSaidToHaveBeenUsedBeforeItsRelease() throws {
        var site = try TestSite.withBank()
        let before = site.now.advanced(bySeconds: -86_400)
        try site.perform(
            "batch.open", ["batch": "B-2", "definition": "SMALL-1.0.0", "stage": "production"],
            as: "supervisor")
        try site.perform("batch.start-step", ["batch": "B-2", "step": "thaw"], as: "operator-1")
        #expect(
            site.refusal(
                "batch.use-container",
                ["batch": "B-2", "step": "thaw", "container": "MCS-1-001"], as: "operator-1",
                happened: before) == "container.not-released")
        try site.perform(
            "batch.use-container", ["batch": "B-2", "step": "thaw", "container": "MCS-1-001"],
            as: "operator-1")
        try site.perform(
            "batch.record-parameter",
            ["batch": "B-2", "step": "thaw", "parameter": "time", "value": "2.5 min"],
            as: "operator-1")
        try site.perform(
            "batch.complete-step", ["batch": "B-2", "step": "thaw"], as: "operator-1")
        try site.perform("batch.start-step", ["batch": "B-2", "step": "fill"], as: "operator-1")
        #expect(
            site.refusal(
                "batch.consume-material",
                ["batch": "B-2", "step": "fill", "lot": "C-1", "quantity": "50 mL"],
                as: "operator-1", happened: before) == "material.not-released")
    }
}
