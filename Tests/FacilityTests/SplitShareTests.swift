import Facility
import Ledger
import Quantities
import Testing

/// The parts of a split batch have the cells that the split says they have.
///
/// Every suspension has 1e7 viable cells in a millilitre, so that 5 mL are one dose.
@Suite struct SplitShareTests {
    private func split(
        into part: JSONValue = "B-3", share: JSONValue? = nil, whole: JSONValue? = nil
    ) -> JSONValue {
        var body: [String: JSONValue] = ["batch": "B-2", "into": part, "reason": "two vessels"]
        body["share"] = share
        body["whole"] = whole
        return .object(body)
    }

    private func doublings(of batch: String, in site: TestSite) throws -> String {
        site.state.growth(of: try site.state.batch(BatchID(batch)!)).cumulative.description
    }

    private func correct(_ thing: JSONValue, _ entry: Int, _ field: JSONValue, _ value: JSONValue)
        -> JSONValue
    {
        [
            "thing": thing, "entry": .number(Double(entry)), "field": field, "value": value,
            "reason": "read off the wrong line", "witness": "operator-2",
        ]
    }

    @Test(arguments: [
        ("2 flasks", "5 flasks" as String?), ("40 %", nil), ("4e7 cells", nil),
        ("150 cm2", "375 cm2"), ("4 mL", "10 mL"),
    ])
    func aPartGrewFromItsShareOfTheSeeding(_ share: String, _ whole: String?) throws {
        var site = try TestSite.filling(counted: [("seeded", 10)])
        try site.perform(
            "batch.split", split(share: .string(share), whole: whole.map { .string($0) }),
            as: "supervisor")
        try site.count("B-3", "harvested", 32)
        try site.count("B-2", "harvested", 24)
        #expect(try doublings(of: "B-3", in: site) == "3 PD")
        #expect(try doublings(of: "B-2", in: site) == "2 PD")
        #expect(site.state.deviations.isEmpty)
    }

    /// What was measured before the split is one value: corrected in one part, it is in both, time
    /// and again; an event of it is about both.
    @Test func aValueFromBeforeTheSplitIsCorrectedInEveryPart() throws {
        var site = try TestSite.filling(counted: [("seeded", 10)])
        try site.perform("batch.split", split(share: "40 %"), as: "supervisor")
        for (batch, value) in [("B-2", "2.4 min"), ("B-3", "30 min")] {
            try site.perform(
                "batch.correct-parameter",
                [
                    "batch": .string(batch), "step": "thaw", "parameter": "time",
                    "value": .string(value), "reason": "the other clock",
                    "witness": "operator-2",
                ], as: "operator-1")
            for part in ["B-2", "B-3"] {
                let record = try site.state.batch(BatchID(part)!).steps["thaw"]
                #expect(record?.values["time"]?.last?.value.description == value)
            }
        }
        let event = try #require(site.state.deviations.inOrder.last)
        #expect(site.state.deviations.count == 1)
        #expect(Set(event.things.map(\.text)) == ["B-2", "B-3"])
    }

    @Test func sharesTogetherAreNoMoreThanTheWhole() throws {
        var site = try TestSite.filling()
        func message(_ body: JSONValue) -> String? {
            #expect(throws: Rejection.self) {
                try site.perform("batch.split", body, as: "supervisor")
            }?.message
        }
        #expect(message(split(share: "4e7 cells")) == "no count says how many cells 'B-2' has")
        try site.count("B-2", "seeded", 10)
        #expect(
            message(split(share: "6 flasks", whole: "5 flasks"))
                == "'share' is 6 flasks, 'B-2' has 5 flasks to share")
        #expect(
            message(split(share: "100 %")) == "'share' is 100 %, 'B-2' has 100 % to share")
        #expect(
            message(split(share: "2e8 cells"))
                == "'share' is 2e8 cells, 'B-2' has 1.00e8 cells to share")
        #expect(
            message(split(share: "2 flasks"))
                == "'share' is 2 flasks, and of how much is not said")
        #expect(
            message(split(whole: "5 flasks")) == "'whole' is 5 flasks, and no share of it is given")
        try site.perform(
            "batch.split", split(share: "2 flasks", whole: "5 flasks"), as: "supervisor")
        #expect(
            message(split(into: "B-4", share: "4 flasks"))
                == "'share' is 4 flasks, 'B-2' has 3 flasks to share")
        #expect(
            message(split(into: "B-4", share: "1 flasks", whole: "5 flasks"))
                == "'whole' is 5 flasks, the split before has left 3 flasks in 'B-2'")
        try site.perform("batch.split", split(into: "B-4", share: "1 flasks"), as: "supervisor")
        try site.count("B-4", "harvested", 16)
        #expect(try doublings(of: "B-4", in: site) == "3 PD")
        let part = try site.state.batch(BatchID("B-4")!)
        #expect(
            part.partings.map { site.state.words($0, of: part) } == [
                "2 flasks of 5 flasks went to 'B-3', 60 % here",
                "1 flask of 3 flasks went to 'B-4', 33.3 % here",
            ])
    }

    /// Doses of one count for forty patients: 8e7 cells grown from 1e8 · 0.99^40 are 0.26 doublings.
    @Test func manySplitsOfOneCountAreWorkedOutInTime() throws {
        var site = try TestSite.filling(counted: [("seeded", 10)])
        for number in 1...40 {
            let part = JSONValue.string("P-\(number)")
            try site.perform("batch.split", split(into: part, share: "1 %"), as: "supervisor")
        }
        try site.count("B-2", "harvested", 8)
        #expect(try doublings(of: "B-2", in: site) == "0.26 PD")
    }

    @Test func aSplitWithoutAShareSaysThatDoublingsAreABoundUntilItIsCorrected() throws {
        var site = try TestSite.filling(counted: [("seeded", 10)])
        try site.perform("batch.split", split(), as: "supervisor")
        try site.count("B-3", "harvested", 32)
        #expect(try doublings(of: "B-3", in: site) == "1.68 PD")
        let part = try site.state.batch(BatchID("B-3")!)
        #expect(site.state.growth(of: part).passages.map(\.isBound) == [true])
        let opened = try #require(site.state.deviations.inOrder.first)
        #expect(opened.rule == "growth-kinetics-recorded")
        #expect(
            opened.description
                == "the count before was made together with 'B-2', and the split says no share: "
                + "doublings are at least 1.68 PD")
        let entry = try site.entry(of: "batch.split/1", "into", "B-3")
        #expect(
            site.refusal(
                "entry.correct", correct("B-3", entry, "share", "40"), as: "supervisor")
                == "batch.split-more-than-whole")
        #expect(
            site.refusal(
                "entry.correct", correct("B-3", entry, "share", "some"), as: "supervisor")
                == "entry.form")
        // Corrected in one part, it holds for both.
        try site.perform("entry.correct", correct("B-3", entry, "share", "40 %"), as: "supervisor")
        try site.count("B-2", "harvested", 24)
        #expect(try doublings(of: "B-3", in: site) == "3 PD")
        #expect(try doublings(of: "B-2", in: site) == "2 PD")
        #expect(site.state.corrections(of: BatchID("B-2")!).map(\.old) == ["not recorded"])
        #expect(site.state.deviations.count == 1)
        #expect(try StateDump.text(of: site.replayed()) == StateDump.text(of: site.state))
    }

    @Test func aPartFillsNoMoreThanItsShare() throws {
        var site = try TestSite.filling(counted: [("harvested", 20)])
        try site.perform("batch.split", split(share: "40 %"), as: "supervisor")
        try site.count("B-3", "formulated", 15)
        let rejection = #expect(throws: Rejection.self) {
            try site.perform("batch.fill", TestSite.fill("B-3", 3), as: "operator-1")
        }
        #expect(
            rejection?.message
                == "3 containers of 5.00e7 cells are 1.50e8 cells, 8.00e7 were harvested in its "
                + "share")
        try site.count("B-2", "formulated", 12)
        try site.perform("batch.fill", TestSite.fill("B-2", 2), as: "operator-1")
    }

    /// With the share known, the number of containers says what each holds.
    @Test func aSharedCountIsSharedOutByTheShare() throws {
        var site = try TestSite.filling(counted: [("formulated", 25)])
        try site.perform("batch.split", split(share: "40 %"), as: "supervisor")
        try site.perform("batch.fill", TestSite.fill("B-2", 3), as: "operator-1")
        try site.perform("batch.fill", TestSite.fill("B-3", 2), as: "operator-1")
        for dose in ["B-2-001", "B-3-001"] {
            let cells = try site.state.container(ContainerID(dose)!).cells
            #expect(try cells?.doubleValue(in: .cells) == 5e7)
        }
    }

    @Test func partsThatAreJoinedAgainGrewFromTheWholeSeeding() throws {
        var site = try TestSite.filling(counted: [("seeded", 10)])
        try site.perform("batch.split", split(share: "40 %"), as: "supervisor")
        try site.perform("batch.pool", ["batch": "B-3", "from": "B-2"], as: "supervisor")
        try site.count("B-3", "harvested", 80)
        #expect(try doublings(of: "B-3", in: site) == "3 PD")
        #expect(site.state.deviations.isEmpty)
    }

    /// Cells of a pool came from every seeding, and have the doublings of those that divided most.
    @Test func aPoolHasTheDoublingsOfItsOldestCells() throws {
        var site = try TestSite.filling(counted: [("seeded", 10)])
        try site.beginFilling(
            "B-4", vial: "MCS-1-002",
            counted: [("seeded", 5), ("harvested", 40), ("seeded", 10)])
        try site.perform("batch.pool", ["batch": "B-2", "from": "B-4"], as: "supervisor")
        try site.count("B-2", "harvested", 40)
        #expect(try doublings(of: "B-2", in: site) == "4 PD")
    }

    @Test func aSharedCountIsCorrectedInEveryPart() throws {
        var site = try TestSite.filling(counted: [("formulated", 25)])
        try site.perform("batch.split", split(share: "40 %"), as: "supervisor")
        try site.perform("batch.fill", TestSite.fill("B-2", 3), as: "operator-1")
        try site.perform("batch.fill", TestSite.fill("B-3", 1, volume: "5 mL"), as: "operator-1")
        let entry = try site.entry(of: "batch.count-recorded/1", "point", "formulated")
        try site.perform(
            "entry.correct", correct("B-3", entry, "concentrations", "0.8e7 cells/mL"),
            as: "operator-1")
        for dose in ["B-2-001", "B-3-001"] {
            let cells = try site.state.container(ContainerID(dose)!).cells
            #expect(try cells?.doubleValue(in: .cells) == 4e7)
        }
        #expect(
            site.state.deviations.inOrder.map { "\($0.id) \($0.batch?.text ?? "")" } == [
                "DEV-0001 B-3", "DEV-0002 B-2",
            ])
        // Another volume of the suspension is another share for each, and the same cells where the
        // volume of a container was entered.
        try site.perform(
            "entry.correct", correct("B-2", entry, "volume", "30 mL"), as: "operator-1")
        let byNumber = try site.state.container(ContainerID("B-2-001")!).cells
        let byVolume = try site.state.container(ContainerID("B-3-001")!).cells
        #expect(try byNumber?.doubleValue(in: .cells) == 4.8e7)
        #expect(try byVolume?.doubleValue(in: .cells) == 4e7)
    }

    /// What was used before the split stands in both records, and left the lot once.
    @Test func aUseBeforeTheSplitIsCorrectedInBothAndMovedOnce() throws {
        var site = try TestSite.founded()
        try site.registerVariant()
        try site.receiveCord()
        try site.receiveMaterials()
        try site.perform(
            "batch.open", ["batch": "B-2", "definition": "SMALL-1.0.0", "stage": "banking"],
            as: "supervisor")
        try site.perform("batch.start-step", ["batch": "B-2", "step": "isolate"], as: "operator-1")
        try site.perform(
            "batch.use-container", ["batch": "B-2", "step": "isolate", "container": "CORD-1"],
            as: "operator-1")
        try site.perform(
            "batch.consume-material",
            ["batch": "B-2", "step": "isolate", "lot": "M-1", "quantity": "100 mL"],
            as: "operator-1")
        try site.perform("batch.split", split(share: "40 %"), as: "supervisor")
        let entry = try site.entry(of: "batch.material-consumed/1", "lot", "M-1")
        try site.perform(
            "entry.correct", correct("B-3", entry, "quantity", "90 mL"), as: "operator-1")
        #expect(
            site.state.lots[LotID("M-1")!]?.remaining.description == "910 mL")
        for id in ["B-2", "B-3"] {
            let use = try site.state.batch(BatchID(id)!).steps["isolate"]?.materials.first
            #expect(use?.quantity.description == "90 mL")
        }
        #expect(site.state.balance().closes)
    }

    /// The definition plans 50 mL for a whole batch.
    @Test(arguments: [("20 mL", 0), ("50 mL", 0), ("17 mL", 1), ("60 mL", 1)])
    func aPartUsesItsShareOfTheMaterials(_ quantity: String, _ events: Int) throws {
        var site = try TestSite.withBank()
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
        try site.perform("batch.split", split(share: "40 %"), as: "supervisor")
        try site.perform("batch.start-step", ["batch": "B-3", "step": "fill"], as: "operator-1")
        try site.count("B-3", "formulated", 5)
        try site.perform("batch.fill", TestSite.fill("B-3", 1), as: "operator-1")
        try site.perform(
            "batch.consume-material",
            ["batch": "B-3", "step": "fill", "lot": "C-1", "quantity": .string(quantity)],
            as: "operator-1")
        try site.perform("batch.complete-step", ["batch": "B-3", "step": "fill"], as: "operator-1")
        #expect(site.state.deviations.count == events)
    }

    /// Doublings go on with the cells: to the vials, the batch made of them, and its doses.
    @Test func aCorrectedCountReachesEverythingThatWasMadeOfTheCells() throws {
        var site = try TestSite.founded()
        try site.registerVariant()
        try site.receiveCord()
        try site.receiveMaterials()
        try site.makeBank(counted: true)
        try site.releaseBank()
        try site.makeProduct()
        let dose = ContainerID("B-2-001")!
        #expect(try site.state.container(dose).doublings?.description == "3 PD")
        let entry = try site.entry(of: "batch.count-recorded/1", "point", "harvested")
        try site.perform(
            "entry.correct", correct("B-1", entry, "volume", "160 mL"), as: "operator-1")
        #expect(
            try site.state.container(ContainerID("MCS-1-005")!).doublings?.description == "4 PD")
        #expect(try site.state.container(dose).doublings?.description == "4 PD")
        #expect(try StateDump.text(of: site.replayed()) == StateDump.text(of: site.state))
    }
}
