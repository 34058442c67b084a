import Ledger

package typealias DocumentID = Identifier<ControlledDocument>

/// An instruction, procedure or form in all its versions, each with its file.
///
/// A version is approved by somebody other than its author, takes effect on a day, and supersedes the
/// one before; superseded ones are kept and not used (EU GMP Part I 4.2-4.5, 4.10-4.11).
package struct ControlledDocument: Sendable, Codable {
    package var id: DocumentID
    package var kind: DocumentKind
    package var title: String
    /// Every version, oldest first.
    package var versions: [Version] = []
    package var withdrawn: Withdrawal?

    /// One version.
    package struct Version: Sendable, Hashable, Codable {
        /// What the document calls it.
        package var number: String
        package var file: StoredFile
        /// Why it came to be.
        package var reason: String
        /// Roles whose people are all trained in it, beside those who were trained in a version before.
        package var readers: [Role]
        package var registered: Stamp
        package var approval: Approval?
    }

    /// The approval of a version, and the first day it is used.
    package struct Approval: Sendable, Hashable, Codable {
        package var effective: CalendarDate
        package var stamp: Stamp
    }

    /// How a document went out of use.
    package struct Withdrawal: Sendable, Hashable, Codable {
        package var reason: String
        package var stamp: Stamp
    }

    /// The version called `number`.
    package func version(_ number: String) -> Version? { versions.first { $0.number == number } }

    /// The version approved last, whether it has taken effect or not.
    package var lastApproved: Version? { versions.last { $0.approval != nil } }

    /// The roles that read the version approved last; those of the draft while none is.
    package var readers: [Role] { (lastApproved ?? versions.last)?.readers ?? [] }

    /// The version that is used on `date`; `nil` before the first takes effect and after withdrawal.
    package func inForce(on date: CalendarDate) -> Version? {
        guard withdrawn == nil else { return nil }
        return versions.last { version in
            version.approval.map { $0.effective <= date } ?? false
        }
    }

    /// How `version` stands on `date`.
    package func standing(of version: Version, on date: CalendarDate) -> DocumentStanding {
        guard let approval = version.approval else { return .draft }
        if withdrawn != nil { return .withdrawn }
        if approval.effective > date { return .coming }
        return inForce(on: date) == version ? .inForce : .superseded
    }
}

/// What a document is for.
package enum DocumentKind: String, Choice, Sendable, Hashable {
    /// How one task is done.
    case instruction
    /// How an activity is organised.
    case procedure
    /// What is filled in.
    case form
}

/// How a version of a document stands.
package enum DocumentStanding: String, Sendable, Hashable, Codable {
    /// Not approved.
    case draft
    /// Approved, and not used yet.
    case coming
    case inForce = "in-force"
    case superseded
    case withdrawn
}

/// One version of a document and how it stands, for lists.
package struct DocumentVersionStanding: Sendable, Hashable, Codable {
    package var document: String
    package var kind: DocumentKind
    package var title: String
    package var version: String
    package var standing: DocumentStanding
    /// The first day it is used; `nil` for a draft.
    package var effective: CalendarDate?
    /// What the file is called, and its SHA-256.
    package var file: String
    package var digest: String
}

extension SiteState {
    /// Every version of every document as it stands on `date`: by document, the newest version first.
    package func documentStandings(on date: CalendarDate) -> [DocumentVersionStanding] {
        documents.inOrder.flatMap { document in
            document.versions.reversed().map { version in
                DocumentVersionStanding(
                    document: document.id.text, kind: document.kind, title: document.title,
                    version: version.number, standing: document.standing(of: version, on: date),
                    effective: version.approval?.effective, file: version.file.name,
                    digest: version.file.digest.hex)
            }
        }
    }
}
