package import Ledger

/// Approves a version of a document: quality, and not the person who registered it (EU GMP Part I
/// 4.3). From the day it takes effect it supersedes the one before.
package struct ApproveDocument: Command {
    package static let name = "document.approve"
    package static let summary = "Approve a version of a document, with the day it takes effect."
    package static let permission = Permission.review
    package static let signature: SignatureMeaning? = .approved
    package static let help = [
        "document": "which document", "version": "which version",
        "effective": "the first day it is used: time enough to train who works by it",
    ]

    package var document: DocumentID
    package var version: String
    package var effective: CalendarDate

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let document = try site.document(document)
        try document.requireInUse()
        let known = document.versions.map(\.number)
        guard let index = known.firstIndex(of: version) else {
            throw Rejection(
                "document.unknown-version", "'\(document.id)' has no version '\(version)'",
                help: didYouMean(version, among: known) ?? "known: \(known.joined(separator: ", "))"
            )
        }
        let draft = document.versions[index]
        guard draft.approval == nil else {
            throw Rejection(
                "document.approved", "version \(version) of '\(document.id)' is approved already")
        }
        guard draft.registered.person != moment.person else {
            throw Rejection(
                "document.own-version",
                "'\(moment.person)' registered version \(version) of '\(document.id)'",
                help: "another person approves it")
        }
        if let later = document.versions[index...].last(where: { $0.approval != nil }) {
            throw Rejection(
                "document.older-version",
                "version \(later.number) of '\(document.id)' came later and is approved",
                help: "register the text again as a new version")
        }
        let earliest = max(
            moment.happened.date,
            document.lastApproved?.approval?.effective ?? .init(daysSinceEpoch: 0))
        guard effective >= earliest else {
            throw Rejection(
                "document.effective-day",
                "effective on \(effective), the earliest day is \(earliest)",
                help: "a version takes effect after its approval and after the version before it")
        }
        return [DocumentApproved(document: document.id, version: version, effective: effective)]
    }
}

/// A version of a document was approved.
package struct DocumentApproved: Fact {
    package static let kind = "document.version-approved/1"
    package var document: DocumentID
    package var version: String
    package var effective: CalendarDate

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        let index = site.documents[document]?.versions.firstIndex { $0.number == version }
        guard let index else { return }
        site.documents[document]?.versions[index].approval = .init(
            effective: effective, stamp: stamp)
    }
}

/// Takes a document out of use: no version of it is in force any more.
package struct WithdrawDocument: Command {
    package static let name = "document.withdraw"
    package static let summary = "Take a document out of use."
    package static let permission = Permission.review
    package static let signature: SignatureMeaning? = .approved
    package static let help = ["document": "which document", "reason": "why"]

    package var document: DocumentID
    package var reason: String

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let document = try site.document(document)
        try requireText(reason, "reason")
        try document.requireInUse()
        return [DocumentWithdrawn(document: document.id, reason: reason)]
    }
}

/// A document was taken out of use.
package struct DocumentWithdrawn: Fact {
    package static let kind = "document.withdrawn/1"
    package var document: DocumentID
    package var reason: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.documents[document]?.withdrawn = .init(reason: reason, stamp: stamp)
    }
}
