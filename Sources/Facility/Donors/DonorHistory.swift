/// What a donor was asked, in an interview with a questionnaire, and what it showed (Directive
/// 2006/17/EC Annex I 2.2 and Annex IV 1.3.1; 21 CFR 1271.75).
package struct DonorHistory: Sendable, Hashable, Codable {
    /// The version of the questionnaire.
    package var questionnaire: String
    package var interviewed: CalendarDate
    /// What speaks against the donation; empty when nothing does.
    package var risks: [DonorRisk]
    /// True when HTLV-I is frequent where the donor, a partner or a parent comes from.
    package var isFromHighPrevalenceArea: Bool
    /// True when blood, colloids or crystalloids were given shortly before the blood sample.
    package var receivedInfusions: Bool
    package var stamp: Stamp
}

/// What speaks against a donation (Directive 2006/17/EC Annex I 1.1, 2.2; 21 CFR 1271.75).
package enum DonorRisk: String, Choice, Sendable, Hashable {
    case unknownDisease = "disease-of-unknown-cause"
    case malignancy
    case prionDisease = "prion-disease-or-risk"
    case infection = "uncontrolled-infection"
    case bloodborneRisk = "risk-of-HIV-HBV-HCV-or-HTLV"
    case autoimmunity = "systemic-autoimmune-disease"
    case immunosuppression
    case regionalInfection = "travel-or-regional-infection"
    case poisoning = "exposure-to-a-toxic-substance"
    case liveVaccine = "recent-live-vaccine"
    case xenotransplant
    case geneticDisease = "transmissible-genetic-disease"
    case pregnancyComplication = "complication-of-the-pregnancy"
}

/// Records what the donor was asked and what it showed.
package struct RecordDonorHistory: Command {
    package static let name = "donor.record-history"
    package static let summary = "Record the interview with a donor and what it showed."
    package static let permission = Permission.receive
    package static let help = [
        "donor": "who was asked; for a cord, the birth mother",
        "questionnaire": "the version of the questionnaire", "interviewed": "the day",
        "risks": "what speaks against the donation; none when nothing does",
        "isFromHighPrevalenceArea":
            "true when HTLV-I is frequent where the donor, a partner or a parent comes from",
        "receivedInfusions":
            "true when blood or colloids were given in the two days before the blood sample, or "
            + "crystalloids in the hour before it",
    ]

    package var donor: DonorID
    package var questionnaire: String
    package var interviewed: CalendarDate
    package var risks: [DonorRisk]
    package var isFromHighPrevalenceArea: Bool?
    package var receivedInfusions: Bool?

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let donor = try site.donor(donor)
        try requireText(questionnaire, "questionnaire")
        guard interviewed <= moment.now.date else {
            throw Rejection(
                "donor.interview-in-future", "the interview is dated \(interviewed), after today")
        }
        guard Set(risks).count == risks.count else {
            throw Rejection("donor.risk-twice", "a risk is named twice", help: "name each once")
        }
        let recorded = DonorHistoryRecorded(
            donor: donor.id, questionnaire: questionnaire, interviewed: interviewed, risks: risks,
            isFromHighPrevalenceArea: isFromHighPrevalenceArea ?? false,
            receivedInfusions: receivedInfusions ?? false)
        guard case .eligible = donor.eligibility, !risks.isEmpty else { return [recorded] }
        let words = risks.map(\.rawValue).joined(separator: ", ")
        return [recorded] + site.lookBack(from: donor, "\(words) in the history of \(donor.id)")
    }
}

/// The history of a donor was recorded.
package struct DonorHistoryRecorded: Fact {
    package static let kind = "donor.history-recorded/1"
    package var donor: DonorID
    package var questionnaire: String
    package var interviewed: CalendarDate
    package var risks: [DonorRisk]
    package var isFromHighPrevalenceArea: Bool
    package var receivedInfusions: Bool

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.donors[donor]?.histories.append(
            DonorHistory(
                questionnaire: questionnaire, interviewed: interviewed, risks: risks,
                isFromHighPrevalenceArea: isFromHighPrevalenceArea,
                receivedInfusions: receivedInfusions, stamp: stamp))
    }
}

extension DeclareDonorEligible {
    /// Refuses a donor who was not asked, or whose history speaks against the donation and was not
    /// assessed.
    func requireHistory(of donor: Donor) throws(Rejection) {
        guard let history = donor.history else {
            throw Rejection(
                "donor.no-history", "'\(donor.id)' was not asked about health and risks",
                help: "record the interview first: donor.record-history")
        }
        guard history.risks.isEmpty || !(riskAssessment?.isEmpty ?? true) else {
            let words = history.risks.map(\.rawValue).joined(separator: ", ")
            throw Rejection(
                "donor.risk-in-history", "the history of '\(donor.id)' shows: \(words)",
                help: "name the approved 'riskAssessment', or declare the donor ineligible")
        }
    }
}
