import Facility
import Ledger
import Quantities
import Testing

/// One product from the donor to the patient, and what the record says of it afterwards.
@Suite struct ThreadTests {
    /// A certified batch, shipped and given.
    static func treated() throws -> TestSite {
        var site = try TestSite.withCertifiedBatch()
        try site.perform("patient.register", ["patient": "P-7"], as: "supervisor")
        try site.perform(
            "order.place",
            [
                "order": "O-1", "patient": "P-7", "hospital": "university hospital",
                "definition": "SMALL-1.0.0", "containers": 1,
            ], as: "supervisor")
        let left = site.now
        try site.perform(
            "shipment.dispatch",
            [
                "shipment": "S-1", "order": "O-1", "containers": ["B-2-001"],
                "shipper": "dry shipper 4",
            ], as: "supervisor")
        try site.perform(
            "shipment.receive", ["shipment": "S-1", "highestTemperature": "-152 °C"],
            as: "supervisor")
        try site.importLog(of: "S-1", from: left)
        try site.perform(
            "dose.administer",
            [
                "container": "B-2-001", "patient": "P-7",
                "thawed": .string(site.now.description),
            ], as: "supervisor")
        return site
    }

    @Test func aDoseReachesThePatientAndTracesToTheDonor() throws {
        let site = try Self.treated()
        let back = try site.state.trace("P-7").back.map(\.id)
        for origin in ["B-2-001", "B-2", "MCS-1-001", "MCS-1", "B-1", "CORD-1", "D-1", "M-1"] {
            #expect(back.contains(origin), "\(origin) is missing in the look-back")
        }
        #expect(try site.state.trace("D-1").forward.map(\.id).contains("P-7"))
    }

    @Test func aVialThatWasNotUsedIsNotInTheDosesPast() throws {
        let site = try Self.treated()
        #expect(try !site.state.trace("P-7").back.map(\.id).contains("MCS-1-002"))
    }

    @Test func replayGivesTheSameSite() throws {
        let site = try Self.treated()
        let replayed = try site.replayed()
        #expect(replayed.entryCount == site.state.entryCount)
        // The dump walks every collection of the state in the order of its keys.
        #expect(StateDump.text(of: replayed) == StateDump.text(of: site.state))
    }

    @Test func expiryFollowsFromTheShelfLife() throws {
        let site = try TestSite.withCertifiedBatch()
        let dose = try #require(site.state.containers[ContainerID("B-2-001")!])
        // Filled on 2026-01-05, twelve months of 30.4375 days: 365.25 days, rounded down.
        #expect(dose.expires == CalendarDate("2027-01-05"))
    }

    @Test func theLimitsAreThoseOfTheDeclaredPhase() throws {
        let site = try TestSite.withBank()
        let master = try #require(site.state.masters[MasterRecordID("SMALL-1.0.0")!])
        let viability = master.specification("spec-product")?.test("viability")
        #expect(viability?.criterion.description == ">= 70 %")
    }
}
