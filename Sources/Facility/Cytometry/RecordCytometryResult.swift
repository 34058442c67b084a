package import Ledger

/// Records what a cytometer file gave under the gates and panel in force.
///
/// Raw file, controls and report are named by digest, gates and panel by the version that holds
/// theirs: whoever reads the record can compute the same numbers again.
package struct RecordCytometryResult: Command, NamesStoredFiles {
    package static let name = "cytometry.record-result"
    package static let summary = "Record a cytometry report of a batch with its raw files."
    package static let permission = Permission.test
    package static let help = [
        "analysis": "the registered analysis", "batch": "which batch",
        "test": "the line of the specification it answers",
        "sample": "the cytometer's file", "controls": "files of controls",
        "gates": "digest of the gates used", "panel": "digest of the panel used",
        "report": "the report", "software": "program and version that computed it",
        "verdict": "how the sample stands to the limits of the panel",
        "instruments": TestRun.instrumentsHelp, "reagents": TestRun.reagentsHelp,
        "suitability": TestRun.suitabilityHelp,
    ]

    package var analysis: CytometryAnalysisID
    package var batch: BatchID
    package var test: String?
    package var sample: StoredFile
    package var controls: [StoredFile]
    package var gates: Digest
    package var panel: Digest
    package var report: StoredFile
    package var software: String
    package var verdict: CytometryVerdict
    package var instruments: [EquipmentID]?
    package var reagents: [ReagentUse]?
    package var suitability: [ControlReading]?

    /// A result.
    package init(
        analysis: CytometryAnalysisID, batch: BatchID, test: String?, sample: StoredFile,
        controls: [StoredFile], gates: Digest, panel: Digest, report: StoredFile,
        software: String, verdict: CytometryVerdict, instruments: [EquipmentID]? = nil,
        reagents: [ReagentUse]? = nil, suitability: [ControlReading]? = nil
    ) {
        self.analysis = analysis
        self.batch = batch
        self.test = test
        self.sample = sample
        self.controls = controls
        self.gates = gates
        self.panel = panel
        self.report = report
        self.software = software
        self.verdict = verdict
        self.instruments = instruments
        self.reagents = reagents
        self.suitability = suitability
    }

    package var storedFiles: [StoredFile] { [sample] + controls + [report] }

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let known = try site.cytometryAnalysis(analysis)
        let batch = try site.batch(batch)
        try requireText(software, "software")
        guard let last = known.versions.last, last.gates.digest == gates,
            last.panel.digest == panel
        else {
            throw Rejection(
                "cytometry.other-version",
                "the report was made with other gates or another panel than version "
                    + "\(known.versions.count) of '\(analysis)'",
                help: "a changed gate is a new version with a reason: cytometry.register-analysis")
        }
        let lines = try site.specification(for: batch)?.tests ?? []
        let line = lines.first { $0.id == test }
        if let test, line == nil {
            throw Rejection(
                "testing.unknown-test", "the specification of '\(batch.id)' has no test '\(test)'",
                help: didYouMean(test, among: lines.map(\.id)))
        }
        if known.results.contains(where: { $0.report.digest == report.digest }) {
            throw Rejection(
                "cytometry.recorded-before", "this report of '\(sample.name)' is recorded",
                help: "record another sample, or a report made anew")
        }
        try site.requireRun(
            of: line?.methodID ?? analysis.text, with: instruments, and: reagents,
            reading: suitability, on: nil,
            for: site.masters[batch.master], at: moment)
        return [
            CytometryResultRecorded(
                analysis: analysis, batch: batch.id, test: test, version: known.versions.count,
                sample: sample, controls: controls, report: report, software: software,
                verdict: verdict, instruments: instruments, reagents: reagents,
                suitability: suitability)
        ]
    }
}

/// A result of a cytometer was recorded.
package struct CytometryResultRecorded: Fact {
    package static let kind = "cytometry.result-recorded/1"
    package var analysis: CytometryAnalysisID
    package var batch: BatchID
    package var test: String?
    package var version: Int
    package var sample: StoredFile
    package var controls: [StoredFile]
    package var report: StoredFile
    package var software: String
    package var verdict: CytometryVerdict
    /// None in the first facts of this kind, and where nothing was named.
    package var instruments: [EquipmentID]?
    package var reagents: [ReagentUse]?
    package var suitability: [ControlReading]?

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        let run = TestRun(instruments, reagents, suitability)
        site.cytometryAnalyses[analysis]?.results.append(
            .init(
                batch: batch, test: test, version: version, sample: sample, controls: controls,
                report: report, software: software, verdict: verdict, stamp: stamp, run: run))
        site.book(run, of: test ?? analysis.text, on: batch.naming(Thing.self), at: stamp)
    }
}
