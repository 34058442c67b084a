package import Ledger

package typealias CellLineID = Identifier<CellLine>

/// A continuous line that banks are made of, with its life from the donor to now.
package struct CellLine: Sendable, Codable {
    package var id: CellLineID
    package var name: String
    /// Who derived or deposited it.
    package var provider: String
    /// Whose cells it was derived from, where the donor is known here.
    package var donor: DonorID?
    /// The consent of the donor, by document.
    package var consent: String
    /// The closed due diligence with licence and donor tests, by document.
    package var dueDiligence: String
    /// The document with its STR profile, which every bank is held against.
    package var strProfile: String
    /// True for a line that was reprogrammed.
    package var isInduced: Bool
    package var registered: Stamp
    /// Its stretches, in the order of passages.
    package var history: [LineStretch] = []
    /// What it was held against when a line was chosen.
    package var scorecard: LineScorecard?
    /// The decision for it; `nil` for a line that was not chosen.
    package var selection: LineSelection?

    /// The passage its history reaches without a gap from derivation; `nil` without history.
    package var reachedPassage: Int? { history.last?.toPassage }
}

/// One stretch of the life of a line: between two passages, at one site.
package struct LineStretch: Sendable, Hashable, Codable {
    package var fromPassage: Int
    package var toPassage: Int
    /// What happened: derivation, transfer, banking.
    package var event: String
    package var site: String
    package var began: CalendarDate
    /// What it was grown with.
    package var materials: String
    package var stamp: Stamp
}

/// Registers a cell line whose due diligence is closed.
package struct RegisterLine: Command {
    package static let name = "line.register"
    package static let summary = "Register a cell line with its consent and closed due diligence."
    package static let permission = Permission.review
    package static let signature: SignatureMeaning? = .approved
    package static let help = [
        "line": "the site's number for the line", "name": "its name, as registered publicly",
        "provider": "who derived or deposited it", "consent": "the document of the donor's consent",
        "dueDiligence": "the closed report on consent, licence, donor tests and history",
        "strProfile": "the document with its STR profile",
        "isInduced": "true when it was reprogrammed",
        "donor": "the pseudonym of the donor, where the site knows the donor",
    ]

    package var line: CellLineID
    package var name: String
    package var provider: String
    package var consent: String
    package var dueDiligence: String
    package var strProfile: String
    package var isInduced: Bool
    package var donor: DonorID?

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        try site.requireUnused(line)
        for (text, field) in [
            (name, "name"), (provider, "provider"), (consent, "consent"),
            (dueDiligence, "dueDiligence"), (strProfile, "strProfile"),
        ] { try requireText(text, field) }
        if let donor { try requireUsable(try site.donor(donor)) }
        return [
            LineRegistered(
                line: line, name: name, provider: provider, consent: consent,
                dueDiligence: dueDiligence, strProfile: strProfile, isInduced: isInduced,
                donor: donor)
        ]
    }

    /// Refuses the line of a donor whose cells must not be used.
    private func requireUsable(_ donor: Donor) throws(Rejection) {
        guard case .ineligible(_, let reason) = donor.eligibility else { return }
        throw Rejection(
            "donor.ineligible", "donor '\(donor.id)' is not eligible: \(reason)",
            help: "no product is made of this line", rule: "donor-consent")
    }
}

/// A cell line was registered.
package struct LineRegistered: Fact {
    package static let kind = "line.registered/1"
    package var line: CellLineID
    package var name: String
    package var provider: String
    package var consent: String
    package var dueDiligence: String
    package var strProfile: String
    package var isInduced: Bool
    package var donor: DonorID?

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.things[line.text] = .line
        site.lines[line] = CellLine(
            id: line, name: name, provider: provider, donor: donor, consent: consent,
            dueDiligence: dueDiligence, strProfile: strProfile, isInduced: isInduced,
            registered: stamp)
        if let donor { site.genealogy.link(donor, to: line) }
    }
}

/// Records a stretch of the life of a line: it continues where the one before ended.
package struct RecordLineStretch: Command {
    package static let name = "line.record-stretch"
    package static let summary = "Record a stretch of a line's life, from one passage to another."
    package static let permission = Permission.review
    package static let help = [
        "line": "which line", "fromPassage": "the passage it begins with",
        "toPassage": "the passage it ends with", "event": "derivation, transfer or banking",
        "site": "where", "began": "the day it began", "materials": "what it was grown with",
    ]

    package var line: CellLineID
    package var fromPassage: Int
    package var toPassage: Int
    package var event: String
    package var site: String
    package var began: CalendarDate
    package var materials: String

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let line = try site.line(line)
        try requireText(event, "event")
        try requireText(self.site, "site")
        try requireText(materials, "materials")
        let expected = line.reachedPassage ?? 0
        guard fromPassage == expected else {
            throw Rejection(
                "line.history-gap",
                "the stretch begins with passage \(fromPassage), the history of '\(line.id)' "
                    + "reaches passage \(expected)",
                help: "record what lies between", rule: "line-history-complete")
        }
        guard toPassage >= fromPassage else {
            throw Rejection(
                "line.passages", "passage \(toPassage) comes before passage \(fromPassage)")
        }
        if let last = line.history.last, began < last.began {
            throw Rejection(
                "line.history-order", "\(began) is before the stretch of \(last.began)",
                rule: "line-history-complete")
        }
        guard began <= moment.now.date else {
            throw Rejection("site.in-future", "\(began) is after today, \(moment.now.date)")
        }
        return [
            LineStretchRecorded(
                line: line.id, fromPassage: fromPassage, toPassage: toPassage, event: event,
                site: self.site, began: began, materials: materials)
        ]
    }
}

/// A stretch of the life of a line was recorded.
package struct LineStretchRecorded: Fact {
    package static let kind = "line.stretch-recorded/1"
    package var line: CellLineID
    package var fromPassage: Int
    package var toPassage: Int
    package var event: String
    package var site: String
    package var began: CalendarDate
    package var materials: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.lines[line]?.history.append(
            LineStretch(
                fromPassage: fromPassage, toPassage: toPassage, event: event, site: self.site,
                began: began, materials: materials, stamp: stamp))
    }
}
