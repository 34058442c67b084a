import Facility
import Ledger
import Quantities
import Testing

extension TestSite {
    /// The small definition with sterility samples after interventions, a batch filled from it.
    static func withInterventions(
        _ interventions: [JSONValue] = ["stopper picked up"],
        whileFilling: (inout TestSite) throws -> Void = { _ in }
    ) throws -> TestSite {
        var site = try founded()
        try site.registerVariant(
            "SMALL-1.0.0",
            [
                "  phase: phase1\n": "  phase: commercial\n",
                "    applies-to: drug product\n": """
                    applies-to: drug product
                    sampling: { sterility-points: [after intervention] }

                """,
            ])
        try site.receiveCord()
        try site.receiveMaterials(qualification: "QL-1")
        try site.makeBank(counted: true)
        try site.releaseBank()
        try site.makeProduct(whileFilling: { site in
            for what in interventions { try site.intervene(what) }
            try whileFilling(&site)
        })
        return site
    }

    mutating func intervene(
        _ what: JSONValue, batch: JSONValue = "B-2", step: JSONValue = "fill"
    ) throws {
        try perform(
            "batch.record-intervention",
            ["batch": batch, "step": step, "intervention": what, "minutes": 2], as: "operator-1")
    }

    /// An intervention, and a sample that an event asks for.
    static func tourOfInterventions() throws -> TestSite {
        var site = try withBank()
        try site.makeProduct(whileFilling: { site in
            try site.intervene("stopper picked up")
            try site.perform(
                "deviation.open", ["batch": "B-2", "description": "drop on the rim"],
                as: "operator-1")
            try site.perform(
                "deviation.classify",
                [
                    "deviation": "DEV-0001", "grade": "minor", "reason": "not in the path",
                    "sample": "swab of the rim",
                ], as: "reviewer")
            try site.perform(
                "sample.take",
                [
                    "sample": "SA-5", "origin": "B-2", "step": "fill", "purpose": "investigation",
                    "deviation": "DEV-0001",
                ], as: "operator-1")
        })
        return site
    }
}

/// Samples that the definition or an event asks for.
@Suite struct SamplesAskedForTests {
    private func missing(_ site: TestSite, of batch: String = "B-2") throws -> [BatchException] {
        site.state.exceptions(of: try site.state.batch(BatchID(batch)!)).filter {
            $0.kind == .missingSample
        }
    }

    private func dueSamples(_ site: TestSite) -> [String] {
        site.state.due(asOf: site.now.date).filter { $0.kind == .sample }.map(\.task)
    }

    private let sample: JSONValue = [
        "sample": "ST-1", "origin": "B-2", "step": "fill", "quantity": "1 mL",
        "purpose": "release", "point": "after-intervention",
    ]

    @Test func anInterventionWithoutItsSampleStandsInTheReview() throws {
        let site = try TestSite.withInterventions()
        let found = try missing(site)
        #expect(found.count == 1 && found[0].isOpen)
        #expect(found[0].description.contains("stopper picked up"))
        #expect(dueSamples(site).count == 1)
    }

    @Test func oneSampleStandsForAllInterventionsBeforeIt() throws {
        let sample = sample
        let taken = try TestSite.withInterventions(
            ["stopper picked up", "needle changed"],
            whileFilling: { try $0.perform("sample.take", sample, as: "operator-1") })
        #expect(try missing(taken).isEmpty)
        let again = try TestSite.withInterventions(whileFilling: {
            try $0.perform("sample.take", sample, as: "operator-1")
            try $0.intervene("needle changed")
        })
        #expect(try missing(again).map { $0.description.contains("needle") } == [true])
    }

    @Test func whatAnEventAsksForIsDueUntilItIsTaken() throws {
        var site = try TestSite.withBank()
        try site.makeProduct(whileFilling: { site in
            try site.perform(
                "deviation.open", ["batch": "B-2", "description": "drop on the rim"],
                as: "operator-1")
            let take: JSONValue = [
                "sample": "SA-5", "origin": "B-2", "step": "fill", "purpose": "investigation",
                "deviation": "DEV-0001",
            ]
            #expect(site.refusal("sample.take", take, as: "operator-1") == "sample.not-asked")
            try site.perform(
                "deviation.classify",
                [
                    "deviation": "DEV-0001", "grade": "minor", "reason": "not in the path",
                    "sample": "swab of the rim",
                ], as: "reviewer")
            #expect(dueSamples(site) == ["take the swab of the rim, asked for by DEV-0001"])
            #expect(try missing(site).map(\.isOpen) == [true])
            try site.perform("sample.take", take, as: "operator-1")
            #expect(try missing(site).isEmpty && dueSamples(site).isEmpty)
        })
    }

    @Test func anInterventionThatNoSimulationCoversOpensAnEvent() throws {
        var site = try TestSite.readyToIsolate()
        #expect(try site.startIsolation() == nil)
        try site.intervene("glove change", batch: "B-9", step: "isolate")
        #expect(site.openEvents(of: "B-9").isEmpty)
        try site.intervene("tube cut", batch: "B-9", step: "isolate")
        #expect(site.openEvents(of: "B-9").first?.contains("'tube cut'") == true)
    }

    /// In open work an intervention is one of an authorised list; without a list none is.
    @Test func anInterventionWithoutAProgrammeForTheStepOpensAnEvent() throws {
        var site = try TestSite.founded()
        try site.registerVariant(
            "SMALL-1.0.0",
            ["          name: fill doses\n": "          name: fill doses\n          state: open\n"])
        try site.receiveCord()
        try site.receiveMaterials()
        try site.makeBank(counted: true)
        try site.releaseBank()
        try site.makeProduct(whileFilling: { try $0.intervene("needle changed") })
        let opened = try #require(site.state.deviations.inOrder.first)
        #expect(opened.rule == "aps-coverage")
        #expect(
            opened.description
                == "intervention 'needle changed' is in no process simulation; and the definition has "
                + "no programme with interventions for step 'fill'")
    }

    @Test func whoIntervenedTookPartInTheStep() throws {
        var site = try TestSite.withBank()
        try site.makeProduct(whileFilling: { try $0.intervene("needle changed") })
        let batch = try site.state.batch(BatchID("B-2")!)
        #expect(batch.interventions.map(\.what) == ["needle changed"])
        #expect(
            batch.steps["fill"]?.stamps.contains { $0.entry == batch.interventions[0].stamp.entry }
                == true)
    }
}
