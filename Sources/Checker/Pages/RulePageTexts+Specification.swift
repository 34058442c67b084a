// Made from the comments of the rules: UPDATE_SNAPSHOTS=1 ./dev test Checker
extension RulePageTexts {
    static let specification = #"""
        === endotoxin-limit-computed
        An endotoxin limit above what the dose and the route allow.

        ## Why it matters

        The threshold dose is 5 EU per kilogram and hour, 0.2 EU per kilogram into the spinal fluid.
        Divided by the largest volume per kilogram and hour it gives the highest limit the product can
        have (K/M). A limit of 12.5 EU/mL is harmless in 20 mL and 18 times too high into the spinal
        fluid in the same volume.

        ## The arithmetic

        Limit ≤ K / M. K is 5 EU/kg in an hour, and 0.2 EU/kg into the spinal fluid or the brain. M is
        the largest volume per kilogram in an hour: the volume that is given, or the cells of the
        largest dose at the concentration of the product; divided by the lowest body weight for a dose
        that is the same for everyone (70 kg when none is given); divided by the shortest infusion
        time when that is longer than an hour. A limit per kilogram, or per dose (`EU`), is converted
        before it is compared.

        ## Limits

        No value is published for injection into the brain; that of the spinal fluid is used. For the
        eye the general value is used, which is not strict enough: set the limit by own data.

        ## Flagged

        ```yaml
        product:
          route: intrathecal
          dose: { target: 50e6 cells, volume: 2..5 mL }
        specifications:
          - id: release
            name: release
            applies-to: drug product
            tests: [{ name: endotoxin, class: safety, limit: "< 12.5 EU/mL" }]
        ```

        ## Accepted

        ```yaml
        product:
          route: intravenous
          dose: { target: 50e6 cells, volume: 10..28 mL }
        specifications:
          - id: release
            name: release
            applies-to: drug product
            tests: [{ name: endotoxin, class: safety, limit: "< 12.5 EU/mL" }]
        ```
        === mycoplasma-method
        An amplification test for mycoplasma that cannot replace culture.

        ## Why it matters

        Since April 2026 an amplification test stands on equal footing with culture in Ph. Eur. 2.6.7,
        when it detects 10 CFU/mL or less than 100 genome copies/mL, is validated in the matrix of the
        product, and looks at cells and supernatant together.

        ## Flagged

        ```yaml
        assays:
          - id: myco
            name: mycoplasma by PCR
            measures: mycoplasma
            principle: PCR
            detection-limit: 50 CFU/mL
            matrix-validated: yes
            sample: cells and supernatant
        specifications:
          - id: release
            name: release
            applies-to: drug product
            tests: [{ name: mycoplasma, class: safety, assay: myco, limit: not detected }]
        ```

        ## Accepted

        ```yaml
        assays:
          - id: myco
            name: mycoplasma by PCR
            measures: mycoplasma
            principle: PCR
            detection-limit: 10 CFU/mL
            matrix-validated: yes
            sample: cells and supernatant
        specifications:
          - id: release
            name: release
            applies-to: drug product
            tests: [{ name: mycoplasma, class: safety, assay: myco, limit: not detected }]
        ```
        === spec-bound-to-authorisation
        A specification version other than the authorised one.

        ## Why it matters

        A batch is released against the specification in the trial or marketing authorisation, and
        against no other.

        ## Flagged

        ```yaml
        specifications:
          - id: release
            name: release
            applies-to: drug product
            version: "4"
            authorised-version: "3"
        ```

        ## Accepted

        ```yaml
        specifications:
          - id: release
            name: release
            applies-to: drug product
            version: "4"
            authorised-version: "4"
        ```
        === spec-dose-viable
        A release specification that does not bound the number of viable cells.

        ## Why it matters

        A container with too few cells does not work, one with too many can harm. The number of viable
        cells per container has a low and a high limit.

        ## Flagged

        ```yaml
        specifications:
          - id: release
            name: release
            applies-to: drug product
            tests:
              - { name: viable cells in a vial, class: quantity, limit: ">= 45e6 cells" }
        ```

        ## Accepted

        ```yaml
        specifications:
          - id: release
            name: release
            applies-to: drug product
            tests:
              - { name: viable cells in a vial, class: quantity, limit: 45e6..60e6 cells }
        ```
        === spec-four-classes
        A release specification without tests for identity, purity, potency and safety.

        ## Why it matters

        The four classes answer four questions: is it the right cell, what else is in it, does it do
        what it should, can it harm. A product without one of them is released on trust.

        ## What counts

        Tests of the specifications of product and substance that have a limit in the phase. A result
        that is only reported decides nothing and does not count; except that potency may be reported
        until confirmatory trials, since its limit needs the data of the first ones.

        ## Flagged

        ```yaml
        specifications:
          - id: release
            name: release
            applies-to: drug product
            tests:
              - { name: CD105, class: identity, limit: ">= 95 %" }
              - { name: CD45, class: purity, limit: "<= 2 %" }
              - { name: inhibition of T cells, class: potency, limit: report }
              - { name: sterility, class: safety, limit: no growth }
        ```

        ## Accepted

        ```yaml
        specifications:
          - id: release
            name: release
            applies-to: drug product
            tests:
              - { name: CD105, class: identity, limit: ">= 95 %" }
              - { name: CD45, class: purity, limit: "<= 2 %" }
              - { name: inhibition of T cells, class: potency, limit: ">= 20 %" }
              - { name: sterility, class: safety, limit: no growth }
        ```
        === spec-genomic
        A release specification without a genomic test.

        ## Why it matters

        Expansion selects. At least one genomic method (karyotype, array, FISH or sequencing) looks at
        the product, with the population doublings at which the sample was taken.

        ## Flagged

        ```yaml
        specifications:
          - id: release
            name: release
            applies-to: drug product
            tests: [{ name: karyotype, class: safety, measures: karyotype, limit: normal }]
        ```

        ## Accepted

        ```yaml
        specifications:
          - id: release
            name: release
            applies-to: drug product
            tests:
              - { name: karyotype, class: safety, measures: karyotype, limit: normal, sampled-at: 18 PD }
        ```
        === spec-impurities
        Impurities and process residues without a limit or calculation.

        ## Why it matters

        Dead cells, other cell types and what the process leaves behind (enzymes, serum, beads,
        cryoprotectant, antibiotics) have a limit, a calculation of what a washing leaves, or a reason
        why neither is needed.

        ## What counts

        Serum, platelet lysate, enzymes, growth factors, antibodies, beads, antibiotics and small
        molecules that an operation or medium uses, unless they are excipients of the product. Each
        stands under `residue-of:` of a test with a limit, or of one with a `washout:` calculation.

        ## Flagged

        ```yaml
        materials:
          - { id: trypsin, name: recombinant trypsin, role: raw material, class: enzyme }
        specifications:
          - id: release
            name: release
            applies-to: drug product
            tests: [{ name: viability, class: quality, limit: ">= 80 %" }]
        ```

        ## Accepted

        ```yaml
        materials:
          - { id: trypsin, name: recombinant trypsin, role: raw material, class: enzyme }
        specifications:
          - id: release
            name: release
            applies-to: drug product
            tests:
              - name: residual trypsin
                class: purity
                limit: "<= 10 ng/mL"
                residue-of: [trypsin]
                washout: two washes of 1:20 leave a four-hundredth
        ```
        === spec-limit-justified
        A limit that rests on nothing but a society or a paper.

        ## Why it matters

        The ISCT criteria are recommendations for research. A specification is developed for one
        product, by one developer, on batches of that product. A justification names the data and the
        number of batches.

        ## What counts

        Own or clinical data, with the report and the number of batches. For safety tests the limit of
        a pharmacopoeia or a calculation stands by itself. Tests that are only reported have no limit
        to justify.

        ## Flagged

        ```yaml
        specifications:
          - id: release
            name: release
            applies-to: drug product
            tests:
              - name: CD105
                class: identity
                limit: ">= 95 %"
                justification: { basis: [society criterion] }
        ```

        ## Accepted

        ```yaml
        specifications:
          - id: release
            name: release
            applies-to: drug product
            tests:
              - name: CD105
                class: identity
                limit: ">= 95 %"
                justification: { basis: [own data, society criterion], data: DEV-0031, batches: 12 }
        ```
        === spec-msc-limit-values
        Marker limits that are wider than 95 % and 2 %, without own data.

        ## Why it matters

        The usual limits are 95 % for positive and 2 % for negative markers. They are no law, and one
        published product uses 80 %. Other limits stand on own batches.

        ## Flagged

        ```yaml
        product:
          cell-type: mesenchymal stromal cells
        specifications:
          - id: release
            name: release
            applies-to: drug product
            tests:
              - { name: positive markers, class: identity, positive: [CD73], limit: ">= 80 %" }
        ```

        ## Accepted

        ```yaml
        product:
          cell-type: mesenchymal stromal cells
        specifications:
          - id: release
            name: release
            applies-to: drug product
            tests:
              - name: positive markers
                class: identity
                positive: [CD73]
                limit: ">= 80 %"
                justification: { basis: [own data], data: DEV-0031, batches: 14 }
        ```
        === spec-msc-panel
        An MSC product whose panel leaves out markers of the ISCT.

        ## Why it matters

        The panel of 2006 names CD105, CD73 and CD90 as positive, and CD45, CD34, CD14 or CD11b, CD79a
        or CD19, and HLA-DR as negative. It makes products comparable; what limits apply is another
        question.

        ## What counts

        Markers under `positive:` and `negative:` of release tests with a limit; without them, the
        markers in the name of a test, on the side its limit lies. A marker that is only reported does
        not count and is named apart.

        ## Flagged

        ```yaml
        product:
          cell-type: mesenchymal stromal cells
        specifications:
          - id: release
            name: release
            applies-to: drug product
            tests:
              - name: positive markers
                class: identity
                positive: [CD105, CD73, CD90]
                limit: ">= 95 %"
              - name: negative markers
                class: purity
                negative: [CD45, CD34, HLA-DR]
                limit: "<= 2 %"
        ```

        ## Accepted

        ```yaml
        product:
          cell-type: mesenchymal stromal cells
        specifications:
          - id: release
            name: release
            applies-to: drug product
            tests:
              - name: positive markers
                class: identity
                positive: [CD105, CD73, CD90]
                limit: ">= 95 %"
              - name: negative markers
                class: purity
                negative: [CD45, CD34, CD14, CD19, HLA-DR]
                limit: "<= 2 %"
        ```
        === spec-psc-residual
        A pluripotent-derived product without a test for residual undifferentiated cells in every
        batch.

        ## Why it matters

        A few undifferentiated cells can form a teratoma. The test stands in the release
        specification, and what it can miss in a whole dose (its detection limit times the cells in a
        dose) is not more than the number shown to be safe.

        ## The arithmetic

        What a test can miss in a dose is its detection limit times the cells in the largest dose: a
        limit of one in a hundred thousand and a dose of a hundred million cells leave a thousand
        cells unseen. That number is compared with `safe-number:`, which comes from a tumorigenicity
        study of the product.

        ## Flagged

        ```yaml
        product:
          cell-source: embryonic stem cells
          dose: { target: 1e8 cells, range: 5e7..1e8 cells }
        assays:
          - id: flow
            name: OCT4 by flow cytometry
            measures: residual pluripotent cells
            detection-limit: 0.1 %
        specifications:
          - id: release
            name: release
            applies-to: drug product
            tests:
              - name: residual pluripotent cells
                class: purity
                assay: flow
                limit: "< 0.1 %"
                justification: { data: NC-0007, safe-number: 1e4 cells }
        ```

        ## Accepted

        ```yaml
        product:
          cell-source: embryonic stem cells
          dose: { target: 1e8 cells, range: 5e7..1e8 cells }
        assays:
          - id: lin28
            name: LIN28A by droplet PCR
            measures: residual pluripotent cells
            detection-limit: 0.001 %
        specifications:
          - id: release
            name: release
            applies-to: drug product
            tests:
              - name: residual pluripotent cells
                class: purity
                assay: lin28
                limit: "< 0.001 %"
                justification: { data: NC-0007, safe-number: 1e4 cells }
        ```
        === spec-safety-trio
        A release specification without sterility, mycoplasma or endotoxin.

        ## Why it matters

        The three tests are the least that is done for every cell product, since none of the three can
        be removed from living cells.

        ## Flagged

        ```yaml
        specifications:
          - id: release
            name: release
            applies-to: drug product
            tests:
              - { name: sterility, class: safety, limit: no growth }
              - { name: mycoplasma, class: safety, limit: not detected }
        ```

        ## Accepted

        ```yaml
        specifications:
          - id: release
            name: release
            applies-to: drug product
            tests:
              - { name: sterility, class: safety, limit: no growth }
              - { name: mycoplasma, class: safety, limit: not detected }
              - { name: endotoxin, class: safety, limit: "<= 5 EU/mL" }
        ```
        === spec-viability-morphology
        A release specification without viability or morphology, or with a low limit for viability.

        ## Why it matters

        Dead cells are an impurity and say that something went wrong. Seventy percent is the common
        floor; a lower limit is possible with a reason.

        ## Limits

        The floor of 70 % comes from the guidance of 2008 for somatic cell therapy, through tables
        that repeat it.

        ## Flagged

        ```yaml
        specifications:
          - id: release
            name: release
            applies-to: drug product
            tests:
              - { name: viability, class: quality, measures: viability, limit: ">= 60 %" }
              - { name: appearance, class: quality, measures: appearance, limit: "off-white, no clumps" }
        ```

        ## Accepted

        ```yaml
        specifications:
          - id: release
            name: release
            applies-to: drug product
            tests:
              - { name: viability, class: quality, measures: viability, limit: ">= 80 %" }
              - { name: appearance, class: quality, measures: appearance, limit: "off-white, no clumps" }
        ```
        === sterility-method-suited
        A sterility method that does not suit cells, or is not shown to.

        ## Why it matters

        Ph. Eur. 2.6.1 takes fourteen days and large volumes. 2.6.27 exists for cell products where it
        cannot be done; a rapid method has to be validated. Either way the method is shown to work
        with the product, and with any antibiotic in it.

        ## Flagged

        ```yaml
        assays:
          - id: ster
            name: sterility by BacT/ALERT
            measures: sterility
            compendial: Ph. Eur. 2.6.27
            suitability: VAL-0011
        specifications:
          - id: release
            name: release
            applies-to: drug product
            tests: [{ name: sterility, class: safety, assay: ster, limit: no growth }]
        ```

        ## Accepted

        ```yaml
        assays:
          - id: ster
            name: sterility by BacT/ALERT
            measures: sterility
            compendial: Ph. Eur. 2.6.27
            compendial-reason: the batch has 20 mL, and cells cloud the direct inoculation
            suitability: VAL-0011
        specifications:
          - id: release
            name: release
            applies-to: drug product
            tests: [{ name: sterility, class: safety, assay: ster, limit: no growth }]
        ```
        === sterility-sample-plan
        A sterility sample that is too small or taken at one point.

        ## Why it matters

        The volume and the containers follow from the size of the batch, and samples are taken at the
        beginning, at the end and after interventions.

        ## Limits

        The volumes are those given for Ph. Eur. 2.6.27: one percent of a batch of 10 mL or more, 0.1
        mL of one between 1 and 10 mL. The table itself was not read. Below 1 mL a surrogate is
        tested, which the rule does not judge.

        ## Flagged

        ```yaml
        specifications:
          - id: release
            name: release
            applies-to: drug product
            sampling: { sterility-volume: 1 mL, batch-volume: 200 mL, sterility-points: [begin, end] }
            tests: [{ name: sterility, class: safety, limit: no growth }]
        ```

        ## Accepted

        ```yaml
        specifications:
          - id: release
            name: release
            applies-to: drug product
            sampling: { sterility-volume: 2 mL, batch-volume: 200 mL, sterility-points: [begin, end] }
            tests: [{ name: sterility, class: safety, limit: no growth }]
        ```
        """#
}
