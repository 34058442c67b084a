import Facility
import Ledger
import Quantities
import Testing

/// What was typed wrong is corrected with a reason, and what rests on it is worked out again.
@Suite struct CorrectionTests {
    private func correct(
        _ thing: String, _ entry: Int, _ field: JSONValue, _ value: JSONValue,
        witness: JSONValue? = "operator-2"
    ) -> JSONValue {
        var body: [String: JSONValue] = [
            "thing": .string(thing), "entry": .number(Double(entry)), "field": field,
            "value": value, "reason": "read off the wrong line",
        ]
        body["witness"] = witness
        return .object(body)
    }

    @Test func aMistypedResultIsCorrectedAndTheOldValueStays() throws {
        var site = try TestSite.withBank()
        try site.makeProduct()
        try site.testProduct(viability: "98 %")
        let entry = try site.entry(of: "testing.result-recorded/1", "test", "viability")
        let wrong = correct("B-2", entry, "observation", "89 %")
        #expect(site.refusal("entry.correct", wrong, as: "operator-1") == "entry.not-yours")
        #expect(
            site.refusal(
                "entry.correct", correct("B-2", entry, "observation", "89 %", witness: nil),
                as: "analyst") == "entry.witness-missing")
        #expect(
            site.refusal(
                "entry.correct", correct("B-2", entry, "observaton", "89 %"), as: "analyst")
                == "entry.unknown-field")
        try site.perform("entry.correct", wrong, as: "analyst")
        let batch = try site.state.batch(BatchID("B-2")!)
        #expect(batch.results.first { $0.test == "viability" }?.observation.description == "89 %")
        #expect(site.state.corrections(of: batch.id).map(\.old) == ["98 %"])
        #expect(site.state.exceptions(of: batch).filter(\.isOpen).map(\.kind) == [.correction])
        #expect(site.state.deviations.isEmpty)
    }

    @Test func aCorrectedResultOutsideTheSpecificationOpensTheInvestigation() throws {
        var site = try TestSite.withCertifiedBatch()
        let entry = try site.entry(of: "testing.result-recorded/1", "test", "viability")
        try site.perform(
            "entry.correct", correct("B-2", entry, "observation", "58 %"), as: "analyst")
        #expect(
            Set(site.state.deviations.values.map(\.cause)) == [
                .outOfSpecification, .entryCorrected,
            ])
        #expect(try !site.state.container(ContainerID("B-2-001")!).holds.isEmpty)
        #expect(
            site.refusal(
                "entry.correct", correct("B-2", entry, "observation", "88 %"), as: "analyst")
                == "testing.result-fails")
    }

    @Test func aCorrectedCountIsNotCountedTwice() throws {
        var site = try TestSite.founded()
        try site.registerVariant()
        try site.receiveCord()
        try site.receiveMaterials()
        try site.makeBank(counted: true)
        let entry = try site.entry(of: "batch.count-recorded/1", "point", "harvested")
        try site.perform(
            "entry.correct", correct("B-1", entry, "volume", "160 mL"), as: "operator-1")
        let batch = try site.state.batch(BatchID("B-1")!)
        #expect(batch.steps["isolate"]?.values["doublings"]?.last?.value.description == "4 PD")
        #expect(batch.steps["isolate"]?.values["recovery"]?.last?.value.description == "45 %")
        #expect(site.state.growth(of: batch).passages.count == 1)
        #expect(site.state.deviations.values.map(\.rule) == ["yield-in-range"])
    }

    @Test func contentsFollowTheCountTheyWereWorkedOutFrom() throws {
        var site = try TestSite.withBank()
        try site.makeProduct()
        let entry = try site.entry(of: "batch.count-recorded/1", "volume", "15 mL")
        try site.perform(
            "entry.correct", correct("B-2", entry, "concentrations", "0.8e7 cells/mL"),
            as: "operator-1")
        let dose = try site.state.container(ContainerID("B-2-001")!)
        #expect(try dose.cells?.doubleValue(in: .cells) == 4e7)
        #expect(site.state.deviations.values.map(\.rule) == ["spec-dose-viable"])
    }

    @Test func aCorrectedUseMovesTheDifferenceBackToTheLot() throws {
        var site = try TestSite.withBank()
        let before = try #require(site.state.lots[LotID("M-1")!]).remaining
        let entry = try site.entry(of: "batch.material-consumed/1", "lot", "M-1")
        try site.perform(
            "entry.correct", correct("B-1", entry, "quantity", "40 mL"), as: "operator-1")
        let after = try #require(site.state.lots[LotID("M-1")!]).remaining
        #expect(try after.subtracting(before).isSameAmount(as: Quantity("60 mL")))
        #expect(site.state.balance().closes)
        // The bank of the batch was released on the mistyped amount.
        #expect(
            site.state.deviations.inOrder.map(\.cause) == [.amountFarFromPlanned, .entryCorrected])
        #expect(
            site.refusal(
                "entry.correct", correct("B-1", entry, "quantity", "4000 mL"), as: "operator-1")
                == "material.not-enough")
        #expect(
            site.refusal(
                "entry.correct", correct("B-1", entry, "quantity", "99 %"), as: "operator-1")
                == "entry.form")
    }

    @Test func aCorrectedTemperatureOfTransportHoldsTheDoses() throws {
        var site = try TestSite.withCertifiedBatch()
        try site.order(containers: ["B-2-001"])
        try site.perform(
            "shipment.receive", ["shipment": "S-1", "highestTemperature": "-160 °C"],
            as: "supervisor")
        let entry = try site.entry(of: "shipment.received/1", "shipment", "S-1")
        #expect(
            site.refusal(
                "entry.correct", correct("S-1", entry, "highestTemperature", "-1700 °C"),
                as: "supervisor") == "entry.form")
        try site.perform(
            "entry.correct", correct("S-1", entry, "highestTemperature", "-60 °C"),
            as: "supervisor")
        #expect(try !site.state.container(ContainerID("B-2-001")!).holds.isEmpty)
        #expect(site.state.deviations.values.map(\.rule) == ["transport-qualified"])
    }

    /// Time on the way, timing of the samples and consent rest on when the tissue was collected.
    @Test func aCorrectedCollectionIsHeldAgainstEverythingThatRestsOnIt() throws {
        var site = try TestSite.founded()
        try site.registerVariant()
        try site.receiveCord()
        let entry = try site.entry(of: "donation.received/1", "container", "CORD-1")
        func collected(_ instant: JSONValue) -> JSONValue {
            correct("D-1", entry, "collected", instant)
        }
        #expect(
            site.refusal("entry.correct", collected("2026-01-06T08:00:00Z"), as: "operator-1")
                == "donation.collected-later")
        try site.perform("entry.correct", collected("2026-01-02T08:00:00Z"), as: "operator-1")
        let opened = site.state.deviations.inOrder
        #expect(opened.map(\.rule) == ["cord-transport-limits", "donor-consent"])
        #expect(opened.map(\.cause) == [.transportExcursion, .entryCorrected])
        for deviation in opened { #expect(deviation.things.map(\.text) == ["CORD-1"]) }
        // The tissue is not used while they are open.
        try site.perform(
            "batch.open", ["batch": "B-1", "definition": "SMALL-1.0.0", "stage": "banking"],
            as: "supervisor")
        try site.perform("batch.start-step", ["batch": "B-1", "step": "isolate"], as: "operator-1")
        #expect(
            site.refusal(
                "batch.use-container",
                ["batch": "B-1", "step": "isolate", "container": "CORD-1"], as: "operator-1")
                == "deviation.open-about")
    }

    @Test func samplesThatNoLongerCountAreSeen() throws {
        var site = try TestSite.withBank()
        let entry = try site.entry(of: "donation.received/1", "container", "CORD-1")
        try site.perform(
            "entry.correct", correct("D-1", entry, "collected", "2025-12-01T08:00:00Z"),
            as: "operator-1")
        #expect(
            Set(site.state.deviations.values.map(\.rule)).isSuperset(of: [
                "donor-eu-sample-timing", "release-points",
            ]))
        // The batch that was made of the tissue was released on the mistyped day.
        #expect(
            site.state.deviations.values.first { $0.rule == "release-points" }?.batch?.text
                == "B-1")
    }

    /// A reaction that turns out to be unexpected, earlier, or of another dose is another event.
    @Test func aCorrectedReactionIsJudgedAnew() throws {
        var site = try ThreadTests.treated()
        try site.perform(
            "patient.record-adverse-event",
            [
                "patient": "P-7", "description": "sepsis", "grade": 3, "relation": "possible",
                "onset": "2026-01-05", "isExpected": true,
            ], as: "supervisor")
        #expect(site.state.deviations.inOrder.map(\.cause) == [.seriousEvent])
        let entry = try site.entry(of: "patient.adverse-event-recorded/1", "patient", "P-7")
        func correction(_ field: JSONValue, _ value: JSONValue) -> JSONValue {
            correct("P-7", entry, field, value)
        }
        try site.perform("entry.correct", correction("isExpected", "false"), as: "supervisor")
        #expect(
            site.state.deviations.inOrder.map(\.cause) == [.seriousEvent, .unexpectedReaction])
        let event = { site.state.patients[PatientID("P-7")!]!.events[0] }
        #expect(event().reportDue == event().stamp.recorded.date.advanced(byDays: 15))
        // Life-threatening: a week, not a fortnight.
        try site.perform(
            "entry.correct", correction("criteria", "hospitalisation, life-threatening"),
            as: "supervisor")
        #expect(event().reportDue == event().stamp.recorded.date.advanced(byDays: 7))
        #expect(site.state.deviations.count == 3)
        #expect(event().dose?.text == "B-2-001")
        try site.perform("entry.correct", correction("onset", "2026-01-04"), as: "supervisor")
        #expect(event().dose == nil)
        #expect(site.state.deviations.count == 4)
        for (field, value, code) in [
            ("dose", "B-2-002", "patient.another-dose"), ("criteria", "death", "patient.event"),
            ("onset", "2036-01-04", "patient.event"), ("criteria", "deth", "entry.form"),
            ("isExpected", "maybe", "entry.form"),
        ] as [(JSONValue, JSONValue, String)] {
            #expect(
                site.refusal("entry.correct", correction(field, value), as: "supervisor") == code)
        }
        try site.perform("entry.correct", correction("dose", "B-2-001"), as: "supervisor")
        #expect(site.state.deviations.inOrder.last?.batch?.text == "B-2")
    }

    @Test func aTransportExcursionIsAboutTheShipment() throws {
        var site = try TestSite.withCertifiedBatch()
        try site.order(containers: ["B-2-001"])
        try site.perform(
            "shipment.receive", ["shipment": "S-1", "highestTemperature": "-160 °C"],
            as: "supervisor")
        let entry = try site.entry(of: "shipment.received/1", "shipment", "S-1")
        try site.perform(
            "entry.correct", correct("S-1", entry, "highestTemperature", "-60 °C"),
            as: "supervisor")
        #expect(site.state.deviations.values.flatMap(\.things).map(\.text) == ["S-1"])
    }

    @Test func aLotThatHadExpiredByItsCorrectedReceiptConcernsItsBatches() throws {
        var site = try TestSite.withBank()
        let entry = try site.entry(of: "material.received/1", "lot", "M-1")
        try site.perform(
            "entry.correct", correct("M-1", entry, "expiry", "2025-01-31"), as: "operator-1")
        #expect(site.state.deviations.values.map(\.batch?.text) == ["B-1"])
        #expect(site.state.lots[LotID("M-1")!]?.expiry == CalendarDate("2025-01-31"))
    }
}

extension TestSite {
    /// The number of the last entry of a kind whose `field` is `value`.
    func entry(of kind: String, _ field: String, _ value: String) throws -> Int {
        let found = entries.last { $0.kind == kind && $0.body[field]?.stringValue == value }
        return Int(try #require(found).index)
    }

    /// What a definition says more that plans a stability study.
    static let plannedStability = [
        "specifications:\n": """
        assays:
          - { id: viability, name: viability, measures: viability }
          - { id: sterility, name: sterility, measures: sterility }

        stability:
          - { id: stab-long, of: drug product, kind: long-term, points: [0 months, 3 months], tests: [viability, sterility], protocol: STAB-1 }

        specifications:

        """
    ]

    /// A definition that plans a stability study.
    static func tourOfPlannedStudies() throws -> TestSite {
        var site = try founded()
        try site.registerVariant("SMALL-1.0.0", plannedStability)
        try site.makeCertifiedBatch()
        try site.perform(
            "study.open",
            [
                "study": "ST-1", "kind": "stability", "subject": "B-2", "plan": "stab-long",
                "protocolNumber": "STAB-1", "months": [], "windowDays": 14,
            ], as: "reviewer")
        return site
    }

    /// Corrections of everything that is typed, and a reaction that is reported.
    static func tourOfCorrections() throws -> TestSite {
        var site = try ThreadTests.treated()
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
                "patient": "P-7", "description": "sepsis", "grade": 4, "relation": "possible",
                "onset": "2026-01-05", "criteria": ["hospitalisation", "life-threatening"],
                "isExpected": false, "dose": "B-2-001", "holdsSisters": true,
            ], as: "supervisor")
        try site.perform(
            "patient.report-adverse-event",
            ["patient": "P-7", "event": 1, "authority": "the authority", "reference": "SUSAR-1"],
            as: "reviewer")
        try site.perform(
            "patient.record-outcome",
            ["patient": "P-7", "endpoint": "response", "observation": "complete"],
            as: "supervisor")
        let corrections: [(String, String, String, String, JSONValue, JSONValue, String)] = [
            (
                "P-7", "patient.outcome-recorded/1", "patient", "P-7", "observation", "partial",
                "supervisor"
            ),
            (
                "P-7", "patient.follow-up-recorded/1", "patient", "P-7", "finding", "a scar",
                "supervisor"
            ),
            (
                "P-7", "patient.adverse-event-recorded/1", "patient", "P-7", "grade", "5",
                "supervisor"
            ),
            (
                "S-1", "shipment.received/1", "shipment", "S-1", "highestTemperature", "-151 °C",
                "supervisor"
            ),
            (
                "B-2", "testing.result-recorded/1", "test", "viability", "observation", "87 %",
                "analyst"
            ),
            ("B-2", "batch.count-recorded/1", "batch", "B-2", "viability", "99 %", "operator-1"),
            (
                "B-2", "batch.material-consumed/1", "batch", "B-2", "quantity", "51 mL",
                "operator-1"
            ),
            ("M-1", "material.received/1", "lot", "M-1", "supplierLot", "7/7", "operator-1"),
            (
                "D-1", "donation.received/1", "donor", "D-1", "collected", "2026-01-05T08:10:00Z",
                "operator-1"
            ),
        ]
        for (thing, kind, key, value, field, right, person) in corrections {
            try site.perform(
                "entry.correct",
                [
                    "thing": .string(thing),
                    "entry": .number(Double(try site.entry(of: kind, key, value))),
                    "field": field, "value": right, "reason": "read off the wrong line",
                    "witness": "operator-2",
                ], as: person)
        }
        return site
    }
}
