package import Ledger

/// Releases donated starting material for processing.
package struct ReleaseDonation: Command {
    package static let name = "donation.release"
    package static let summary = "Release donated starting material of an eligible donor."
    package static let permission = Permission.releaseMaterial
    package static let signature: SignatureMeaning? = .approved
    package static let help = ["container": "which container"]

    package var container: ContainerID

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let container = try site.container(container)
        guard case .startingMaterial(let donorID, _) = container.content else {
            throw Rejection(
                "donation.not-starting-material",
                "'\(container.id)' is no donated starting material")
        }
        guard container.status == .quarantine else {
            throw Rejection(
                "donation.not-in-quarantine",
                "'\(container.id)' is \(container.status.rawValue)")
        }
        let donor = try site.donor(donorID)
        guard case .eligible = donor.eligibility else {
            throw Rejection(
                "donation.donor-not-eligible", "donor '\(donorID)' is not declared eligible",
                help: "declare the donor eligible, or reject the material: donation.reject",
                rule: "donor-quarantine-until-eligible")
        }
        guard container.holds.isEmpty else {
            throw Rejection(
                "container.on-hold",
                "'\(container.id)' is on hold: \(container.holds.joined(separator: ", "))",
                help: "settle and lift the hold first, or reject the material: donation.reject")
        }
        try site.requireUndisputed(container.id, isRelease: true)
        try site.requireSampled(container.id, of: donor)
        return [DonationReleased(container: container.id)]
    }
}

/// Donated material was released.
package struct DonationReleased: Fact {
    package static let kind = "donation.released/1"
    package var container: ContainerID

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.release(container, at: stamp)
    }
}

extension SiteState {
    /// Refuses a donation without a sample of its own in every jurisdiction the donor was found
    /// eligible for: a donor who gave before may have been infected since.
    fileprivate func requireSampled(_ id: ContainerID, of donor: Donor) throws(Rejection) {
        guard let donation = donor.donations.first(where: { $0.container == id }),
            let scope = donor.scope
        else { return }
        for jurisdiction in scope.jurisdictions {
            try donor.requireInTime(
                scope.required(in: jurisdiction), for: donation, in: jurisdiction)
        }
    }
}

/// Rejects donated starting material that was not used yet: it never leaves, but for destruction.
package struct RejectDonation: Command {
    package static let name = "donation.reject"
    package static let summary = "Reject donated starting material that was not used."
    package static let permission = Permission.releaseMaterial
    package static let signature: SignatureMeaning? = .rejected
    package static let help = ["container": "which container", "reason": "why"]

    package var container: ContainerID
    package var reason: String

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let container = try site.container(container)
        try requireText(reason, "reason")
        guard case .startingMaterial = container.content else {
            throw Rejection(
                "donation.not-starting-material",
                "'\(container.id)' is no donated starting material")
        }
        guard container.status != .rejected else {
            throw Rejection("donation.rejected", "'\(container.id)' is rejected already")
        }
        guard container.isInStock else {
            throw Rejection(
                "donation.gone", "'\(container.id)' is not at the site any more",
                help: "what came from it is reached by a recall: recall.begin")
        }
        return [DonationRejected(container: container.id, reason: reason)]
    }
}

/// Donated material was rejected.
package struct DonationRejected: Fact {
    package static let kind = "donation.rejected/1"
    package var container: ContainerID
    package var reason: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.containers[container]?.status = .rejected
    }
}
