/// The rules on cell lines and cell banks.
extension RuleCatalogue {
    static let cellLine = """
        id | severity | waivable | confirmed | enforced | in | statement | basis
        line-history-complete | warning error error error | no | confirmed | definition | any
            | Line history from donor to current passage is unbroken
            | ICH Q5D 2.1; ISCBI 2015; Zhang & Stacey 2022, Table 1
        line-external-due-diligence | warning error error error | no | confirmed | definition | any
            | External line has closed due-diligence with consent, licence, tests
            | Zhang & Stacey 2022, section 3; ISCBI 2015
        line-identity-str | error error error error | no | confirmed | definition site | any
            | STR profile of line and each bank equals the donor or parent profile
            | ICH Q5D 2.3.1; ISCBI 2015; CiRA iPSC stock tests, PMC6717959 Table 2; Zhang & Stacey
              2022, Table 1
        line-reprogramming-clear | warning error error error | yes | confirmed | definition | any
            | iPSC line: reprogramming method recorded and vector absent
            | CiRA iPSC stock tests, PMC6717959 Table 2; published specification PS-6; ISCBI 2015;
              Zhang & Stacey 2022, section 3
        """

    static let bank = """
        id | severity | waivable | confirmed | enforced | in | statement | basis
        bank-two-tier | info warning error error | yes | confirmed | definition | any
            | PSC product has an MCB and a WCB derived from it
            | ICH Q5D 2.2.1; Annex 2A 5.30; Zhang & Stacey 2022, section 3
        bank-own | info warning error error | yes | confirmed | definition | any
            | Developer made and tested its own MCB and WCB
            | Zhang & Stacey 2022, section 3
        bank-released-before-use | warning error error error | no | confirmed | site | any
            | Batch starts only from a released, tested bank vial
            | Annex 2A 5.33; Zhang & Stacey 2022, section 3
        bank-matrix-complete | warning warning error error | no | partly: cited text not read |
            definition | any
            | Every test required by the matrix for this bank type has a passing result
            | ICH Q5D 2.3; ICH Q5A(R2); ISCBI 2015; Zhang & Stacey 2022, section 3, Table 1
        bank-microbiology | warning error error error | no | confirmed | definition site | any
            | Bank is sterile and free of mycoplasma
            | ICH Q5D 2.3.2; Ph. Eur. 2.6.1, 2.6.7; CiRA iPSC stock tests, PMC6717959 Table 2
        bank-post-thaw | warning warning error error | yes | confirmed | definition site | any
            | Bank vial recovers to the set viability, cell number and doubling time
            | ICH Q5D 2.2.2; CiRA iPSC stock tests, PMC6717959 Table 2
        bank-karyotype | warning error error error | yes | partly: number unconfirmed | definition
            site | any
            | Karyotype of the bank is normal on the set number of metaphases
            | ICH Q5D 2.3.4; Zhang & Stacey 2022, section 3; Mebarki et al. 2021, quality control
        bank-recurrent-loci | warning error error error | yes | partly: cited text not read |
            definition site | any
            | PSC bank: targeted test of 20q11.21, 1q, 12p, 17q shows no gain
            | ISCBI 2015; Front Cell Dev Biol 2025, 1599923; ISSCR standards; Zhang & Stacey 2022,
              section 3
        bank-pluripotency | warning warning error error | yes | confirmed | definition site | any
            | PSC bank: undifferentiated markers and trilineage differentiation meet limits
            | ISCBI 2015; CiRA iPSC stock tests, PMC6717959 Table 2; Zhang & Stacey 2022, section 3
        bank-gmp-made | info error error error | yes | confirmed | definition site | any
            | MCB and WCB made under GMP with no other culture in the area
            | Annex 2A 5.32; Zhang & Stacey 2022, Table 1
        bank-split-storage | info warning warning error | yes | confirmed | definition site | any
            | Bank is stored in at least two places, sealed, in vapour phase
            | Annex 2A 5.34, 5.37
        bank-storage-monitored | warning error error error | no | confirmed | definition site | any
            | Temperature and nitrogen level monitored continuously, excursions handled
            | Annex 2A 5.36
        bank-vial-not-returned | error error error error | no | confirmed | site | any
            | A vial taken out does not go back
            | Annex 2A 5.38
        bank-depletion | info info warning warning | yes | partly: threshold is a setting |
            definition site | any
            | Remaining bank covers planned production
            | Zhang & Stacey 2022, section 3
        bank-end-of-production | info warning error error | yes | partly: cited text not read |
            definition | any
            | Cells at or beyond the limit age tested for identity, karyotype, viruses, phenotype
            | ICH Q5A(R2); ICH Q5D 2.3.3; Zhang & Stacey 2022, section 3; Mebarki et al. 2021,
              definition
        msc-stock-change | info warning error error | no | confirmed | site | any
            | Changing donor stock goes through a validated comparability protocol
            | Annex 2A 5.35; Mebarki et al. 2021, abstract, conclusion
        """
}
