/// The rules on change, nonclinical work, transfer, dose and trials.
extension RuleCatalogue {
    static let comparability = """
        id | severity | waivable | confirmed | enforced | in | statement | basis
        comparability-before-use | info warning error error | yes | confirmed | definition site |
            any
            | A change to process, site, bank or critical material has a completed comparability
              exercise before clinical or market use
            | ICH Q5E; FDA comparability draft Jul 2023; Zhang & Stacey 2022, section 6; Mebarki et
              al. 2021, quality control
        comparability-equivalence | info warning error error | yes | partly: threshold is a setting
            | definition site | any
            | Equivalence margins set before testing and met
            | ICH Q5E; Zhang & Stacey 2022, section 6
        """

    static let change = """
        id | severity | waivable | confirmed | enforced | in | statement | basis
        change-controlled | warning error error error | no | confirmed | site | any
            | Changes are assessed, approved and checked for effect
            | Annex 15 11; ICH Q10; ICH Q12
        """

    static let nonclinical = """
        id | severity | waivable | confirmed | enforced | in | statement | basis
        nonclinical-lot-representative | info warning error error | yes | confirmed | definition |
            any
            | Nonclinical study lot is from the clinical process version or bridged
            | Zhang & Stacey 2022, section 6
        nonclinical-tumorigenicity | warning error error error | yes | partly: cited text not read |
            definition | any
            | PSC-derived and long-cultured products have a tumorigenicity strategy
            | EMA/CAT/571134/2009; ICH Q5D 2.3.4; Mebarki et al. 2021, clinical applications
        """

    static let techTransfer = """
        id | severity | waivable | confirmed | enforced | in | statement | basis
        tt-stage-gate | info warning warning error | yes | confirmed | definition site | any
            | Stage n+1 opens only when every item of stage n has evidence
            | Zhang & Stacey 2022, section 6, Table 1
        tt-hands-on | warning warning warning info | yes | confirmed | definition site | any
            | Hands-on run at the receiving site before stage 1 closes
            | Zhang & Stacey 2022, section 7, Table 1
        tt-gap-actions | warning warning error info | yes | confirmed | definition site | any
            | Every gap has owner, date and closure
            | Zhang & Stacey 2022, section 7, Abstract, Table 1
        tt-data-integrity | warning warning error info | yes | confirmed | definition site | any
            | Inherited data sets have a data-integrity score and located raw data
            | Zhang & Stacey 2022, section 6, Table 1; ALCOA+
        tt-method-transfer | info warning error error | yes | confirmed | definition site | any
            | Test methods transferred with protocol, limits and comparison
            | PIC/S Part I 6.37-6.39; Zhang & Stacey 2022, Table 1
        """

    static let dose = """
        id | severity | waivable | confirmed | enforced | in | statement | basis
        dose-within-precedent | info warning warning info | yes | confirmed | definition | any
            | Dose outside the published range for the same route and basis is flagged
            | Mebarki et al. 2021, clinical applications; Mebarki et al. 2021, Table 1
        """

    static let trial = """
        id | severity | waivable | confirmed | enforced | in | statement | basis
        dose-arms-sum | error error error error | no | confirmed | definition | any
            | Arm sizes sum to the cohort
            | Mebarki et al. 2021, Table 1
        followup-plan | info error error error | yes | partly: cited text not read | definition site
            | any
            | Safety and efficacy follow-up plan covers the hazards
            | EMEA/149995/2008; Reg 1394/2007 Art. 14; Mebarki et al. 2021, clinical applications
        """
}
