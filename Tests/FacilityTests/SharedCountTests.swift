import Facility
import Ledger
import Quantities
import Testing

/// Cells counted once are filled once, however a batch is parted and joined.
///
/// Every suspension has 1e7 viable cells in a millilitre, so that 5 mL are one dose.
@Suite struct SharedCountTests {
    /// B-2 with these counts, of which B-3 was split off.
    private func parted(_ counted: (JSONValue, Int)...) throws -> TestSite {
        var site = try TestSite.filling(counted: counted)
        try site.perform(
            "batch.split", ["batch": "B-2", "into": "B-3", "reason": "two vessels"],
            as: "supervisor")
        return site
    }

    @Test func partsFillTogetherWhatWasHarvested() throws {
        var site = try parted(("harvested", 20))
        try site.count("B-2", "formulated", 15)
        try site.perform("batch.fill", TestSite.fill("B-2", 3), as: "operator-1")
        try site.count("B-3", "formulated", 15)
        let rejection = #expect(throws: Rejection.self) {
            try site.perform("batch.fill", TestSite.fill("B-3", 3), as: "operator-1")
        }
        #expect(rejection?.code == "batch.more-than-counted")
        #expect(
            rejection?.message
                == "3 containers of 5.00e7 cells are 1.50e8 cells and 'B-2' took 1.50e8: 3.00e8 of "
                + "2.00e8 that were harvested")
        #expect(rejection?.rule == "yield-in-range")
        try site.count("B-3", "formulated", 5)
        try site.perform("batch.fill", TestSite.fill("B-3", 1), as: "operator-1")
    }

    /// What a part seeded anew is gone from the harvest; what it grew to is its own.
    @Test func aPartThatWasSeededAnewTookWhatItSeeded() throws {
        var site = try parted(("harvested", 20))
        for (point, volume) in [("seeded", 5), ("harvested", 20), ("formulated", 20)] {
            try site.count("B-3", .string(point), volume)
        }
        try site.perform("batch.fill", TestSite.fill("B-3", 4), as: "operator-1")
        try site.count("B-2", "formulated", 20)
        #expect(
            site.refusal("batch.fill", TestSite.fill("B-2", 4), as: "operator-1")
                == "batch.more-than-counted")
        try site.count("B-2", "formulated", 15)
        try site.perform("batch.fill", TestSite.fill("B-2", 3), as: "operator-1")
    }

    /// The number of containers says what each holds only where all the counted cells are in them.
    @Test func aSharedCountIsSharedOutByVolumeAlone() throws {
        var site = try parted(("formulated", 30))
        for batch in ["B-2", "B-3"] as [JSONValue] {
            #expect(
                site.refusal("batch.fill", TestSite.fill(batch, 3), as: "operator-1")
                    == "batch.count-shared")
        }
        try site.perform("batch.fill", TestSite.fill("B-2", 3, volume: "5 mL"), as: "operator-1")
        #expect(
            site.refusal("batch.fill", TestSite.fill("B-3", 4, volume: "5 mL"), as: "operator-1")
                == "batch.more-than-counted")
        try site.perform("batch.fill", TestSite.fill("B-3", 3, volume: "5 mL"), as: "operator-1")
    }

    @Test func partsThatAreJoinedAgainHaveTheirCellsOnce() throws {
        var site = try parted(("harvested", 15))
        try site.perform("batch.pool", ["batch": "B-3", "from": "B-2"], as: "supervisor")
        try site.count("B-3", "formulated", 20)
        #expect(
            site.refusal("batch.fill", TestSite.fill("B-3", 4), as: "operator-1")
                == "batch.more-than-counted")
        try site.count("B-3", "formulated", 15)
        try site.perform("batch.fill", TestSite.fill("B-3", 3), as: "operator-1")
    }

    @Test func pooledCellsAddUp() throws {
        var site = try TestSite.filling(counted: [("harvested", 10)])
        try site.beginFilling("B-3", vial: "MCS-1-002", counted: [("harvested", 10)])
        try site.perform("batch.pool", ["batch": "B-2", "from": "B-3"], as: "supervisor")
        try site.count("B-2", "formulated", 20)
        try site.perform("batch.fill", TestSite.fill("B-2", 4), as: "operator-1")
    }

    /// Both batches of a pool come from the bank: what a corrected count of the bank changes in one is
    /// worked out before the pool that it went into, and the pool once.
    @Test func aPoolIsWorkedOutAfterAllThatWentIntoIt() throws {
        var site = try TestSite.filling(counted: [("harvested", 10)])
        try site.beginFilling("B-3", vial: "MCS-1-002", counted: [("harvested", 10)])
        #expect(site.state.lineage(of: BatchID("B-1")!).map(\.text) == ["B-1", "B-2", "B-3"])
        try site.perform("batch.pool", ["batch": "B-2", "from": "B-3"], as: "supervisor")
        #expect(site.state.lineage(of: BatchID("B-1")!).map(\.text) == ["B-1", "B-3", "B-2"])
    }

    @Test func aHarvestOfThePoolHasThePooledCellsInIt() throws {
        var site = try TestSite.filling()
        try site.beginFilling("B-3", vial: "MCS-1-002", counted: [("harvested", 10)])
        try site.perform("batch.pool", ["batch": "B-2", "from": "B-3"], as: "supervisor")
        try site.count("B-2", "harvested", 10)
        try site.count("B-2", "formulated", 20)
        #expect(
            site.refusal("batch.fill", TestSite.fill("B-2", 4), as: "operator-1")
                == "batch.more-than-counted")
    }

    /// A part of a pool drew on the cells of all that went into it.
    @Test func aPartOfAPoolSharesInAllOfIt() throws {
        var site = try TestSite.filling(counted: [("harvested", 10)])
        try site.beginFilling("B-4", vial: "MCS-1-002", counted: [("harvested", 10)])
        try site.perform("batch.pool", ["batch": "B-2", "from": "B-4"], as: "supervisor")
        try site.perform(
            "batch.split", ["batch": "B-2", "into": "B-3", "reason": "two vessels"],
            as: "supervisor")
        for batch in ["B-2", "B-3"] as [JSONValue] { try site.count(batch, "formulated", 15) }
        #expect(
            site.refusal("batch.fill", TestSite.fill("B-3", 3), as: "operator-1")
                == "batch.more-than-counted")
        // What the other part holds was counted again.
        try site.count("B-2", "formulated", 5)
        try site.perform("batch.fill", TestSite.fill("B-3", 3), as: "operator-1")
        try site.perform("batch.fill", TestSite.fill("B-2", 1), as: "operator-1")
    }
}

extension TestSite {
    /// A site with batch B-2, whose filling is begun, with these counts.
    static func filling(counted: [(JSONValue, Int)] = []) throws -> TestSite {
        var site = try withBank()
        try site.beginFilling("B-2", vial: "MCS-1-001", counted: counted)
        return site
    }

    /// A batch of the product whose filling is begun, with these counts.
    mutating func beginFilling(
        _ batch: JSONValue, vial: JSONValue, counted: [(JSONValue, Int)]
    ) throws {
        try perform(
            "batch.open", ["batch": batch, "definition": "SMALL-1.0.0", "stage": "production"],
            as: "supervisor")
        try perform("batch.start-step", ["batch": batch, "step": "thaw"], as: "operator-1")
        try perform(
            "batch.use-container", ["batch": batch, "step": "thaw", "container": vial],
            as: "operator-1")
        try perform(
            "batch.record-parameter",
            ["batch": batch, "step": "thaw", "parameter": "time", "value": "2.5 min"],
            as: "operator-1")
        try perform("batch.complete-step", ["batch": batch, "step": "thaw"], as: "operator-1")
        try perform("batch.start-step", ["batch": batch, "step": "fill"], as: "operator-1")
        for (point, volume) in counted { try count(batch, point, volume) }
    }

    static func fill(_ batch: JSONValue, _ count: Int, volume: JSONValue? = nil) -> JSONValue {
        var body: [String: JSONValue] = [
            "batch": batch, "step": "fill", "count": .number(Double(count)), "place": "LN2-2/A",
        ]
        body["volume"] = volume
        return .object(body)
    }

    mutating func count(
        _ batch: JSONValue, _ point: JSONValue, _ millilitres: Int
    ) throws {
        try perform(
            "batch.record-count",
            [
                "batch": batch, "step": "fill", "point": point,
                "concentrations": ["1e7 cells/mL"], "viability": "100 %",
                "volume": .string("\(millilitres) mL"),
            ], as: "operator-1")
    }
}
