// Made from the comments of the rules: UPDATE_SNAPSHOTS=1 ./dev test Checker
extension RulePageTexts {
    static let stability = #"""
        === cryoprotectant-dose
        A dose that brings more DMSO than is usual.

        ## Why it matters

        One gram of DMSO per kilogram of body weight and day is the usual ceiling from transplantation
        of blood stem cells. Large volumes of a ten percent solution in small patients come near it.

        ## The arithmetic

        Grams of DMSO per kilogram: its share of the volume, times the largest volume per kilogram,
        times 1.1 g/mL when the share is by volume. A product that is washed before use
        (`wash-recovery:`) is not judged.

        ## Flagged

        ```yaml
        product:
          dose: { target: 1e6 cells/kg, volume: 8..12 mL/kg }
          formulation:
            excipients: [{ material: dmso, amount: 10 % }]
        materials:
          - { id: dmso, name: DMSO, role: excipient, class: cryoprotectant }
        ```

        ## Accepted

        ```yaml
        product:
          dose: { target: 1e6 cells/kg, volume: 1..2 mL/kg }
          formulation:
            excipients: [{ material: dmso, amount: 10 % }]
        materials:
          - { id: dmso, name: DMSO, role: excipient, class: cryoprotectant }
        ```
        === in-use-time
        A time of use after thaw that nothing supports.

        ## Why it matters

        Viability falls within hours after thaw. The time on the label is supported by a study in the
        same diluent, at the same temperature.

        ## Flagged

        ```yaml
        product:
          in-use: { claim: 4 h, study: use }
        stability:
          - { id: use, of: drug product, kind: in-use, supports: 90 min }
        ```

        ## Accepted

        ```yaml
        product:
          in-use: { claim: 60 min, study: use }
        stability:
          - { id: use, of: drug product, kind: in-use, supports: 90 min }
        ```
        === reference-retention
        No plan for reference and retention samples.

        ## Why it matters

        A question about a batch may come years later. Reference samples for two full tests are kept
        until a year after expiry, with exceptions for autologous, matched and scarce products.

        ## Flagged

        ```yaml
        specifications:
          - { id: release, name: release, applies-to: drug product, sampling: { containers: 4 } }
        ```

        ## Accepted

        ```yaml
        specifications:
          - { id: release, name: release, applies-to: drug product, sampling: { containers: 4, retention: 2 } }
        ```
        === shelf-life-computed
        A shelf life that is longer than its data.

        ## Why it matters

        The shelf life ends where the one-sided 95 % confidence bound of the mean leaves the limit;
        for biological products it does not go beyond the last real-time point without a reason.

        ## Limits

        The rule compares the claim with what the study says it supports and with its last point in
        real time. The regression behind `supports:` is computed where the results are, by the
        statistics of the site.

        ## Flagged

        ```yaml
        product:
          shelf-life: { claim: 24 months, study: lt }
        stability:
          - { id: lt, of: drug product, kind: long-term, data-to: 12 months, supports: 18 months }
        ```

        ## Accepted

        ```yaml
        product:
          shelf-life: { claim: 12 months, study: lt }
        stability:
          - { id: lt, of: drug product, kind: long-term, data-to: 12 months, supports: 18 months }
        ```
        === stability-batches
        A shelf life on fewer than three batches, or on other conditions than the label's.

        ## Why it matters

        Three batches at the storage condition of the label, in real time, are the usual basis of a
        shelf life.

        ## Flagged

        ```yaml
        stability:
          - { id: lt, of: drug product, kind: long-term, batches: 1 }
        ```

        ## Accepted

        ```yaml
        stability:
          - { id: lt, of: drug product, kind: long-term, batches: 3 }
        ```
        === stability-potency-included
        A stability study that does not measure potency, viability, recovery and identity after thaw.

        ## Why it matters

        Frozen cells can be alive and useless. The study measures after thaw what makes the product
        work.

        ## Flagged

        ```yaml
        assays:
          - { id: viab, name: viability, measures: viability }
        stability:
          - { id: lt, of: drug product, kind: long-term, tests: [viab] }
        ```

        ## Accepted

        ```yaml
        assays:
          - { id: viab, name: viability, measures: viability }
          - { id: count, name: count, measures: cell count }
          - { id: flow, name: panel, measures: surface markers }
          - { id: kyn, name: kynurenine, measures: enzyme induction, kind: functional, pathways: [ido] }
        stability:
          - { id: lt, of: drug product, kind: long-term, tests: [viab, count, flow, kyn] }
        ```
        === transport-qualified
        A route that is not qualified.

        ## Why it matters

        The product leaves the site in a shipper that has to hold its temperature through the season
        and the delay. The route is qualified before the first patient waits at its end.

        ## Flagged

        ```yaml
        process:
          validation: { transport: planned }
        ```

        ## Accepted

        ```yaml
        process:
          validation: { transport: qualified }
        ```
        """#
}
