import Facility
import Guidance
import Ledger
import Testing

/// Every donation for itself: its sample, its window, and what its donor was found eligible for.
@Suite struct DonationTests {
    /// Half a year later D-1 gives a second cord; the first one's samples are all there is.
    private func withSecondCord() throws -> TestSite {
        var site = try TestSite.withBank()
        site.wait(days: 150)
        try site.receiveSecondCord()
        return site
    }

    private let release: JSONValue = ["container": "CORD-2"]

    /// Directive 2006/17/EC Annex II 2.5: at the donation or within seven days after.
    @Test func aLaterDonationNeedsASampleOfItsOwn() throws {
        var site = try withSecondCord()
        #expect(
            site.refusal("donation.release", release, as: "reviewer") == "donor.sample-timing")
        #expect(
            try site.rule("donation.release", release, as: "reviewer") == "donor-eu-sample-timing")
        try site.testDonor()
        try site.perform("donation.release", release, as: "reviewer")
    }

    /// A sample of up to 30 days before counts once the donor was tested again (Annex II 2.6).
    @Test func anEarlierSampleCountsWithinTheRegimeOfRepeatTesting() throws {
        var site = try TestSite.withBank()
        site.wait(days: 150)
        try site.testDonor()
        site.wait(days: 20)
        try site.receiveSecondCord()
        #expect(
            site.refusal("donation.release", release, as: "reviewer") == "donor.sample-timing")
        site.wait(days: 181)
        try site.testDonor()
        try site.perform("donation.release", release, as: "reviewer")
    }

    /// An amplification test of an earlier sample closes no window of a later donation.
    @Test func theWindowIsClosedByTheSampleOfTheDonation() throws {
        var site = try withSecondCord()
        try site.testDonor(DonorMarker.mandatory)
        try site.perform("donation.release", release, as: "reviewer")
        try site.makeBank(batch: "B-3", bank: "MCS-2", cord: "CORD-2")
        try site.releaseBank(batch: "B-3", bank: "MCS-2")
        for (batch, vial) in [("B-2", "MCS-1-001"), ("B-4", "MCS-2-001")] {
            try site.makeProduct(batch: batch, vial: vial)
            try site.testProduct(batch: .string(batch))
            try site.perform("batch.review", ["batch": .string(batch)], as: "reviewer")
            try site.confirmPoints(batch: batch)
        }
        // The first donation is covered by its own sample, whatever came later.
        try site.perform("batch.certify", ["batch": "B-2"], as: "qp")
        #expect(
            try site.rule("batch.certify", ["batch": "B-4"], as: "qp") == "donor-repeat-or-nat")
        try site.testDonor([.natHIV, .natHBV, .natHCV])
        try site.perform("batch.certify", ["batch": "B-4"], as: "qp")
    }

    @Test func aDonorFoundEligibleForTheEUGivesNoProductForTheUnitedStates() throws {
        var site = try TestSite.founded()
        try site.registerDefinition()
        try site.receiveCord()
        let scope = try site.state.donor(DonorID("D-1")!).scope
        #expect(scope?.jurisdictions == [.eu])
        try site.registerVariant(
            "OTHER-1.0.0",
            ["  id: SMALL\n": "  id: OTHER\n", "jurisdictions: [EU]": "jurisdictions: [EU, US]"])
        try site.receiveMaterials()
        try site.perform(
            "batch.open", ["batch": "B-1", "definition": "OTHER-1.0.0", "stage": "banking"],
            as: "supervisor")
        try site.perform("batch.start-step", ["batch": "B-1", "step": "isolate"], as: "operator-1")
        let use: JSONValue = ["batch": "B-1", "step": "isolate", "container": "CORD-1"]
        #expect(
            site.refusal("batch.use-container", use, as: "operator-1")
                == "donor.jurisdiction-not-covered")
        #expect(
            try site.rule("batch.use-container", use, as: "operator-1") == "donor-us-panel")
        // What the products need is asked for when nothing is named, and then covers the use.
        try site.perform("donor.declare-eligible", ["donor": "D-1"], as: "reviewer")
        try site.perform("batch.use-container", use, as: "operator-1")
    }

    @Test func tissueRichInLeukocytesNeedsADonorTestedAsSuch() throws {
        var site = try TestSite.founded()
        let rich = [
            "jurisdictions: [EU]": "jurisdictions: [US]",
            "materials:\n": "donors:\n  tissue: cord\n  leukocyte-rich: yes\n\nmaterials:\n",
        ]
        try site.registerVariant("SMALL-1.0.0", rich)
        #expect(throws: Rejection.self) { try site.receiveCord() }
        try site.perform(
            "donor.declare-eligible", ["donor": "D-1", "isLeukocyteRich": false], as: "reviewer")
        try site.perform("donation.release", ["container": "CORD-1"], as: "reviewer")
        try site.receiveMaterials()
        try site.perform(
            "batch.open", ["batch": "B-1", "definition": "SMALL-1.0.0", "stage": "banking"],
            as: "supervisor")
        try site.perform("batch.start-step", ["batch": "B-1", "step": "isolate"], as: "operator-1")
        let use: JSONValue = ["batch": "B-1", "step": "isolate", "container": "CORD-1"]
        #expect(
            site.refusal("batch.use-container", use, as: "operator-1")
                == "donor.tissue-not-covered")
        try site.testDonor([.antiHTLVII, .antiCMV])
        try site.perform("donor.declare-eligible", ["donor": "D-1"], as: "reviewer")
        try site.perform("batch.use-container", use, as: "operator-1")
    }

    @Test func whatWasUsedIsRecalledAndNotRejected() throws {
        var site = try TestSite.withBank()
        let reject: JSONValue = ["container": "CORD-1", "reason": "late report"]
        #expect(site.refusal("donation.reject", reject, as: "reviewer") == "donation.gone")
        #expect(
            site.refusal(
                "donation.reject", ["container": "MCS-1-001", "reason": "x"], as: "reviewer")
                == "donation.not-starting-material")
    }
}

/// Cell lines: what came from one is reached, and whose cells it is.
@Suite struct LineReachTests {
    private func withLine() throws -> TestSite {
        var site = try TestSite.withBank()
        try site.receiveBankOfLine()
        return site
    }

    @Test func aLineLeadsBackToItsDonor() throws {
        var site = try withLine()
        #expect(try site.state.trace("D-1").forward.map(\.id).contains("MCB-9-002"))
        #expect(try site.state.trace("MCB-9-001").back.map(\.id).contains("D-1"))
        try site.perform(
            "donor.withdraw-consent", ["donor": "D-1", "reason": "on request"], as: "operator-1")
        #expect(try !site.state.container(ContainerID("MCB-9-001")!).holds.isEmpty)
        let again: JSONValue = [
            "line": "LINE-2", "name": "TESTe002-A", "provider": "public bank",
            "consent": "CONSENT-1", "dueDiligence": "DD-1", "strProfile": "STR-1",
            "isInduced": false, "donor": "D-1",
        ]
        #expect(site.refusal("line.register", again, as: "reviewer") == "donor.ineligible")
    }

    @Test func aHoldOnALineReachesItsBanks() throws {
        var site = try withLine()
        try site.perform("hold.place", ["thing": "LINE-1", "reason": "licence"], as: "operator-1")
        for vial in ["MCB-9-001", "MCB-9-002"] {
            #expect(try site.state.container(ContainerID(vial)!).holds == ["licence"])
        }
        #expect(try site.state.container(ContainerID("MCS-1-001")!).holds.isEmpty)
        try site.perform("hold.lift", ["thing": "LINE-1", "reason": "renewed"], as: "reviewer")
        #expect(try site.state.container(ContainerID("MCB-9-001")!).holds.isEmpty)
    }

    @Test func aRecallOfALineReachesItsBanksAndItsProvider() throws {
        var site = try withLine()
        let plan = try site.state.recallPlan(of: "LINE-1")
        #expect(plan.quarantine == ["MCB-9-001", "MCB-9-002"])
        #expect(plan.calls.map(\.urgency) == [.informSource, .informAuthority])
        #expect(plan.calls.first?.whom == "public bank")
        try site.perform(
            "recall.begin",
            ["recall": "RC-1", "thing": "LINE-1", "reason": "mix-up", "isMock": false],
            as: "reviewer")
        #expect(try !site.state.container(ContainerID("MCB-9-002")!).holds.isEmpty)
    }
}
