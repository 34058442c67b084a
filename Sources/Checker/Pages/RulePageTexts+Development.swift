// Made from the comments of the rules: UPDATE_SNAPSHOTS=1 ./dev test Checker
extension RulePageTexts {
    static let development = #"""
        === comparability-before-use
        A change without a completed comparability exercise.

        ## Why it matters

        After a change of process, site, bank or critical material nobody knows whether it is still
        the product of the trial, until it was compared.

        ## Flagged

        ```yaml
        comparability:
          - { change: second site, impact: high, outcome: pending, margin: 0.8 to 1.25 }
        ```

        ## Accepted

        ```yaml
        comparability:
          - { change: second site, impact: high, outcome: pass, margin: 0.8 to 1.25 }
        ```
        === comparability-equivalence
        A comparison without margins that were set before.

        ## Why it matters

        Margins chosen after the results fit them. Equivalence means: margins first, then the
        confidence interval inside them.

        ## Flagged

        ```yaml
        comparability:
          - { change: second site, impact: high, outcome: pass, protocol: CP-0003 }
        ```

        ## Accepted

        ```yaml
        comparability:
          - change: second site
            impact: high
            outcome: pass
            protocol: CP-0003
            margin: ratio of means of viable yield between 0.8 and 1.25
        ```
        === dose-arms-sum
        Arms of a trial that do not add up to its cohort.

        ## Why it matters

        Numbers that do not add up in a plan do not add up in a report.

        ## Flagged

        ```yaml
        trials:
          - id: first
            title: dose escalation
            participants: 29
            arms: [{ name: cells, participants: 15 }, { name: placebo, participants: 15 }]
        ```

        ## Accepted

        ```yaml
        trials:
          - id: first
            title: dose escalation
            participants: 29
            arms: [{ name: cells, participants: 15 }, { name: placebo, participants: 14 }]
        ```
        === dose-within-precedent
        A dose outside what was published for its route.

        ## Why it matters

        Published trials of cord MSC span half a million to four million cells per kilogram, and two
        to three times ten million cells as a flat dose into a vein. A dose outside is not wrong; it
        has less company, and needs its own reasoning.

        ## What counts

        Products of cord MSC that are given into a vein: the published trials are those of Mebarki et
        al. 2021, Table 1. For other cells and routes there is no range to compare with.

        ## Flagged

        ```yaml
        product:
          cell-type: mesenchymal stromal cells
          cell-source: umbilical cord
          route: intravenous
          dose: { target: 1e7 cells/kg }
        ```

        ## Accepted

        ```yaml
        product:
          cell-type: mesenchymal stromal cells
          cell-source: umbilical cord
          route: intravenous
          dose: { target: 1e6 cells/kg }
        ```
        === followup-plan
        A follow-up plan that leaves out a hazard.

        ## Why it matters

        Late effects are found by looking. Each hazard of the risk file has an endpoint, an interval
        and a duration in the follow-up.

        ## Flagged

        ```yaml
        risks:
          hazards: [{ id: h5, kind: tumorigenicity, controls: [limit of doublings], evidence: [NC-007] }]
        follow-up:
          - { endpoint: survival, interval: 6 months, duration: 2 years }
        ```

        ## Accepted

        ```yaml
        risks:
          hazards: [{ id: h5, kind: tumorigenicity, controls: [limit of doublings], evidence: [NC-007] }]
        follow-up:
          - { hazard: h5, endpoint: imaging, interval: 12 months, duration: 15 years }
        ```
        === nonclinical-lot-representative
        A nonclinical study on cells that are not those of the clinic.

        ## Why it matters

        A study speaks for the process version of its lot. Another version needs a comparability
        bridge.

        ## Flagged

        ```yaml
        process:
          version: "2.0"
        nonclinical:
          - { kind: tumorigenicity, process-version: "1.0" }
        ```

        ## Accepted

        ```yaml
        process:
          version: "2.0"
        nonclinical:
          - { kind: tumorigenicity, process-version: "1.0", bridging: CP-0002 }
        ```
        === nonclinical-tumorigenicity
        A pluripotent or long-cultured product without a tumorigenicity strategy.

        ## Why it matters

        Pluripotent cells form teratomas, and long culture selects for growth. The strategy says what
        is tested in vitro and in vivo, with which number of cells, and why that is enough.

        ## What counts

        Pluripotent-derived products, and others whose limit of doublings is above 30, which is a
        setting. A pluripotent-derived product has a study in animals, or a strategy that says why
        none is needed.

        ## Flagged

        ```yaml
        product:
          cell-source: embryonic stem cells
        nonclinical:
          - { kind: biodistribution }
        ```

        ## Accepted

        ```yaml
        product:
          cell-source: embryonic stem cells
        nonclinical:
          - { kind: tumorigenicity, in-vivo: yes, approved: yes }
        ```
        === tt-data-integrity
        Inherited data without a score for integrity and a place of the raw data.

        ## Why it matters

        Decisions on inherited data are as good as the records behind them. Each data set has a score
        and its raw data can be found.

        ## Limits

        A score of 0.7 for data that decisions rest on is a setting.

        ## Flagged

        ```yaml
        transfer:
          from: university
          to: manufacturer
          data-sets: [{ name: differentiation efficiency, integrity-score: 0.9 }]
        ```

        ## Accepted

        ```yaml
        transfer:
          from: university
          to: manufacturer
          data-sets: [{ name: differentiation efficiency, integrity-score: 0.9, raw-data: archive 12 }]
        ```
        === tt-gap-actions
        A gap without owner, date or closure.

        ## Why it matters

        A gap that belongs to nobody stays.

        ## Flagged

        ```yaml
        transfer:
          from: university
          to: manufacturer
          gaps: [{ name: research-grade trypsin, due: 2026-06-01 }]
        ```

        ## Accepted

        ```yaml
        transfer:
          from: university
          to: manufacturer
          gaps: [{ name: research-grade trypsin, owner: materials, due: 2027-06-01 }]
        ```
        === tt-hands-on
        A first transfer stage without a hands-on run at the receiving site.

        ## Why it matters

        Protocols leave out what hands know. A run by the receiving operators shows it before money is
        committed.

        ## Flagged

        ```yaml
        transfer:
          from: university
          to: manufacturer
          stage: 2
          runs: [{ name: engineering run 1, operator: sending unit, outcome: pass }]
        ```

        ## Accepted

        ```yaml
        transfer:
          from: university
          to: manufacturer
          stage: 2
          runs: [{ name: engineering run 1, operator: receiving unit, outcome: pass }]
        ```
        === tt-method-transfer
        A test method that was transferred without protocol, limits or comparison.

        ## Why it matters

        A method in other hands is another method until both sites have measured the same samples
        within limits that were set before.

        ## Flagged

        ```yaml
        transfer:
          from: university
          to: manufacturer
          methods: [{ assay: flow, protocol: MT-001 }]
        ```

        ## Accepted

        ```yaml
        transfer:
          from: university
          to: manufacturer
          methods: [{ assay: flow, protocol: MT-001, criteria: "means within 10 %", outcome: pass }]
        ```
        === tt-stage-gate
        A transfer stage that was opened before the one before it was closed.

        ## Why it matters

        What was left open in due diligence returns in validation. A stage opens when every item of
        the one before has evidence.

        ## Flagged

        ```yaml
        transfer: { from: university, to: manufacturer, stage: 2 }
        ```

        ## Accepted

        ```yaml
        transfer: { from: university, to: manufacturer, stage: 1 }
        ```
        """#
}
