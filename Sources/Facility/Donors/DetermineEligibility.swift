package import Guidance
package import Ledger

/// Determines that a donor's tissue may be used.
package struct DeclareDonorEligible: Command {
    package static let name = "donor.declare-eligible"
    package static let summary =
        "Determine from consent, history and tests that the donor is eligible."
    package static let permission = Permission.releaseMaterial
    package static let signature: SignatureMeaning? = .approved
    package static let help = [
        "donor": "who is eligible",
        "jurisdictions":
            "where products of the tissue will be used; where the products made of it are meant for "
            + "when none is named",
        "isLeukocyteRich":
            "true when the tissue counts as rich in viable leukocytes; as the definition says when "
            + "left out",
        "isFromHighPrevalenceArea": "true when HTLV-I is frequent where donor or parents live",
        "riskAssessment":
            "the approved assessment of a reactive anti-HBc or syphilis test, or of a risk in the "
            + "history, if there is one",
    ]

    package var donor: DonorID
    package var jurisdictions: [Jurisdiction]?
    package var isLeukocyteRich: Bool?
    package var isFromHighPrevalenceArea: Bool?
    package var riskAssessment: String?

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let donor = try site.donor(donor)
        guard donor.consent != nil else {
            throw Rejection(
                "donor.no-consent", "there is no consent of '\(donor.id)' in force",
                help: "record the consent first", rule: "donor-consent")
        }
        let scope = scope(for: donor, on: site)
        guard !scope.jurisdictions.isEmpty else {
            throw Rejection(
                "donor.no-jurisdiction", "no jurisdiction is named",
                help: "name one, or leave 'jurisdictions' out")
        }
        for jurisdiction in scope.jurisdictions {
            try requireTests(of: donor, in: jurisdiction, scope)
        }
        let adverse = DonorMarker.allCases.filter { marker in
            !marker.isRecordedOnly
                && donor.latest(marker).map { $0.result != .nonReactive } ?? false
        }
        // A reactive anti-HBc without HBsAg, or syphilis, is assessed (Directive 2006/17/EC Annex II
        // 1.3, 1.4); nothing else is.
        let assessed = riskAssessment?.isEmpty ?? true ? [] : adverse.filter(\.mayBeAssessed)
        let excluding = adverse.filter { !assessed.contains($0) }
        guard excluding.isEmpty else {
            throw Rejection(
                "donor.test-reactive",
                "not non-reactive: \(excluding.map(\.rawValue).joined(separator: ", "))",
                help: excluding.allSatisfy(\.mayBeAssessed)
                    ? "name the approved 'riskAssessment', or declare the donor ineligible"
                    : "declare the donor ineligible", rule: "donor-eu-panel-negative")
        }
        try requireHistory(of: donor)
        let isAssessed = !assessed.isEmpty || !(donor.history?.risks.isEmpty ?? true)
        return [
            DonorDeclaredEligible(
                donor: donor.id, riskAssessment: isAssessed ? riskAssessment : nil,
                jurisdictions: scope.jurisdictions, isLeukocyteRich: scope.isLeukocyteRich,
                isFromHighPrevalenceArea: scope.isFromHighPrevalenceArea)
        ]
    }

    /// What the donor is to be found eligible for: as entered, and where nothing was, as the products
    /// made of the tissue need it and the donor's history says.
    private func scope(for donor: Donor, on site: SiteState) -> EligibilityScope {
        let products = site.products(madeOf: donor)
        return EligibilityScope(
            jurisdictions: jurisdictions.map { Array(Set($0)).sorted() }
                ?? SiteState.jurisdictions(of: products),
            isLeukocyteRich: isLeukocyteRich ?? products.contains { $0.isLeukocyteRich == true },
            isFromHighPrevalenceArea: isFromHighPrevalenceArea
                ?? donor.history?.isFromHighPrevalenceArea ?? false)
    }

    /// Refuses a donor who lacks a test of a jurisdiction, or whose sample was diluted or not taken
    /// in time.
    private func requireTests(
        of donor: Donor, in jurisdiction: Jurisdiction, _ scope: EligibilityScope
    ) throws(Rejection) {
        let isUS = jurisdiction == .unitedStates
        // A cord comes from a donor less than a month old (21 CFR 1271.80(a)).
        if isUS, donor.isNewborn == true, donor.relation != .birthMother {
            throw Rejection(
                "donor.not-birth-mother",
                "the blood of '\(donor.id)' was tested, who was at most a month old",
                help: "register the birth mother and test her blood", rule: "donor-us-birth-mother"
            )
        }
        let required = scope.required(in: jurisdiction)
        guard !required.isEmpty else {
            throw Rejection(
                "donor.unknown-test-set", "no test set for '\(jurisdiction.rawValue)' is known",
                help: "known: EU, US")
        }
        let missing = required.filter { donor.latest($0) == nil }
        if let diluted = donor.tests.first(where: {
            missing.contains($0.marker) && donor.isDiluted($0.sampled)
        }) {
            throw Rejection(
                "donor.sample-diluted",
                "the sample of \(diluted.sampled) was diluted by more than a half",
                help: "test a sample taken before the infusions, or later",
                rule: isUS ? "donor-us-panel" : "donor-eu-panel-complete")
        }
        guard missing.isEmpty else {
            throw Rejection(
                "donor.tests-missing",
                "no result for \(missing.map(\.rawValue).joined(separator: ", "))",
                help: "record the missing results",
                rule: isUS
                    ? "donor-us-panel"
                    : missing == [.antiHTLV] ? "donor-htlv" : "donor-eu-panel-complete")
        }
        try requireDilutionAssessed(donor, required)
        for donation in donor.donations {
            try donor.requireInTime(required, for: donation, in: jurisdiction)
        }
    }
}

/// A donor was found eligible.
package struct DonorDeclaredEligible: Fact {
    package static let kind = "donor.declared-eligible/1"
    package var donor: DonorID
    /// What a reactive test that excludes nobody by itself was assessed in.
    package var riskAssessment: String?
    /// What the tests were held against; none in the first facts of this kind, which were decided for
    /// the EU unless somebody said otherwise.
    package var jurisdictions: [Jurisdiction]?
    package var isLeukocyteRich: Bool?
    package var isFromHighPrevalenceArea: Bool?

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.donors[donor]?.eligibility = .eligible(stamp)
        site.donors[donor]?.scope = EligibilityScope(
            jurisdictions: jurisdictions ?? [.eu], isLeukocyteRich: isLeukocyteRich ?? false,
            isFromHighPrevalenceArea: isFromHighPrevalenceArea ?? false)
        if let riskAssessment { site.donors[donor]?.riskAssessment = riskAssessment }
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
