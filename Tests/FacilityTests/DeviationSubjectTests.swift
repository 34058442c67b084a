import Facility
import Ledger
import Testing

/// What a deviation is about, and what waits for it.
@Suite struct DeviationSubjectTests {
    private func close(_ disposition: JSONValue, _ deviation: JSONValue = "DEV-0001") -> JSONValue {
        [
            "deviation": deviation, "rootCause": "found", "impact": "looked into",
            "disposition": disposition,
        ]
    }

    /// An eligible donor whose cord came at 40 °C, where 25 °C is the limit.
    private func withWarmCord() throws -> TestSite {
        var site = try TestSite.founded()
        try site.registerVariant("SMALL-1.0.0")
        try site.perform(
            "donor.register", ["donor": "D-1", "relation": "birth-mother"], as: "operator-1")
        try site.perform(
            "donor.record-consent",
            ["donor": "D-1", "version": "3", "scopes": ["allogeneic-medicine"]], as: "operator-1")
        try site.receiveSecondCord("CORD-1", temperature: "40 °C")
        try site.testDonor()
        try site.ask("D-1")
        try site.perform("donor.declare-eligible", ["donor": "D-1"], as: "reviewer")
        return site
    }

    @Test func aCordThatCameWarmIsNotReleasedBeforeItsDeviationIsClosed() throws {
        var site = try withWarmCord()
        #expect(site.state.deviations[DeviationID("DEV-0001")!]?.subjects == [ThingID("CORD-1")!])
        let release: JSONValue = ["container": "CORD-1"]
        #expect(
            site.refusal("donation.release", release, as: "reviewer") == "deviation.open-about")
        #expect(
            try site.rule("donation.release", release, as: "reviewer")
                == "deviation-closed-for-release")
        try site.perform("deviation.close", close("acceptable"), as: "reviewer")
        try site.perform("donation.release", release, as: "reviewer")
    }

    @Test func whatADeviationRejectsIsHeldForGood() throws {
        var site = try withWarmCord()
        try site.perform("deviation.close", close("reject"), as: "reviewer")
        #expect(try site.state.container(ContainerID("CORD-1")!).holds.count == 1)
        #expect(
            site.refusal("donation.release", ["container": "CORD-1"], as: "reviewer")
                == "container.on-hold")
        #expect(
            site.refusal(
                "hold.lift", ["thing": "CORD-1", "source": "DEV-0001", "reason": "it looks well"],
                as: "reviewer") == "hold.deviation-rejects")
        try site.perform(
            "donation.reject", ["container": "CORD-1", "reason": "too warm"], as: "reviewer")
        #expect(try site.state.container(ContainerID("CORD-1")!).status == .rejected)
        #expect(
            site.refusal("donation.release", ["container": "CORD-1"], as: "reviewer")
                == "donation.not-in-quarantine")
    }

    /// EU GMP Annex 16 1.7.16, carried along the genealogy.
    @Test func whatDescendsFromADoubtfulCordIsNotCertified() throws {
        var site = try TestSite.withBank()
        try site.makeProduct()
        try site.testProduct()
        try site.perform(
            "deviation.open", ["subjects": ["CORD-1"], "description": "a leak in the bag"],
            as: "operator-1")
        #expect(
            site.refusal("batch.review", ["batch": "B-2"], as: "reviewer")
                == "release.open-deviations")
        let batch = try site.state.batch(BatchID("B-2")!)
        #expect(site.state.exceptions(of: batch).filter(\.isOpen).map(\.id) == ["DEV-0001"])
        try site.perform(
            "deviation.classify",
            ["deviation": "DEV-0001", "grade": "minor", "reason": "outer bag"], as: "reviewer")
        try site.perform("batch.review", ["batch": "B-2"], as: "reviewer")
        try site.confirmPoints()
        try site.perform(
            "deviation.classify",
            ["deviation": "DEV-0001", "grade": "major", "reason": "inner bag"], as: "reviewer")
        let point = try site.state.certificationPoints(
            of: site.state.batch(BatchID("B-2")!), on: site.now.date
        ).first { $0.clause == "1.7.16" }
        #expect(point?.answer == .against)
        #expect(
            site.refusal("batch.certify", ["batch": "B-2"], as: "qp") == "release.open-deviations")
        try site.perform("deviation.close", close("reject"), as: "reviewer")
        #expect(
            site.refusal("batch.certify", ["batch": "B-2"], as: "qp")
                == "release.deviation-rejects")
        // Everything at hand that came from the cord is held: vials and doses.
        #expect(try !site.state.container(ContainerID("MCS-1-002")!).holds.isEmpty)
        #expect(try !site.state.container(ContainerID("B-2-001")!).holds.isEmpty)
    }

    @Test(arguments: ["MCS-1-001", "MCS-1", "CORD-1", "D-1"])
    func aVialIsNotUsedWhileItsOriginIsInDoubt(subject: String) throws {
        var site = try TestSite.withBank()
        try site.perform(
            "deviation.open", ["subjects": [.string(subject)], "description": "doubt"],
            as: "operator-1")
        try site.perform(
            "batch.open", ["batch": "B-2", "definition": "SMALL-1.0.0", "stage": "production"],
            as: "supervisor")
        try site.perform("batch.start-step", ["batch": "B-2", "step": "thaw"], as: "operator-1")
        let use: JSONValue = ["batch": "B-2", "step": "thaw", "container": "MCS-1-001"]
        #expect(
            site.refusal("batch.use-container", use, as: "operator-1") == "deviation.open-about")
        try site.perform("deviation.close", close("acceptable"), as: "reviewer")
        try site.perform("batch.use-container", use, as: "operator-1")
    }

    @Test func aLotInDoubtIsNeitherReleasedNorUsed() throws {
        var site = try TestSite.withBank()
        for lot in ["M-2", "M-3"] as [JSONValue] {
            try site.perform(
                "material.receive",
                [
                    "lot": lot, "material": "medium", "supplier": "supplier", "supplierLot": "78",
                    "expiry": "2027-01-31", "quantity": "500 mL",
                ], as: "operator-1")
        }
        try site.perform(
            "material.release", ["lot": "M-2", "certificate": "COA-78"], as: "reviewer")
        try site.perform(
            "deviation.open", ["subjects": ["M-2"], "description": "a torn bag"], as: "operator-1")
        try site.perform(
            "deviation.classify",
            ["deviation": "DEV-0001", "grade": "critical", "reason": "sterility"], as: "reviewer")
        try site.perform(
            "batch.open", ["batch": "B-3", "definition": "SMALL-1.0.0", "stage": "banking"],
            as: "supervisor")
        try site.perform("batch.start-step", ["batch": "B-3", "step": "isolate"], as: "operator-1")
        #expect(
            site.refusal(
                "batch.consume-material",
                ["batch": "B-3", "step": "isolate", "lot": "M-2", "quantity": "50 mL"],
                as: "operator-1") == "deviation.open-about")
        try site.perform(
            "deviation.extend",
            ["deviation": "DEV-0001", "subjects": ["M-3"], "reason": "of the same pallet"],
            as: "operator-1")
        #expect(
            site.refusal(
                "material.release", ["lot": "M-3", "certificate": "COA-78"], as: "reviewer")
                == "deviation.open-about")
    }

    @Test func aSubjectIsNamedOnceAndIsAThingThatCanBeInDoubt() throws {
        var site = try TestSite.withBank()
        func open(_ subjects: JSONValue) -> JSONValue {
            ["subjects": subjects, "description": "doubt"]
        }
        for (subjects, code) in [
            (["CORD-9"], "site.unknown-identifier"), (["M-1", "M-1"], "deviation.subjects"),
        ] as [(JSONValue, String)] {
            #expect(site.refusal("deviation.open", open(subjects), as: "operator-1") == code)
        }
        try site.perform("deviation.open", open(["M-1", "CORD-1"]), as: "operator-1")
        for (subjects, code) in [
            (["M-1"], "deviation.subject-known"), ([], "deviation.subjects"),
            (["DEV-0001"], "deviation.wrong-subject"),
        ] as [(JSONValue, String)] {
            #expect(
                site.refusal(
                    "deviation.extend",
                    ["deviation": "DEV-0001", "subjects": subjects, "reason": "r"],
                    as: "operator-1") == code)
        }
        try site.perform("deviation.close", close("acceptable"), as: "reviewer")
        #expect(
            site.refusal(
                "deviation.extend",
                ["deviation": "DEV-0001", "subjects": ["C-1"], "reason": "r"], as: "operator-1")
                == "deviation.closed")
    }

    @Test func aBatchThatADeviationIsExtendedToWaitsForIt() throws {
        var site = try TestSite.withBank()
        try site.makeProduct()
        try site.testProduct()
        try site.perform(
            "deviation.open", ["description": "the autoclave stopped early"], as: "operator-1")
        try site.perform(
            "deviation.extend",
            ["deviation": "DEV-0001", "subjects": ["B-2"], "reason": "its tools were in it"],
            as: "operator-1")
        let batch = try site.state.batch(BatchID("B-2")!)
        #expect(site.state.openDeviations(of: batch).map(\.id.text) == ["DEV-0001"])
        #expect(
            site.refusal("batch.review", ["batch": "B-2"], as: "reviewer")
                == "release.open-deviations")
    }

    /// What happens to the rest after a part was split off is not about the part.
    @Test func aPartIsNotHeldUpByWhatHappensToTheRest() throws {
        var site = try TestSite.withBank()
        try site.perform(
            "batch.open", ["batch": "B-2", "definition": "SMALL-1.0.0", "stage": "production"],
            as: "supervisor")
        try site.perform("batch.start-step", ["batch": "B-2", "step": "thaw"], as: "operator-1")
        try site.perform(
            "batch.use-container", ["batch": "B-2", "step": "thaw", "container": "MCS-1-001"],
            as: "operator-1")
        try site.perform(
            "batch.split", ["batch": "B-2", "into": "B-3", "reason": "two vessels"],
            as: "supervisor")
        try site.perform(
            "deviation.open", ["batch": "B-2", "description": "one vessel fell"],
            as: "operator-1")
        #expect(site.state.obstacles(behind: "B-3").isEmpty)
        try site.perform(
            "deviation.extend",
            ["deviation": "DEV-0001", "subjects": ["B-3"], "reason": "it was splashed"],
            as: "operator-1")
        let part = try site.state.batch(BatchID("B-3")!)
        #expect(site.state.openDeviations(of: part).map(\.id.text) == ["DEV-0001"])
    }
}
