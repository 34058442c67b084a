package import Ledger

/// An inspection of the site by itself (PIC/S PE 009-17 Part I 9.1-9.3).
package struct SelfInspection: Sendable, Hashable, Codable {
    /// The number of the report.
    package var report: String
    /// What was looked at: people, premises, production, quality control, distribution.
    package var scope: String
    /// What was found and has to be put right, in words; `nil` when nothing was.
    package var findings: String?
    /// Months until the next.
    package var intervalMonths: Int
    package var stamp: Stamp

    /// The last day it holds.
    package var until: CalendarDate { stamp.happened.date.advanced(byMonths: intervalMonths) }
}

/// Records an inspection of the site by itself.
package struct RecordSelfInspection: Command {
    package static let name = "site.record-self-inspection"
    package static let summary = "Record an inspection of the site by itself."
    package static let permission = Permission.review
    package static let signature: SignatureMeaning? = .approved
    package static let help = [
        "report": "the number of the report", "scope": "what was looked at",
        "findings": "what has to be put right, if anything",
        "intervalMonths": "months until the next",
    ]

    package var report: String
    package var scope: String
    package var findings: String?
    package var intervalMonths: Int

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        try requireText(report, "report")
        try requireText(scope, "scope")
        guard (1...60).contains(intervalMonths) else {
            throw Rejection(
                "site.inspection-interval",
                "\(intervalMonths) months to the next inspection, between 1 and 60 are meant")
        }
        if site.selfInspections.contains(where: { $0.report == report }) {
            throw Rejection(
                "site.inspection-recorded", "the report '\(report)' is recorded already",
                help: "give each report a number of its own")
        }
        return [
            SelfInspectionRecorded(
                report: report, scope: scope, findings: findings, intervalMonths: intervalMonths)
        ]
    }
}

/// The site inspected itself.
package struct SelfInspectionRecorded: Fact {
    package static let kind = "site.self-inspection-recorded/1"
    package var report: String
    package var scope: String
    package var findings: String?
    package var intervalMonths: Int

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.selfInspections.append(
            SelfInspection(
                report: report, scope: scope, findings: findings, intervalMonths: intervalMonths,
                stamp: stamp))
    }
}
