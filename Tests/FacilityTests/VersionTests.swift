import Facility
import Foundation
import Ledger
import Testing
import TestSupport

extension TestSite {
    /// Registers the small definition again under another version.
    mutating func registerVersion(_ id: JSONValue, as person: String = "supervisor") throws {
        let file = fixtures().appending(path: "small/definition.yaml")
        let text = try String(contentsOf: file, encoding: .utf8)
        try perform(
            "definition.register",
            [
                "definition": id, "openErrors": 0,
                "files": [["name": "definition.yaml", "text": .string(text)]],
            ], as: person)
    }

    /// An approved change that touches the version in use.
    mutating func approveChange(
        _ change: JSONValue = "CC-9", touching thing: JSONValue = "SMALL-1.0.0"
    ) throws {
        try perform(
            "change.propose",
            [
                "change": change, "title": "second version", "impact": "minor",
                "assessment": "words only", "touches": [thing],
            ], as: "supervisor")
        try perform("change.approve", ["change": change], as: "reviewer")
    }

    /// A second version under change control, the first retired, and orders that follow it.
    static func tourOfVersions() throws -> TestSite {
        var site = try withCertifiedBatch()
        try site.approveChange()
        try site.registerVersion("SMALL-1.1.0")
        try site.perform(
            "definition.approve", ["definition": "SMALL-1.1.0", "change": "CC-9"], as: "reviewer")
        try site.perform(
            "definition.retire", ["definition": "SMALL-1.0.0", "reason": "1.1.0 is in use"],
            as: "reviewer")
        try site.perform("patient.register", ["patient": "P-9"], as: "supervisor")
        for order in ["O-8", "O-9"] as [JSONValue] {
            try site.perform(
                "order.place",
                [
                    "order": order, "patient": "P-9", "hospital": "hospital",
                    "definition": "SMALL-1.0.0", "containers": 1,
                ], as: "supervisor")
        }
        try site.perform(
            "order.change",
            [
                "order": "O-8", "reason": "the version in supply", "definition": "SMALL-1.1.0",
                "containers": 2, "dose": "1e6 cells/kg", "weight": "70 kg",
            ], as: "supervisor")
        try site.perform(
            "order.reserve", ["order": "O-9", "containers": ["B-2-003"]], as: "supervisor")
        try site.perform(
            "order.cancel", ["order": "O-9", "reason": "the patient recovered"], as: "supervisor")
        return site
    }
}

/// Versions of a definition, and orders that outlive them.
@Suite struct VersionTests {
    /// Each wall before a version stands alone: unchecked, with errors of the rules, unreadable.
    @Test func eachWallBeforeAVersionStandsAlone() throws {
        var site = try TestSite.founded()
        let file = fixtures().appending(path: "small/definition.yaml")
        let sound = try String(contentsOf: file, encoding: .utf8)
        let unreadable = "product: { id: X, naem: nothing }"
        for (text, errors, code) in [
            (sound, .null, "definition.not-checked"), (sound, 2, "definition.has-errors"),
            (unreadable, 0, "definition.unreadable"),
        ] as [(String, JSONValue, String)] {
            #expect(
                site.refusal(
                    "definition.register",
                    [
                        "definition": "SMALL-1.0.0", "openErrors": errors,
                        "files": [["name": "definition.yaml", "text": .string(text)]],
                    ], as: "supervisor") == code)
        }
        try site.registerVersion("SMALL-1.0.0")
    }

    @Test func nobodyApprovesTheVersionTheyRegistered() throws {
        var site = try TestSite.founded()
        try site.registerVersion("SMALL-1.0.0", as: "reviewer")
        #expect(
            site.refusal("definition.approve", ["definition": "SMALL-1.0.0"], as: "reviewer")
                == "definition.own-version")
    }

    @Test func aSecondVersionNeedsItsChange() throws {
        var site = try TestSite.founded()
        try site.registerDefinition()
        try site.registerVersion("SMALL-1.1.0")
        let alone: JSONValue = ["definition": "SMALL-1.1.0"]
        #expect(
            site.refusal("definition.approve", alone, as: "reviewer")
                == "definition.without-change")
        let named: JSONValue = ["definition": "SMALL-1.1.0", "change": "CC-9"]
        try site.perform(
            "change.propose",
            [
                "change": "CC-9", "title": "second version", "impact": "minor",
                "assessment": "words only", "touches": ["SMALL-1.0.0"],
            ], as: "supervisor")
        #expect(
            site.refusal("definition.approve", named, as: "reviewer")
                == "definition.change-not-approved")
        try site.perform("change.approve", ["change": "CC-9"], as: "reviewer")
        try site.approveChange("CC-8", touching: "reviewer")
        #expect(
            site.refusal(
                "definition.approve", ["definition": "SMALL-1.1.0", "change": "CC-8"],
                as: "reviewer") == "definition.change-of-other")
        try site.perform("definition.approve", named, as: "reviewer")
    }

    @Test func nothingIsOpenedOfARetiredVersion() throws {
        var site = try TestSite.withBank()
        try site.perform(
            "definition.retire", ["definition": "SMALL-1.0.0", "reason": "replaced"],
            as: "reviewer")
        let open: JSONValue = ["batch": "B-2", "definition": "SMALL-1.0.0", "stage": "production"]
        #expect(site.refusal("batch.open", open, as: "supervisor") == "definition.retired")
        #expect(
            site.refusal(
                "definition.retire", ["definition": "SMALL-1.0.0", "reason": "again"],
                as: "reviewer") == "definition.retired")
    }

    @Test func anOrderOfTheNewVersionTakesACertifiedDoseOfTheOld() throws {
        var site = try TestSite.tourOfVersions()
        try site.perform(
            "order.reserve", ["order": "O-8", "containers": ["B-2-001"]], as: "supervisor")
        try site.perform(
            "shipment.dispatch",
            ["shipment": "S-8", "order": "O-8", "containers": ["B-2-001"], "shipper": "1"],
            as: "supervisor")
        #expect(
            site.refusal(
                "order.change", ["order": "O-8", "reason": "fewer", "containers": 0],
                as: "supervisor") == "order.more-sent")
        #expect(
            site.refusal("order.cancel", ["order": "O-8", "reason": "late"], as: "supervisor")
                == "order.sent")
    }

    @Test func aCancelledOrderKeepsNothingAndTakesNothing() throws {
        var site = try TestSite.tourOfVersions()
        #expect(site.state.containers.values.allSatisfy { $0.reservation?.text != "O-9" })
        for (command, body) in [
            ("order.reserve", ["order": "O-9", "containers": ["B-2-003"]]),
            ("order.change", ["order": "O-9", "reason": "back", "containers": 2]),
            ("order.cancel", ["order": "O-9", "reason": "twice"]),
        ] as [(String, JSONValue)] {
            #expect(site.refusal(command, body, as: "supervisor") == "order.cancelled")
        }
    }

    @Test func aChangedOrderIsJudgedLikeANewOne() throws {
        var site = try TestSite.tourOfVersions()
        #expect(
            site.refusal(
                "order.change",
                ["order": "O-8", "reason": "less", "containers": 1], as: "supervisor")
                == "order.too-few-containers")
        #expect(
            site.refusal(
                "order.change", ["order": "O-8", "reason": "same", "containers": 2],
                as: "supervisor") == "order.nothing-changes")
    }
}
