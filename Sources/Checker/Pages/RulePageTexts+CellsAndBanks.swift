// Made from the comments of the rules: UPDATE_SNAPSHOTS=1 ./dev test Checker
extension RulePageTexts {
    static let cellsAndBanks = #"""
        === bank-depletion
        A bank that will not last.

        ## Why it matters

        The number of vials, divided by the vials used per year, is the life of the bank. A new bank
        takes a year of work and a comparability exercise.

        ## Limits

        Three years is a setting: the time in which a new bank can be made, tested and compared. Only
        the bank of a line that batches start from is judged; a stock from donors is renewed with the
        next donor.

        ## Flagged

        ```yaml
        product:
          cell-source: embryonic stem cells
        banks:
          - { id: wcb, tier: working, vials: 60, reserve-vials: 10, vials-per-use: 2 }
        planning:
          batches-per-year: 24
        ```

        ## Accepted

        ```yaml
        product:
          cell-source: embryonic stem cells
        banks:
          - { id: wcb, tier: working, vials: 200, reserve-vials: 20, vials-per-use: 2 }
        planning:
          batches-per-year: 24
        ```
        === bank-end-of-production
        No tests on cells at the limit of their age.

        ## Why it matters

        What latent viruses, karyotype and phenotype do over a long culture is seen only in cells that
        have been through it. Cells at or beyond the limit age are tested once, completely.

        ## Flagged

        ```yaml
        process:
          maximum-pdl: { limit: 20 PD }
        ```

        ## Accepted

        ```yaml
        process:
          maximum-pdl: { limit: 20 PD }
        banks:
          - id: eopc
            tier: end of production
            pdl: 22 PD
            tests:
              - { test: str, result: pass }
              - { test: karyotype, result: pass, metaphases: 20 }
              - { test: sterility, result: pass }
              - { test: mycoplasma, result: pass }
              - { test: adventitious-in-vitro, result: pass }
        ```
        === bank-gmp-made
        A bank that was not made under GMP in a room of its own.

        ## Why it matters

        Production starts with the bank. It is made in a suitable environment, with nothing else alive
        in the area.

        ## Flagged

        ```yaml
        banks:
          - { id: mcb, tier: master, gmp: yes, concurrent-cultures: 2 }
        ```

        ## Accepted

        ```yaml
        banks:
          - { id: mcb, tier: master, gmp: yes, concurrent-cultures: 0 }
        ```
        === bank-karyotype
        A bank without a karyotype on enough metaphases.

        ## Why it matters

        Abnormal clones overgrow in culture. Twenty metaphases is the usual least; even that misses a
        clone of five percent about one time in three (0.95 to the power of 20).

        ## Flagged

        ```yaml
        banks:
          - id: wcb
            tier: working
            tests: [{ test: karyotype, result: pass, metaphases: 8 }]
        ```

        ## Accepted

        ```yaml
        banks:
          - id: wcb
            tier: working
            tests: [{ test: karyotype, result: pass, metaphases: 20 }]
        ```
        === bank-matrix-complete
        A bank that lacks tests of its kind.

        ## Why it matters

        ICH Q5D asks that identity, purity and stability of a bank are known. The matrix for a bank
        depends on its kind: a pluripotent master bank needs more than the working stock of a primary
        culture. A test that is missing here is asked for by every assessor.

        ## What counts

        The matrix is `BankTest` of Guidance: by kind of bank, each line with its source. A planned or
        pending test counts before the clinic. "Not required" counts with a reason under `detail:`.
        The panel and the mesodermal differentiation are asked of mesenchymal stromal cells only.

        ## Flagged

        ```yaml
        product:
          cell-source: umbilical cord
          cell-type: mesenchymal stromal cells
        banks:
          - id: wcs
            tier: working
            tests:
              - { test: sterility, result: pass }
              - { test: mycoplasma, result: pass }
        ```

        ## Accepted

        ```yaml
        product:
          cell-source: umbilical cord
          cell-type: mesenchymal stromal cells
        banks:
          - id: wcs
            tier: working
            tests:
              - { test: str, result: pass }
              - { test: morphology, result: pass }
              - { test: viability, result: pass }
              - { test: doubling-time, result: pass }
              - { test: sterility, result: pass }
              - { test: mycoplasma, result: pass }
              - { test: karyotype, result: pass }
              - { test: isct-panel, result: pass }
        ```
        === bank-microbiology
        A bank without tests for sterility and mycoplasma.

        ## Why it matters

        A contaminated bank contaminates every batch made from it.

        ## Flagged

        ```yaml
        banks:
          - id: wcb
            tier: working
            tests: [{ test: sterility, result: pass }]
        ```

        ## Accepted

        ```yaml
        banks:
          - id: wcb
            tier: working
            tests: [{ test: sterility, result: pass }, { test: mycoplasma, result: pass }]
        ```
        === bank-own
        A product that rests on a bank someone else made and tested.

        ## Why it matters

        A bank of another owner can run out, change hands or rest on records that are closed to the
        developer. Zhang & Stacey advise that the developer makes and tests its own master and working
        bank.

        ## Flagged

        ```yaml
        product:
          developer: Northern Cells
          cell-source: embryonic stem cells
        banks:
          - { id: mcb, tier: master, owner: public stem cell bank }
        ```

        ## Accepted

        ```yaml
        product:
          developer: Northern Cells
          cell-source: embryonic stem cells
        banks:
          - { id: mcb, tier: master, owner: Northern Cells }
        ```
        === bank-pluripotency
        A pluripotent bank without markers and proof of potential.

        ## Why it matters

        Markers of the undifferentiated state and differentiation into three germ layers show that the
        bank is what the process expects.

        ## Flagged

        ```yaml
        product:
          cell-source: embryonic stem cells
        banks:
          - id: mcb
            tier: master
            tests: [{ test: undifferentiated-markers, result: pass }]
        ```

        ## Accepted

        ```yaml
        product:
          cell-source: embryonic stem cells
        banks:
          - id: mcb
            tier: master
            tests: [{ test: undifferentiated-markers, result: pass }, { test: trilineage, result: pass }]
        ```
        === bank-post-thaw
        A bank without limits for recovery after thaw.

        ## Why it matters

        Viability, recovered cells and doubling time after thaw decide whether a vial starts a batch
        or a failure. Without limits the bank cannot be released.

        ## Flagged

        ```yaml
        banks:
          - id: wcb
            tier: working
            tests: [{ test: viability, result: pass }]
        ```

        ## Accepted

        ```yaml
        banks:
          - id: wcb
            tier: working
            recovery: { value: 85 %, range: 70..95 % }
            tests: [{ test: viability, result: pass }]
        ```
        === bank-recurrent-loci
        A pluripotent bank without a targeted test of recurrent gains.

        ## Why it matters

        Pluripotent lines gain parts of chromosomes 1q, 12p, 17q and 20q11.21 again and again, because
        the gain helps cells survive in culture. G-banding cannot see the small ones.

        ## Flagged

        ```yaml
        product:
          cell-source: embryonic stem cells
        banks:
          - id: mcb
            tier: master
            tests: [{ test: karyotype, result: pass }]
        ```

        ## Accepted

        ```yaml
        product:
          cell-source: embryonic stem cells
        banks:
          - id: mcb
            tier: master
            tests: [{ test: recurrent-loci, result: pass }]
        ```
        === bank-split-storage
        A bank in one place.

        ## Why it matters

        One failed freezer can end a product. A bank is divided between at least two places, in sealed
        containers, in the vapour phase of nitrogen.

        ## Flagged

        ```yaml
        banks:
          - id: mcb
            tier: master
            storage: { sites: [tank 1], sealed: yes, phase: vapour }
        ```

        ## Accepted

        ```yaml
        banks:
          - id: mcb
            tier: master
            storage: { sites: [tank 1, tank 9 in the other building], sealed: yes, phase: vapour }
        ```
        === bank-storage-monitored
        A bank whose storage is not monitored.

        ## Why it matters

        Temperature and nitrogen level are watched without gaps, so that an excursion is known and
        assessed before a vial is used.

        ## Flagged

        ```yaml
        banks:
          - id: mcb
            tier: master
            storage: { sites: [tank 1, tank 9] }
        ```

        ## Accepted

        ```yaml
        banks:
          - id: mcb
            tier: master
            storage: { sites: [tank 1, tank 9], monitored: yes }
        ```
        === bank-two-tier
        A pluripotent product without a master and a working cell bank.

        ## Why it matters

        A two-tier bank lets every batch start from the same well-tested cells, for as long as the
        product lives. The working bank is made from the master, and spares it.

        ## Flagged

        ```yaml
        product:
          cell-source: embryonic stem cells
        banks:
          - { id: mcb, tier: master }
        ```

        ## Accepted

        ```yaml
        product:
          cell-source: embryonic stem cells
        banks:
          - { id: mcb, tier: master }
          - { id: wcb, tier: working, made-from: mcb }
        ```
        === line-external-due-diligence
        A line from elsewhere without closed due diligence.

        ## Why it matters

        A line that was made by others may lack consent for commercial use, a licence, or tests that
        can no longer be made. What is not settled before development begins is settled at a high
        price afterwards.

        ## Flagged

        ```yaml
        cell-line:
          id: line-7
          name: line 7
          source: external
          due-diligence: { closed: no, document: DD-004 }
        ```

        ## Accepted

        ```yaml
        cell-line:
          id: line-7
          name: line 7
          source: external
          due-diligence: { closed: yes, document: DD-004, licence: LIC-2020-11 }
        ```
        === line-history-complete
        A cell line with gaps in its history.

        ## Why it matters

        A line carries everything it met: media, feeders, sites, manipulations. The derivation method
        and the passages with their dates, places and materials have to be known from the donor
        onwards.

        ## Flagged

        ```yaml
        cell-line:
          id: line-7
          name: line 7
          history:
            - event: derivation
              passages: 0..5 passages
              site: stem cell centre
              date: 2016-03-02
              materials: laminin-521, defined medium
            - event: master cell bank
              passages: 12..14 passages
              site: GMP facility
              date: 2019-06-11
              materials: laminin-521, defined medium
        ```

        ## Accepted

        ```yaml
        cell-line:
          id: line-7
          name: line 7
          history:
            - event: derivation
              passages: 0..5 passages
              site: stem cell centre
              date: 2016-03-02
              materials: laminin-521, defined medium
            - event: master cell bank
              passages: 6..14 passages
              site: GMP facility
              date: 2019-06-11
              materials: laminin-521, defined medium
        ```
        === line-identity-str
        A line or bank whose STR profile is not compared with its parent.

        ## Why it matters

        Mix-ups and cross-contamination are the oldest failure of cell culture. A short-tandem-repeat
        profile at each step of the bank finds them for little money.

        ## What counts

        A profile that differs is an error at any time. One that is not there yet is asked for from the
        first trial on.

        ## Flagged

        ```yaml
        banks:
          - id: mcb
            tier: master
            tests: [{ test: str, result: fail }]
        ```

        ## Accepted

        ```yaml
        banks:
          - id: mcb
            tier: master
            tests: [{ test: str, result: pass }]
        ```
        === line-reprogramming-clear
        An induced line without a recorded method of reprogramming, or without proof that the vector
        is gone.

        ## Why it matters

        Reprogramming factors drive proliferation. An integrating vector brings the product near to
        gene therapy law; a vector that was meant to be lost has to be shown to be lost.

        ## Flagged

        ```yaml
        product:
          cell-source: induced pluripotent stem cells
        cell-line:
          id: line-7
          name: line 7
          reprogramming: { method: Sendai virus, integrating: no }
        ```

        ## Accepted

        ```yaml
        product:
          cell-source: induced pluripotent stem cells
        cell-line:
          id: line-7
          name: line 7
          reprogramming: { method: Sendai virus, integrating: no, residual-vector: not detected }
        ```
        """#
}
