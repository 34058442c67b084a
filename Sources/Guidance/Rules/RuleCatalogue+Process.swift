/// The rules on the design and validation of the process.
extension RuleCatalogue {
    static let process = """
        id | severity | waivable | confirmed | enforced | in | statement | basis
        process-three-phases | warning error error error | no | confirmed | definition | any
            | Process has seed, expansion/differentiation and formulation/storage phases
            | Zhang & Stacey 2022, section 3
        process-batch-definition | warning error error error | no | confirmed | definition | any
            | What makes a batch, and any pooling, is written down
            | Annex 2A 4.2, 5.3; CTD 3.2.S.2.2
        step-state-declared | warning error error error | no | confirmed | definition | any
            | Each step declares open, functionally closed or closed
            | Annex 1 8.127-8.130; Zhang & Stacey 2022, section 4
        open-step-grade-a | warning error error error | no | confirmed | definition | any
            | Open manipulation of product is in Grade A with Grade B background
            | Annex 2A 3.11; Annex 1 4.4; EU GMP Part IV (2017) 9.5; Zhang & Stacey 2022, section 4
        lower-background-waiver | warning error error error | no | confirmed | definition | any
            | Background under B needs a closed system and an approved QRM, or a
              life-threatening-only exception approved by the authority
            | Annex 2A 3.12-3.13; Annex 1 8.130; Zhang & Stacey 2022, section 4
        closed-background-floor | info warning error error | yes | confirmed | definition | any
            | Closed culture in disposable kits, bags, flasks: C; D only if integrity is shown
              through the whole use
            | Annex 2A 3.13(a)-(b); Annex 1 8.130
        closed-system-check | info warning error error | yes | confirmed | definition site | any
            | Closed kit connections verified before use, integrity test at set frequency
            | Annex 2A 5.7-5.8
        parameter-classified | info warning error error | yes | confirmed | definition | any
            | Every parameter is critical, key or non-critical with evidence
            | ICH Q8(R2); Annex 15 5.7; Zhang & Stacey 2022, section 3
        critical-parameter-range | info warning error error | yes | confirmed | definition | any
            | Every critical parameter has setpoint, normal and proven range
            | ICH Q8(R2); ICH Q11; Zhang & Stacey 2022, section 3, Table 1
        parameter-quantified | info warning error error | yes | partly: threshold is a setting |
            definition | any
            | A control parameter is numeric with unit and method; qualitative ones have a reference
              set and scorer agreement
            | Zhang & Stacey 2022, section 6; ICH Q14
        parameter-ill-defined | warning warning error error | yes | confirmed | definition | any
            | Passage number, morphology or confluency alone does not control a step
            | Zhang & Stacey 2022, section 6; Mebarki et al. 2021, manufacturing
        stage-has-ipc | warning error error error | yes | confirmed | definition | any
            | Each differentiation stage and each expansion harvest has an in-process control with a
              decision limit
            | Zhang & Stacey 2022, section 3; Annex 2A 6.1
        ipc-decision-kept | warning error error error | no | partly: cited text not read | site |
            any
            | A failed in-process control stops, holds or is justified before the next step
            | Annex 2A 6.1; 21 CFR 211.110; Zhang & Stacey 2022, section 3
        cqa-covered | info warning error error | no | confirmed | definition | any
            | Each CQA is controlled by a parameter, IPC, material control or release test
            | ICH Q8(R2); ICH Q11; Zhang & Stacey 2022, section 2, Table 1
        pdl-limit-set | warning error error error | yes | confirmed | definition | any
            | Maximum cumulative population doublings is set and supported by stability data
            | Annex 2A 5.31; ICH Q5D 2.3.3; Mebarki et al. 2021, manufacturing, definition
        scale-meets-demand | info info warning warning | yes | confirmed | definition | any
            | Doses per batch and batches per year meet demand
            | Zhang & Stacey 2022, sections 2 and 2b
        scale-parity | info warning error error | yes | confirmed | site | any
            | A change of vessel or scale is shown comparable on CQAs
            | ICH Q5E; Zhang & Stacey 2022, section 2b; Mebarki et al. 2021, manufacturing
        aseptic-validated-first | info error error error | no | confirmed | definition | any
            | Aseptic, sterilisation and virus-removal steps validated before any human use
            | Annex 2A 5.19(a); EU GMP Part IV (2017) 10.3; Zhang & Stacey 2022, section 4
        process-validation-batches | none info warning error | yes | confirmed | definition site |
            any
            | Process validation complete before commercial supply; three consecutive batches or a
              justified number
            | Annex 15 5.19-5.20; FDA announcement 11 Jan 2026 (no fixed three lots); Zhang & Stacey
              2022, Table 1
        validation-prerequisites | none info error error | yes | confirmed | definition site | any
            | Equipment qualified, methods validated, suppliers qualified before validation batches
            | Annex 15 5.9, 5.12
        capability-reported | none info warning warning | yes | partly: threshold is a setting |
            site | any
            | Capability or tolerance interval reported for each release CQA
            | Zhang & Stacey 2022, section 3, Table 1; Annex 15 5.31
        """
}
