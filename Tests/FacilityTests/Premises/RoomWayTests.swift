import Facility
import Ledger
import Testing

/// Ways of people, material and waste between rooms.
@Suite struct RoomWayTests {
    private func way(
        _ flow: JSONValue, _ more: [String: JSONValue] = ["airlock": "PT-1"]
    ) -> JSONValue {
        .object(
            ["from": "R-2", "to": "R-1", "flow": flow, "procedure": "wiped"].merging(more) { $1 })
    }

    private func ready() throws -> TestSite {
        var site = try TestSite.withCleanroomDefinition()
        try site.registerPremises()
        return site
    }

    @Test func anAirlockStandsBetweenGrades() throws {
        var site = try ready()
        #expect(
            site.refusal("room.set-way", way("material", [:]), as: "reviewer")
                == "room.airlock-missing")
        try site.perform("room.set-way", way("material"), as: "reviewer")
        #expect(site.state.rooms[RoomID("R-2")!]?.ways.map(\.airlock) == ["PT-1"])
    }

    @Test func wasteAndMaterialDoNotMeetUnlessKeptApart() throws {
        var site = try ready()
        try site.perform("room.set-way", way("material"), as: "reviewer")
        try site.perform("room.set-way", way("personnel"), as: "reviewer")
        #expect(site.refusal("room.set-way", way("waste"), as: "reviewer") == "room.flows-cross")
        try site.perform("room.set-way", way("waste", ["airlock": "PT-2"]), as: "reviewer")
        #expect(
            site.refusal("room.set-way", way("product", ["airlock": "PT-2"]), as: "reviewer")
                == "room.flows-cross")
        try site.perform(
            "room.set-way",
            way(
                "product", ["airlock": "PT-2", "separation": "waste leaves at the end of the day"]),
            as: "reviewer")
    }

    @Test func anotherWayOpensAnEvent() throws {
        var site = try ready()
        try site.perform("room.set-way", way("material"), as: "reviewer")
        func pass(_ flow: JSONValue, _ from: JSONValue, _ to: JSONValue) throws -> [String] {
            try site.perform(
                "room.record-passage",
                ["from": from, "to": to, "flow": flow, "what": "two bags"], as: "operator-2")
        }
        #expect(try pass("material", "R-2", "R-1") == ["room.passed/1"])
        #expect(try pass("material", "R-1", "R-2").contains("deviation.opened/1"))
        #expect(try pass("waste", "R-2", "R-1").contains("deviation.opened/1"))
    }
}
