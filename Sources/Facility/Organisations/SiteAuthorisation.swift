/// A permit of the site itself: its manufacturing authorisation or its GMP certificate.
package struct SiteAuthorisation: Sendable, Hashable, Codable {
    package var reference: String
    package var authority: String
    package var kind: SitePermit
    /// What it allows, or was inspected.
    package var activities: [Organisation.Activity]
    package var from: CalendarDate
    package var until: CalendarDate
    package var stamp: Stamp

    /// Whether it holds on `date`.
    package func holds(on date: CalendarDate) -> Bool { from <= date && date <= until }
}

/// What a permit of the site says.
package enum SitePermit: String, Choice, Sendable, Hashable {
    case manufacturingAuthorisation = "manufacturing-authorisation"
    case gmpCertificate = "gmp-certificate"
}

/// Records a permit of the site.
package struct RecordSiteAuthorisation: Command {
    package static let name = "site.record-authorisation"
    package static let summary = "Record the site's manufacturing authorisation or GMP certificate."
    package static let permission = Permission.manageSuppliers
    package static let help = [
        "reference": "its number", "authority": "who gave it", "kind": "what it is",
        "activities": "what it allows", "from": "the first day it holds",
        "until": "the last day it holds",
    ]

    package var reference: String
    package var authority: String
    package var kind: SitePermit
    package var activities: [Organisation.Activity]
    package var from: CalendarDate
    package var until: CalendarDate

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        try requireText(reference, "reference")
        try requireText(authority, "authority")
        guard from <= until else {
            throw Rejection(
                "organisation.period", "\(from) to \(until) ends before it begins",
                help: "enter the first and the last day")
        }
        guard !activities.isEmpty else {
            throw Rejection("organisation.no-activity", "'\(reference)' allows nothing")
        }
        return [
            SiteAuthorised(
                reference: reference, authority: authority, kind: kind, activities: activities,
                from: from, until: until)
        ]
    }
}

/// A permit of the site was recorded.
package struct SiteAuthorised: Fact {
    package static let kind = "site.authorised/1"
    package var reference: String
    package var authority: String
    package var kind: SitePermit
    package var activities: [Organisation.Activity]
    package var from: CalendarDate
    package var until: CalendarDate

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.authorisations.append(
            SiteAuthorisation(
                reference: reference, authority: authority, kind: kind, activities: activities,
                from: from, until: until, stamp: stamp))
    }
}
