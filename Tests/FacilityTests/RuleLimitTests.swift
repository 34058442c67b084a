import Facility
import Foundation
import Ledger
import Quantities
import Testing
import TestSupport

/// Rules with a limit: what lies within is taken, what lies outside is refused or opens an event,
/// and the rule is named.
@Suite struct RuleLimitTests {
    // MARK: Tissue

    /// The definition allows 48 h and 2 to 25 °C.
    @Test(arguments: [
        (0, "2 °C", true), (48, "25 °C", true), (49, "5 °C", false), (1, "1 °C", false),
        (1, "26 °C", false),
    ])
    func tissueTransport(hours: Int64, temperature: String, isWithin: Bool) throws {
        var site = try TestSite.founded()
        try site.registerVariant()
        try site.registerConsentingDonor()
        site.wait(days: 4)
        try site.perform(
            "donation.receive",
            site.donation(hours: hours, temperature: .string(temperature)), as: "operator-1")
        #expect(
            site.state.deviations.inOrder.map(\.rule)
                == (isWithin ? [] : ["cord-transport-limits"]))
        #expect(site.state.containers[ContainerID("CORD-1")!]?.status == .quarantine)
    }

    private static let sequence = "ESABC123A00000000123B"

    @Test(
        arguments: [
            ("A0000001001" + "20270131", "2027-01-31"), ("B00000010A1" + "00000000", nil),
            (" " + "E0000001001" + "20270131", "2027-01-31"),
        ] as [(String, String?)])
    func aSingleEuropeanCodeIsTaken(product: String, expires: String?) throws {
        var site = try TestSite.founded()
        try site.registerConsentingDonor()
        let code = JSONValue.string(Self.sequence + product)
        try site.perform("donation.receive", site.donation(code: code), as: "operator-1")
        let donation = try #require(site.state.donors[DonorID("D-1")!]?.donations.first)
        #expect(donation.identifier == Self.sequence)
        #expect(donation.europeanCode?.utf8.count == 40)
        let cord = try site.state.container(ContainerID("CORD-1")!)
        #expect(cord.expires?.description == expires)
    }

    @Test(arguments: [
        "", Self.sequence, Self.sequence + "A000000100120270132",
        Self.sequence + "A000000100120270230", Self.sequence + "C000000100120270131",
        Self.sequence + "A00000010012027013", Self.sequence + "A0000001001202701310",
        Self.sequence + "a000000100120270131", "E1ABC123A00000000123BA000000100120270131",
        Self.sequence + "  A000000100120270131", Self.sequence + "A000000100é20270131",
    ])
    func whatIsNoSingleEuropeanCodeIsRefused(code: String) throws {
        var site = try TestSite.founded()
        try site.registerConsentingDonor()
        let body = site.donation(code: .string(code))
        #expect(try site.rule("donation.receive", body, as: "operator-1") == "sec-format")
        #expect(site.state.containers.isEmpty)
    }

    @Test func theCodeAgreesWithTheIdentifierAndIsInDate() throws {
        var site = try TestSite.founded()
        try site.registerConsentingDonor()
        let code = JSONValue.string(Self.sequence + "A000000100120260104")
        #expect(
            site.refusal("donation.receive", site.donation(code: code), as: "operator-1")
                == "donation.expired")
        let other = JSONValue.string("FRABC123A00000000123B")
        let body = site.donation(
            code: .string(Self.sequence + "A000000100120270131"), identifier: other)
        #expect(
            site.refusal("donation.receive", body, as: "operator-1")
                == "donation.european-code-differs")
    }

    // MARK: Donors

    private func test(_ laboratory: JSONValue) -> JSONValue {
        [
            "donor": "D-1", "marker": "HBsAg", "result": "non-reactive", "sampled": "2026-01-05",
            "laboratory": laboratory,
        ]
    }

    /// Directive 2006/17/EC Annex II 2.1.
    @Test func theLaboratoryIsAuthorisedOnTheDayOfTheSample() throws {
        for (until, isWithin) in [("2026-01-05", true), ("2026-01-04", false)] {
            var site = try TestSite.founded()
            try site.registerConsentingDonor()
            // Nothing is asked of a site that has registered no laboratory.
            try site.perform("donor.record-test", test("elsewhere"), as: "analyst")
            try site.registerLaboratory(until: .string(until))
            for name in ["LAB-1", "virology"] as [JSONValue] {
                let rule = try site.rule("donor.record-test", test(name), as: "analyst")
                #expect(rule == (isWithin ? nil : "donor-lab-authorised"))
            }
            #expect(
                site.refusal("donor.record-test", test("LAB-2"), as: "analyst")
                    == "donor.unknown-laboratory")
        }
    }

    /// Directive 2006/17/EC Annex II 1.3, 1.4: anti-HBc alone and syphilis are assessed, HBsAg is not.
    @Test(
        arguments: [
            ([DonorMarker.antiHBc], true), ([.syphilis], true), ([.antiHBc, .syphilis], true),
            ([.hbsAg], false), ([.antiHBc, .hbsAg], false), ([.antiHCV], false),
        ] as [([DonorMarker], Bool)])
    func writtenExceptionsAreAssessed(reactive: [DonorMarker], isAssessable: Bool) throws {
        var site = try TestSite.founded()
        try site.registerConsentingDonor()
        for marker in DonorMarker.mandatory {
            try site.perform(
                "donor.record-test",
                [
                    "donor": "D-1", "marker": .string(marker.rawValue),
                    "result": reactive.contains(marker) ? "reactive" : "non-reactive",
                    "sampled": "2026-01-05", "laboratory": "virology",
                ], as: "analyst")
        }
        let rule = "donor-eu-panel-negative"
        try site.ask("D-1")
        var declare: [String: JSONValue] = ["donor": "D-1"]
        #expect(
            try site.rule("donor.declare-eligible", .object(declare), as: "reviewer") == rule)
        declare["riskAssessment"] = "RA-D-1"
        #expect(
            try site.rule("donor.declare-eligible", .object(declare), as: "reviewer")
                == (isAssessable ? nil : rule))
        #expect(
            site.state.donors[DonorID("D-1")!]?.riskAssessment == (isAssessable ? "RA-D-1" : nil))
    }

    /// Tissue given for the donor alone goes into no medicine for others.
    @Test(
        arguments: [("autologous", nil), ("allogeneic", "donor-consent")] as [(String, String?)])
    func theConsentCoversTheUse(origin: String, rule: String?) throws {
        var site = try TestSite.founded()
        try site.registerVariant(
            "SMALL-1.0.0",
            ["  jurisdictions: [EU]": "  origin: \(origin)\n  jurisdictions: [EU]"])
        try site.receiveCord(scope: "autologous-medicine")
        try site.perform(
            "batch.open", ["batch": "B-1", "definition": "SMALL-1.0.0", "stage": "banking"],
            as: "supervisor")
        let step: [String: JSONValue] = ["batch": "B-1", "step": "isolate"]
        try site.perform("batch.start-step", .object(step), as: "operator-1")
        let use = JSONValue.object(step.merging(["container": "CORD-1"]) { $1 })
        #expect(try site.rule("batch.use-container", use, as: "operator-1") == rule)
    }

    /// 21 CFR 1271.80(a): a cord is tested in the blood of the mother.
    @Test(arguments: [("donor", "donor-us-birth-mother"), ("birth-mother", nil)])
    func theBirthMotherIsTestedForTheUnitedStates(relation: String, rule: String?) throws {
        var site = try TestSite.founded()
        try site.perform(
            "donor.register",
            ["donor": "D-1", "relation": .string(relation), "isNewborn": true], as: "operator-1")
        try site.perform(
            "donor.record-consent",
            ["donor": "D-1", "version": "3", "scopes": ["allogeneic-medicine"]], as: "operator-1")
        for marker in DonorMarker.allCases {
            try site.perform(
                "donor.record-test",
                [
                    "donor": "D-1", "marker": .string(marker.rawValue), "result": "non-reactive",
                    "sampled": "2026-01-05", "laboratory": "virology",
                ], as: "analyst")
        }
        let declare: JSONValue = ["donor": "D-1", "jurisdictions": ["US"]]
        #expect(try site.rule("donor.declare-eligible", declare, as: "reviewer") == rule)
    }

    // MARK: Banks

    /// ICH Q5D 2.2.1: the cord gives the master stock, the master stock the working stock.
    @Test(arguments: [true, false])
    func aWorkingBankIsMadeFromAMasterBank(fromMaster: Bool) throws {
        var site = try TestSite.founded()
        try site.registerTwoTiers()
        try site.receiveCord()
        try site.receiveMaterials()
        try site.makeBank(counted: true)
        try site.releaseBank()
        try site.makeWorkingBank("WCS-1", batch: "B-5", from: "MCS-1-001")
        #expect(site.state.banks[BankID("WCS-1")!]?.status == .released)
        guard !fromMaster else { return }
        // A working bank of a working bank: the definition calls the third tier working as well.
        try site.perform(
            "batch.open", ["batch": "B-6", "definition": "SMALL-1.0.0", "stage": "third-stage"],
            as: "supervisor")
        try site.fillWorkingBank("WCS-2", batch: "B-6", step: "third-fill", from: "WCS-1-001")
        #expect(
            try site.rule("bank.release", ["bank": "WCS-2"], as: "reviewer") == "bank-two-tier")
    }

    /// Ten vials: five used in a year leave enough for another year, six do not.
    @Test func aBankIsMadeAnewBeforeItIsUsedUp() throws {
        var site = try TestSite.withBank()
        for number in 1...6 {
            let batch = JSONValue.string("B-\(number + 20)")
            try site.perform(
                "batch.open",
                ["batch": batch, "definition": "SMALL-1.0.0", "stage": "production"],
                as: "supervisor")
            try site.perform(
                "batch.start-step", ["batch": batch, "step": "thaw"], as: "operator-1")
            try site.perform(
                "batch.use-container",
                [
                    "batch": batch, "step": "thaw",
                    "container": .string("MCS-1-00\(number)"),
                ], as: "operator-1")
            #expect(site.dueRules.contains("bank-depletion") == (number == 6), "\(number) used")
        }
        // A year later the pace is another: what is left is enough.
        site.wait(days: 366)
        #expect(!site.dueRules.contains("bank-depletion"))
    }

    /// Ph. Eur. 2.6.7, ICH Q5D: a failed line of the matrix names the rule that asks for it.
    @Test(arguments: [
        ("str", "line-identity-str"), ("mycoplasma", "bank-microbiology"),
        ("doubling-time", "bank-post-thaw"), ("karyotype", "bank-karyotype"),
        ("undifferentiated-markers", "bank-pluripotency"),
        ("recurrent-loci", "bank-recurrent-loci"), ("species", "bank-released-before-use"),
    ])
    func aFailedBankTestNamesItsRule(test: String, rule: String) throws {
        var site = try TestSite.withBank()
        try site.registerLine()
        try site.perform("bank.receive", TestSite.arrival(), as: "operator-1")
        try site.perform(
            "bank.record-test",
            [
                "bank": "MCB-9", "test": .string(test), "observation": "outside", "passes": false,
                "reference": "BT-1",
            ], as: "analyst")
        #expect(site.state.deviations.inOrder.map(\.rule) == [rule])
        try site.testBank("MCB-9")
        #expect(try site.rule("bank.release", ["bank": "MCB-9"], as: "reviewer") == rule)
    }

    // MARK: Patients

    @Test(arguments: ["autologous", "matched"])
    func ownCellsGoToTheirPatientAlone(origin: String) throws {
        var site = try TestSite.founded()
        try site.registerVariant(
            "SMALL-1.0.0",
            ["  jurisdictions: [EU]": "  origin: \(origin)\n  jurisdictions: [EU]"])
        try site.makeCertifiedBatch()
        for (number, donor) in [(1, nil), (2, "D-1"), (3, "D-2")] as [(Int, JSONValue?)] {
            if donor == "D-2" { try site.registerConsentingDonor("D-2") }
            var patient: [String: JSONValue] = ["patient": .string("P-\(number)")]
            patient["donor"] = donor
            try site.perform("patient.register", .object(patient), as: "supervisor")
            try site.perform(
                "order.place",
                [
                    "order": .string("O-\(number)"), "patient": .string("P-\(number)"),
                    "hospital": "hospital", "definition": "SMALL-1.0.0", "containers": 1,
                ], as: "supervisor")
            let reserve: JSONValue = [
                "order": .string("O-\(number)"), "containers": [.string("B-2-00\(number)")],
            ]
            let send: JSONValue = [
                "shipment": .string("S-\(number)"), "order": .string("O-\(number)"),
                "containers": [.string("B-2-00\(number)")], "shipper": "4",
            ]
            let rule = donor == "D-1" ? nil : "label-autologous"
            #expect(try site.rule("order.reserve", reserve, as: "supervisor") == rule)
            #expect(try site.rule("shipment.dispatch", send, as: "supervisor") == rule)
        }
    }

    /// The product has 0.1e6 to 5e6 cells/kg for 40 to 130 kg, 50e6 cells a container; published
    /// intravenous doses of cord cells go from 0.5e6 to 4e6 cells/kg (Mebarki et al. 2021, Table 1).
    @Test(
        arguments: [
            ("1e6 cells/kg", "70 kg", 2, nil, nil),
            ("0.5e6 cells/kg", "40 kg", 1, nil, nil),
            ("4e6 cells/kg", "130 kg", 11, nil, nil),
            ("4.1e6 cells/kg", "70 kg", 6, nil, "dose-within-precedent"),
            ("4.1e6 cells/kg", "70 kg", 6, "trial protocol 3.2", nil),
            ("0.4e6 cells/kg", "70 kg", 1, nil, "dose-within-precedent"),
            ("5e6 cells/kg", "70 kg", 7, "trial protocol 3.2", nil),
            ("5.1e6 cells/kg", "70 kg", 8, "trial protocol 3.2", "dose-within-precedent"),
            ("1e6 cells/kg", "39 kg", 1, nil, "dose-within-precedent"),
            ("1e6 cells/kg", "131 kg", 3, nil, "dose-within-precedent"),
            ("1e6 cells/kg", "70 kg", 1, nil, "spec-dose-viable"),
        ] as [(String, String, Int, String?, String?)])
    func theDoseStaysWithinItsRange(
        dose: String, weight: String, containers: Int, reason: String?, rule: String?
    ) throws {
        var site = try TestSite.founded()
        try site.registerVariant()
        try site.perform("patient.register", ["patient": "P-1"], as: "supervisor")
        var order: [String: JSONValue] = [
            "order": "O-1", "patient": "P-1", "hospital": "hospital",
            "definition": "SMALL-1.0.0", "containers": .number(Double(containers)),
            "dose": .string(dose), "weight": .string(weight),
        ]
        order["reason"] = reason.map { .string($0) }
        #expect(try site.rule("order.place", .object(order), as: "supervisor") == rule)
        #expect(site.state.orders.count == (rule == nil ? 1 : 0))
    }

    // MARK: Time

    /// The step may be open for 30 min; the thawed cells may wait an hour.
    @Test(arguments: [(30, 59, []), (31, 59, ["thaw"]), (30, 62, ["thaw"])])
    func openAndHoldTimesAreKept(open: Int64, wait: Int64, steps: [String]) throws {
        var site = try TestSite.withTimeLimits()
        try site.thaw(minutes: open)
        site.now = site.now.advanced(bySeconds: (wait - 1) * 60)
        try site.perform(
            "batch.start-step", ["batch": "B-2", "step": "fill"], as: "operator-1")
        let events = site.state.deviations.inOrder.filter { $0.cause == .timeExceeded }
        #expect(events.map(\.step) == steps)
        #expect(events.allSatisfy { $0.rule == "hold-time-kept" && $0.grade == .major })
    }

    // MARK: Late in development

    @Test func aNewLotOfAGrowthMediumIsTriedOut() throws {
        var site = try TestSite.onTheMarket()
        try site.perform(
            "material.receive",
            [
                "lot": "M-2", "material": "medium", "supplier": "supplier", "supplierLot": "78",
                "expiry": "2027-01-31", "quantity": "1000 mL",
            ], as: "operator-1")
        var release: [String: JSONValue] = ["lot": "M-2", "certificate": "COA"]
        #expect(
            try site.rule("material.release", .object(release), as: "reviewer")
                == "material-lot-qualification")
        release["qualification"] = "QL-2"
        #expect(try site.rule("material.release", .object(release), as: "reviewer") == nil)
        #expect(site.state.lots[LotID("M-2")!]?.status == .released)
    }

    @Test func theLabelIsShownToLastInTheCold() throws {
        var site = try TestSite.onTheMarket()
        try site.makeMarketedBatch("B-2", from: "MCS-1-001")
        let certify: JSONValue = ["batch": "B-2"]
        #expect(try site.rule("batch.certify", certify, as: "qp") == "label-cold-legible")
        try site.concludeStudy("ST-1", "label-validation", of: "SMALL-1.0.0")
        #expect(
            try site.rule("batch.certify", certify, as: "qp") == "process-validation-batches")
        try site.concludeStudy("ST-2", "process-validation", of: "SMALL-1.0.0")
        #expect(try site.rule("batch.certify", certify, as: "qp") == nil)
    }

    /// EU GMP Annex 2A 5.35: a second stock is compared with the first.
    @Test func aNewStockIsComparedWithThoseInUse() throws {
        var site = try TestSite.onTheMarket()
        try site.makeMarketedBatch("B-2", from: "MCS-1-001")
        try site.concludeStudy("ST-1", "label-validation", of: "SMALL-1.0.0")
        try site.concludeStudy("ST-3", "process-validation", of: "SMALL-1.0.0")
        try site.perform("batch.certify", ["batch": "B-2"], as: "qp")
        try site.makeSecondStock()
        let certify: JSONValue = ["batch": "B-4"]
        #expect(try site.rule("batch.certify", certify, as: "qp") == "msc-stock-change")
        try site.proposeChange(touches: ["D-2"])
        try site.concludeStudy("ST-2", "comparability", of: "CC-1")
        try site.perform("change.close", ["change": "CC-1", "effect": "as before"], as: "reviewer")
        #expect(try site.rule("batch.certify", certify, as: "qp") == nil)
        // The stock is known from now on.
        try site.makeMarketedBatch("B-5", from: "MCS-2-002")
        #expect(try site.rule("batch.certify", ["batch": "B-5"], as: "qp") == nil)
    }

    @Test func aChangeOfScaleIsShownComparable() throws {
        var site = try TestSite.withBank()
        try site.proposeChange("CC-1", scale: false)
        try site.perform("change.close", ["change": "CC-1", "effect": "none"], as: "reviewer")
        try site.proposeChange("CC-2", scale: true)
        let close: JSONValue = ["change": "CC-2", "effect": "none"]
        #expect(try site.rule("change.close", close, as: "reviewer") == "scale-parity")
        try site.concludeStudy("ST-1", "comparability", of: "CC-2")
        #expect(try site.rule("change.close", close, as: "reviewer") == nil)
    }

    @Test func aBankOfAMarketedProductStandsInTwoPlaces() throws {
        var site = try TestSite.onTheMarket()
        #expect(site.dueRules.contains("bank-split-storage"))
        try site.perform(
            "container.move", ["containers": ["MCS-1-001"], "positions": ["LN2-9/A/1"]],
            as: "operator-1")
        #expect(!site.dueRules.contains("bank-split-storage"))
        #expect(try !TestSite.withBank().dueRules.contains("bank-split-storage"))
    }

    /// Point 1.7.19 is answered by the record while it is current, and 1.7.20 by a study.
    @Test func selfInspectionAndTransportAnswerTheirPoints() throws {
        var site = try TestSite.withBank()
        try site.makeProduct()
        func answers() throws -> [String: CertificationPoint.Answer] {
            let points = try site.state.certificationPoints(
                of: try site.state.batch(BatchID("B-2")!), on: site.now.date)
            return Dictionary(uniqueKeysWithValues: points.map { ($0.clause, $0.answer) })
        }
        #expect(try answers()["1.7.19"] == .open)
        let inspection: JSONValue = [
            "report": "SI-1", "scope": "production", "intervalMonths": 6,
        ]
        try site.perform("site.record-self-inspection", inspection, as: "reviewer")
        #expect(
            site.refusal("site.record-self-inspection", inspection, as: "reviewer")
                == "site.inspection-recorded")
        try site.concludeStudy("ST-1", "transport-validation", of: "SMALL-1.0.0")
        #expect(try answers()["1.7.19"] == .byRecords)
        #expect(try answers()["1.7.20"] == .byRecords)
        let due = site.state.due(asOf: site.now.date, within: 365)
            .first { $0.kind == .selfInspection }
        #expect(due?.due?.description == "2026-07-05")
        site.wait(days: 200)
        #expect(try answers()["1.7.19"] == .against)
    }

    /// Directive 2006/17/EC Annex II 2.6: antibodies alone leave a window of 180 days.
    @Test func aDonorTestedByAntibodiesAloneIsTestedAgain() throws {
        var site = try TestSite.founded()
        try site.registerDefinition()
        try site.registerConsentingDonor()
        try site.perform("donation.receive", site.donation(), as: "operator-1")
        func record(_ markers: [DonorMarker], on day: JSONValue) throws {
            for marker in markers {
                try site.perform(
                    "donor.record-test",
                    [
                        "donor": "D-1", "marker": .string(marker.rawValue),
                        "result": "non-reactive", "sampled": day, "laboratory": "virology",
                    ], as: "analyst")
            }
        }
        func due() -> [String?] {
            site.state.due(asOf: site.now.date, within: 365).filter { $0.kind == .donorRetest }
                .map { $0.due?.description }
        }
        try record(DonorMarker.mandatory, on: "2026-01-05")
        #expect(due() == [])
        try site.ask("D-1")
        try site.perform("donor.declare-eligible", ["donor": "D-1"], as: "reviewer")
        #expect(due() == ["2026-07-04"])
        site.wait(days: 181)
        try record([.antiHIV, .hbsAg, .antiHBc, .antiHCV], on: "2026-07-04")
        #expect(due() == [])
    }

    @Test func aMarketedProductExercisesARecallEveryYear() throws {
        var site = try TestSite.onTheMarket()
        func due() -> String? {
            site.state.due(asOf: site.now.date, within: 800).first { $0.kind == .mockRecall }?
                .due?.description
        }
        #expect(due() == "2027-01-05")
        site.wait(days: 90)
        try site.perform(
            "recall.begin",
            ["recall": "RC-1", "thing": "M-1", "reason": "exercise", "isMock": true],
            as: "reviewer")
        try site.perform(
            "recall.close", ["recall": "RC-1", "conclusion": "all found"], as: "reviewer")
        #expect(due() == "2027-04-05")
        #expect(
            try TestSite.withBank().state.due(asOf: site.now.date, within: 800)
                .allSatisfy { $0.kind != .mockRecall })
    }

    /// Regulation (EC) No 507/2006 Art. 6(2): the renewal is filed six months before the end.
    @Test func obligationsFallDueUntilTheyAreMet() throws {
        var site = try TestSite.founded()
        for (id, kind) in [("OB-1", "renewal"), ("OB-2", "specific-obligation")] {
            try site.perform(
                "obligation.record",
                [
                    "obligation": .string(id), "kind": .string(kind),
                    "authorisation": "EU/1/26/001", "task": "as agreed", "due": "2027-03-31",
                ], as: "reviewer")
        }
        func due() -> [String] {
            site.state.due(asOf: CalendarDate("2026-10-01")!, within: 365)
                .filter { $0.kind == .obligation }.map { "\($0.subject) \($0.due!)" }
        }
        #expect(due() == ["OB-1 2026-09-30", "OB-2 2027-03-31"])
        #expect(
            site.refusal(
                "obligation.fulfil", ["obligation": "OB-1", "evidence": " "], as: "reviewer")
                == "site.text-missing")
        let fulfil: JSONValue = ["obligation": "OB-1", "evidence": "submission 7"]
        try site.perform("obligation.fulfil", fulfil, as: "reviewer")
        #expect(due() == ["OB-2 2027-03-31"])
        #expect(
            site.refusal("obligation.fulfil", fulfil, as: "reviewer") == "obligation.fulfilled")
        #expect(site.state.describe("OB-2") == "as agreed")
        #expect(try StateDump.text(of: site.replayed()) == StateDump.text(of: site.state))
    }
}

extension TestSite {
    mutating func registerConsentingDonor(_ donor: JSONValue = "D-1") throws {
        try perform(
            "donor.register", ["donor": donor, "relation": "birth-mother"], as: "operator-1")
        try perform(
            "donor.record-consent",
            ["donor": donor, "version": "3", "scopes": ["allogeneic-medicine"]], as: "operator-1")
    }

    /// The small definition with a working stock made from the master stock, and a third tier that
    /// is called working as well.
    mutating func registerTwoTiers() throws {
        func stage(_ id: String, _ fill: String, from: String, to: String) -> String {
            """
                - id: \(id)
                  name: \(from) stock to \(to) stock
                  phase: seed
                  from: \(from)
                  to: \(to)
                  operations:
                    - id: \(fill)
                      kind: freeze
                      name: fill \(to)
                      outputs: [{ name: vials, kind: bank vials, bank: \(to) }]

            """
        }
        try registerVariant(
            "SMALL-1.0.0",
            [
                "process:\n": """
                  - { id: working, name: working stock, tier: working, made-from: master, specification: spec-bank }
                  - { id: third, name: third stock, tier: working, made-from: working, specification: spec-bank }

                process:

                """,
                "    - id: production\n":
                    stage("working-stage", "working-fill", from: "master", to: "working")
                    + stage("third-stage", "third-fill", from: "working", to: "third")
                    + "    - id: production\n",
            ])
    }

    mutating func makeWorkingBank(_ bank: String, batch: String, from vial: String) throws {
        try perform(
            "batch.open",
            [
                "batch": .string(batch), "definition": "SMALL-1.0.0", "stage": "working-stage",
            ], as: "supervisor")
        try fillWorkingBank(bank, batch: batch, step: "working-fill", from: vial)
        try testBank(bank)
        try perform("bank.release", ["bank": .string(bank)], as: "reviewer")
    }

    /// Fills and tests a bank in one step.
    mutating func fillWorkingBank(
        _ bank: String, batch: String, step: String, from vial: String
    ) throws {
        let base: [String: JSONValue] = ["batch": .string(batch), "step": .string(step)]
        try perform("batch.start-step", .object(base), as: "operator-1")
        try perform(
            "batch.use-container", .object(base.merging(["container": .string(vial)]) { $1 }),
            as: "operator-1")
        try fill(batch, step: step, bank: bank, count: 4, millilitres: 2, in: "LN2-1/B")
        try perform("batch.complete-step", .object(base), as: "operator-1")
        try perform("batch.complete", ["batch": .string(batch)], as: "supervisor")
        try perform(
            "testing.record-result",
            [
                "batch": .string(batch), "test": "sterility", "observation": "no growth",
                "reference": .string("QC-\(batch)"),
            ], as: "analyst")
    }
}
