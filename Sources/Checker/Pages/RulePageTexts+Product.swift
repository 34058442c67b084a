// Made from the comments of the rules: UPDATE_SNAPSHOTS=1 ./dev test Checker
extension RulePageTexts {
    static let product = #"""
        === class-combined-device
        An integral medical device without the class and the evidence of a combined ATMP.

        ## Why it matters

        A matrix or device that is an integral part of the product makes it a combined ATMP. The
        device then has to meet the essential requirements, and the dossier has to show that it does.

        ## Flagged

        ```yaml
        product:
          classification:
            class: tissue engineered
            viable-cells: yes
            device: { name: collagen membrane, integral: yes }
        ```

        ## Accepted

        ```yaml
        product:
          classification:
            class: combined
            viable-cells: yes
            device: { name: collagen membrane, integral: yes, conformity: notified body opinion NB-12 }
        ```
        === class-ct-or-te
        A class that does not follow from the intended action.

        ## Why it matters

        Cells that regenerate, repair or replace tissue are a tissue engineered product; cells that
        act pharmacologically, immunologically or metabolically are a somatic cell therapy. A product
        that does both is tissue engineered. The two have different data expectations, for instance on
        efficacy endpoints and follow-up.

        ## Flagged

        ```yaml
        product:
          classification:
            class: somatic cell therapy
            actions: [immunological, regenerate]
        ```

        ## Accepted

        ```yaml
        product:
          classification:
            class: tissue engineered
            actions: [immunological, regenerate]
        ```
        === class-gene-precedence
        A product whose effect comes from recombinant nucleic acid, and that is not classed as gene
        therapy.

        ## Why it matters

        A product that meets the definition of gene therapy is a gene therapy, whatever else it is.
        Integration, insertional mutagenesis and long-term follow-up then come into scope.

        ## Flagged

        ```yaml
        product:
          classification:
            class: somatic cell therapy
            recombinant-nucleic-acid: yes
            effect-from-nucleic-acid: yes
        ```

        ## Accepted

        ```yaml
        product:
          classification:
            class: gene therapy
            recombinant-nucleic-acid: yes
            effect-from-nucleic-acid: yes
        ```
        === class-same-essential-function
        A class that does not follow from manipulation and function.

        ## Why it matters

        Cells are engineered, and so an ATMP, when they were substantially manipulated or are not used
        for the same essential function as in the donor. Cells to which neither applies are a
        transplant, under other law.

        ## Flagged

        ```yaml
        product:
          classification:
            class: not an ATMP
            substantially-manipulated: yes
            same-essential-function: no
        ```

        ## Accepted

        ```yaml
        product:
          classification:
            class: somatic cell therapy
            substantially-manipulated: yes
            same-essential-function: no
        ```
        === class-set
        A product without a decided ATMP class.

        ## Why it matters

        The class decides which law applies, which committee is asked and which tests are expected. A
        developer who has not written down the class and the reasoning behind it finds out late that
        the dossier follows the wrong path.

        ## Flagged

        ```yaml
        product:
          classification:
            class: somatic cell therapy
        ```

        ## Accepted

        ```yaml
        product:
          classification:
            class: somatic cell therapy
            reason: expanded cells that act on the immune system of the patient
        ```
        === class-substantial-manipulation
        A declaration of substantial manipulation that the process contradicts.

        ## Why it matters

        Annex I of Regulation 1394/2007 lists the operations that do not count as substantial:
        cutting, grinding, shaping, centrifugation, soaking in antibiotic or antimicrobial solutions,
        sterilisation, irradiation, separation, concentration or purification, filtering,
        lyophilisation, freezing, cryopreservation and vitrification. One operation outside the list,
        such as expansion in culture, makes the manipulation substantial; that reading of expansion is
        the practice of the Committee for Advanced Therapies.

        ## Flagged

        ```yaml
        product:
          classification:
            substantially-manipulated: no
        process:
          stages:
            - id: expansion
              name: expansion
              phase: expansion
              operations:
                - { id: p1, kind: culture }
        ```

        ## Accepted

        ```yaml
        product:
          classification:
            substantially-manipulated: yes
        process:
          stages:
            - id: expansion
              name: expansion
              phase: expansion
              operations:
                - { id: p1, kind: culture }
        ```
        === dose-defined
        A dose without value, basis or bounds.

        ## Why it matters

        The dose decides the scale of the process, the amount of every impurity a patient receives and
        the limit for endotoxin. It has to be given per patient, per kilogram or per area, with the
        least and the most that may be given.

        ## Flagged

        ```yaml
        product:
          dose:
            target: 1e6 cells/kg
        ```

        ## Accepted

        ```yaml
        product:
          dose:
            target: 1e6 cells/kg
            range: 0.5e6..4e6 cells/kg
        ```
        === hazards-complete
        A risk file that leaves out a known hazard of cell medicines.

        ## Why it matters

        Five hazards are known for every cell medicine: infection, embolism and acute immune reaction
        early on, chronic immune reaction and tumour formation later. Each needs a control with
        evidence behind it, even when the answer is that the hazard is small.

        ## Flagged

        ```yaml
        risks:
          hazards:
            - { id: h1, kind: infection, controls: [sterility test], evidence: [VAL-003] }
            - { id: h2, kind: embolism, controls: [filter in the infusion line] }
        ```

        ## Accepted

        ```yaml
        risks:
          hazards:
            - { id: h1, kind: infection, controls: [sterility test], evidence: [VAL-003] }
            - { id: h2, kind: embolism, controls: [filter in the infusion line], evidence: [DEV-011] }
            - { id: h3, kind: acute immunogenicity, controls: [HLA-DR limit], evidence: [DEV-014] }
            - { id: h4, kind: chronic immunogenicity, controls: [antibody follow-up], evidence: [CLIN-2] }
            - { id: h5, kind: tumorigenicity, controls: [limit of doublings], evidence: [NC-007] }
        ```
        === indication-route-defined
        A product without indication or route of administration.

        ## Why it matters

        Potency is tied to the indication, and hazards to the route: cells given into a vein can
        embolise, cells given into the brain cannot be taken out. Neither can be judged without them.

        ## Flagged

        ```yaml
        product:
          indication: steroid-refractory acute graft-versus-host disease
        ```

        ## Accepted

        ```yaml
        product:
          indication: steroid-refractory acute graft-versus-host disease
          route: intravenous
        ```
        === moa-recorded
        A product without a recorded mode of action.

        ## Why it matters

        Potency is the measure of the mode of action. Without pathways, and without saying how good
        the evidence for each is, no assay can be shown to measure the right thing. Evidence may
        conflict; that has to be written down as well.

        ## Flagged

        ```yaml
        product:
          mode-of-action:
            - { id: ido, pathway: tryptophan depletion by IDO }
        ```

        ## Accepted

        ```yaml
        product:
          mode-of-action:
            - { id: ido, pathway: tryptophan depletion by IDO, evidence: in vitro }
        ```
        === origin-set
        A product that does not say whose cells it is made of.

        ## Why it matters

        Autologous, donor-matched and allogeneic products differ in what a batch is, what a label
        says, who is tested and what a mix-up means.

        ## Flagged

        ```yaml
        product:
          name: cord MSC for infusion
        ```

        ## Accepted

        ```yaml
        product:
          name: cord MSC for infusion
          origin: allogeneic
        ```
        === qtpp-cqa-list
        A missing target profile, or a quality attribute that traces to nothing in it.

        ## Why it matters

        The quality target product profile says what the medicine has to be; a critical quality
        attribute is critical because it serves one of its items. An attribute without an item is
        either unneeded or the sign of a missing item.

        ## Flagged

        ```yaml
        product:
          qtpp:
            approved: 2026-01-15
            items:
              - { id: strength, item: strength, target: 50e6 viable cells in a vial }
          quality-attributes:
            - { id: viability, name: viability, critical: yes }
        ```

        ## Accepted

        ```yaml
        product:
          qtpp:
            approved: 2026-01-15
            items:
              - { id: strength, item: strength, target: 50e6 viable cells in a vial }
          quality-attributes:
            - { id: viability, name: viability, critical: yes, qtpp: [strength] }
        ```
        === waiver-needs-risk-assessment
        A waiver without a valid risk assessment.

        ## Why it matters

        A rule may be departed from when someone has assessed the risk, an authorised person has
        approved the assessment, and it is still in date. A waiver that names no such assessment,
        waives a rule that cannot be waived, gives no reason, or fits nothing that was found, leaves
        the departure unexplained.

        ## What a waiver can do

        A waived departure is still printed, as an information with the reason and the day the
        assessment is reviewed. A waiver that fits nothing is reported, so that none is left behind
        when its reason is gone. Two rules cannot be waived by an assessment and yet know an
        exception: `open-step-grade-a` and `lower-background-waiver` accept a waiver that an authority
        approved (`authority-approved: yes`) where there is no alternative (`no-alternative: yes`) for
        a life-threatening disease.

        ## Flagged

        ```yaml
        risks:
          assessments:
            - { id: RA-1, title: single source of lysate, approved: 2026-03-01, approved-by: quality }
          waivers:
            - rule: material-single-source
              assessment: RA-1
              justification: twelve months of stock are kept on site
        ```

        ## Accepted

        ```yaml
        risks:
          assessments:
            - id: RA-1
              title: single source of lysate
              approved: 2026-03-01
              approved-by: quality
              review-due: 2027-03-01
          waivers:
            - rule: material-single-source
              assessment: RA-1
              justification: twelve months of stock are kept on site
        materials:
          - id: hpl
            name: human platelet lysate
            role: raw material
            critical: yes
        ```
        """#
}
