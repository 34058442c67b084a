package import Ledger
package import Quantities

/// Records a look at the computerised system. One that failed opens an event.
package struct RecordSystemCheck: Command {
    package static let name = "system.record-check"
    package static let summary =
        "Record the trial restore of a backup, or an evaluation of the computerised system."
    package static let permission = Permission.managePremises
    package static let signature: SignatureMeaning? = .reviewed
    package static let help = [
        "report": "the number of the report", "kind": "what was done",
        "performedBy": "who restored the backup or evaluated the system",
        "passes":
            "whether the restored copy was whole and could be worked with; whether the system is "
            + "fit for its use",
        "findings": "what was looked at and what was found; for a drill, where the backup was kept",
        "intervalMonths":
            "months until the next, if fewer than 12; for an evaluation, at most 60",
        "entries": "for a drill: the entries in the backup, as 'seedlot restore' prints them",
        "root": "for a drill: the root of the backup, as 'seedlot restore' prints it",
        "took": "for a drill: how long the restore took, such as 12 min",
    ]

    package var report: String
    package var kind: SystemCheckKind
    package var performedBy: PersonID
    package var passes: Bool
    package var findings: String
    package var intervalMonths: Int?
    package var entries: UInt64?
    package var root: Digest?
    package var took: Quantity?

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        try requireText(report, "report")
        try requireText(findings, "findings")
        _ = try site.person(performedBy)
        if site.systemChecks.contains(where: { $0.report == report }) {
            throw Rejection(
                "system.check-recorded", "the report '\(report)' is recorded already",
                help: "give each report a number of its own")
        }
        if let intervalMonths, !(1...kind.intervalMonthsMax).contains(intervalMonths) {
            throw Rejection(
                "system.check-interval",
                "\(intervalMonths) months to the next \(kind.title) are not 1 to "
                    + "\(kind.intervalMonthsMax)",
                help: "leave it out: the next is due after \(kind.intervalMonths) months",
                rule: kind.rule)
        }
        let checked = SystemChecked(
            report: report, kind: kind, performedBy: performedBy, passes: passes,
            findings: findings, intervalMonths: intervalMonths,
            backup: try restoredBackup(on: site))
        guard !passes else { return [checked] }
        return [checked]
            + site.event(
                .systemCheckFailed, "\(kind.title) '\(report)': \(findings)", about: [],
                affecting: [], rule: kind.rule)
    }

    /// The backup that the fields name.
    private func restoredBackup(on site: SiteState) throws(Rejection) -> RestoredBackup? {
        let isNamed = entries != nil || root != nil || took != nil
        guard kind == .restoreDrill else {
            guard isNamed else { return nil }
            throw Rejection(
                "system.no-drill", "a \(kind.title) restores no backup",
                help: "leave out entries, root and took, or record a restore drill")
        }
        guard let entries, let root, let took else {
            // Of a backup that could not be read there is nothing to say.
            if !passes, !isNamed { return nil }
            throw Rejection(
                "system.backup-unknown", "the report does not say which backup was restored",
                help: "enter entries, root and time as 'seedlot restore' prints them",
                rule: kind.rule)
        }
        guard took.value > .zero, let second = try? Unit("s"),
            (try? took.doubleValue(in: second)) != nil
        else {
            throw Rejection(
                "system.restore-time", "'took' is \(took), not a time above zero",
                help: "enter how long the restore took, such as 12 min")
        }
        guard entries > 0, entries <= site.entryCount else {
            throw Rejection(
                "system.backup-of-another",
                "the backup holds \(entries) entries, the site \(site.entryCount)",
                help: "enter what 'seedlot restore' printed; when a backup does hold more than its "
                    + "site, the site has lost entries: seedlot verify SITE --against",
                rule: kind.rule)
        }
        return RestoredBackup(entries: entries, root: root, took: took)
    }
}

/// The computerised system was looked at.
package struct SystemChecked: Fact {
    package static let kind = "system.checked/1"
    package var report: String
    package var kind: SystemCheckKind
    package var performedBy: PersonID
    package var passes: Bool
    package var findings: String
    package var intervalMonths: Int?
    package var backup: RestoredBackup?

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.systemChecks.append(
            SystemCheck(
                report: report, kind: kind, performedBy: performedBy, passes: passes,
                findings: findings, intervalMonths: intervalMonths, backup: backup, stamp: stamp))
    }
}
