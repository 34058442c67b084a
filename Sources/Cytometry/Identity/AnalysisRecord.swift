import Foundation

/// A report as it goes into a record: canonical bytes, and a check that they are right.
public enum AnalysisRecord {
    /// The report as JSON with sorted keys: the same report gives the same bytes.
    public static func encode(_ report: PhenotypeReport) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        // Every number in a report is finite, so encoding cannot fail.
        guard let data = try? encoder.encode(report) else { return [] }
        return [UInt8](data)
    }

    /// The report in `bytes`, or nil when they are not one.
    public static func decode(_ bytes: [UInt8]) -> PhenotypeReport? {
        try? JSONDecoder().decode(PhenotypeReport.self, from: Data(bytes))
    }

    /// How a recomputed report differs from the recorded one, in words; empty when every number
    /// and every digest is the same. The version of the program may differ.
    public static func differences(
        recorded: PhenotypeReport, recomputed: PhenotypeReport
    ) -> [String] {
        var result: [String] = []
        func compare(_ what: String, _ left: String, _ right: String) {
            if left != right { result.append("\(what) was \(left), is \(right)") }
        }
        compare("sample", recorded.sample.sha256, recomputed.sample.sha256)
        compare("gates", recorded.gates.sha256, recomputed.gates.sha256)
        compare("panel", recorded.panelSource.sha256, recomputed.panelSource.sha256)
        compare(
            "controls", recorded.controls.map(\.sha256).joined(separator: " "),
            recomputed.controls.map(\.sha256).joined(separator: " "))
        compare(
            "number of populations", "\(recorded.populations.count)",
            "\(recomputed.populations.count)")
        for (old, new) in zip(recorded.populations, recomputed.populations) {
            compare("'\(old.id)'", "\(old.count) events", "\(new.count) events")
        }
        let olds = recorded.markers + recorded.joint
        let news = recomputed.markers + recomputed.joint
        compare("number of markers", "\(olds.count)", "\(news.count)")
        for (old, new) in zip(olds, news) where old != new {
            compare(
                old.marker, "\(old.share?.count ?? 0) events, \(old.verdict.rawValue)",
                "\(new.share?.count ?? 0) events, \(new.verdict.rawValue)")
            if old.share == new.share && old.verdict == new.verdict {
                result.append("\(old.marker) differs in its median, rule or distribution")
            }
        }
        compare("verdict", recorded.verdict.rawValue, recomputed.verdict.rawValue)
        return result
    }
}
