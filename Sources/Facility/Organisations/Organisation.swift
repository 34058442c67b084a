/// Another organisation the site depends on: it supplies, procures, tests, stores or carries.
package struct Organisation: Sendable, Codable {
    package var id: OrganisationID
    package var name: String
    package var activities: [Activity]
    package var registered: Stamp
    /// Authorisations, oldest first.
    package var authorisations: [Authorisation] = []
    /// Agreements, oldest first.
    package var agreements: [Agreement] = []
    /// Audits, oldest first.
    package var audits: [Audit] = []
    /// What it may supply; `nil` while it is not approved as a supplier.
    package var approval: SupplierApproval?
    /// Why it is suspended; `nil` when it is not.
    package var suspended: String?

    /// What it does for the site.
    package enum Activity: String, Choice, Sendable, Hashable {
        case supply, procurement, testing, storage, transport, manufacture
        case tissueEstablishment = "tissue-establishment"
    }

    /// A permit of an authority.
    package struct Authorisation: Sendable, Hashable, Codable {
        package var reference: String
        package var authority: String
        package var activities: [Activity]
        package var from: CalendarDate
        package var until: CalendarDate
    }

    /// A written agreement.
    package struct Agreement: Sendable, Hashable, Codable {
        package var document: String
        package var topics: [AgreementTopic]
        package var from: CalendarDate
        package var until: CalendarDate
    }

    /// An audit of the organisation.
    package struct Audit: Sendable, Hashable, Codable {
        package var report: String
        package var passed: Bool
        /// Months until the next.
        package var intervalMonths: Int
        package var stamp: Stamp

        /// The last day it holds.
        package var until: CalendarDate {
            stamp.happened.date.advanced(byMonths: intervalMonths)
        }
    }

    /// What the site buys from it.
    package struct SupplierApproval: Sendable, Hashable, Codable {
        /// Materials, by their ids in the definition.
        package var materials: [String]
        /// True when one of them is critical: audits and a quality agreement are needed.
        package var isCritical: Bool
        package var stamp: Stamp
    }

    /// Whether an authority allows `activity` on `date`.
    package func isAuthorised(for activity: Activity, on date: CalendarDate) -> Bool {
        authorisations.contains {
            $0.activities.contains(activity) && ($0.from...max($0.from, $0.until)).contains(date)
        }
    }

    /// Whether a written agreement on all of `topics` is in force on `date`.
    package func hasAgreement(on topics: [AgreementTopic], at date: CalendarDate) -> Bool {
        agreements.contains {
            Set($0.topics).isSuperset(of: topics)
                && ($0.from...max($0.from, $0.until)).contains(date)
        }
    }

    /// Whether the latest audit passed and its interval is not over.
    package func isAudited(on date: CalendarDate) -> Bool {
        audits.last.map { $0.passed && $0.until >= date } ?? false
    }
}

/// What a written agreement settles (EU GMP Part IV §7 and §13).
package enum AgreementTopic: String, Choice, Sendable, Hashable {
    case quality
    case testResults = "test-results"
    case traceability
    case donorFollowUp = "donor-follow-up"
    case transport
}

/// Registers an organisation.
package struct RegisterOrganisation: Command {
    package static let name = "organisation.register"
    package static let summary = "Register an organisation the site depends on."
    package static let permission = Permission.manageSuppliers
    package static let help = [
        "organisation": "the site's number for it", "name": "its name as on its documents",
        "activities": "what it does for the site",
    ]

    package var organisation: OrganisationID
    package var name: String
    package var activities: [Organisation.Activity]

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        try site.requireUnused(organisation)
        try requireText(name, "name")
        guard !activities.isEmpty else {
            throw Rejection(
                "organisation.no-activity", "'\(organisation)' does nothing for the site",
                help: "name at least one activity")
        }
        if let other = site.organisations.values.first(where: { $0.name == name }) {
            throw Rejection(
                "organisation.name-in-use", "'\(other.id)' is registered as '\(name)'",
                help: "use it, or tell the two apart by name")
        }
        return [
            OrganisationRegistered(
                organisation: organisation, name: name, activities: activities)
        ]
    }
}

/// An organisation was registered.
package struct OrganisationRegistered: Fact {
    package static let kind = "organisation.registered/1"
    package var organisation: OrganisationID
    package var name: String
    package var activities: [Organisation.Activity]

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.things[organisation.text] = .organisation
        site.organisations[organisation] = Organisation(
            id: organisation, name: name, activities: activities, registered: stamp)
    }
}
