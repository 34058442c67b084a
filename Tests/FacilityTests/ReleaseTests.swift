import Facility
import Ledger
import Quantities
import Testing

/// From the end of execution to certification.
@Suite struct ReleaseTests {
    @Test func onlyAQualifiedPersonCertifies() throws {
        var site = try TestSite.withBank()
        try site.makeProduct()
        try site.testProduct()
        try site.perform("batch.review", ["batch": "B-2"], as: "reviewer")
        try site.confirmPoints()
        for person in ["operator-1", "supervisor", "analyst", "reviewer", "admin", "inspector"] {
            #expect(
                site.refusal("batch.certify", ["batch": "B-2"], as: person)
                    == "people.not-permitted", "\(person)")
        }
        try site.perform("batch.certify", ["batch": "B-2"], as: "qp")
        #expect(site.state.batches[BatchID("B-2")!]?.status == .certified)
    }

    @Test func aBatchWithAnOpenDeviationIsNotReviewed() throws {
        var site = try TestSite.withBank()
        try site.makeProduct(thawTime: "3.5 min")
        try site.testProduct()
        #expect(
            site.refusal("batch.review", ["batch": "B-2"], as: "reviewer")
                == "release.open-deviations")
        try site.perform(
            "deviation.close",
            [
                "deviation": "DEV-0001", "rootCause": "water bath read late",
                "impact": "none: viability after thawing is within limits",
                "disposition": "acceptable",
            ], as: "reviewer")
        try site.perform("batch.review", ["batch": "B-2"], as: "reviewer")
    }

    @Test func aDeviationClosedWithRejectionEndsTheBatch() throws {
        var site = try TestSite.withBank()
        try site.makeProduct(thawTime: "30 min")
        try site.testProduct()
        try site.perform(
            "deviation.close",
            [
                "deviation": "DEV-0001", "rootCause": "forgotten in the bath",
                "impact": "viability cannot be assured", "disposition": "reject",
            ], as: "reviewer")
        #expect(
            site.refusal("batch.review", ["batch": "B-2"], as: "reviewer")
                == "release.deviation-rejects")
        try site.perform("batch.reject", ["batch": "B-2", "reason": "DEV-0001"], as: "reviewer")
        #expect(site.state.containers[ContainerID("B-2-001")!]?.status == .rejected)
    }

    @Test func aResultOutsideTheSpecificationStopsTheBatch() throws {
        var site = try TestSite.withBank()
        try site.makeProduct()
        try site.testProduct(viability: "65 %")
        let deviation = try #require(site.state.deviations[DeviationID("DEV-0001")!])
        #expect(deviation.cause == .outOfSpecification)
        #expect(
            site.refusal("batch.review", ["batch": "B-2"], as: "reviewer")
                == "release.open-deviations")
    }

    /// Testing into compliance: a failed result is not repeated before it was investigated.
    @Test func aFailedTestIsNotSimplyRepeated() throws {
        var site = try TestSite.withBank()
        try site.makeProduct()
        try site.testProduct(viability: "65 %")
        let code = site.refusal(
            "testing.record-result",
            ["batch": "B-2", "test": "viability", "observation": "90 %", "reference": "QC-3"],
            as: "analyst")
        #expect(code == "testing.result-stands")
    }

    @Test func aMissingResultStopsTheBatch() throws {
        var site = try TestSite.withBank()
        try site.makeProduct()
        #expect(
            site.refusal("batch.review", ["batch": "B-2"], as: "reviewer")
                == "release.tests-not-passed")
    }

    /// The fact holds the digest of exactly what the certificate prints.
    @Test func certificationBindsTheContent() throws {
        let site = try TestSite.withCertifiedBatch()
        let batch = try #require(site.state.batches[BatchID("B-2")!])
        let content = try site.state.certificateContent(of: batch)
        let entry = try #require(site.entries.last)
        #expect(entry.kind == "batch.certified/1")
        #expect(entry.body["content"]?.stringValue == (try content.digest().hex))
        #expect(content.results.map(\.verdict) == [.passes, .passes, .passes, .reported])
    }
}
