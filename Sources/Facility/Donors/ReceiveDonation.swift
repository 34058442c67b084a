package import Quantities

/// Receives donated starting material, such as a cord, into quarantine.
package struct ReceiveDonation: Command {
    package static let name = "donation.receive"
    package static let summary = "Receive donated starting material into quarantine."
    package static let permission = Permission.receive
    package static let help = [
        "container": "the identifier on the container",
        "donor": "the pseudonym of the donor",
        "material": "the starting material's id in the definition",
        "collected": "when it was collected",
        "temperature": "the highest temperature of the transport, from its logger",
        "place": "where it is kept",
        "identifier": "the donation identification sequence: 21 letters and digits",
        "europeanCode": "the Single European Code, where the tissue carries one: 40 characters",
        "organisation":
            "the establishment that procured it; may be left out when one is registered",
    ]

    package var container: ContainerID
    package var donor: DonorID
    package var material: String
    package var collected: Timestamp
    package var temperature: Quantity?
    package var place: String
    package var identifier: String?
    package var europeanCode: String?
    package var organisation: OrganisationID?

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        try site.requireUnused(container)
        let donor = try site.donor(donor)
        try requireText(material, "material")
        try requireText(place, "place")
        guard let consent = donor.consent else {
            throw Rejection(
                "donor.no-consent", "there is no consent of '\(donor.id)' in force",
                help: "record the consent first", rule: "donor-consent")
        }
        guard collected <= moment.happened else {
            throw Rejection(
                "donation.collected-later",
                "collected at \(collected), after it was received at \(moment.happened)")
        }
        guard consent.given.happened <= collected else {
            throw Rejection(
                "donation.before-consent",
                "collected at \(collected), before the consent of \(consent.given.happened)",
                help: "tissue taken before consent cannot be used", rule: "donor-consent")
        }
        let code = try readCode(at: moment)
        let sequence = identifier ?? code?.donation
        if let sequence { try requireSequence(sequence, on: site) }
        let establishment = try site.establishment(
            named: organisation, for: material, on: collected.date)
        let received = DonationReceived(
            container: container, donor: donor.id, material: material, collected: collected,
            temperature: temperature, place: place, identifier: sequence,
            europeanCode: code?.text, organisation: establishment)
        let problems = transportProblems(on: site, at: moment)
        guard !problems.isEmpty else { return [received] }
        return [
            received,
            DeviationOpened(
                deviation: site.nextDeviation(), batch: nil, step: nil, cause: .transportExcursion,
                description: "\(container): \(problems.joined(separator: "; "))",
                rule: "cord-transport-limits", subjects: [container.naming(Thing.self)]),
        ]
    }

    /// Refuses what is no donation identification sequence, or one that another donation has:
    /// country, establishment and donation number, 21 characters (Directive 2006/86/EC Annex VII).
    private func requireSequence(_ text: String, on site: SiteState) throws(Rejection) {
        guard SingleEuropeanCode.isDonationSequence(text) else {
            throw Rejection(
                "donation.identifier",
                "'\(text.prefix(40))' is no donation identification sequence",
                help: "two letters of the country, then 19 capital letters and digits",
                rule: "donation-identifier-format")
        }
        for donor in site.donors.values {
            for donation in donor.donations where donation.identifier == text {
                throw Rejection(
                    "donation.identifier-in-use", "'\(text)' names '\(donation.container)'",
                    help: "scan the label again", rule: "donation-identifier-format")
            }
        }
    }

    /// The Single European Code, where one was given; refuses what is none, contradicts the donation
    /// identification sequence, or is out of date.
    private func readCode(at moment: Moment) throws(Rejection) -> SingleEuropeanCode? {
        guard let europeanCode else { return nil }
        guard let code = SingleEuropeanCode(europeanCode) else {
            throw Rejection(
                "donation.european-code",
                "'\(europeanCode.prefix(60))' is no Single European Code",
                help: "40 characters: donation sequence (21), coding system A, B or E, product "
                    + "number (7), split (3), expiry as YYYYMMDD or 00000000",
                rule: "sec-format")
        }
        if let identifier, identifier != code.donation {
            throw Rejection(
                "donation.european-code-differs",
                "the code begins with '\(code.donation)', the identifier is '\(identifier)'",
                help: "scan both labels again", rule: "sec-format")
        }
        if let expires = code.expires, expires < moment.happened.date {
            throw Rejection(
                "donation.expired", "'\(container)' expired on \(expires)",
                help: "tissue out of date is not received", rule: "sec-format")
        }
        return code
    }

    /// What of time and temperature was outside the limits of the definitions that start from this
    /// material.
    private func transportProblems(on site: SiteState, at moment: Moment) -> [String] {
        let temperatures = site.products(startingFrom: material).compactMap { product in
            if let range = product.tissueTransportTemperature, let temperature,
                (try? range.contains(temperature)) == false
            {
                return "\(temperature) on the way, limit \(range)"
            }
            return nil
        }
        return site.transportTimes(of: material, from: collected, to: moment.happened)
            + temperatures
    }
}

extension SiteState {
    /// The products that are made from a starting material.
    fileprivate func products(startingFrom material: String) -> [MasterProduct] {
        masters.inOrder.filter { master in
            master.stages.contains { $0.input == .startingMaterial(material) }
        }.map(\.product)
    }

    /// How the time on the way lies outside the limits of the definitions that start from `material`.
    func transportTimes(
        of material: String, from collected: Timestamp, to arrived: Timestamp
    ) -> [String] {
        guard let minute = try? Unit("min") else { return [] }
        let minutes = ExactDecimal(Int((arrived.milliseconds - collected.milliseconds) / 60_000))
        return products(startingFrom: material).compactMap { product in
            guard let range = product.tissueTransportTime,
                (try? range.contains(Quantity(minutes, minute))) == false
            else { return nil }
            return "\(minutes) min on the way, limit \(range)"
        }
    }
}

/// Donated material arrived.
package struct DonationReceived: Fact {
    package static let kind = "donation.received/1"
    package var container: ContainerID
    package var donor: DonorID
    package var material: String
    package var collected: Timestamp
    package var temperature: Quantity?
    package var place: String
    package var identifier: String?
    package var europeanCode: String?
    package var organisation: OrganisationID?

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.things[container.text] = .container
        site.containers[container] = Container(
            id: container, content: .startingMaterial(donor, material: material),
            status: .quarantine, location: .stored, cells: nil, place: place, created: stamp,
            expires: europeanCode.flatMap { SingleEuropeanCode($0)?.expires })
        site.donors[donor]?.donations.append(
            Donation(
                container: container, collected: collected, identifier: identifier,
                europeanCode: europeanCode, organisation: organisation))
        site.genealogy.link(donor, to: container)
    }
}
