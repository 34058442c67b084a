import Facility
import Ledger
import Quantities
import Testing

extension TestSite {
    /// The small definition with a medium that is made at the site.
    static func withMedium() throws -> TestSite {
        var site = try founded()
        try site.registerVariant(
            "SMALL-1.0.0",
            [
                "  - { id: medium, name: culture medium, role: raw material, unit: mL }\n": """
                  - { id: base, name: base medium, role: raw material, unit: mL }
                  - { id: supplement, name: platelet lysate, role: raw material, unit: mL }

                """,
                "\nbanks:\n": """

                media:
                  - id: medium
                    name: complete medium
                    recipe: [{ material: base, amount: 90 % }, { material: supplement, amount: 10 % }]
                    shelf-life: 14 d
                    tests: [sterility]
                    use-within: 4 h

                banks:

                """,
            ])
        try site.perform(
            "organisation.approve-supplier",
            [
                "organisation": "SUP-1",
                "materials": ["medium", "cryo", "base", "supplement", "stain"],
                "isCritical": false,
            ], as: "reviewer")
        try site.receiveIngredients()
        return site
    }

    /// Released lots of what a medium is made of.
    mutating func receiveIngredients() throws {
        for (lot, material, expiry) in [
            ("BM-1", "base", "2026-12-31"), ("PL-1", "supplement", "2026-01-31"),
        ] {
            try perform(
                "material.receive",
                [
                    "lot": .string(lot), "material": .string(material), "supplier": "supplier",
                    "supplierLot": "5", "expiry": .string(expiry), "quantity": "1000 mL",
                ], as: "operator-1")
            try perform(
                "material.release", ["lot": .string(lot), "certificate": "COA-5"], as: "reviewer")
        }
    }

    /// A complete medium of the two.
    static func medium(
        _ lot: JSONValue = "CM-1", expiry: JSONValue = "2026-01-15",
        ingredients: JSONValue = [
            ["lot": "BM-1", "quantity": "450 mL"], ["lot": "PL-1", "quantity": "50 mL"],
        ], filterIntact: JSONValue? = true
    ) -> JSONValue {
        var body: [String: JSONValue] = [
            "lot": lot, "material": "medium", "instruction": "SOP-M-4 v2",
            "ingredients": ingredients, "quantity": "500 mL", "expiry": expiry,
            "filter": "F-0.2-77", "place": "fridge 2",
        ]
        body["filterIntact"] = filterIntact
        return .object(body)
    }

    mutating func passSterility(_ lot: JSONValue = "CM-1", passes: JSONValue = true) throws {
        try perform(
            "material.record-test",
            [
                "lot": lot, "test": "sterility",
                "observation": passes == true ? "no growth" : "growth", "passes": passes,
                "reference": "QC-31",
            ], as: "analyst")
    }

    /// The laboratory found its own error behind a failed result.
    mutating func invalidateSterility(of deviation: JSONValue) throws {
        try perform(
            "oos.record-laboratory-phase",
            [
                "deviation": deviation, "assignableCause": true,
                "evidence": "the negative control grew",
            ], as: "analyst")
        try perform(
            "oos.invalidate-result",
            ["deviation": deviation, "reason": "the control grew as well"], as: "reviewer")
    }

    /// Every kind of fact about what is made of lots.
    static func tourOfPreparations() throws -> TestSite {
        var site = try withBank()
        try site.perform(
            "organisation.approve-supplier",
            [
                "organisation": "SUP-1", "materials": ["medium", "cryo", "base", "supplement"],
                "isCritical": false,
            ], as: "reviewer")
        try site.receiveIngredients()
        try site.perform("material.prepare", medium(), as: "operator-1")
        try site.perform("material.check-preparation", ["lot": "CM-1"], as: "operator-2")
        try site.passSterility(passes: false)
        let deviation = JSONValue.string(site.state.deviations.inOrder.last?.id.text ?? "")
        try site.invalidateSterility(of: deviation)
        try site.passSterility()
        try site.perform(
            "deviation.close",
            [
                "deviation": deviation, "rootCause": "contaminated broth", "impact": "none",
                "disposition": "acceptable",
            ], as: "reviewer")
        try site.perform(
            "material.release", ["lot": "CM-1", "certificate": "BPR-M-1"], as: "reviewer")
        return site
    }
}

/// Media and solutions that the site makes of lots.
@Suite struct PreparationTests {
    private let prepare = "material.prepare"

    @Test func whatGoesInIsConsumedAndWhatComesOutIsALot() throws {
        var site = try TestSite.withMedium()
        try site.perform(prepare, TestSite.medium(), as: "operator-1")
        let made = try #require(site.state.lots[LotID("CM-1")!])
        #expect(made.status == .quarantine)
        #expect(made.remaining.description == "500 mL")
        #expect(site.state.lots[LotID("BM-1")!]?.remaining.description == "550 mL")
        #expect(site.state.lots[LotID("PL-1")!]?.preparations.map(\.into) == [made.id])
        #expect(site.state.balance().closes)
        #expect(try site.state.trace("BM-1").forward.map(\.id) == ["CM-1"])
        #expect(Set(try site.state.trace("CM-1").back.map(\.id)) == ["BM-1", "PL-1"])
    }

    @Test func itKeepsNoLongerThanWhatIsInItOrThanTheDefinitionSays() throws {
        var site = try TestSite.withMedium()
        #expect(
            site.refusal(prepare, TestSite.medium(expiry: "2026-01-20"), as: "operator-1")
                == "material.outlives-shelf-life")
        #expect(
            site.refusal(prepare, TestSite.medium(expiry: "2026-02-01"), as: "operator-1")
                == "material.outlives-ingredient")
        #expect(
            site.refusal(prepare, TestSite.medium(expiry: "2026-01-04"), as: "operator-1")
                == "material.expired")
    }

    @Test(
        arguments: [
            ([["lot": "BM-1", "quantity": "450 mL"]], "material.ingredient-missing"),
            (
                [["lot": "BM-1", "quantity": "1 mL"], ["lot": "BM-1", "quantity": "1 mL"]],
                "material.ingredients"
            ),
            (
                [["lot": "BM-1", "quantity": "1001 mL"], ["lot": "PL-1", "quantity": "1 mL"]],
                "material.not-enough"
            ),
            ([], "material.ingredients"),
        ] as [(JSONValue, String)])
    func itIsMadeOfWhatTheRecipeSaysAndOfWhatThereIs(
        ingredients: JSONValue, code: String
    ) throws {
        var site = try TestSite.withMedium()
        let body = TestSite.medium(ingredients: ingredients)
        #expect(site.refusal(prepare, body, as: "operator-1") == code)
    }

    @Test func anIngredientThatIsNotReleasedAndOneThatIsNotPlannedAreRefused() throws {
        var site = try TestSite.withMedium()
        try site.perform(
            "material.receive",
            [
                "lot": "PL-2", "material": "supplement", "supplier": "supplier",
                "supplierLot": "6", "expiry": "2026-12-31", "quantity": "100 mL",
            ], as: "operator-1")
        try site.receiveStain()
        func with(_ lot: JSONValue) -> JSONValue {
            TestSite.medium(ingredients: [
                ["lot": "BM-1", "quantity": "1 mL"], ["lot": "PL-1", "quantity": "1 mL"],
                ["lot": lot, "quantity": "1 mL"],
            ])
        }
        #expect(site.refusal(prepare, with("PL-2"), as: "operator-1") == "material.not-released")
        #expect(
            site.refusal(prepare, with("R-1"), as: "operator-1")
                == "material.ingredient-not-planned")
    }

    @Test func itIsCheckedAndTestedBeforeItsRelease() throws {
        var site = try TestSite.withMedium()
        try site.perform(prepare, TestSite.medium(), as: "operator-1")
        let release: JSONValue = ["lot": "CM-1", "certificate": "BPR-1"]
        #expect(
            site.refusal("material.release", release, as: "reviewer")
                == "material.preparation-not-checked")
        #expect(
            site.refusal("material.check-preparation", ["lot": "CM-1"], as: "operator-1")
                == "material.own-preparation")
        #expect(site.state.due(asOf: site.now.date).contains { $0.kind == .preparation })
        try site.perform("material.check-preparation", ["lot": "CM-1"], as: "operator-2")
        #expect(
            site.refusal("material.release", release, as: "reviewer") == "material.tests-missing")
        try site.passSterility()
        try site.perform("material.release", release, as: "reviewer")
        #expect(!site.state.due(asOf: site.now.date).contains { $0.kind == .preparation })
    }

    @Test func aFailedTestKeepsItFromRelease() throws {
        var site = try TestSite.withMedium()
        try site.perform(prepare, TestSite.medium(), as: "operator-1")
        try site.perform("material.check-preparation", ["lot": "CM-1"], as: "operator-2")
        try site.passSterility(passes: false)
        #expect(site.state.deviations.values.contains { $0.cause == .outOfSpecification })
        #expect(
            site.refusal(
                "material.release", ["lot": "CM-1", "certificate": "BPR-1"], as: "reviewer")
                == "deviation.open-about")
        #expect(
            site.refusal(
                "material.record-test",
                [
                    "lot": "CM-1", "test": "sterility", "observation": "no growth",
                    "passes": true, "reference": "QC-32",
                ], as: "analyst") == "testing.result-stands")
    }

    /// A failed result is repeated once the laboratory was found at fault, not because it failed.
    @Test func aFailedTestIsRepeatedOnceItsResultIsInvalidated() throws {
        var site = try TestSite.withMedium()
        try site.perform(prepare, TestSite.medium(), as: "operator-1")
        try site.perform("material.check-preparation", ["lot": "CM-1"], as: "operator-2")
        try site.passSterility(passes: false)
        try site.invalidateSterility(of: "DEV-0001")
        let lot = try #require(site.state.lots[LotID("CM-1")!])
        #expect(lot.results.map { $0.invalidated?.reason } == ["the control grew as well"])
        #expect(lot.results.inForce(of: "sterility") == nil)
        try site.passSterility()
        try site.perform(
            "deviation.close",
            [
                "deviation": "DEV-0001", "rootCause": "contaminated broth", "impact": "none",
                "disposition": "acceptable",
            ], as: "reviewer")
        try site.perform(
            "material.release", ["lot": "CM-1", "certificate": "BPR-1"], as: "reviewer")
        #expect(try StateDump.text(of: site.replayed()) == StateDump.text(of: site.state))
    }

    @Test func aFailedTestWithoutACauseInTheLaboratoryStands() throws {
        var site = try TestSite.withMedium()
        try site.perform(prepare, TestSite.medium(), as: "operator-1")
        try site.passSterility(passes: false)
        try site.perform(
            "oos.record-laboratory-phase",
            [
                "deviation": "DEV-0001", "assignableCause": false,
                "evidence": "the control was clear",
            ], as: "analyst")
        #expect(
            site.refusal(
                "oos.invalidate-result", ["deviation": "DEV-0001", "reason": "hope"],
                as: "reviewer") == "oos.no-assignable-cause")
        try site.perform(
            "oos.record-full-phase",
            ["deviation": "DEV-0001", "review": "filling", "conclusion": "a leak"], as: "reviewer")
        func close(_ disposition: JSONValue) -> JSONValue {
            [
                "deviation": "DEV-0001", "rootCause": "a leak", "impact": "not used",
                "disposition": disposition,
            ]
        }
        #expect(
            site.refusal("deviation.close", close("acceptable"), as: "reviewer")
                == "oos.confirmed")
        try site.perform("deviation.close", close("reject"), as: "reviewer")
        #expect(
            site.refusal(
                "material.record-test",
                [
                    "lot": "CM-1", "test": "sterility", "observation": "no growth",
                    "passes": true, "reference": "QC-32",
                ], as: "analyst") == "testing.result-stands")
    }

    private func correct(_ lot: JSONValue, _ entry: Int, _ field: JSONValue, _ value: JSONValue)
        -> JSONValue
    {
        [
            "thing": lot, "entry": .number(Double(entry)), "field": field, "value": value,
            "reason": "read off the wrong line", "witness": "operator-2",
        ]
    }

    @Test func aCorrectedExpiryOfAnIngredientIsHeldAgainstWhatWasMadeOfIt() throws {
        var site = try TestSite.withMedium()
        try site.perform(prepare, TestSite.medium(), as: "operator-1")
        let made = try site.entry(of: "material.prepared/1", "lot", "CM-1")
        let received = try site.entry(of: "material.received/1", "lot", "PL-1")
        try site.perform(
            "entry.correct", correct("PL-1", received, "expiry", "2026-01-10"), as: "operator-1")
        let opened = try #require(site.state.deviations.inOrder.first)
        #expect(opened.cause == .materialUnfit)
        #expect(opened.things.map(\.text) == ["CM-1"])
        #expect(
            opened.description
                == "lot PL-1 expires on 2026-01-10 by its corrected entry, before what was made of it"
        )
        // The expiry of the mixture follows, and not beyond that of the ingredient.
        #expect(
            site.refusal(
                "entry.correct", correct("CM-1", made, "expiry", "2026-01-12"), as: "operator-1")
                == "material.outlives-ingredient")
        try site.perform(
            "entry.correct", correct("CM-1", made, "expiry", "2026-01-10"), as: "operator-1")
        #expect(site.state.lots[LotID("CM-1")!]?.expiry.description == "2026-01-10")
        #expect(site.state.deviations.count == 1)
    }

    @Test func aReagentThatHadExpiredByItsCorrectedReceiptIsHeldAgainstTheTests() throws {
        var site = try TestSite.withMedium()
        try site.receiveStain()
        try site.perform(prepare, TestSite.medium(), as: "operator-1")
        try site.perform(
            "material.record-test",
            [
                "lot": "CM-1", "test": "sterility", "observation": "no growth", "passes": true,
                "reference": "QC-31", "reagents": [["lot": "R-1"]],
            ], as: "analyst")
        let received = try site.entry(of: "material.received/1", "lot", "R-1")
        try site.perform(
            "entry.correct", correct("R-1", received, "expiry", "2026-01-04"), as: "operator-1")
        let opened = try #require(site.state.deviations.inOrder.first)
        #expect(opened.cause == .materialUnfit)
        #expect(opened.things.map(\.text) == ["CM-1", "R-1"])
    }

    @Test func aResultThatFailsByItsCorrectionOpensTheInvestigation() throws {
        var site = try TestSite.withMedium()
        try site.perform(prepare, TestSite.medium(), as: "operator-1")
        try site.passSterility()
        let entry = try site.entry(of: "material.tested/1", "lot", "CM-1")
        try site.perform(
            "entry.correct", correct("CM-1", entry, "reference", "QC-13"), as: "analyst")
        #expect(site.state.deviations.isEmpty)
        try site.perform(
            "entry.correct", correct("CM-1", entry, "passes", "false"), as: "analyst")
        #expect(site.state.deviations.inOrder.map(\.cause) == [.outOfSpecification])
        #expect(
            site.refusal("entry.correct", correct("CM-1", entry, "passes", "true"), as: "analyst")
                == "testing.result-fails")
        try site.invalidateSterility(of: "DEV-0001")
        try site.passSterility()
    }

    @Test func aFilterThatWasNotWholeOpensADeviation() throws {
        var site = try TestSite.withMedium()
        #expect(
            site.refusal(prepare, TestSite.medium(filterIntact: nil), as: "operator-1")
                == "material.filter-not-tested")
        try site.perform(prepare, TestSite.medium(filterIntact: false), as: "operator-1")
        let subjects = site.state.deviations.values.flatMap { $0.subjects.map(\.text) }
        #expect(subjects == ["CM-1"])
    }

    /// Bread of the day: what the definition lets be used within hours is used under the batch record.
    @Test func itMayBeUsedFreshWhereTheDefinitionSaysSo() throws {
        var site = try TestSite.withMedium()
        try site.receiveCord()
        try site.perform(prepare, TestSite.medium(), as: "operator-1")
        try site.perform(
            "batch.open", ["batch": "B-1", "definition": "SMALL-1.0.0", "stage": "banking"],
            as: "supervisor")
        try site.perform("batch.start-step", ["batch": "B-1", "step": "isolate"], as: "operator-1")
        let use: JSONValue = [
            "batch": "B-1", "step": "isolate", "lot": "CM-1", "quantity": "100 mL",
        ]
        #expect(
            site.refusal("batch.consume-material", use, as: "operator-1")
                == "material.not-released")
        try site.perform("material.check-preparation", ["lot": "CM-1"], as: "operator-2")
        try site.perform("batch.consume-material", use, as: "operator-1")
        site.now = site.now.advanced(bySeconds: 4 * 3600)
        #expect(
            site.refusal("batch.consume-material", use, as: "operator-1")
                == "material.not-released")
    }

    @Test func aRecallOfAnIngredientFindsWhatItIsIn() throws {
        var site = try TestSite.tourOfPreparations()
        try site.perform(
            "batch.open", ["batch": "B-7", "definition": "SMALL-1.0.0", "stage": "banking"],
            as: "supervisor")
        try site.perform("batch.start-step", ["batch": "B-7", "step": "isolate"], as: "operator-1")
        try site.perform(
            "batch.consume-material",
            ["batch": "B-7", "step": "isolate", "lot": "CM-1", "quantity": "100 mL"],
            as: "operator-1")
        let plan = try site.state.recallPlan(of: "PL-1")
        #expect(plan.lots == ["PL-1", "CM-1"])
        #expect(plan.batchesInWork == ["B-7"])
        try site.perform(
            "material.reject", ["lot": "PL-1", "reason": "donor recalled"], as: "reviewer")
        #expect(site.state.lots[LotID("CM-1")!]?.holds.count == 1)
        #expect(site.openEvents(of: "B-7").contains { $0.contains("PL-1") })
    }

    @Test func aReagentDoesNotJudgeItself() throws {
        var site = try TestSite.withMedium()
        try site.perform(prepare, TestSite.medium(), as: "operator-1")
        #expect(
            site.refusal(
                "material.record-test",
                [
                    "lot": "CM-1", "test": "sterility", "observation": "no growth",
                    "passes": true, "reference": "QC", "reagents": [["lot": "CM-1"]],
                ], as: "analyst") == "testing.reagent-of-itself")
    }
}
