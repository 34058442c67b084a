/// Registers a donor under a pseudonym.
package struct RegisterDonor: Command {
    package static let name = "donor.register"
    package static let summary = "Register a donor under a pseudonym."
    package static let permission = Permission.receive
    package static let help = [
        "donor": "the pseudonym; never a name or a date of birth",
        "relation": "whose blood is tested: the donor's, or for a cord the birth mother's",
        "isNewborn": "true when the tissue is that of a child of at most a month, as a cord is",
    ]

    package var donor: DonorID
    package var relation: DonorRelation
    package var isNewborn: Bool?

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        try site.requireUnused(donor)
        return [DonorRegistered(donor: donor, relation: relation, isNewborn: isNewborn)]
    }
}

/// A donor was registered.
package struct DonorRegistered: Fact {
    package static let kind = "donor.registered/1"
    package var donor: DonorID
    package var relation: DonorRelation
    package var isNewborn: Bool?

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.things[donor.text] = .donor
        site.donors[donor] = Donor(
            id: donor, relation: relation, isNewborn: isNewborn, registered: stamp)
    }
}
