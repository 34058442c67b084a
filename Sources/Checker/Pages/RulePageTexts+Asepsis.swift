// Made from the comments of the rules: UPDATE_SNAPSHOTS=1 ./dev test Checker
extension RulePageTexts {
    static let asepsis = #"""
        === aps-coverage
        A simulation that leaves out open aseptic steps.

        ## Why it matters

        The simulation imitates every aseptic step at its worst: longest time, all interventions, all
        connections. A step that was left out is not validated.

        ## Flagged

        ```yaml
        facility:
          process-simulation: { covers: [harvest], interventions: [change of a pipette] }
        process:
          stages:
            - id: a
              name: expansion
              phase: expansion
              operations:
                - { id: harvest, kind: harvest, state: open }
                - { id: fill, kind: fill, state: open }
        ```

        ## Accepted

        ```yaml
        facility:
          process-simulation: { covers: [harvest, fill], interventions: [change of a pipette] }
        process:
          stages:
            - id: a
              name: expansion
              phase: expansion
              operations:
                - { id: harvest, kind: harvest, state: open }
                - { id: fill, kind: fill, state: open }
        ```
        === aps-initial-three
        A process without three initial aseptic process simulations.

        ## Why it matters

        Three consecutive successful simulations, over all shifts, come before first use and again
        after a significant change.

        ## Flagged

        ```yaml
        facility:
          process-simulation: { initial-runs: 1 }
        ```

        ## Accepted

        ```yaml
        facility:
          process-simulation: { initial-runs: 3 }
        ```
        === aps-operator
        Operators who need not take part in a simulation.

        ## Why it matters

        Each operator takes part in a successful simulation at least once a year; in manual filling
        three times at the start and about every six months.

        ## Flagged

        ```yaml
        facility:
          process-simulation: { manual-filling: yes, operator-interval: 12 months }
        ```

        ## Accepted

        ```yaml
        facility:
          process-simulation: { manual-filling: yes, operator-interval: 6 months }
        ```
        === aps-six-monthly
        A simulation programme with a longer interval than six months.

        ## Why it matters

        The simulation is repeated about every six months for each process, line and shift.

        ## Limits

        "About six months" is read as at most seven; the month of tolerance is a setting.

        ## Flagged

        ```yaml
        facility:
          process-simulation: { initial-runs: 3, interval: 12 months }
        ```

        ## Accepted

        ```yaml
        facility:
          process-simulation: { initial-runs: 3, interval: 6 months }
        ```
        === aps-units
        A simulation of fewer units than a batch.

        ## Why it matters

        For small batches the number of units simulated at least equals the number filled.

        ## Flagged

        ```yaml
        facility:
          process-simulation: { units: 20 }
        process:
          stages:
            - id: c
              name: fill
              phase: formulation and storage
              operations:
                - id: fill
                  kind: fill
                  outputs: [{ name: vials, kind: drug product, count: 45 }]
        ```

        ## Accepted

        ```yaml
        facility:
          process-simulation: { units: 60 }
        process:
          stages:
            - id: c
              name: fill
              phase: formulation and storage
              operations:
                - id: fill
                  kind: fill
                  outputs: [{ name: vials, kind: drug product, count: 45 }]
        ```
        === gowning-annual
        Gowning that is not assessed every year.

        ## Why it matters

        People are the main source of contamination. Gowning is assessed visually and by
        microbiological samples, at the start and at least every year.

        ## Flagged

        ```yaml
        facility:
          rooms: [{ id: fill, name: filling, grade: B }]
          gowning: { requalification: 24 months }
        ```

        ## Accepted

        ```yaml
        facility:
          rooms: [{ id: fill, name: filling, grade: B }]
          gowning: { requalification: 12 months }
        ```
        """#
}
