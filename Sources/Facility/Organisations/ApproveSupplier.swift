package import Ledger

/// Approves an organisation as the supplier of materials (EU GMP Annex 2A 5.22, 5.28).
package struct ApproveSupplier: Command {
    package static let name = "organisation.approve-supplier"
    package static let summary = "Approve an organisation as the supplier of named materials."
    package static let permission = Permission.manageSuppliers
    package static let signature: SignatureMeaning? = .approved
    package static let help = [
        "organisation": "who supplies",
        "materials": "all materials it may supply, by their ids in the definition",
        "isCritical": "whether one of them is critical: it needs an audit and an agreement",
    ]

    package var organisation: OrganisationID
    package var materials: [String]
    package var isCritical: Bool

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let organisation = try site.organisation(organisation)
        guard organisation.activities.contains(.supply) else {
            throw Rejection(
                "organisation.no-supplier", "'\(organisation.id)' supplies nothing",
                help: "register the supplier with the activity 'supply'")
        }
        guard !materials.isEmpty else {
            throw Rejection("organisation.no-materials", "no material is named")
        }
        let date = moment.happened.date
        if isCritical {
            guard organisation.isAudited(on: date) else {
                throw Rejection(
                    "organisation.not-audited",
                    "'\(organisation.id)' has no audit in its interval",
                    help: "audit it first: organisation.record-audit",
                    rule: "supplier-audit-interval")
            }
            guard organisation.hasAgreement(on: [.quality], at: date) else {
                throw Rejection(
                    "organisation.no-agreement",
                    "there is no quality agreement with '\(organisation.id)'",
                    help: "record it first: organisation.record-agreement",
                    rule: "quality-agreement")
            }
        }
        return [
            SupplierApproved(
                organisation: organisation.id, materials: materials, isCritical: isCritical)
        ]
    }
}

/// A supplier was approved.
package struct SupplierApproved: Fact {
    package static let kind = "organisation.supplier-approved/1"
    package var organisation: OrganisationID
    package var materials: [String]
    package var isCritical: Bool

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.organisations[organisation]?.suspended = nil
        site.organisations[organisation]?.approval = .init(
            materials: materials, isCritical: isCritical, stamp: stamp)
    }
}

/// Suspends an organisation: nothing of it is taken without an event.
package struct SuspendOrganisation: Command {
    package static let name = "organisation.suspend"
    package static let summary = "Suspend an organisation until it is approved again."
    package static let permission = Permission.manageSuppliers
    package static let help = ["organisation": "who is suspended", "reason": "why"]

    package var organisation: OrganisationID
    package var reason: String

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let organisation = try site.organisation(organisation)
        try requireText(reason, "reason")
        guard organisation.suspended == nil else {
            throw Rejection("organisation.suspended", "'\(organisation.id)' is suspended")
        }
        return [OrganisationSuspended(organisation: organisation.id, reason: reason)]
    }
}

/// An organisation was suspended.
package struct OrganisationSuspended: Fact {
    package static let kind = "organisation.suspended/1"
    package var organisation: OrganisationID
    package var reason: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.organisations[organisation]?.suspended = reason
    }
}

extension SiteState {
    /// The organisation with this number or name.
    package func organisation(called name: String) -> Organisation? {
        if let id = OrganisationID(name), let organisation = organisations[id] {
            return organisation
        }
        return organisations.values.first { $0.name == name }
    }

    /// Why `material` should not have come from `supplier` on `date`; `nil` when it may.
    ///
    /// A lot that has arrived is a fact: it is received into quarantine and an event says what is
    /// wrong with its source, instead of the receipt being refused and the lot standing in the
    /// store without a record.
    package func objection(
        to supplier: String, of material: String, on date: CalendarDate
    ) -> (reason: String, rule: String?)? {
        guard let organisation = organisation(called: supplier) else {
            return ("'\(supplier)' is not registered", nil)
        }
        if let reason = organisation.suspended {
            return ("'\(organisation.id)' is suspended: \(reason)", nil)
        }
        guard let approval = organisation.approval, approval.materials.contains(material) else {
            return ("'\(organisation.id)' is not approved for \(material)", nil)
        }
        guard approval.isCritical else { return nil }
        if !organisation.isAudited(on: date) {
            return ("the audit of '\(organisation.id)' is overdue", "supplier-audit-interval")
        }
        if !organisation.hasAgreement(on: [.quality], at: date) {
            return (
                "no quality agreement with '\(organisation.id)' is in force", "quality-agreement"
            )
        }
        return nil
    }
}
