extension SiteState {
    /// The establishment that procured a donation, authorised and under agreement on that day.
    ///
    /// - Parameter id: the one that was named; the only one registered when none was.
    func establishment(
        named id: OrganisationID?, for material: String, on day: CalendarDate
    ) throws(Rejection) -> OrganisationID? {
        let masters = masters.inOrder.filter { master in
            master.stages.contains { $0.input == .startingMaterial(material) }
        }
        let isBinding = masters.contains { binds("procurement-site-authorised", on: $0) }
        guard let organisation = try candidate(id) else {
            guard isBinding else { return nil }
            throw Rejection(
                "donation.no-establishment", "no establishment procured '\(material)'",
                help: "register it with its authorisation and agreement, and name it in "
                    + "'organisation'", rule: "procurement-site-authorised")
        }
        guard isBinding else { return organisation.id }
        if let reason = organisation.suspended {
            throw Rejection(
                "donation.establishment-suspended", "'\(organisation.id)' is suspended: \(reason)",
                help: "no donation of it is taken", rule: "procurement-site-authorised")
        }
        guard organisation.isAuthorised(for: .procurement, on: day) else {
            throw Rejection(
                "donation.establishment-not-authorised",
                "'\(organisation.id)' was not authorised for procurement on \(day)",
                help: "record its authorisation first: organisation.record-authorisation",
                rule: "procurement-site-authorised")
        }
        let topics: [AgreementTopic] = [.testResults, .traceability, .donorFollowUp, .transport]
        guard organisation.hasAgreement(on: topics, at: day) else {
            throw Rejection(
                "donation.no-agreement",
                "no agreement with '\(organisation.id)' on "
                    + topics.map(\.rawValue).joined(separator: ", ") + " was in force on \(day)",
                help: "record it first: organisation.record-agreement",
                rule: "procurement-agreement")
        }
        return organisation.id
    }

    /// Refuses a laboratory that was not authorised for testing on `day` (Directive 2006/17/EC Annex
    /// II 2.1). A site that has registered no laboratory keeps its list elsewhere.
    func requireLaboratory(_ name: String, on day: CalendarDate) throws(Rejection) {
        let laboratories = organisations.inOrder.filter { $0.activities.contains(.testing) }
        guard !laboratories.isEmpty else { return }
        guard let laboratory = laboratories.first(where: { $0.id.text == name || $0.name == name })
        else {
            throw Rejection(
                "donor.unknown-laboratory", "no laboratory is registered as '\(name)'",
                help: didYouMean(name, among: laboratories.flatMap { [$0.id.text, $0.name] })
                    ?? "register it first: organisation.register",
                rule: "donor-lab-authorised")
        }
        if let reason = laboratory.suspended {
            throw Rejection(
                "donor.laboratory-suspended", "'\(laboratory.id)' is suspended: \(reason)",
                help: "have the sample tested elsewhere", rule: "donor-lab-authorised")
        }
        guard laboratory.isAuthorised(for: .testing, on: day) else {
            throw Rejection(
                "donor.laboratory-not-authorised",
                "'\(laboratory.id)' was not authorised for testing on \(day)",
                help: "record its authorisation first: organisation.record-authorisation",
                rule: "donor-lab-authorised")
        }
    }

    private func candidate(_ id: OrganisationID?) throws(Rejection) -> Organisation? {
        if let id {
            let organisation = try organisation(id)
            guard organisation.activities.contains(.procurement) else {
                throw Rejection(
                    "donation.not-an-establishment", "'\(id)' does not procure for the site",
                    help: "name the establishment that collected the tissue")
            }
            return organisation
        }
        let all = organisations.inOrder.filter { $0.activities.contains(.procurement) }
        guard all.count <= 1 else {
            throw Rejection(
                "donation.establishment-to-choose",
                "\(all.count) establishments procure for the site",
                help: "say which in 'organisation'")
        }
        return all.first
    }
}
