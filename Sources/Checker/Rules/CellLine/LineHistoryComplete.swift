import Diagnostics
import ProductDefinition
import Quantities

/// A cell line with gaps in its history.
///
/// ## Why it matters
///
/// A line carries everything it met: media, feeders, sites, manipulations. The derivation method
/// and the passages with their dates, places and materials have to be known from the donor
/// onwards.
///
/// ## Flagged
///
/// ```yaml
/// cell-line:
///   id: line-7
///   name: line 7
///   history:
///     - event: derivation
///       passages: 0..5 passages
///       site: stem cell centre
///       date: 2016-03-02
///       materials: laminin-521, defined medium
///     - event: master cell bank
///       passages: 12..14 passages
///       site: GMP facility
///       date: 2019-06-11
///       materials: laminin-521, defined medium
/// ```
///
/// ## Accepted
///
/// ```yaml
/// cell-line:
///   id: line-7
///   name: line 7
///   history:
///     - event: derivation
///       passages: 0..5 passages
///       site: stem cell centre
///       date: 2016-03-02
///       materials: laminin-521, defined medium
///     - event: master cell bank
///       passages: 6..14 passages
///       site: GMP facility
///       date: 2019-06-11
///       materials: laminin-521, defined medium
/// ```
enum LineHistoryComplete: Rule {
    static let id = "line-history-complete"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        guard let line = subject.definition.cellLine else {
            guard subject.isPluripotentDerived else { return }
            findings.report(
                "the product comes from a pluripotent line that is not described",
                at: subject.place,
                help: "write 'cell-line:' with its history from the donor onwards")
            return
        }
        guard !line.history.isEmpty else {
            findings.report(
                "the line '\(line.name.value)' has no history", at: line.name.position,
                help:
                    "list under 'history:' derivation, transfers and banking with passages, "
                    + "site, date and materials"
            )
            return
        }
        if !line.history.contains(where: { $0.event.value.lowercased().contains("deriv") }) {
            findings.report(
                "the history of '\(line.name.value)' does not begin with its derivation",
                at: line.history[0].event.position, help: "add the derivation as its first entry")
        }
        for entry in line.history {
            var missing: [String] = []
            if entry.passages == nil { missing.append("passages") }
            if !entry.site.isStated { missing.append("site") }
            if entry.date == nil { missing.append("date") }
            if !entry.materials.isStated { missing.append("materials") }
            guard !missing.isEmpty else { continue }
            findings.report(
                "the entry '\(entry.event.value)' of the line's history has no \(listed(missing))",
                at: entry.event.position,
                help: "complete it from the records of the place it was made")
        }
        reportGaps(in: line.history, into: &findings)
    }

    /// Each entry begins at the passage where the one before it ended, or at the next.
    private static func reportGaps(
        in history: [Definition.LineHistory], into findings: inout Findings
    ) {
        for (earlier, later) in zip(history, history.dropFirst()) {
            guard let end = earlier.passages?.value.upper?.value,
                let start = later.passages?.value.lower?.value,
                start.doubleValue > end.doubleValue + 1
            else { continue }
            findings.report(
                "the line's history has a gap between passages \(end) and \(start)",
                at: later.passages?.position,
                help: "add what happened to the line in between",
                notes: [.init("the entry before it ends here", at: earlier.passages?.position)])
        }
    }
}
