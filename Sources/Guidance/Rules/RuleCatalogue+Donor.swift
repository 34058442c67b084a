/// The rules on donation, procurement and testing.
extension RuleCatalogue {
    static let donor = """
        id | severity | waivable | confirmed | enforced | in | statement | basis
        donor-consent | error error error error | no | unconfirmed: article number | definition site
            | EU
            | Informed consent recorded before procurement and covering allogeneic medicinal,
              commercial and genomic use
            | Dir 2004/23/EC Art. 13; ISCBI 2015; Zhang & Stacey 2022, section 3; Mebarki et al.
              2021, manufacturing
        donor-eu-panel-complete | warning error error error | no | confirmed | definition site | EU
            | All mandatory EU donor tests have a result
            | Dir 2006/17/EC Annex II 1.1; Mebarki et al. 2021, manufacturing
        donor-eu-panel-negative | error error error error | no | confirmed | site | EU
            | Donor is eligible only with non-reactive results outside the written exceptions
            | Dir 2006/17/EC Annex II 1.1, 1.3, 1.4; Mebarki et al. 2021, manufacturing
        donor-htlv | warning error error error | no | confirmed | definition site | EU
            | HTLV-I antibody done when donor, partner or parents come from a high-prevalence area
            | Dir 2006/17/EC Annex II 1.2 (2012/39/EU)
        donor-eu-sample-timing | warning error error error | no | partly: 30 d window unconfirmed |
            definition site | EU
            | Living-donor blood sample taken at donation or within 7 days after (up to 30 days
              before only inside the repeat-testing regime)
            | Dir 2006/17/EC Annex II 2.5
        donor-repeat-or-nat | warning error error error | no | partly: 180 d unconfirmed |
            definition site | EU
            | Stored allogeneic tissue: NAT for HIV, HBV, HCV on the donation sample, or repeat test
              after 180 days, or validated inactivation
            | Dir 2006/17/EC Annex II 2.5-2.6
        donor-lab-authorised | warning error error error | no | confirmed | definition site | EU
            | Testing laboratory authorised and kit CE-marked where appropriate
            | Dir 2006/17/EC Annex II 2.1
        donor-us-panel | warning error error error | no | partly: cited text not read | definition
            site | US
            | US route: HIV-1/2, HBV, HCV (serology and NAT), T. pallidum; HTLV and CMV if
              leukocyte-rich
            | 21 CFR 1271.80, 1271.85; FDA page on donor tests
        donor-us-timing | warning error error error | no | confirmed | definition site | US
            | US route: specimen within 7 days before or after recovery
            | 21 CFR 1271.80(b)
        donor-us-birth-mother | warning error error error | no | confirmed | definition site | US
            | US route: for a donor aged 1 month or less the specimen comes from the birth mother
            | 21 CFR 1271.80(a); Mebarki et al. 2021, manufacturing
        donor-quarantine-until-eligible | error error error error | no | confirmed | definition site
            | any
            | Tissue stays in quarantine until donor eligibility is determined
            | 21 CFR 1271.60; Annex 2A 5.29(e)
        procurement-site-authorised | warning error error error | no | confirmed | definition site |
            EU
            | Maternity and tissue establishment authorised on the donation date
            | Dir 2004/23/EC Art. 5-6; Annex 2A 5.29(a); Mebarki et al. 2021, manufacturing
        procurement-agreement | warning error error error | no | confirmed | definition site | any
            | Written agreement covers results, traceability and later donor health information
            | Annex 2A 5.27, 5.29(f)-(g); EU GMP Part IV (2017) 7
        cord-transport-limits | warning error error error | yes | confirmed | definition site | any
            | Cord arrives inside validated time and temperature
            | Annex 2A 5.29(g); Mebarki et al. 2021, manufacturing
        donation-identifier-format | warning error error error | no | confirmed | definition site |
            EU
            | Donation identification sequence has country, establishment and unique donation number
            | Dir 2006/86/EC Annex VII, Annex II part E 1(g), Art. 10b
        sec-format | info warning error error | no | confirmed | site | EU
            | Where a Single European Code applies it is 40 characters with valid fields
            | Dir 2006/86/EC Annex VII, Art. 10b
        donor-lookback-complete | warning error error error | no | confirmed | site | any
            | From a donor the system returns every stock, batch and recipient
            | Annex 2A 4.5-4.6, 8.1; Reg 1394/2007 Art. 15; Mebarki et al. 2021, quality control
        donor-share-alert | info info warning warning | yes | partly: threshold is a setting |
            definition site | any
            | Share of released doses from one donor stays under the set limit
            | Mebarki et al. 2021, manufacturing, abstract, conclusion; EMEA/CHMP/410869/2006
        soho-rule-set-date | info info warning warning | no | confirmed | definition site | EU
            | Donations from 7 Aug 2027 are checked with the SoHO rule set
            | Reg (EU) 2024/1938
        """
}
