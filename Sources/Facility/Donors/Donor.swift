/// A person who gave tissue, under a pseudonym: the site holds no name.
package struct Donor: Sendable {
    package var id: DonorID
    /// Whose blood is tested: for a cord, the birth mother.
    package var relation: DonorRelation
    package var registered: Stamp
    package var consents: [Consent] = []
    package var tests: [DonorTest] = []
    package var eligibility: Eligibility = .undetermined

    /// The consent in force: given and not withdrawn.
    package var consent: Consent? { consents.last { $0.withdrawn == nil } }

    /// The latest result for each marker.
    package func latest(_ marker: DonorMarker) -> DonorTest? { tests.last { $0.marker == marker } }
}

/// How the donor relates to the tissue.
package enum DonorRelation: String, Choice, Sendable, Hashable {
    case donor
    case birthMother = "birth-mother"
}

/// What a donor agreed to.
package struct Consent: Sendable, Hashable {
    package var version: String
    package var scopes: [ConsentScope]
    package var given: Stamp
    package var withdrawn: Stamp?
}

/// What a consent may cover (Directive 2004/23/EC Art. 13 and Annex; requirement of the donor
/// rules on allogeneic use).
package enum ConsentScope: String, Choice, Sendable, Hashable {
    case allogeneicMedicine = "allogeneic-medicine"
    case commercialUse = "commercial-use"
    case geneticTesting = "genetic-testing"
    case research
    case recontact
}

/// A laboratory result on the donor's blood.
package struct DonorTest: Sendable, Hashable {
    package var marker: DonorMarker
    package var result: DonorTestResult
    package var sampled: CalendarDate
    package var laboratory: String
    package var recorded: Stamp
}

/// Markers of the minimum donor test set (Directive 2006/17/EC Annex II 1.1), and HTLV-I where the
/// donor's history asks for it (1.2).
package enum DonorMarker: String, Choice, Sendable, Hashable {
    case antiHIV = "anti-HIV-1/2"
    case hbsAg = "HBsAg"
    case antiHBc = "anti-HBc"
    case antiHCV = "anti-HCV-Ab"
    case syphilis
    case antiHTLV = "anti-HTLV-I"

    /// The markers every donor needs.
    package static let mandatory: [DonorMarker] = [.antiHIV, .hbsAg, .antiHBc, .antiHCV, .syphilis]
}

/// What the laboratory found.
package enum DonorTestResult: String, Choice, Sendable, Hashable {
    case nonReactive = "non-reactive"
    case reactive
    case indeterminate
}

/// Whether material of the donor may be used.
package enum Eligibility: Sendable, Hashable {
    case undetermined
    case eligible(Stamp)
    case ineligible(Stamp, reason: String)
}
