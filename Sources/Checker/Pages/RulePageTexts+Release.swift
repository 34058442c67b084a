// Made from the comments of the rules: UPDATE_SNAPSHOTS=1 ./dev test Checker
extension RulePageTexts {
    static let release = #"""
        === method-distribution-kept
        A method of which only the mean is kept.

        ## Why it matters

        Averages hide the cells that matter: the few that are undifferentiated, the half that is dead.
        Single-cell distributions or replicates are stored.

        ## What counts

        Assays that count cells one by one or measure potency; three replicates or a stored
        distribution.

        ## Flagged

        ```yaml
        assays:
          - { id: flow, name: panel, measures: surface markers, replicates: 1 }
        ```

        ## Accepted

        ```yaml
        assays:
          - { id: flow, name: panel, measures: surface markers, keeps-distribution: yes }
        ```
        === method-lod-fit
        A method that cannot see what it is meant to limit.

        ## Why it matters

        A limit below the detection limit of its method is passed by every batch. The detection limit
        is at or below the limit, and spike recovery in the product shows it.

        ## Flagged

        ```yaml
        assays:
          - id: bsa
            name: residual BSA by ELISA
            measures: residual protein
            detection-limit: 50 ng/mL
            spike-recovery: VAL-0019
        specifications:
          - id: release
            name: release
            applies-to: drug product
            tests: [{ name: residual BSA, class: purity, assay: bsa, limit: "< 10 ng/mL" }]
        ```

        ## Accepted

        ```yaml
        assays:
          - id: bsa
            name: residual BSA by ELISA
            measures: residual protein
            detection-limit: 2 ng/mL
            spike-recovery: VAL-0019
        specifications:
          - id: release
            name: release
            applies-to: drug product
            tests: [{ name: residual BSA, class: purity, assay: bsa, limit: "< 10 ng/mL" }]
        ```
        === method-validated-by-phase
        A method that is not as far validated as the phase needs.

        ## Why it matters

        Sterility, mycoplasma and endotoxin protect the first patient and are validated for the first
        trial; other methods are suitable then and validated before confirmatory data are made.

        ## Flagged

        ```yaml
        assays:
          - { id: count, name: viable count, measures: cell count, validation: suitable }
        specifications:
          - id: release
            name: release
            applies-to: drug product
            tests: [{ name: viable cells, class: quantity, assay: count, limit: 45e6..60e6 cells }]
        ```

        ## Accepted

        ```yaml
        assays:
          - { id: count, name: viable count, measures: cell count, validation: validated }
        specifications:
          - id: release
            name: release
            applies-to: drug product
            tests: [{ name: viable cells, class: quantity, assay: count, limit: 45e6..60e6 cells }]
        ```
        === method-validation-design
        A validation with too few levels, determinations or days.

        ## Why it matters

        ICH Q2(R2) asks for at least five levels for linearity, nine determinations for repeatability,
        and a range that covers the specification. Intermediate precision over less than two days is
        none.

        ## Limits

        The five levels were read; the nine determinations and the two days were not. Methods of a
        pharmacopoeia are verified instead and not judged here.

        ## Flagged

        ```yaml
        assays:
          - id: count
            name: viable count
            measures: cell count
            validation: validated
            validation-data: { linearity-levels: 3, repeatability-determinations: 9, intermediate-days: 2 }
        ```

        ## Accepted

        ```yaml
        assays:
          - id: count
            name: viable count
            measures: cell count
            validation: validated
            validation-data: { linearity-levels: 5, repeatability-determinations: 9, intermediate-days: 2 }
        ```
        === msc-priming-assay
        An immunomodulatory MSC product that is not tested under inflammatory priming.

        ## Why it matters

        MSC suppress immune cells after they were licensed by interferon gamma, with or without TNF
        alpha. A potency assay without priming measures a state that the cells do not have in the
        patient.

        ## Flagged

        ```yaml
        product:
          cell-type: mesenchymal stromal cells
          classification: { actions: [immunological] }
        assays:
          - { id: kyn, name: kynurenine, measures: enzyme induction, kind: functional }
        ```

        ## Accepted

        ```yaml
        product:
          cell-type: mesenchymal stromal cells
          classification: { actions: [immunological] }
        assays:
          - { id: kyn, name: kynurenine, measures: enzyme induction, kind: functional, primed: yes }
        ```
        === orthogonal-methods
        A critical quality attribute that rests on one measuring principle.

        ## Why it matters

        One principle has one blind spot. Two methods of different principle find what either misses;
        for identity and activity together this is what Zhang & Stacey advise.

        ## What counts

        Critical attributes of identity, purity, potency and quality. Safety and quantity are left
        out: compendial tests stand by themselves, and a count is a count.

        ## Flagged

        ```yaml
        product:
          quality-attributes: [{ id: phenotype, name: phenotype, class: identity, critical: yes }]
        assays:
          - id: flow
            name: panel
            measures: surface markers
            principle: flow cytometry
            attribute: [phenotype]
        ```

        ## Accepted

        ```yaml
        product:
          quality-attributes: [{ id: phenotype, name: phenotype, class: identity, critical: yes }]
        assays:
          - id: flow
            name: panel
            measures: surface markers
            principle: flow cytometry
            attribute: [phenotype]
          - id: qpcr
            name: lineage transcripts
            measures: gene expression
            principle: quantitative PCR
            attribute: [phenotype]
        ```
        === potency-candidates
        Fewer than two candidate assays for potency before the first trial.

        ## Why it matters

        Potency assays fail often, and late. Several are tried while it is cheap, so that one of them
        survives.

        ## Flagged

        ```yaml
        assays:
          - { id: kyn, name: kynurenine, measures: enzyme induction, kind: functional, pathways: [ido] }
        ```

        ## Accepted

        ```yaml
        assays:
          - { id: kyn, name: kynurenine, measures: enzyme induction, kind: functional, pathways: [ido] }
          - { id: mlr, name: T-cell inhibition, measures: T-cell proliferation, pathways: [ido] }
        ```
        === potency-functional
        No functional potency assay that is tied to the mode of action.

        ## Why it matters

        A potency assay measures what the cells do, not what they look like. Quantitative tests of one
        biological activity, tied to a recorded pathway, are what authorities expect.

        ## Flagged

        ```yaml
        product:
          mode-of-action: [{ id: ido, pathway: tryptophan depletion by IDO, evidence: in vitro }]
        assays:
          - { id: flow, name: CD274 by flow, measures: surface markers, kind: surrogate, pathways: [ido] }
        ```

        ## Accepted

        ```yaml
        product:
          mode-of-action: [{ id: ido, pathway: tryptophan depletion by IDO, evidence: in vitro }]
        assays:
          - { id: kyn, name: kynurenine, measures: enzyme induction, kind: functional, pathways: [ido] }
        ```
        === potency-not-identity
        Potency that rests on an identity marker or on viability.

        ## Why it matters

        A marker says that the cell is the right one; it does not say that it works. Viability says
        that it is alive. Where such a measure is to stand for potency, its correlation with clinical
        effect has to be shown.

        ## What counts

        A potency test of viability, or one whose analytes are all markers of identity: those of
        identity tests and of their assays. `clinical-correlation:` of the assay answers for both.

        ## Flagged

        ```yaml
        assays:
          - { id: flow, name: CD73 by flow, measures: surface markers, analytes: [CD73] }
        specifications:
          - id: release
            name: release
            applies-to: drug product
            tests:
              - { name: phenotype, class: identity, positive: [CD73, CD90], limit: ">= 95 %" }
              - { name: CD73 density, class: potency, assay: flow, limit: ">= 80 %" }
        ```

        ## Accepted

        ```yaml
        assays:
          - { id: kyn, name: kynurenine, measures: enzyme induction, analytes: [kynurenine] }
        specifications:
          - id: release
            name: release
            applies-to: drug product
            tests:
              - { name: phenotype, class: identity, positive: [CD73, CD90], limit: ">= 95 %" }
              - { name: IDO activity, class: potency, assay: kyn, limit: ">= 2 fold" }
        ```
        === potency-pathways-covered
        A relevant pathway of the mode of action without an assay.

        ## Why it matters

        Mesenchymal cells act through several pathways. Those that matter for the indication are
        named, and each of them is measured by something.

        ## Flagged

        ```yaml
        product:
          mode-of-action:
            - { id: ido, pathway: tryptophan depletion by IDO, evidence: in vitro }
            - { id: pge2, pathway: prostaglandin E2, evidence: in vitro }
        assays:
          - { id: kyn, name: kynurenine, measures: enzyme induction, kind: functional, pathways: [ido] }
        ```

        ## Accepted

        ```yaml
        product:
          mode-of-action:
            - { id: ido, pathway: tryptophan depletion by IDO, evidence: in vitro }
            - { id: pge2, pathway: prostaglandin E2, evidence: in vitro, relevant: no }
        assays:
          - { id: kyn, name: kynurenine, measures: enzyme induction, kind: functional, pathways: [ido] }
        ```
        === potency-reference
        A potency assay without a reference lot.

        ## Why it matters

        Biological responses drift from day to day. Potency is measured relative to a stable reference
        lot, with parallel curves and a control that stays within limits.

        ## Flagged

        ```yaml
        assays:
          - { id: kyn, name: kynurenine, measures: enzyme induction, kind: functional }
        specifications:
          - id: release
            name: release
            applies-to: drug product
            tests: [{ name: IDO activity, class: potency, assay: kyn, limit: ">= 2 fold" }]
        ```

        ## Accepted

        ```yaml
        assays:
          - id: kyn
            name: kynurenine
            measures: enzyme induction
            kind: functional
            reference-standard: { name: reference bank R1, unit: relative potency }
            system-suitability: [parallel curves, control between 0.8 and 1.25]
        specifications:
          - id: release
            name: release
            applies-to: drug product
            tests: [{ name: IDO activity, class: potency, assay: kyn, limit: ">= 2 fold" }]
        ```
        === potency-surrogate
        A surrogate marker whose relation to function was not shown.

        ## Why it matters

        A surrogate is quick, and only as good as its correlation with the functional assay: at least
        five lots, with a confidence interval that stays above the limit that was set.

        ## Limits

        Five lots and a lower confidence bound of 0.5 are settings.

        ## Flagged

        ```yaml
        assays:
          - { id: mlr, name: T-cell inhibition, measures: T-cell proliferation, kind: functional }
          - id: pdl1
            name: CD274 by flow
            measures: surface markers
            kind: surrogate
            surrogate-for: mlr
            correlation: { lots: 4, r: 0.8, lower: 0.1 }
        ```

        ## Accepted

        ```yaml
        assays:
          - { id: mlr, name: T-cell inhibition, measures: T-cell proliferation, kind: functional }
          - id: pdl1
            name: CD274 by flow
            measures: surface markers
            kind: surrogate
            surrogate-for: mlr
            correlation: { lots: 16, r: 0.9, lower: 0.73 }
        ```
        === release-turnaround
        A release test that takes longer than the product can wait.

        ## Why it matters

        A fresh product is given before a fourteen-day sterility test ends, and months of animal work
        are no release test at all. A result has to come within the shelf life or hold, or a two-stage
        release is authorised, or the test belongs to characterisation.

        ## What counts

        Release tests of the drug product whose assay says how long a result takes, against the shelf
        life. With an authorised two-stage release, a test of the second stage may take longer. Tests
        of characterisation are not meant.

        ## Flagged

        ```yaml
        product:
          shelf-life: { claim: 72 h }
        assays:
          - { id: ster, name: sterility by culture, measures: sterility, turnaround: 14 d }
        specifications:
          - id: release
            name: release
            applies-to: drug product
            tests: [{ name: sterility, class: safety, assay: ster, limit: no growth }]
        ```

        ## Accepted

        ```yaml
        product:
          shelf-life: { claim: 72 h }
        assays:
          - { id: ster, name: sterility by culture, measures: sterility, turnaround: 14 d }
        specifications:
          - id: release
            name: release
            applies-to: drug product
            two-stage-release: trial authorisation 2026-01
            tests:
              - { name: sterility, class: safety, assay: ster, limit: no growth, second-stage: yes }
        ```
        """#
}
