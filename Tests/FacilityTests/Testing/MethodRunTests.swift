import Facility
import Ledger
import Testing

/// The runs of a test method: which there were, which count, and what their controls gave.
@Suite struct MethodRunTests {
    private func withControl() throws -> TestSite {
        var site = try TestSite.withLaboratory()
        try site.approveChange("CC-3")
        try site.registerMethodWithControl(change: "CC-3")
        try site.qualifyAnalyst()
        return site
    }

    private func result(_ reading: JSONValue) -> JSONValue {
        var body = TestSite.viability().objectValue ?? [:]
        body["suitability"] = [["control": "reference", "observation": reading]]
        return .object(body)
    }

    @Test func runsThatCountAndRunsThatDoNotAreKnownByTheirNumbers() throws {
        var site = try withControl()
        try site.perform("testing.record-invalid-run", TestSite.spoiltRun(), as: "analyst")
        try site.perform("testing.record-result", result("104 %"), as: "analyst")
        let runs = try #require(site.state.methodRuns()["viability"])
        // The bank was tested by the method before it had a control.
        #expect(runs.map(\.reference) == ["BT-1", "QC-9", "QC-2"])
        #expect(runs.map(\.counts) == [true, false, true])
        #expect(
            runs.flatMap(\.readings).map(\.observation.description) == ["71 %", "104 %"])
        #expect(runs.map { $0.subjects.map(\.text) } == [["MCS-1"], ["B-2"], ["B-2"]])
        let standing = try #require(site.state.methodStandings(on: site.now.date).first)
        #expect(standing.runs == 3 && standing.invalidRuns == 1)
    }

    /// Samples of one plate are recorded one by one; the plate is read once.
    @Test func oneRunOfSeveralSubjectsIsOneRun() throws {
        var site = try withControl()
        for subject in ["B-2", "MCS-1", "R-1"] as [JSONValue] {
            var body = try #require(TestSite.spoiltRun().objectValue)
            body["subject"] = subject
            body["reagents"] = nil
            try site.perform("testing.record-invalid-run", .object(body), as: "analyst")
        }
        let runs = try #require(site.state.methodRuns()["viability"])
        #expect(runs.last?.subjects.map(\.text) == ["B-2", "MCS-1", "R-1"])
        #expect(runs.flatMap(\.readings).count == 1)
        for subject in ["B-2", "MCS-1", "R-1"] {
            #expect(site.state.invalidRuns(of: subject).map(\.run.reference) == ["QC-9"])
        }
        #expect(site.state.invalidRuns(of: "MCS-2").isEmpty)
    }

    /// An investigation that finds the laboratory at fault makes the run one that does not count.
    @Test func aRunThatAnInvestigationInvalidatedDoesNotCount() throws {
        var site = try withControl()
        var low = try #require(result("99 %").objectValue)
        low["observation"] = "12 %"
        try site.perform("testing.record-result", .object(low), as: "analyst")
        let deviation = site.state.deviations.inOrder[0].id
        try site.perform(
            "oos.record-laboratory-phase",
            [
                "deviation": .string(deviation.text), "assignableCause": true,
                "evidence": "the stain was diluted twice",
            ], as: "analyst")
        try site.perform(
            "oos.invalidate-result",
            ["deviation": .string(deviation.text), "reason": "stain was diluted twice"],
            as: "reviewer")
        let runs = try #require(site.state.methodRuns()["viability"])
        #expect(runs.map(\.invalid) == [nil, "stain was diluted twice"])
    }
}
