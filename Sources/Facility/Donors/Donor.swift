package import Guidance

/// A test that Guidance lists for donors.
typealias DonorTestRequirement = Guidance.DonorTest

/// A person who gave tissue, under a pseudonym: the site holds no name.
package struct Donor: Sendable, Codable {
    package var id: DonorID
    /// Whose blood is tested: for a cord, the birth mother.
    package var relation: DonorRelation
    /// True for a donor of at most a month of age, as the child of a cord.
    package var isNewborn: Bool?
    package var registered: Stamp
    package var consents: [Consent] = []
    package var tests: [DonorTest] = []
    /// What the donor was asked and what it showed, oldest first.
    package var histories: [DonorHistory] = []
    /// Infusions before a blood sample, oldest first.
    package var dilutions: [DilutionAssessment] = []
    package var eligibility: Eligibility = .undetermined
    /// What the donor was last found eligible for; `nil` before that.
    package var scope: EligibilityScope?
    /// The assessment of a reactive test that excludes nobody by itself.
    package var riskAssessment: String?
    /// What was collected from the donor, oldest first.
    package var donations: [Donation] = []

    /// The consent in force: given and not withdrawn.
    package var consent: Consent? { consents.last { $0.withdrawn == nil } }

    /// The latest history; an earlier one may have been taken before an earlier donation.
    package var history: DonorHistory? { histories.last }

    /// The latest result for each marker, of a sample that was not too diluted to tell.
    package func latest(_ marker: DonorMarker) -> DonorTest? {
        tests.last { $0.marker == marker && !isDiluted($0.sampled) }
    }

    /// Whether the sample of `day` was assessed and found too diluted.
    package func isDiluted(_ day: CalendarDate) -> Bool {
        dilutions.last { $0.sampled == day }?.isDiluted ?? false
    }
}

/// One collection of tissue.
package struct Donation: Sendable, Hashable, Codable {
    package var container: ContainerID
    package var collected: Timestamp
    /// The donation identification sequence (Directive 2006/86/EC Annex VII).
    package var identifier: String?
    /// The Single European Code, where the tissue carries one.
    package var europeanCode: String?
    /// The establishment that procured it.
    package var organisation: OrganisationID?
}

/// How the donor relates to the tissue.
package enum DonorRelation: String, Choice, Sendable, Hashable {
    case donor
    case birthMother = "birth-mother"
}

/// What a donor agreed to.
package struct Consent: Sendable, Hashable, Codable {
    package var version: String
    package var scopes: [ConsentScope]
    package var given: Stamp
    package var withdrawn: Stamp?
}

/// What a consent may cover (Directive 2004/23/EC Art. 13 and Annex; requirement of the donor
/// rules on allogeneic use).
package enum ConsentScope: String, Choice, Sendable, Hashable {
    case allogeneicMedicine = "allogeneic-medicine"
    /// A medicine for the donor alone.
    case autologousMedicine = "autologous-medicine"
    case commercialUse = "commercial-use"
    case geneticTesting = "genetic-testing"
    case research
    case recontact
}

/// A laboratory result on the donor's blood.
package struct DonorTest: Sendable, Hashable, Codable {
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
    case antiHTLVII = "anti-HTLV-I/II"
    case antiCMV = "anti-CMV"
    case natHIV = "HIV NAT"
    case natHBV = "HBV NAT"
    case natHCV = "HCV NAT"

    /// The markers every donor needs.
    package static let mandatory: [DonorMarker] = [.antiHIV, .hbsAg, .antiHBc, .antiHCV, .syphilis]
}

extension DonorMarker {
    /// The marker that answers a test of Guidance; `nil` for one decided by the donor's history.
    init?(_ test: DonorTestRequirement) {
        switch test.id {
        case "anti-HIV-1,2", "anti-HIV-1", "anti-HIV-2": self = .antiHIV
        case "anti-HCV": self = .antiHCV
        default: self.init(rawValue: test.id)
        }
    }

    /// The markers a donor needs in `jurisdiction`, each once, in the order of its text.
    package static func required(
        in jurisdiction: Jurisdiction, leukocyteRich: Bool, highPrevalence: Bool
    ) -> [DonorMarker] {
        var markers: [DonorMarker] = []
        for test in DonorTestRequirement.required(
            in: jurisdiction, leukocyteRich: leukocyteRich, highPrevalence: highPrevalence)
        {
            guard let marker = DonorMarker(test), !markers.contains(marker) else { continue }
            markers.append(marker)
        }
        return markers
    }

    /// True for a marker of which a reactive result alone excludes nobody: it is recorded, and a
    /// procedure decides (21 CFR 1271.85(b)).
    var isRecordedOnly: Bool { self == .antiCMV }

    /// True for a marker of which a reactive result may be assessed: anti-HBc, where HBsAg stands
    /// beside it, and syphilis (Directive 2006/17/EC Annex II 1.3, 1.4).
    var mayBeAssessed: Bool { self == .antiHBc || self == .syphilis }
}

/// What the laboratory found.
package enum DonorTestResult: String, Choice, Sendable, Hashable {
    case nonReactive = "non-reactive"
    case reactive
    case indeterminate
}

/// What a donor was found eligible for: which texts the tests were held against, and with what known
/// of the tissue and of the donor's history.
package struct EligibilityScope: Sendable, Hashable, Codable {
    package var jurisdictions: [Jurisdiction]
    package var isLeukocyteRich: Bool
    package var isFromHighPrevalenceArea: Bool

    /// The markers `jurisdiction` asks for of such tissue, and of such a donor.
    func required(in jurisdiction: Jurisdiction) -> [DonorMarker] {
        DonorMarker.required(
            in: jurisdiction, leukocyteRich: isLeukocyteRich,
            highPrevalence: isFromHighPrevalenceArea)
    }
}

/// Whether material of the donor may be used.
package enum Eligibility: Sendable, Hashable, Codable {
    case undetermined
    case eligible(Stamp)
    case ineligible(Stamp, reason: String)
}
