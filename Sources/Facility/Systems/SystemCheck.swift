package import Ledger
package import Quantities

/// A look at the computerised system that holds the site's records: a backup that was restored as a
/// trial, or the evaluation of whether the system still does what it was validated for.
package struct SystemCheck: Sendable, Hashable, Codable {
    /// The number of the report.
    package var report: String
    package var kind: SystemCheckKind
    /// Who restored the backup or evaluated the system.
    package var performedBy: PersonID
    /// Whether the backup could be restored and was whole; whether the system is fit for its use.
    package var passes: Bool
    /// What was looked at, and what was found.
    package var findings: String
    /// Months until the next, where the report sets fewer than the house does.
    package var intervalMonths: Int?
    /// The backup that was restored; `nil` when none could be read, and for an evaluation.
    package var backup: RestoredBackup?
    package var stamp: Stamp

    /// The last day it holds; `nil` for one that failed, which is done again at once.
    package var until: CalendarDate? {
        guard passes else { return nil }
        return stamp.happened.date.advanced(byMonths: intervalMonths ?? kind.intervalMonths)
    }
}

/// The backup of a restore drill, by the checkpoint it was verified against.
package struct RestoredBackup: Sendable, Hashable, Codable {
    /// The facts in it.
    package var entries: UInt64
    /// The root hash of the tree over them (RFC 6962).
    package var root: Digest
    /// How long the restore took, its verification included.
    package var took: Quantity
}

/// What a look at the computerised system is for.
package enum SystemCheckKind: String, Choice, Sendable, Hashable {
    /// A backup was restored as a trial (EU GMP Annex 11 7.2).
    case restoreDrill = "restore-drill"
    /// The system was confirmed to be in a valid state (EU GMP Annex 11 clause 11).
    case periodicEvaluation = "periodic-evaluation"

    /// Months to the next where the report sets none: a setting of the house. Annex 11 asks for both
    /// periodically and sets no number; a year is usual in the field.
    package var intervalMonths: Int { 12 }

    /// The most months a report may set. The trial of a backup is yearly by the catalogue's rule; an
    /// evaluation follows the risk of the system.
    package var intervalMonthsMax: Int {
        switch self {
        case .restoreDrill: 12
        case .periodicEvaluation: 60
        }
    }

    /// The rule of the catalogue behind it.
    package var rule: String {
        switch self {
        case .restoreDrill: "backup-restore-tested"
        case .periodicEvaluation: "system-validated"
        }
    }

    /// What is to be done when it falls due.
    package var task: String {
        switch self {
        case .restoreDrill: "restore a backup as a trial"
        case .periodicEvaluation: "evaluate the computerised system"
        }
    }

    /// What was done, for messages.
    package var title: String {
        switch self {
        case .restoreDrill: "restore drill"
        case .periodicEvaluation: "periodic evaluation"
        }
    }
}
