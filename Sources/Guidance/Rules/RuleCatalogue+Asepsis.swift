/// The rules on aseptic process simulation and people.
extension RuleCatalogue {
    static let aps = """
        id | severity | waivable | confirmed | enforced | in | statement | basis
        aps-initial-three | info error error error | no | confirmed | definition site | any
            | Three consecutive successful simulations before first use and after significant change
            | Annex 1 9.38; Annex 2A 5.19(b); Zhang & Stacey 2022, section 4
        aps-six-monthly | info error error error | no | partly: threshold is a setting | definition
            site | any
            | Simulation repeated about every six months per process and shift
            | Annex 1 9.38; Annex 2A 5.19(b)
        aps-infrequent | info error error error | yes | confirmed | site | any
            | Production gap 6-12 months: result before next batch; longer: three simulations with
              all operators
            | Annex 2A 5.19(b)-(c); EU GMP Part IV (2017) 10.3
        aps-operator | info error error error | no | confirmed | definition site | any
            | Operator took part in a successful simulation in the last 12 months; manual process:
              three at start, then every six months
            | Annex 1 9.38-9.39, 7.4
        aps-zero-growth | error error error error | no | confirmed | site | any
            | Any contaminated unit fails the simulation
            | Annex 1 9.46
        aps-coverage | info error error error | yes | confirmed | definition site | any
            | Simulation covers every open aseptic step, worst-case time and interventions
            | Annex 1 9.33-9.36; Zhang & Stacey 2022, section 4
        aps-units | info error error error | no | confirmed | definition site | any
            | Units simulated at least equal a small batch and are reconciled
            | Annex 1 9.40, 9.47
        aps-failure-handled | error error error error | no | confirmed | site | any
            | After a failure: batches since last pass reviewed, later ones quarantined, three
              repeats pass before resuming
            | Annex 1 9.46
        """

    static let personnel = """
        id | severity | waivable | confirmed | enforced | in | statement | basis
        training-current | warning error error error | no | partly: cited text not read | site | any
            | Operator trained and qualified for the instruction version executed
            | PIC/S Part I 2; Annex 16 1.7.12; 21 CFR 211.25; Zhang & Stacey 2022, section 4;
              Mebarki et al. 2021, quality control
        gowning-annual | info error error error | no | confirmed | definition site | any
            | Gowning assessed at least yearly with visual and microbial checks
            | Annex 1 7.4
        production-qc-separate | info error error error | no | confirmed | site | any
            | Different people are responsible for production and quality control of a batch
            | Annex 13 3.3
        """
}
