package import Ledger

/// Determines that a donor's tissue may be used.
package struct DeclareDonorEligible: Command {
    package static let name = "donor.declare-eligible"
    package static let summary = "Determine from consent and tests that the donor is eligible."
    package static let permission = Permission.releaseMaterial
    package static let signature: SignatureMeaning? = .approved
    package static let help = ["donor": "who is eligible"]

    package var donor: DonorID

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let donor = try site.donor(donor)
        guard donor.consent != nil else {
            throw Rejection(
                "donor.no-consent", "there is no consent of '\(donor.id)' in force",
                help: "record the consent first", rule: "donor-consent")
        }
        let missing = DonorMarker.mandatory.filter { donor.latest($0) == nil }
        guard missing.isEmpty else {
            throw Rejection(
                "donor.tests-missing",
                "no result for \(missing.map(\.rawValue).joined(separator: ", "))",
                help: "record the missing results", rule: "donor-eu-panel-complete")
        }
        let adverse = DonorMarker.allCases.filter { marker in
            donor.latest(marker).map { $0.result != .nonReactive } ?? false
        }
        guard adverse.isEmpty else {
            throw Rejection(
                "donor.test-reactive",
                "not non-reactive: \(adverse.map(\.rawValue).joined(separator: ", "))",
                help: "declare the donor ineligible", rule: "donor-eu-panel-negative")
        }
        return [DonorDeclaredEligible(donor: donor.id)]
    }
}

/// A donor was found eligible.
package struct DonorDeclaredEligible: Fact {
    package static let kind = "donor.declared-eligible/1"
    package var donor: DonorID

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.donors[donor]?.eligibility = .eligible(stamp)
    }
}

/// Determines that a donor's tissue must not be used.
package struct DeclareDonorIneligible: Command {
    package static let name = "donor.declare-ineligible"
    package static let summary =
        "Determine that the donor is not eligible: all descendants not yet given are put on hold."
    package static let permission = Permission.releaseMaterial
    package static let signature: SignatureMeaning? = .rejected
    package static let help = ["donor": "who is not eligible", "reason": "why"]

    package var donor: DonorID
    package var reason: String

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let donor = try site.donor(donor)
        try requireText(reason, "reason")
        let held = site.stock(descendingFrom: donor.id)
        return [DonorDeclaredIneligible(donor: donor.id, reason: reason)]
            + HoldPlaced.facts(
                holding: held, reason: "donor \(donor.id) ineligible",
                source: donor.id.naming(Thing.self))
    }
}

/// A donor was found ineligible.
package struct DonorDeclaredIneligible: Fact {
    package static let kind = "donor.declared-ineligible/1"
    package var donor: DonorID
    package var reason: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.donors[donor]?.eligibility = .ineligible(stamp, reason: reason)
    }
}
