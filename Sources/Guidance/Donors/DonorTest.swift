/// One thing that is tested in, or asked of, the donation of tissue and cells.
public struct DonorTest: Identifiable, Sendable {
    /// A short name that definitions and records use: "anti-HIV-1,2", "HBsAg", "HIV NAT".
    public let id: String
    /// Where it applies.
    public let jurisdiction: Jurisdiction
    /// The agent or the topic.
    public let agent: String
    /// When the test is needed.
    public let need: Need
    /// What the result has to be, with its exceptions.
    public let outcome: String
    /// What is tested, and whose.
    public let specimen: String
    /// The clause it stands in.
    public let clause: String
    /// Whether its source was read.
    public let confirmation: Confirmation

    /// When a test is needed.
    public enum Need: String, CaseIterable, Sendable {
        /// For every donor.
        case always
        /// When donor, partner or parents come from an area of high prevalence.
        case highPrevalence = "high prevalence"
        /// When the tissue is rich in viable leukocytes.
        case leukocyteRich = "leukocyte-rich"
        /// When the history of donor or tissue asks for it.
        case byHistory = "by history"
        /// Instead of testing the donor again after the donation.
        case insteadOfRetest = "instead of retest"
    }

    /// Every test, regime by regime.
    public static let all = FactTable.trusted("donor tests", table).rows.map(DonorTest.init)

    /// The tests that `jurisdiction` needs for a donor, in the order of its text; empty where
    /// Guidance holds no list of that jurisdiction.
    /// - Parameters:
    ///   - leukocyteRich: whether the tissue counts as rich in viable leukocytes; for cord tissue
    ///     that is a decision of the sponsor, to be recorded (21 CFR 1271.85(b)).
    ///   - highPrevalence: whether donor, partner or parents come from an area where HTLV-I is
    ///     frequent (Dir 2006/17/EC Annex II 1.2).
    public static func required(
        in jurisdiction: Jurisdiction, leukocyteRich: Bool = false, highPrevalence: Bool = false
    ) -> [DonorTest] {
        all.filter {
            guard $0.jurisdiction == jurisdiction else { return false }
            switch $0.need {
            case .always: return true
            case .leukocyteRich: return leukocyteRich
            case .highPrevalence: return highPrevalence
            case .byHistory, .insteadOfRetest: return false
            }
        }
    }

    init(_ row: FactTable.Row) {
        id = row["id"]
        jurisdiction = row.member("in")
        agent = row["agent"]
        need = row.member("need")
        outcome = row["outcome"]
        specimen = row["specimen"]
        clause = row["clause"]
        confirmation = Confirmation(reading: row["confirmed"])
    }

    private static let table = """
        id | in | agent | need | outcome | specimen | clause | confirmed
        anti-HIV-1,2 | EU | HIV 1 and 2 | always | negative | serum or plasma
            | Dir 2006/17/EC Annex II 1.1 | confirmed
        HBsAg | EU | hepatitis B | always | negative | serum or plasma
            | Dir 2006/17/EC Annex II 1.1 | confirmed
        anti-HBc | EU | hepatitis B | always | negative; positive with HBsAg negative is
            investigated and risk-assessed | serum or plasma
            | Dir 2006/17/EC Annex II 1.1, 1.3 | confirmed
        anti-HCV | EU | hepatitis C | always | negative | serum or plasma
            | Dir 2006/17/EC Annex II 1.1 | confirmed
        syphilis | EU | Treponema pallidum | always | non-reactive, or non-specific reactive with a
            non-reactive treponemal test; treponemal reactive is risk-assessed | serum or plasma
            | Dir 2006/17/EC Annex II 1.4 | confirmed
        anti-HTLV-I | EU | HTLV-I | high prevalence | negative | serum or plasma
            | Dir 2006/17/EC Annex II 1.2 (Dir 2012/39/EU) | confirmed
        HIV NAT | EU | HIV | instead of retest | not detected | donation sample
            | Dir 2006/17/EC Annex II 2.6 | confirmed
        HBV NAT | EU | hepatitis B | instead of retest | not detected | donation sample
            | Dir 2006/17/EC Annex II 2.6 | confirmed
        HCV NAT | EU | hepatitis C | instead of retest | not detected | donation sample
            | Dir 2006/17/EC Annex II 2.6 | confirmed
        history | EU | RhD, HLA, malaria, CMV, toxoplasma, EBV, T. cruzi | by history | by risk
            | serum or plasma | Dir 2006/17/EC Annex II 1.5 | confirmed
        anti-HIV-1 | US | HIV-1 | always | non-reactive | donor, or birth mother
            | 21 CFR 1271.85(a) | confirmed
        anti-HIV-2 | US | HIV-2 | always | non-reactive | donor, or birth mother
            | 21 CFR 1271.85(a) | confirmed
        HIV NAT | US | HIV-1 | always | non-reactive | donor, or birth mother
            | 21 CFR 1271.85(a); FDA page on donor tests | confirmed
        HBsAg | US | hepatitis B | always | non-reactive | donor, or birth mother
            | 21 CFR 1271.85(a) | confirmed
        anti-HBc | US | hepatitis B, IgG and IgM | always | non-reactive | donor, or birth mother
            | 21 CFR 1271.85(a) | confirmed
        HBV NAT | US | hepatitis B | by history | non-reactive | donor, or birth mother
            | FDA page on donor tests | unconfirmed: named by later guidance
        anti-HCV | US | hepatitis C | always | non-reactive | donor, or birth mother
            | 21 CFR 1271.85(a) | confirmed
        HCV NAT | US | hepatitis C | always | non-reactive | donor, or birth mother
            | 21 CFR 1271.85(a); FDA page on donor tests | confirmed
        syphilis | US | Treponema pallidum | always | non-reactive | donor, or birth mother
            | 21 CFR 1271.85(a) | confirmed
        anti-HTLV-I/II | US | HTLV-I/II | leukocyte-rich | non-reactive | donor, or birth mother
            | 21 CFR 1271.85(b), 1271.75(b) | partly: that further tests exist is read, the list is
            not
        anti-CMV | US | CMV, total antibody | leukocyte-rich | recorded; a procedure for reactive
            results | donor, or birth mother | 21 CFR 1271.85(b)
            | partly: that further tests exist is read, the list is not
        """
}
