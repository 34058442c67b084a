// Made from the comments of the rules: UPDATE_SNAPSHOTS=1 ./dev test Checker
extension RulePageTexts {
    static let process = #"""
        === aseptic-validated-first
        Aseptic steps, sterilisation or virus removal that are not validated before use in humans.

        ## Why it matters

        Process validation can wait for later phases; what protects the patient from infection cannot.

        ## Flagged

        ```yaml
        process:
          validation: { aseptic: planned, sterilisation: validated, virus-removal: not needed }
        ```

        ## Accepted

        ```yaml
        process:
          validation: { aseptic: validated, sterilisation: validated, virus-removal: not needed }
        ```
        === closed-background-floor
        A closed step in a background below what its integrity supports.

        ## Why it matters

        Closed culture in disposable kits, bags or flasks may be in grade C. Grade D needs evidence
        that the system stays integral through the whole use, connections included. An unclassified
        room is not enough.

        ## Flagged

        ```yaml
        facility:
          rooms: [{ id: bioreactors, name: bioreactor hall, grade: D }]
        process:
          stages:
            - id: a
              name: expansion
              phase: expansion
              operations: [{ id: p1, kind: culture, state: closed, room: bioreactors }]
        ```

        ## Accepted

        ```yaml
        facility:
          rooms: [{ id: bioreactors, name: bioreactor hall, grade: D }]
        process:
          stages:
            - id: a
              name: expansion
              phase: expansion
              operations:
                - id: p1
                  kind: culture
                  state: closed
                  room: bioreactors
                  integrity: { evidence: VAL-0077, whole-use: yes }
        ```
        === closed-system-check
        A closed step without checks of its connections and integrity.

        ## Why it matters

        A closed system is closed as long as its connections hold. They are checked before use, and
        single-use sets are integrity-tested at a justified frequency.

        ## Flagged

        ```yaml
        process:
          stages:
            - id: a
              name: expansion
              phase: expansion
              operations:
                - { id: p1, kind: culture, state: closed, integrity: { evidence: VAL-0077 } }
        ```

        ## Accepted

        ```yaml
        process:
          stages:
            - id: a
              name: expansion
              phase: expansion
              operations:
                - id: p1
                  kind: culture
                  state: closed
                  integrity:
                    evidence: VAL-0077
                    connection-check: yes
                    test-frequency: each lot of kits
        ```
        === cqa-covered
        A critical quality attribute that nothing controls.

        ## Why it matters

        An attribute is controlled by a parameter, an in-process control, a material or a release
        test. One that is controlled by none is a wish.

        ## Flagged

        ```yaml
        product:
          quality-attributes:
            - { id: viability, name: viability, critical: yes }
        ```

        ## Accepted

        ```yaml
        product:
          quality-attributes:
            - { id: viability, name: viability, critical: yes }
        specifications:
          - id: release
            name: release
            applies-to: drug product
            tests:
              - { name: viability, class: quality, attribute: viability, limit: ">= 80 %" }
        ```
        === critical-parameter-range
        A critical parameter whose ranges are missing or do not nest.

        ## Why it matters

        The target lies inside the normal operating range, and that inside the proven acceptable
        range. Without the three, nobody can tell drift from deviation from failure.

        ## Flagged

        ```yaml
        process:
          stages:
            - id: a
              name: expansion
              phase: expansion
              operations:
                - id: p1
                  kind: culture
                  parameters:
                    - name: seeding density
                      target: 3000 cells/cm2
                      criticality: CPP
                      normal: 2500..3500 cells/cm2
                      proven: 2800..5000 cells/cm2
        ```

        ## Accepted

        ```yaml
        process:
          stages:
            - id: a
              name: expansion
              phase: expansion
              operations:
                - id: p1
                  kind: culture
                  parameters:
                    - name: seeding density
                      target: 3000 cells/cm2
                      criticality: CPP
                      normal: 2500..3500 cells/cm2
                      proven: 2000..5000 cells/cm2
        ```
        === lower-background-waiver
        A background below grade B without its two justifications.

        ## Why it matters

        A lower background is possible in two cases. The first is a closed system with an approved
        quality risk assessment. The second is an exception for a life-threatening disease without
        alternative, which the authority has approved and which the sponsor then improves.

        ## What counts

        A closed or functionally closed operation names its approved assessment under
        `risk-assessment:`. An isolator in the background that Annex 1 4.20 gives it needs none. The
        exception for an open operation is a waiver of this rule or of `open-step-grade-a` with
        `authority-approved: yes` and `no-alternative: yes`, on a valid assessment, for a product with
        `life-threatening: yes`.

        ## Flagged

        ```yaml
        facility:
          rooms: [{ id: cell-room, name: cell processing, grade: C }]
        process:
          stages:
            - id: a
              name: expansion
              phase: expansion
              operations: [{ id: p1, kind: culture, state: closed, room: cell-room }]
        ```

        ## Accepted

        ```yaml
        facility:
          rooms: [{ id: cell-room, name: cell processing, grade: C }]
        process:
          stages:
            - id: a
              name: expansion
              phase: expansion
              operations:
                - { id: p1, kind: culture, state: closed, room: cell-room, risk-assessment: RA-2 }
        risks:
          assessments:
            - id: RA-2
              title: closed culture in grade C
              approved: 2026-03-01
              approved-by: quality
              review-due: 2027-03-01
        ```
        === open-step-grade-a
        Open handling of product outside grade A in a grade B background.

        ## Why it matters

        Living cells cannot be sterilised by filtration or heat. What enters while the product is open
        stays in it, so open handling needs grade A air, and the room around it grade B. An isolator
        may stand in a lower grade: an open one in C, a closed one in D.

        ## What counts

        The grade at the product is that of the operation (`local-grade:`) or of the cabinet or
        isolator it names. The grade around it is that of its room. An open isolator may stand in
        grade C, a closed one in D (Annex 1 4.20). Operations under tissue law and operations before a
        step that inactivates microbes are not meant. An exception that an authority approved for a
        life-threatening disease (Annex 2A 3.12) is written as a waiver with `authority-approved: yes`
        and `no-alternative: yes`; it reaches the background, never grade A at the product.

        ## Flagged

        ```yaml
        facility:
          rooms: [{ id: cell-room, name: cell processing, grade: C }]
          equipment: [{ id: bsc, kind: biosafety cabinet, grade: A, room: cell-room }]
        process:
          stages:
            - id: a
              name: expansion
              phase: expansion
              operations:
                - { id: harvest, kind: harvest, state: open, room: cell-room, equipment: [bsc] }
        ```

        ## Accepted

        ```yaml
        facility:
          rooms: [{ id: cell-room, name: cell processing, grade: C }]
          equipment: [{ id: isolator, kind: open isolator, grade: A, room: cell-room }]
        process:
          stages:
            - id: a
              name: expansion
              phase: expansion
              operations:
                - { id: harvest, kind: harvest, state: open, room: cell-room, equipment: [isolator] }
        ```
        === parameter-classified
        A process parameter without criticality or evidence.

        ## Why it matters

        Whether a parameter is critical, key or neither decides how tightly it is controlled and what
        a deviation means. The decision rests on evidence: a study, a risk assessment, a paper.

        ## Flagged

        ```yaml
        process:
          stages:
            - id: a
              name: expansion
              phase: expansion
              operations:
                - id: p1
                  kind: culture
                  parameters: [{ name: seeding density, target: 3000 cells/cm2 }]
        ```

        ## Accepted

        ```yaml
        process:
          stages:
            - id: a
              name: expansion
              phase: expansion
              operations:
                - id: p1
                  kind: culture
                  parameters:
                    - name: seeding density
                      target: 3000 cells/cm2
                      criticality: CPP
                      evidence: [DOE-0003]
        ```
        === parameter-ill-defined
        A step that passage number, morphology or confluency alone controls.

        ## Why it matters

        Zhang & Stacey name these three as ill-defined: they give different results between
        laboratories and people. Population doublings, an image metric or cells per area say the same
        thing in numbers.

        ## What counts

        Parameters and in-process controls are taken together. Confluency that is measured by image
        analysis (`method:`) is a number like any other and counts as well defined.

        ## Flagged

        ```yaml
        process:
          stages:
            - id: a
              name: expansion
              phase: expansion
              operations:
                - id: p1
                  kind: culture
                  parameters: [{ name: confluency at harvest, target: 80 % }]
        ```

        ## Accepted

        ```yaml
        process:
          stages:
            - id: a
              name: expansion
              phase: expansion
              operations:
                - id: p1
                  kind: culture
                  parameters:
                    - { name: confluency at harvest, target: 80 % }
                    - { name: cells per area at harvest, target: 27000 cells/cm2 }
        ```
        === parameter-quantified
        A control parameter without a number and a unit.

        ## Why it matters

        "Confluent" means seventy percent to one operator and ninety to the next. A parameter is
        numeric, with unit and method; where that is impossible, reference images and a measured
        agreement between scorers (kappa of 0.7 or more) take the place of the number.

        ## What counts

        A number has a unit, "%" included. A measured parameter says how it is measured. Words are
        accepted with reference images and an agreement between scorers (Cohen's kappa) of 0.7 or
        more; that threshold is a setting.

        ## Flagged

        ```yaml
        process:
          stages:
            - id: a
              name: expansion
              phase: expansion
              operations:
                - id: p1
                  kind: culture
                  parameters: [{ name: state of the culture, target: nearly confluent }]
        ```

        ## Accepted

        ```yaml
        process:
          stages:
            - id: a
              name: expansion
              phase: expansion
              operations:
                - id: p1
                  kind: culture
                  parameters:
                    - { name: cells per area, target: 27000 cells/cm2, kind: measured, method: image cytometry }
        ```
        === pdl-limit-set
        A process without a limit for population doublings, or a limit without data behind it.

        ## Why it matters

        Cells age and change with each doubling. Passages count something else in every laboratory;
        cumulative population doublings do not. The limit is set, and genomic and phenotype data exist
        at or beyond it.

        ## Flagged

        ```yaml
        process:
          maximum-pdl: { limit: 30 PD, genomic-data-to: 22 PD, phenotype-data-to: 30 PD }
        ```

        ## Accepted

        ```yaml
        process:
          maximum-pdl: { limit: 20 PD, genomic-data-to: 22 PD, phenotype-data-to: 30 PD }
        ```
        === process-batch-definition
        A process that does not say what a batch is.

        ## Why it matters

        Release, recall and traceability all speak of batches. Whether donors or harvests are pooled
        decides how far an infection spreads; pooling of donors needs a justification and an
        assessment of the infectious risk.

        ## Flagged

        ```yaml
        process:
          batch: all containers filled from one harvest
          pooling: { donors: 4, justification: evens out the response of donors }
        ```

        ## Accepted

        ```yaml
        process:
          batch: all containers filled from one harvest
          pooling:
            donors: 4
            justification: evens out the response of donors
            infectious-risk: RA-0014
        ```
        === process-three-phases
        A process that lacks one of its three phases.

        ## Why it matters

        A cell medicine is made in three phases: seed stock, expansion or differentiation, and
        formulation with storage. A phase that is not described is a phase that is not controlled.

        ## What counts

        A phase is there when one of its stages has operations. For the seed stock, a bank that the
        definition describes and that an operation takes vials from is enough.

        ## Flagged

        ```yaml
        process:
          stages:
            - { id: a, name: bank, phase: seed, operations: [{ id: thaw, kind: thaw }] }
            - { id: b, name: expansion, phase: expansion, operations: [{ id: p1, kind: culture }] }
        ```

        ## Accepted

        ```yaml
        process:
          stages:
            - { id: a, name: bank, phase: seed, operations: [{ id: thaw, kind: thaw }] }
            - { id: b, name: expansion, phase: expansion, operations: [{ id: p1, kind: culture }] }
            - { id: c, name: fill, phase: formulation and storage, operations: [{ id: f, kind: fill }] }
        ```
        === process-validation-batches
        Commercial supply on a process that is not validated.

        ## Why it matters

        Three consecutive batches, or another number with its reason, at the commercial site and scale
        show that the process does what it should.

        ## Flagged

        ```yaml
        process:
          validation: { process: validated, consecutive-batches: 2, protocol: VP-0008 }
        ```

        ## Accepted

        ```yaml
        process:
          validation: { process: validated, consecutive-batches: 3, protocol: VP-0008 }
        ```
        === scale-meets-demand
        A planned scale that does not meet demand.

        ## Why it matters

        Batches per year, doses per batch and the success rate have to reach the demand. A process
        that cannot supply its trial, or its market, is found too late when the calculation is made
        after the comparability exercise.

        ## What counts

        Batches per year times doses per batch times the share of batches that are released, against
        patients per year times administrations. Each is the expected value; `seedlot plan` looks at
        their spread.

        ## Flagged

        ```yaml
        planning:
          batches-per-year: 12
          doses-per-batch: 20
          success-rate: 90 %
          demand: { patients: 150 patients/year, administrations: 2 }
        ```

        ## Accepted

        ```yaml
        planning:
          batches-per-year: 20
          doses-per-batch: 20
          success-rate: 90 %
          demand: { patients: 150 patients/year, administrations: 2 }
        ```
        === stage-has-ipc
        A stage of differentiation or an expansion harvest without an in-process control.

        ## Why it matters

        In a process of weeks, a failed stage that is found at release has cost everything after it.
        Each stage has at least one control with a limit that decides, and an action that says what
        happens when it is missed.

        ## What counts

        A control whose action is only to report decides nothing. For an expansion, the controls of
        the operations since the harvest before it count for a harvest.

        ## Flagged

        ```yaml
        process:
          stages:
            - id: b
              name: floor-plate induction
              phase: differentiation
              operations: [{ id: d0, kind: differentiate }]
        ```

        ## Accepted

        ```yaml
        process:
          stages:
            - id: b
              name: floor-plate induction
              phase: differentiation
              operations:
                - id: d0
                  kind: differentiate
                  controls:
                    - { id: ipc-1, name: OCT4-positive cells, limit: "< 1 %", action: reject }
        ```
        === step-state-declared
        A step that does not say whether it is open or closed.

        ## Why it matters

        Everything about the environment of a step depends on it: the grade, the clothing, the
        simulation.

        ## Flagged

        ```yaml
        process:
          stages:
            - { id: a, name: expansion, phase: expansion, operations: [{ id: p1, kind: passage }] }
        ```

        ## Accepted

        ```yaml
        process:
          stages:
            - id: a
              name: expansion
              phase: expansion
              operations: [{ id: p1, kind: passage, state: open }]
        ```
        === validation-prerequisites
        Validation batches on equipment or suppliers that are not qualified.

        ## Why it matters

        A validation shows something only when everything under it is known: equipment qualified,
        suppliers approved.

        ## Flagged

        ```yaml
        facility:
          equipment: [{ id: centrifuge, kind: centrifuge, qualified: no }]
        process:
          stages:
            - id: a
              name: expansion
              phase: expansion
              operations: [{ id: wash, kind: wash, equipment: [centrifuge] }]
          validation: { process: planned }
        ```

        ## Accepted

        ```yaml
        facility:
          equipment: [{ id: centrifuge, kind: centrifuge, qualified: yes }]
        process:
          stages:
            - id: a
              name: expansion
              phase: expansion
              operations: [{ id: wash, kind: wash, equipment: [centrifuge] }]
          validation: { process: planned }
        ```
        """#
}
