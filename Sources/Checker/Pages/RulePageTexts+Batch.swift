// Made from the comments of the rules: UPDATE_SNAPSHOTS=1 ./dev test Checker
extension RulePageTexts {
    static let batch = #"""
        === batch-version-authorised
        A process version other than the authorised one.

        ## Why it matters

        What is made for patients follows the process that the authority approved. A definition that
        moved on describes a batch that may not be made.

        ## Flagged

        ```yaml
        process:
          version: "2.1"
          authorised-version: "2.0"
        ```

        ## Accepted

        ```yaml
        process:
          version: "2.1"
          authorised-version: "2.1"
        ```
        === critical-entry-checked
        A critical value that is entered by hand and that nobody checks.

        ## Why it matters

        A digit typed wrong looks like a good value. Critical data entered by hand have a second
        check, by another person or by validated means.

        ## What counts

        Critical parameters that are measured by hand: those without equipment that records them. The
        second check stands at the parameter or at its operation.

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
                  parameters: [{ name: seeding density, target: 3000 cells/cm2, criticality: CPP }]
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
                  second-check: yes
                  parameters: [{ name: seeding density, target: 3000 cells/cm2, criticality: CPP }]
        ```
        === freeze-thaw-limit
        A process that freezes cells more often than was validated.

        ## Why it matters

        Every freeze and thaw selects. The number of cycles in the life of a product, from donation to
        patient, stays within what was shown.

        ## What counts

        Freezing operations of the whole process, in their order: a lineage passes through all of
        them. A process with side branches is counted too high; give the validated number for the
        longest lineage.

        ## Flagged

        ```yaml
        process:
          maximum-freeze-thaw: 1
          stages:
            - id: a
              name: banking
              phase: seed
              operations: [{ id: freeze-bank, kind: freeze }]
            - id: b
              name: fill
              phase: formulation and storage
              operations: [{ id: freeze-product, kind: freeze }]
        ```

        ## Accepted

        ```yaml
        process:
          maximum-freeze-thaw: 2
          stages:
            - id: a
              name: banking
              phase: seed
              operations: [{ id: freeze-bank, kind: freeze }]
            - id: b
              name: fill
              phase: formulation and storage
              operations: [{ id: freeze-product, kind: freeze }]
        ```
        === hold-time-kept
        A hold without a validated longest time.

        ## Why it matters

        Cells in suspension lose viability by the hour. A hold has a longest time, and the time is
        validated.

        ## Flagged

        ```yaml
        process:
          stages:
            - id: c
              name: fill
              phase: formulation and storage
              operations:
                - id: fill
                  kind: fill
                  holds: [{ name: pooled cells, maximum: 4 h }]
        ```

        ## Accepted

        ```yaml
        process:
          stages:
            - id: c
              name: fill
              phase: formulation and storage
              operations:
                - id: fill
                  kind: fill
                  holds: [{ name: pooled cells, maximum: 4 h, evidence: VAL-0044 }]
        ```
        === line-clearance
        An operation that begins without line clearance.

        ## Why it matters

        What the operation before left behind is mixed up with what comes. Clearance is recorded
        before containers are opened, filled or labelled.

        ## What counts

        Operations in which containers of the product, or of another one, could be taken for each
        other: thaw, formulation, filling and labelling.

        ## Flagged

        ```yaml
        process:
          stages:
            - id: c
              name: fill
              phase: formulation and storage
              operations: [{ id: fill, kind: fill }]
        ```

        ## Accepted

        ```yaml
        process:
          stages:
            - id: c
              name: fill
              phase: formulation and storage
              operations: [{ id: fill, kind: fill, line-clearance: yes }]
        ```
        """#
}
