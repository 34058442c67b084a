/// The rules on materials.
extension RuleCatalogue {
    static let material = """
        id | severity | waivable | confirmed | enforced | in | statement | basis
        material-origin-complete | warning error error error | no | confirmed | definition | any
            | Biological material has origin species, country, supplier, preparation
            | Zhang & Stacey 2022, section 2a; Annex 2A 4.1; CTD 3.2.S.2.3
        material-risk-profile | warning error error error | no | confirmed | definition | any
            | Each material has a risk profile low/medium/high with mitigation for high
            | Annex 2A 5.23(e); ICH Q9(R1); Zhang & Stacey 2022, section 2a
        material-tse | warning error error error | no | confirmed | definition | any
            | Ruminant-derived or -exposed material has a CEP or TSE assessment
            | EMA/410/01 rev.3 = Ph. Eur. 5.2.8; Annex 16 1.7.10; Mebarki et al. 2021, manufacturing
        material-viral-safety | warning error error error | no | partly: cited text not read |
            definition | any
            | Human- or animal-derived material has virus testing or inactivation evidence
            | ICH Q5A(R2); Ph. Eur. 5.2.12; Annex 2A 5.1, 5.23(c); Zhang & Stacey 2022, section 2a;
              Mebarki et al. 2021, manufacturing
        material-platelet-lysate | info warning error error | yes | unconfirmed: cited texts not
            read | definition | any
            | Platelet lysate pool: donor count, donor tests and pathogen reduction or justification
            | Mebarki et al. 2021, manufacturing; Ph. Eur. 5.2.12; FDA 2024 human- and
              animal-derived materials draft
        material-xenogeneic | info warning error error | yes | partly: cited text not read |
            definition | any
            | Xenogeneic component justified, with residual limit in the product
            | Mebarki et al. 2021, manufacturing; Ph. Eur. 5.2.12
        material-grade | info warning error error | yes | partly: cited text not read | definition |
            any
            | Critical raw material is GMP or pharmacopoeial grade, enzymes included
            | Mebarki et al. 2021, manufacturing; Ph. Eur. 5.2.12; USP <1043> (tiers 1-4); EU GMP
              Part IV (2017) 7.2
        material-5212-conformity | info warning warning error | yes | confirmed | definition | any
            | Conformity with Ph. Eur. 5.2.12 stated or its absence justified
            | Ph. Eur. 5.2.12; Mebarki et al. 2021, manufacturing
        material-antibiotic | warning error error error | yes | partly: beta-lactam point
            unconfirmed | definition | any
            | Antibiotic in the process is removed, tested for residue, shown not to mask sterility
              tests; no beta-lactam
            | Annex 2A 5.4; Zhang & Stacey 2022, section 4
        material-released-at-use | warning error error error | no | confirmed | site | any
            | Material lot is released and in date when used; conditional use is linked to batch
              release
            | Annex 2A 5.21; Zhang & Stacey 2022, section 2a
        material-coa | warning error error error | no | confirmed | site | any
            | Every lot has a certificate checked against specification
            | Annex 1 2.5 v; Annex 16 1.7.6; Zhang & Stacey 2022, section 2a
        material-lot-qualification | info warning error error | yes | partly: threshold is a setting
            | definition site | any
            | New lot of a critical growth component passes a side-by-side growth and phenotype test
            | Zhang & Stacey 2022, section 2a; Mebarki et al. 2021, manufacturing
        material-single-source | info info warning warning | yes | confirmed | definition | any
            | Sole-sourced critical material has a second-source or stock plan
            | Zhang & Stacey 2022, section 2a
        supplier-audit-interval | info warning error error | yes | confirmed | definition site | any
            | Supplier of a critical material audited inside its interval
            | Annex 2A 5.22; Annex 16 1.7.3; Zhang & Stacey 2022, Table 1
        quality-agreement | info warning error error | yes | confirmed | definition site | any
            | Quality agreement in place with supplier of critical material and each contractor
            | Annex 2A 5.28; Annex 16 1.7.18
        single-use-leachables | info warning error error | yes | confirmed | definition | any
            | Single-use product-contact part has extractables and leachables assessment and
              integrity acceptance
            | Annex 1 8.132-8.138; Annex 2A 3.15
        material-sterile-for-aseptic | error error error error | no | confirmed | definition site |
            any
            | Anything added in an aseptic step is sterile at the point of addition
            | Annex 1 8.11; Zhang & Stacey 2022, section 4
        """
}
