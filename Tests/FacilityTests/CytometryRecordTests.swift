import Facility
import Foundation
import Ledger
import Testing

extension TestSite {
    static func digest(_ text: String) -> JSONValue {
        .string(Digest.sha256(of: Array(text.utf8)).hex)
    }

    static func file(_ name: String) -> JSONValue {
        ["name": .string(name), "digest": digest(name)]
    }

    /// A report of a batch made with gates and panel.
    static func cytometryResult(
        gates: String = "gates.xml", report: String = "report.json"
    ) -> JSONValue {
        [
            "analysis": "MSC-IDENTITY", "batch": "B-1", "sample": file("lot.fcs"),
            "controls": [file("fmo.fcs")], "gates": digest(gates), "panel": digest("panel.json"),
            "report": file(report), "software": "seedlot 0.1.0", "verdict": "pass",
        ]
    }

    mutating func registerAnalysis(gates: String, reason: String) throws {
        try perform(
            "cytometry.register-analysis",
            [
                "analysis": "MSC-IDENTITY", "gates": Self.file(gates),
                "panel": Self.file("panel.json"), "reason": .string(reason),
            ], as: "reviewer")
    }

    /// Gates in two versions, and a result read with each.
    static func tourOfCytometry() throws -> TestSite {
        var site = try withBank()
        try site.registerAnalysis(gates: "gates.xml", reason: "first version")
        try site.perform("cytometry.record-result", cytometryResult(), as: "analyst")
        try site.registerAnalysis(gates: "gates-2.xml", reason: "debris gate moved, CC-12")
        try site.perform(
            "cytometry.record-result",
            cytometryResult(gates: "gates-2.xml", report: "report-2.json"), as: "analyst")
        return site
    }
}

@Suite struct CytometryRecordTests {
    @Test func aResultNamesTheVersionItWasReadWith() throws {
        let site = try TestSite.tourOfCytometry()
        let analysis = try #require(site.state.cytometryAnalyses.inOrder.first)
        #expect(analysis.versions.map(\.gates.name) == ["gates.xml", "gates-2.xml"])
        #expect(analysis.results.map(\.version) == [1, 2])
        #expect(analysis.results.allSatisfy { $0.verdict == .pass })
    }

    @Test func changedGatesAreANewVersionWithAReason() throws {
        var site = try TestSite.withBank()
        try site.registerAnalysis(gates: "gates.xml", reason: "first version")
        let other = TestSite.cytometryResult(gates: "moved.xml")
        #expect(
            site.refusal("cytometry.record-result", other, as: "analyst")
                == "cytometry.other-version")
        for (gates, reason, code) in [
            ("gates.xml", "again", "cytometry.no-change"),
            ("gates-2.xml", " ", "site.text-missing"),
        ] {
            let body: JSONValue = [
                "analysis": "MSC-IDENTITY", "gates": TestSite.file(gates),
                "panel": TestSite.file("panel.json"), "reason": .string(reason),
            ]
            #expect(
                site.refusal("cytometry.register-analysis", body, as: "reviewer") == code)
        }
    }

    @Test func aReportIsRecordedOnceAndOnlyUnderAKnownAnalysis() throws {
        var site = try TestSite.withBank()
        #expect(
            site.refusal(
                "cytometry.record-result", TestSite.cytometryResult(), as: "analyst")
                == "site.unknown-identifier")
        try site.registerAnalysis(gates: "gates.xml", reason: "first version")
        try site.perform(
            "cytometry.record-result", TestSite.cytometryResult(), as: "analyst")
        #expect(
            site.refusal(
                "cytometry.record-result", TestSite.cytometryResult(), as: "analyst")
                == "cytometry.recorded-before")
    }
}
