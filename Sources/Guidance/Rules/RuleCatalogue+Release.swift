/// The rules on release, potency and analytical methods.
extension RuleCatalogue {
    static let release = """
        id | severity | waivable | confirmed | enforced | in | statement | basis
        release-all-pass | none error error error | no | confirmed | site | any
            | Certified only when all authorised release tests pass, or two-stage release is
              authorised
            | Annex 2A 6.10, 6.14; Annex 16 1.7.13
        release-two-stage-close | none error error error | no | confirmed | site | EU
            | Second-stage results evaluated; OOS triggers the clinical alert procedure
            | Annex 2A 6.14(c); Annex 1 10.7
        release-by-qp | none error error error | no | confirmed | site | EU
            | Only a person in the QP/authorised-person role certifies, by electronic signature
            | Annex 11 15; Annex 16 1; Mebarki et al. 2021, quality control
        release-points | none error error error | no | confirmed | site | EU
            | The certification points 1.7.1-1.7.21 are answered yes
            | Annex 16 1.6-1.7
        release-turnaround | warning warning error error | yes | confirmed | definition | any
            | Release test turnaround fits the shelf life or the hold time
            | Zhang & Stacey 2022, section 5; Annex 2A 6.14
        oos-supply | none error error error | no | confirmed | site | EU
            | OOS product is supplied only on written physician request, for immediate significant
              hazard, with risk evaluation and notifications
            | EU GMP Part IV (2017) 11.53-11.54; EMA Q&A on out-of-specification batches rev.1 Feb
              2026; Annex 2A 6.11-6.13
        label-content | none error error error | no | confirmed | site | EU
            | Label carries the ATMP particulars
            | Reg 1394/2007 Annex III
        label-autologous | none error error error | no | confirmed | site | any
            | Autologous product: unique patient identifier and for-autologous-use-only statement
            | Annex 2A 5.5; Reg 1394/2007 Annex III-IV
        label-cold-legible | none warning error error | yes | confirmed | site | any
            | Label and container closure proven at storage temperature when at or below -60 C
            | Annex 2A 5.11; Annex 1 8.22-8.25
        """

    static let potency = """
        id | severity | waivable | confirmed | enforced | in | statement | basis
        potency-functional | info warning error error | yes | confirmed | definition | any
            | At least one functional potency assay tied to the mode of action
            | Zhang & Stacey 2022, section 2c; Mebarki et al. 2021, quality control; ICH Q6B; FDA
              potency draft Dec 2023
        potency-not-identity | warning warning error error | no | confirmed | definition | any
            | Potency does not rest on an identity marker or viability alone
            | Zhang & Stacey 2022, sections 2c and 5
        potency-pathways-covered | info warning error error | yes | confirmed | definition | any
            | Every MoA pathway marked relevant has an assay
            | Zhang & Stacey 2022, section 5; Mebarki et al. 2021, mode of action
        potency-candidates | info warning info info | yes | confirmed | definition | any
            | At least two candidate assays evaluated before the first trial
            | Zhang & Stacey 2022, section 5
        potency-reference | info warning error error | yes | confirmed | definition site | any
            | Relative potency against a stable reference lot with system suitability
            | Zhang & Stacey 2022, section 2c; USP <1032>-<1034>
        potency-lot-outcome | none info warning warning | yes | partly: threshold is a setting |
            site | any
            | Lot potency is analysed against patient outcome when trial data exist
            | Zhang & Stacey 2022, section 5; Mebarki et al. 2021, conclusion; FDA briefing on
              remestemcel-L 2020
        potency-surrogate | info warning error error | yes | partly: threshold is a setting |
            definition site | any
            | A surrogate marker has a shown relation to the functional assay
            | Zhang & Stacey 2022, section 5
        msc-priming-assay | info info warning warning | yes | confirmed | definition | any
            | Immunomodulatory MSC: response after IFN-gamma (and TNF-alpha) priming measured
            | ISCT 2013 (Krampera); Mebarki et al. 2021, quality control
        """

    static let analytics = """
        id | severity | waivable | confirmed | enforced | in | statement | basis
        orthogonal-methods | info info warning warning | yes | confirmed | definition | any
            | A critical CQA has two methods with different principle
            | Zhang & Stacey 2022, section 5
        method-lod-fit | warning error error error | no | confirmed | definition | any
            | Method detection limit is at or below the limit it controls
            | Zhang & Stacey 2022, section 3; ICH Q2(R2)
        method-validated-by-phase | info warning error error | no | partly: cited text not read |
            definition | any
            | Safety methods suitable or validated at first use in humans; all validated for
              confirmatory data and MA
            | ICH Q2(R2); ICH Q14; EMA/CAT/22473/2025; FDA announcement 11 Jan 2026 (flexible CMC)
        method-validation-design | info info warning error | yes | partly: 5 confirmed, 9
            unconfirmed | definition | any
            | Validation data meet the minimum design
            | ICH Q2(R2)
        method-distribution-kept | info info warning warning | yes | partly: threshold is a setting
            | definition site | any
            | Single-cell or replicate distribution stored, not only the mean
            | Zhang & Stacey 2022, section 6
        """
}
