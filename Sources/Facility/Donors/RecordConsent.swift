/// Records what a donor agreed to.
package struct RecordConsent: Command {
    package static let name = "donor.record-consent"
    package static let summary = "Record what a donor agreed to."
    package static let permission = Permission.receive
    package static let help = [
        "donor": "who agreed",
        "version": "the version of the consent form",
        "scopes": "what the consent covers",
    ]

    package var donor: DonorID
    package var version: String
    package var scopes: [ConsentScope]

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let donor = try site.donor(donor)
        try requireText(version, "version")
        guard !Set(scopes).isDisjoint(with: [.allogeneicMedicine, .autologousMedicine]) else {
            throw Rejection(
                "donor.consent-scope",
                "the consent covers neither '\(ConsentScope.allogeneicMedicine.rawValue)' nor "
                    + "'\(ConsentScope.autologousMedicine.rawValue)'",
                help: "tissue of this donor cannot be used in a medicine", rule: "donor-consent")
        }
        return [ConsentRecorded(donor: donor.id, version: version, scopes: scopes)]
    }
}

/// A donor agreed.
package struct ConsentRecorded: Fact {
    package static let kind = "donor.consent-recorded/1"
    package var donor: DonorID
    package var version: String
    package var scopes: [ConsentScope]

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.donors[donor]?.consents.append(
            Consent(version: version, scopes: scopes, given: stamp, withdrawn: nil))
    }
}

/// Records that a donor withdrew: everything that came from the donor is put on hold.
package struct WithdrawConsent: Command {
    package static let name = "donor.withdraw-consent"
    package static let summary =
        "Record that a donor withdrew consent: all descendants not yet given are put on hold."
    package static let permission = Permission.receive
    package static let help = ["donor": "who withdrew", "reason": "what the donor said"]

    package var donor: DonorID
    package var reason: String

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let donor = try site.donor(donor)
        try requireText(reason, "reason")
        guard donor.consent != nil else {
            throw Rejection("donor.no-consent", "there is no consent of '\(donor.id)' in force")
        }
        let held = site.stock(descendingFrom: donor.id)
        return [ConsentWithdrawn(donor: donor.id, reason: reason)]
            + HoldPlaced.facts(
                holding: held, reason: "consent of \(donor.id) withdrawn",
                source: donor.id.naming(Thing.self))
    }
}

/// A donor withdrew.
package struct ConsentWithdrawn: Fact {
    package static let kind = "donor.consent-withdrawn/1"
    package var donor: DonorID
    package var reason: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        guard let index = site.donors[donor]?.consents.lastIndex(where: { $0.withdrawn == nil })
        else { return }
        site.donors[donor]?.consents[index].withdrawn = stamp
        site.donors[donor]?.eligibility = .ineligible(stamp, reason: "consent withdrawn")
    }
}
