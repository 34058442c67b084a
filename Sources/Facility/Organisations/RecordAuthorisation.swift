/// Records a permit of an authority for an organisation.
package struct RecordAuthorisation: Command {
    package static let name = "organisation.record-authorisation"
    package static let summary = "Record an authority's permit for an organisation."
    package static let permission = Permission.manageSuppliers
    package static let help = [
        "organisation": "who holds the permit", "reference": "its number",
        "authority": "who gave it", "activities": "what it allows",
        "from": "the first day it holds", "until": "the last day it holds",
    ]

    package var organisation: OrganisationID
    package var reference: String
    package var authority: String
    package var activities: [Organisation.Activity]
    package var from: CalendarDate
    package var until: CalendarDate

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let organisation = try site.organisation(organisation)
        try requireText(reference, "reference")
        try requireText(authority, "authority")
        try requirePeriod(from, until)
        return [
            AuthorisationRecorded(
                organisation: organisation.id, reference: reference, authority: authority,
                activities: activities, from: from, until: until)
        ]
    }
}

/// A permit was recorded.
package struct AuthorisationRecorded: Fact {
    package static let kind = "organisation.authorisation-recorded/1"
    package var organisation: OrganisationID
    package var reference: String
    package var authority: String
    package var activities: [Organisation.Activity]
    package var from: CalendarDate
    package var until: CalendarDate

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.organisations[organisation]?.authorisations.append(
            .init(
                reference: reference, authority: authority, activities: activities, from: from,
                until: until))
    }
}

/// Records a written agreement with an organisation.
package struct RecordAgreement: Command {
    package static let name = "organisation.record-agreement"
    package static let summary = "Record a written agreement with an organisation."
    package static let permission = Permission.manageSuppliers
    package static let help = [
        "organisation": "with whom", "document": "the agreement", "topics": "what it settles",
        "from": "the first day it holds", "until": "the last day it holds",
    ]

    package var organisation: OrganisationID
    package var document: String
    package var topics: [AgreementTopic]
    package var from: CalendarDate
    package var until: CalendarDate

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let organisation = try site.organisation(organisation)
        try requireText(document, "document")
        try requirePeriod(from, until)
        return [
            AgreementRecorded(
                organisation: organisation.id, document: document, topics: topics, from: from,
                until: until)
        ]
    }
}

/// An agreement was recorded.
package struct AgreementRecorded: Fact {
    package static let kind = "organisation.agreement-recorded/1"
    package var organisation: OrganisationID
    package var document: String
    package var topics: [AgreementTopic]
    package var from: CalendarDate
    package var until: CalendarDate

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.organisations[organisation]?.agreements.append(
            .init(document: document, topics: topics, from: from, until: until))
    }
}

/// Refuses a period that ends before it begins.
private func requirePeriod(_ from: CalendarDate, _ until: CalendarDate) throws(Rejection) {
    guard from <= until else {
        throw Rejection(
            "organisation.period", "\(from) to \(until) ends before it begins",
            help: "enter the first and the last day")
    }
}

/// Records an audit of an organisation.
package struct RecordAudit: Command {
    package static let name = "organisation.record-audit"
    package static let summary = "Record an audit of an organisation and when the next is due."
    package static let permission = Permission.manageSuppliers
    package static let help = [
        "organisation": "who was audited", "report": "the audit report",
        "passed": "whether it may go on working for the site",
        "intervalMonths": "months until the next audit, 1 to 60",
    ]

    package var organisation: OrganisationID
    package var report: String
    package var passed: Bool
    package var intervalMonths: Int

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let organisation = try site.organisation(organisation)
        try requireText(report, "report")
        guard (1...60).contains(intervalMonths) else {
            throw Rejection(
                "organisation.audit-interval", "\(intervalMonths) months are not 1 to 60",
                rule: "supplier-audit-interval")
        }
        return [
            AuditRecorded(
                organisation: organisation.id, report: report, passed: passed,
                intervalMonths: intervalMonths)
        ]
    }
}

/// An audit was recorded.
package struct AuditRecorded: Fact {
    package static let kind = "organisation.audit-recorded/1"
    package var organisation: OrganisationID
    package var report: String
    package var passed: Bool
    package var intervalMonths: Int

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.organisations[organisation]?.audits.append(
            .init(report: report, passed: passed, intervalMonths: intervalMonths, stamp: stamp))
    }
}
