// Made from the comments of the rules: UPDATE_SNAPSHOTS=1 ./dev test Checker
extension RulePageTexts {
    static let material = #"""
        === material-5212-conformity
        A biological raw material that is silent on Ph. Eur. 5.2.12.

        ## Why it matters

        The chapter describes what is expected of raw materials of biological origin for cell and gene
        therapy. It is informative: conformity is stated, or its absence is justified.

        ## Flagged

        ```yaml
        materials:
          - id: fgf2
            name: recombinant FGF-2
            role: raw material
            origin: { kind: recombinant }
        ```

        ## Accepted

        ```yaml
        materials:
          - id: fgf2
            name: recombinant FGF-2
            role: raw material
            origin: { kind: recombinant }
            ph-eur-5.2.12: yes
        ```
        === material-antibiotic
        An antibiotic in the process without removal, residue test and proof that it masks nothing.

        ## Why it matters

        Antibiotics hide contamination instead of preventing it, cause allergic reactions, and
        suppress growth in the sterility test. Where one is needed for incoming tissue it has to be
        washed out, its residue has a limit, and the sterility test is shown to work in its presence.
        Beta-lactams sensitise and have no place in a cell process.

        ## Limits

        That beta-lactams are excluded altogether is general practice and was not read in a cited
        text.

        ## Flagged

        ```yaml
        materials:
          - { id: gentamicin, name: gentamicin, role: raw material, class: antibiotic }
        ```

        ## Accepted

        ```yaml
        materials:
          - id: gentamicin
            name: gentamicin
            role: raw material
            class: antibiotic
            antibiotic:
              removed-in: wash
              residual-limit: "< 1 mg/L"
              sterility-interference: VAL-0009
              interference-passed: yes
        ```
        === material-grade
        A critical raw material below GMP or pharmacopoeial grade.

        ## Why it matters

        Research-grade reagents change without notice and are released against no specification. In
        early trials an own qualification can bridge; for confirmatory trials and the market the grade
        has to fit. Enzymes are included.

        ## What counts

        Critical raw materials and excipients, and every enzyme. An approved qualification of a lower
        grade is accepted until confirmatory trials.

        ## Flagged

        ```yaml
        materials:
          - { id: trypsin, name: trypsin, role: raw material, class: enzyme, grade: research }
        ```

        ## Accepted

        ```yaml
        materials:
          - { id: trypsin, name: recombinant trypsin, role: raw material, class: enzyme, grade: GMP }
        ```
        === material-lot-qualification
        A critical growth component whose new lots are not tried out.

        ## Why it matters

        Lots of lysate, serum or growth factors differ enough to change growth and phenotype. A
        side-by-side test against the lot in use shows it before a batch depends on it.

        ## Flagged

        ```yaml
        materials:
          - { id: hpl, name: platelet lysate, role: raw material, class: platelet lysate, critical: yes }
        ```

        ## Accepted

        ```yaml
        materials:
          - id: hpl
            name: platelet lysate
            role: raw material
            class: platelet lysate
            critical: yes
            qualification: { lot-test: doubling time and phenotype on a reference bank }
        ```
        === material-origin-complete
        A biological material whose origin is not fully known.

        ## Why it matters

        Species, country, supplier and preparation decide which viruses and prions a material can
        carry. A missing line cannot be risk-assessed, and is asked for in 3.2.S.2.3.

        ## Flagged

        ```yaml
        materials:
          - id: albumin
            name: human albumin 20 %
            role: excipient
            origin: { kind: human, country: Germany }
        ```

        ## Accepted

        ```yaml
        materials:
          - id: albumin
            name: human albumin 20 %
            role: excipient
            origin: { kind: human, country: Germany, preparation: fractionation of pooled plasma }
            suppliers:
              - { name: plasma fractionator }
        ```
        === material-platelet-lysate
        Human platelet lysate without its donors, their tests and pathogen reduction.

        ## Why it matters

        Lysate is pooled from many donors, and one infected donor reaches every batch. The number of
        donors, their test results and a pathogen reduction step, or the reason why there is none,
        have to be known.

        ## Flagged

        ```yaml
        materials:
          - id: hpl
            name: human platelet lysate
            role: raw material
            class: platelet lysate
            platelet-lysate: { donors: 120, donor-tests: pass }
        ```

        ## Accepted

        ```yaml
        materials:
          - id: hpl
            name: human platelet lysate
            role: raw material
            class: platelet lysate
            platelet-lysate: { donors: 120, donor-tests: pass, pathogen-reduction: gamma irradiation }
        ```
        === material-risk-profile
        A material without a risk profile, or a high risk without mitigation.

        ## Why it matters

        Raw materials differ by orders of magnitude in the risk they bring. The profile says which
        ones deserve attention, and a high risk has to come down to a residual risk that someone
        accepts.

        ## Flagged

        ```yaml
        materials:
          - id: hpl
            name: human platelet lysate
            role: raw material
            risk: { level: high }
        ```

        ## Accepted

        ```yaml
        materials:
          - id: hpl
            name: human platelet lysate
            role: raw material
            risk: { level: high, mitigation: pathogen reduction of each pool, residual: medium }
        ```
        === material-single-source
        A critical material with one source and no plan.

        ## Why it matters

        A supplier that stops, changes or runs late stops the product. A second approved source or a
        stock that outlasts the lead time keeps patients supplied.

        ## What counts

        Critical materials other than the starting material: a second maternity or line is a question
        of donors and banks, not of stock.

        ## Flagged

        ```yaml
        materials:
          - id: laminin
            name: laminin-521
            role: raw material
            critical: yes
            suppliers: [{ name: matrix maker, approved: yes }]
        ```

        ## Accepted

        ```yaml
        materials:
          - id: laminin
            name: laminin-521
            role: raw material
            critical: yes
            suppliers: [{ name: matrix maker, approved: yes }]
            lead-time: 8 weeks
            safety-stock: 6 months
        ```
        === material-sterile-for-aseptic
        A material that enters an aseptic step without being sterile.

        ## Why it matters

        Cells cannot be sterilised afterwards. Everything that is added in an aseptic step is sterile
        at the point of addition.

        ## What counts

        Raw materials, excipients and media that an operation under GMP adds to cells, unless a later
        step inactivates microbes. The starting tissue itself is not sterile and is not meant.

        ## Flagged

        ```yaml
        materials:
          - { id: buffer, name: phosphate-buffered saline, role: raw material, sterile: no }
        process:
          stages:
            - id: expansion
              name: expansion
              phase: expansion
              operations:
                - id: harvest
                  kind: harvest
                  materials: [{ material: buffer, amount: 500 mL }]
        ```

        ## Accepted

        ```yaml
        materials:
          - { id: buffer, name: phosphate-buffered saline, role: raw material, sterile: yes }
        process:
          stages:
            - id: expansion
              name: expansion
              phase: expansion
              operations:
                - id: harvest
                  kind: harvest
                  materials: [{ material: buffer, amount: 500 mL }]
        ```
        === material-tse
        Ruminant material without a certificate or assessment for TSE.

        ## Why it matters

        Spongiform encephalopathies cannot be tested for in a product and cannot be inactivated in
        living cells. Only the origin of the material protects: a certificate of suitability (CEP) or
        an approved assessment against EMA/410/01. Material that was grown with ruminant components
        counts as exposed.

        ## Flagged

        ```yaml
        materials:
          - id: fbs
            name: fetal bovine serum
            role: raw material
            origin: { kind: animal, species: bovine, country: New Zealand }
        ```

        ## Accepted

        ```yaml
        materials:
          - id: fbs
            name: fetal bovine serum
            role: raw material
            origin: { kind: animal, species: bovine, country: New Zealand }
            tse: { certificate: R1-CEP 2019-112 }
        ```
        === material-viral-safety
        A human or animal material without evidence of viral safety.

        ## Why it matters

        A virus that comes with a raw material is amplified by the cells it meets, and cells cannot be
        virus-inactivated afterwards. Testing of the source, a virus panel on the lot, or an
        inactivation step in its manufacture has to stand in the file.

        ## What counts

        Virus tests or an inactivation step of the material; for a licensed medicine the licence; for
        donated tissue the tests of the donor.

        ## Flagged

        ```yaml
        materials:
          - id: hpl
            name: human platelet lysate
            role: raw material
            origin: { kind: human }
        ```

        ## Accepted

        ```yaml
        materials:
          - id: hpl
            name: human platelet lysate
            role: raw material
            origin: { kind: human }
            viral-safety: { tests: [HIV, HBV, HCV], inactivation: solvent and detergent }
        ```
        === material-xenogeneic
        An animal component without justification and a limit for its residue.

        ## Why it matters

        Animal proteins bring viruses and immune reactions. Where they cannot be replaced, the file
        says why, and the amount that remains in the product has a limit. Serum-free media are
        preferred in GMP.

        ## Flagged

        ```yaml
        materials:
          - id: fbs
            name: fetal bovine serum
            role: raw material
            origin: { kind: animal, species: bovine }
        ```

        ## Accepted

        ```yaml
        materials:
          - id: fbs
            name: fetal bovine serum
            role: raw material
            origin: { kind: animal, species: bovine }
            xenogeneic: { reason: no xeno-free medium keeps the growth of these cells, document: DEV-21 }
        specifications:
          - id: release
            name: release
            applies-to: drug product
            tests:
              - { name: residual BSA, class: purity, limit: "< 50 ng/mL", residue-of: [fbs] }
        ```
        === quality-agreement
        A critical supplier or contractor without a quality agreement.

        ## Why it matters

        Change notification, traceability and complaint handling exist only where they were agreed.

        ## Flagged

        ```yaml
        materials:
          - id: laminin
            name: laminin-521
            role: raw material
            critical: yes
            suppliers: [{ name: matrix maker }]
        ```

        ## Accepted

        ```yaml
        materials:
          - id: laminin
            name: laminin-521
            role: raw material
            critical: yes
            suppliers: [{ name: matrix maker, quality-agreement: QA-031 }]
        ```
        === single-use-leachables
        Single-use parts in contact with product, without assessment of leachables and integrity.

        ## Why it matters

        Plastics give off substances that cells take up, and seams leak. Bags, tubing and flasks that
        touch product need an extractables and leachables assessment and an acceptance test of
        integrity.

        ## Flagged

        ```yaml
        materials:
          - id: bag
            name: cryobag 50 mL
            role: primary packaging
            single-use: { product-contact: yes, integrity: supplier test of each lot }
        ```

        ## Accepted

        ```yaml
        materials:
          - id: bag
            name: cryobag 50 mL
            role: primary packaging
            single-use:
              product-contact: yes
              integrity: supplier test of each lot
              leachables: EL-0042
        ```
        === supplier-audit-interval
        A supplier of a critical material whose audit is overdue.

        ## Why it matters

        The supplier's quality system is part of the product's. An audit is repeated inside the
        interval that the risk asks for.

        ## Flagged

        ```yaml
        materials:
          - id: laminin
            name: laminin-521
            role: raw material
            critical: yes
            suppliers:
              - { name: matrix maker, audited: 2021-05-04, audit-interval: 36 months }
        ```

        ## Accepted

        ```yaml
        materials:
          - id: laminin
            name: laminin-521
            role: raw material
            critical: yes
            suppliers:
              - { name: matrix maker, audited: 2025-05-04, audit-interval: 36 months }
        ```
        """#
}
