import Facility
import Ledger
import Testing

/// What donors are asked, and blood that infusions diluted.
@Suite struct DonorHistoryTests {
    private func tested() throws -> TestSite {
        var site = try TestSite.founded()
        try site.perform(
            "donor.register", ["donor": "D-1", "relation": "birth-mother"], as: "operator-1")
        try site.perform(
            "donor.record-consent",
            ["donor": "D-1", "version": "3", "scopes": ["allogeneic-medicine"]], as: "operator-1")
        try test(&site, on: "2026-01-05")
        return site
    }

    private func test(_ site: inout TestSite, on day: JSONValue) throws {
        for marker in DonorMarker.mandatory {
            try site.perform(
                "donor.record-test",
                [
                    "donor": "D-1", "marker": .string(marker.rawValue), "result": "non-reactive",
                    "sampled": day, "laboratory": "virology",
                ], as: "analyst")
        }
    }

    private func declared(_ site: inout TestSite, _ more: [String: JSONValue] = [:]) -> String? {
        site.refusal(
            "donor.declare-eligible", .object(["donor": "D-1"].merging(more) { $1 }),
            as: "reviewer")
    }

    @Test func aDonorWhoWasNotAskedIsNotEligible() throws {
        var site = try tested()
        #expect(declared(&site) == "donor.no-history")
        try site.ask("D-1")
        #expect(declared(&site) == nil)
    }

    @Test func aRiskExcludesUnlessItWasAssessed() throws {
        var site = try tested()
        try site.ask("D-1", risks: ["travel-or-regional-infection"])
        #expect(declared(&site) == "donor.risk-in-history")
        #expect(declared(&site, ["riskAssessment": "RA-4"]) == nil)
        #expect(site.state.donors[DonorID("D-1")!]?.riskAssessment == "RA-4")
    }

    @Test func aHighPrevalenceAreaAsksForHTLV() throws {
        var site = try tested()
        try site.perform(
            "donor.record-history",
            [
                "donor": "D-1", "questionnaire": "Q-2", "interviewed": "2026-01-05", "risks": [],
                "isFromHighPrevalenceArea": true,
            ], as: "operator-1")
        #expect(declared(&site) == "donor.tests-missing")
        #expect(
            try site.rule("donor.declare-eligible", ["donor": "D-1"], as: "reviewer")
                == "donor-htlv")
    }

    @Test func aRiskLearntLaterHoldsWhatCameFromTheDonor() throws {
        var site = try TestSite.withCertifiedBatch()
        try site.ask("D-1", risks: ["malignancy"])
        guard case .ineligible? = site.state.donors[DonorID("D-1")!]?.eligibility else {
            Issue.record("still eligible")
            return
        }
        #expect(site.state.containers[ContainerID("B-2-001")!]?.holds.isEmpty == false)
    }

    /// The limits of 21 CFR 1271.80(d)(2) and the FDA's worked form for 70 kg: plasma 2800 mL, blood
    /// 4669 mL.
    @Test(arguments: [
        ("0 mL", "0 mL", "2800 mL", false), ("0 mL", "0 mL", "2801 mL", true),
        ("0 mL", "1400 mL", "1400 mL", false), ("0 mL", "1401 mL", "1400 mL", true),
        ("1869 mL", "1400 mL", "1400 mL", false), ("1870 mL", "1400 mL", "1400 mL", true),
        ("4.7 L", "0 mL", "0 mL", true),
    ])
    func dilutionIsWorkedOutFromTheVolumes(
        blood: String, colloids: String, crystalloids: String, isDiluted: Bool
    ) throws {
        var site = try tested()
        try site.perform(
            "donor.assess-dilution",
            [
                "donor": "D-1", "sampled": "2026-01-05", "mass": "70 kg",
                "blood": .string(blood), "colloids": .string(colloids),
                "crystalloids": .string(crystalloids),
            ], as: "analyst")
        try site.ask("D-1", receivedInfusions: true)
        #expect(declared(&site) == (isDiluted ? "donor.sample-diluted" : nil))
    }

    @Test func infusionsAreAssessedAndAnotherSampleCounts() throws {
        var site = try tested()
        try site.ask("D-1", receivedInfusions: true)
        #expect(declared(&site) == "donor.dilution-not-assessed")
        func assess(_ day: JSONValue, _ volume: JSONValue) throws {
            try site.perform(
                "donor.assess-dilution",
                ["donor": "D-1", "sampled": day, "mass": "60 kg", "crystalloids": volume],
                as: "analyst")
        }
        try assess("2026-01-05", "3 L")
        #expect(declared(&site) == "donor.sample-diluted")
        site.wait(days: 2)
        try test(&site, on: "2026-01-07")
        try assess("2026-01-07", "0 mL")
        #expect(declared(&site) == nil)
    }

    @Test(arguments: [("0 kg", "1 L"), ("70 mL", "1 L"), ("70 kg", "1 kg"), ("70 kg", "-1 mL")])
    func whatIsNoMassOrVolumeIsRefused(mass: JSONValue, volume: JSONValue) throws {
        var site = try tested()
        #expect(
            site.refusal(
                "donor.assess-dilution",
                ["donor": "D-1", "sampled": "2026-01-05", "mass": mass, "blood": volume],
                as: "analyst") == "donor.infusion")
    }
}
