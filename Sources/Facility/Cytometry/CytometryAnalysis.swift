package typealias CytometryAnalysisID = Identifier<CytometryAnalysis>

/// How the identity of a lot is read off a cytometer: gates and panel in versions, and every
/// result read with them.
package struct CytometryAnalysis: Sendable, Codable {
    package var id: CytometryAnalysisID
    /// The versions, oldest first; the last is in force.
    package var versions: [Version] = []
    /// Every result, oldest first.
    package var results: [Result] = []

    /// One state of gates and panel.
    package struct Version: Sendable, Hashable, Codable {
        package var gates: StoredFile
        package var panel: StoredFile
        /// Why it came to be.
        package var reason: String
        package var stamp: Stamp
    }

    /// One sample read with one version.
    package struct Result: Sendable, Hashable, Codable {
        package var batch: BatchID
        /// The line of the specification it answers, when it answers one.
        package var test: String?
        /// The version it was read with, from 1.
        package var version: Int
        /// The cytometer's own file.
        package var sample: StoredFile
        package var controls: [StoredFile]
        /// The whole report as recorded.
        package var report: StoredFile
        /// The program and version that computed it.
        package var software: String
        package var verdict: CytometryVerdict
        package var stamp: Stamp
        /// What it was measured with; `nil` when nothing was named.
        package var run: TestRun?
    }
}

/// How a sample stood to the limits of its panel.
package enum CytometryVerdict: String, Choice, Sendable, Hashable {
    case pass, fail
    /// Measured, and not limited.
    case informative
    case notMeasured = "not-measured"
}

extension SiteState {
    /// What cytometers gave for a line of the specification of a batch, oldest first, each with
    /// the analysis it was read by.
    package func cytometryResults(
        of batch: BatchID, test: String
    ) -> [(analysis: CytometryAnalysis, result: CytometryAnalysis.Result)] {
        cytometryAnalyses.values.flatMap { analysis in
            analysis.results.filter { $0.batch == batch && $0.test == test }
                .map { (analysis, $0) }
        }.sorted { $0.1.stamp.entry < $1.1.stamp.entry }
    }

    package func cytometryAnalysis(
        _ id: CytometryAnalysisID
    ) throws(Rejection) -> CytometryAnalysis {
        if let analysis = cytometryAnalyses[id] { return analysis }
        throw Rejection(
            "site.unknown-identifier", "there is no cytometry analysis '\(id)'",
            help: didYouMean(id.text, in: cytometryAnalyses))
    }
}
