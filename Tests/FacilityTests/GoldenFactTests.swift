import Facility
import Foundation
import Ledger
import Testing

/// One example of the bytes of every kind of fact, as a ledger somewhere holds them: a later
/// version must read them.
@Suite struct GoldenFactTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "Golden/facts")

    private static func file(of kind: String) -> URL {
        folder.appending(path: kind.replacing("/", with: "-") + ".json")
    }

    /// Sites that together have every kind of fact.
    static let tours: [@Sendable () throws -> TestSite] = [
        { try ThreadTests.treated() },
        { try TestSite.tourOfPremises() },
        { try TestSite.tourOfRefusals() },
        { try TestSite.tourOfMaterial() },
        { try TestSite.tourOfCulture() },
        { try TestSite.tourOfReprocessing() },
        { try TestSite.tourOfEvents() },
        { try TestSite.tourOfPatients() },
        { try TestSite.tourOfExceptionalSupply() },
        { try TestSite.tourOfTwoStages() },
        { try TestSite.tourOfCytometry() },
        { try TestSite.tourOfArrivals() },
        { try TestSite.tourOfVersions() },
        { try TestSite.tourOfDoubt() },
        { try TestSite.tourOfCorrections() },
        { try TestSite.tourOfPlannedStudies() },
        { try TestSite.tourOfDocuments() },
        { try TestSite.tourOfTransfer() },
        { try TestSite.tourOfTestRuns() },
        { try TestSite.tourOfMonitoring() },
        { try TestSite.tourOfPreparations() },
        { try TestSite.tourOfInterventions() },
    ]

    /// Writes the examples that are missing, never one that is there: with `UPDATE_SNAPSHOTS=1`.
    @Test(.enabled(if: ProcessInfo.processInfo.environment["UPDATE_SNAPSHOTS"] == "1"))
    func missingExamplesAreRecorded() throws {
        try FileManager.default.createDirectory(at: Self.folder, withIntermediateDirectories: true)
        for tour in Self.tours {
            for entry in try tour().entries {
                let file = Self.file(of: entry.kind)
                if FileManager.default.fileExists(atPath: file.path) { continue }
                try Data(entry.bytes).write(to: file)
            }
        }
    }

    @Test func everyTourReplaysToTheSameSite() throws {
        for tour in Self.tours {
            let site = try tour()
            #expect(try StateDump.text(of: site.replayed()) == StateDump.text(of: site.state))
        }
    }

    @Test func everyKindHasAnExampleThatStillReads() throws {
        for type in FactCatalogue.all {
            guard let bytes = try? Data(contentsOf: Self.file(of: type.kind)) else {
                Issue.record("no example of '\(type.kind)': add it to a tour and record it")
                continue
            }
            let entry = try LedgerEntry(index: 7, bytes: Array(bytes))
            let (fact, _) = try entry.fact()
            #expect(Swift.type(of: fact) == type)
            #expect(try JSONValue(encoding: fact) == entry.body, "\(type.kind) reads otherwise")
        }
    }
}

extension TestSite {
    /// Every kind of fact about people and the place.
    static func tourOfPremises() throws -> TestSite {
        var site = try readyToIsolate()
        try site.makeCleanBank()
        try site.perform(
            "access.issue-token",
            [
                "token": "TOK-1", "person": "operator-2", "use": "counter beside the isolator",
                "permissions": ["monitor"],
                "digest": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                "expires": "2026-06-30",
            ], as: "admin")
        try site.perform(
            "access.revoke-token", ["token": "TOK-1", "reason": "the counter was exchanged"],
            as: "admin")
        try site.perform(
            "environment.set-limits",
            [
                "place": "R-1", "method": "contact-plate", "alert": 10, "action": 20,
                "basis": "first quarter",
            ], as: "reviewer")
        try site.perform(
            "environment.take-sample",
            [
                "sample": "EM-1", "place": "ISO-1", "location": "P1", "method": "glove-print",
                "state": "in-operation", "person": "operator-1",
            ], as: "operator-2")
        try site.perform(
            "environment.read-sample", ["sample": "EM-1", "colonies": 2], as: "analyst")
        try site.perform(
            "environment.identify-isolate", ["sample": "EM-1", "species": ["Micrococcus luteus"]],
            as: "analyst")
        try site.perform(
            "environment.record-particles",
            [
                "place": "R-1", "location": "P2", "state": "at-rest", "halfMicrometre": 1000,
                "fiveMicrometres": 10,
            ], as: "operator-2")
        try site.perform(
            "environment.import-particle-series",
            [
                "place": "ISO-1", "state": "in-operation", "from": "2026-01-05T08:00:00Z",
                "to": "2026-01-05T08:30:00Z", "flow": "28.3 L/min", "samples": 30,
                "halfMicrometreMax": 3600, "fiveMicrometresMax": 0,
                "file": .string(Digest.sha256(of: [1]).hex),
            ], as: "operator-2")
        try site.perform(
            "environment.record-pressure",
            ["room": "R-1", "beside": "R-2", "difference": "15 Pa"], as: "operator-2")
        try site.perform(
            "room.set-way",
            [
                "from": "R-2", "to": "R-1", "flow": "material", "airlock": "PT-1",
                "procedure": "wiped with sporicide",
            ], as: "reviewer")
        try site.perform(
            "room.record-passage",
            ["from": "R-2", "to": "R-1", "flow": "material", "what": "lot M-1"],
            as: "operator-2")
        try site.perform(
            "equipment.test-gloves",
            ["equipment": "ISO-1", "point": "end", "method": "pressure", "isIntact": false],
            as: "operator-1")
        try site.perform(
            "equipment.change-service",
            ["equipment": "ISO-1", "inService": false, "reason": "glove leaks"], as: "supervisor")
        try site.perform(
            "organisation.record-authorisation",
            [
                "organisation": "SUP-1", "reference": "TE-7", "authority": "the authority",
                "activities": ["supply"], "from": "2026-01-01", "until": "2028-06-30",
            ], as: "reviewer")
        try site.perform(
            "organisation.record-agreement",
            [
                "organisation": "SUP-1", "document": "QA-1", "topics": ["quality"],
                "from": "2026-01-01", "until": "2028-12-31",
            ], as: "reviewer")
        try site.perform(
            "organisation.record-audit",
            ["organisation": "SUP-1", "report": "AUD-1", "passed": true, "intervalMonths": 24],
            as: "reviewer")
        try site.perform(
            "organisation.suspend", ["organisation": "SUP-1", "reason": "false certificate"],
            as: "reviewer")
        try site.perform(SignIn(unrecorded: 1), as: "analyst")
        try site.perform(FailSignIn(attempts: 1), as: "analyst")
        try site.perform("people.change-password", [:], as: "analyst")
        try site.perform(
            "people.replace-key", ["person": "analyst", "reason": "lost"], as: "admin")
        try site.perform(
            "people.assign-roles",
            ["person": "operator-2", "roles": ["supervisor"], "reason": "promoted"], as: "admin")
        try site.perform("people.leave", ["person": "operator-2", "reason": "moved"], as: "admin")
        return site
    }

    /// Every kind of fact about what did not go as it should.
    static func tourOfRefusals() throws -> TestSite {
        var site = try withBank()
        try site.perform(
            "material.receive",
            [
                "lot": "M-8", "material": "medium", "supplier": "supplier", "supplierLot": "8",
                "expiry": "2027-01-31", "quantity": "10 mL",
            ], as: "operator-1")
        try site.perform(
            "material.reject", ["lot": "M-8", "reason": "certificate misses a test"],
            as: "reviewer")
        try site.makeProduct()
        try site.perform(
            "batch.open", ["batch": "B-3", "definition": "SMALL-1.0.0", "stage": "production"],
            as: "supervisor")
        try site.perform("batch.start-step", ["batch": "B-3", "step": "thaw"], as: "operator-1")
        try site.perform(
            "batch.record-parameter",
            ["batch": "B-3", "step": "thaw", "parameter": "time", "value": "5 min"],
            as: "operator-1")
        try site.perform(
            "batch.correct-parameter",
            [
                "batch": "B-3", "step": "thaw", "parameter": "time", "value": "2.6 min",
                "reason": "read off the wrong line",
            ], as: "operator-1")
        try site.perform(
            "deviation.close",
            [
                "deviation": "DEV-0001", "rootCause": "misread", "impact": "none",
                "disposition": "acceptable",
            ], as: "reviewer")
        try site.perform(
            "deviation.open", ["batch": "B-3", "description": "label torn"], as: "operator-1")
        try site.perform("batch.reject", ["batch": "B-2", "reason": "not needed"], as: "reviewer")
        try site.perform(
            "donor.withdraw-consent", ["donor": "D-1", "reason": "on request"], as: "operator-1")
        try site.perform(
            "donor.declare-ineligible", ["donor": "D-1", "reason": "look-back"], as: "reviewer")
        return site
    }
}
