import Diagnostics

extension DefinitionTemplate {
    /// How the cells come out of the cord (Mebarki et al. 2021, manufacturing).
    enum CordIsolation {
        /// Fragments on plastic, from which cells grow out.
        case explant
        /// Digestion with enzymes under agitation.
        case enzymatic
    }

    /// MSC of the umbilical cord.
    static func umbilicalCord(_ isolation: CordIsolation) -> DefinitionTemplate {
        let way = isolation == .explant ? "explant" : "enzymatic digestion"
        return DefinitionTemplate(
            id: isolation == .explant ? "uc-msc-explant" : "uc-msc-enzymatic",
            summary: "umbilical-cord MSC isolated by \(way), frozen, for infusion",
            files: [
                SourceFile(name: "product.yaml", text: cordProduct),
                SourceFile(name: "sources.yaml", text: sources),
                SourceFile(name: "materials.yaml", text: cordMaterials(isolation)),
                SourceFile(name: "donors-and-banks.yaml", text: cordDonors),
                SourceFile(name: "facility.yaml", text: facility),
                SourceFile(name: "process.yaml", text: cordProcess(isolation)),
                SourceFile(name: "assays.yaml", text: assays(cordAssays)),
                SourceFile(name: "specifications.yaml", text: cordSpecification),
                SourceFile(name: "risks.yaml", text: risks("", cells: "the donor")),
                SourceFile(name: "planning.yaml", text: cordPlanning),
            ])
    }

    private static let cordProduct = """
        # What the medicine is, for whom, and what its quality depends on.
        product:
          id: UCMSC
          name: umbilical-cord mesenchymal stromal cells
          version: 0.1.0
          phase: preclinical
          jurisdictions: [EU]
          cell-type: mesenchymal stromal cells
          cell-source: umbilical cord
          active-substance: human umbilical-cord mesenchymal stromal cells, culture-expanded
          origin: allogeneic
          indication: an immune or inflammatory disease, to be named
          route: intravenous
          dose: { target: 1.0e6 cells/kg, range: 0.5e6..4.0e6 cells/kg, patient-weight: 40..130 kg, infusion-time: 20..60 min, administrations: 1..4, source: mebarki-2021 }
          formulation: { container: vial, fill-volume: 5 mL, cells-per-container: 50e6 cells, concentration: 10e6 cells/mL, overfill: 10 %, excipients: [{ material: dmso, amount: 10 % }, { material: albumin, amount: 20 % }], source: general }
          storage: { state: frozen, temperature: <= -140 °C, phase: vapour, sealed: yes, monitored: yes }
          classification:
            class: somatic cell therapy
            reason: living cells, manipulated by culture, that act on the patient's immune cells
            viable-cells: yes
            recombinant-nucleic-acid: no
            substantially-manipulated: yes
            same-essential-function: no
            actions: [immunological]
          mode-of-action:
            - { id: ido, pathway: "tryptophan depletion by IDO, induced by interferon gamma", relevant: yes, evidence: in vitro, source: mebarki-2021 }
            - { id: t-cell, pathway: inhibition of T-cell proliferation, relevant: yes, evidence: in vitro, source: mebarki-2021 }
          qtpp:
            items:
              - { id: q-route, item: route and form, target: intravenous cell suspension }
              - { id: q-strength, item: strength, target: 1 million viable cells per kg }
              - { id: q-identity, item: identity, target: MSC by surface markers (ISCT 2006) }
              - { id: q-potency, item: potency, target: immunomodulation }
              - { id: q-safety, item: safety, target: "sterile, mycoplasma-free, endotoxin within K/M, normal karyotype" }
        \(qualityAttributes)

        """

    private static func cordMaterials(_ isolation: CordIsolation) -> String {
        let enzyme =
            isolation == .enzymatic
            ? """
              - { id: collagenase, name: collagenase with neutral protease, role: raw material, class: enzyme, unit: U, critical: yes, grade: GMP, origin: { kind: microbial, species: Clostridium histolyticum, preparation: "fermented without animal components, purified" }, risk: { level: medium, mitigation: washed out, residual: low }, sterile: yes, source: mebarki-2021 }

            """ : ""
        return """
            # What enters or touches the product. Name suppliers, certificates and qualification.
            materials:
              - { id: cord, name: umbilical cord of a full-term birth, role: starting material, class: tissue, unit: items, critical: yes, origin: { kind: human, species: human, preparation: collected in transport medium }, viral-safety: { tests: [HIV, HBV, HCV, syphilis] }, risk: { level: high, mitigation: "donor tests, disinfection rinse", residual: medium }, sterile: yes, source: mebarki-2021 }
              - { id: basal-medium, name: alpha-MEM, role: raw material, class: basal medium, unit: mL, critical: yes, grade: GMP, origin: { kind: synthetic }, risk: { level: low }, sterile: yes, source: general }
              - { id: platelet-lysate, name: human platelet lysate, role: raw material, class: platelet lysate, unit: mL, critical: yes, grade: GMP, origin: { kind: human, species: human, preparation: "pooled platelets, frozen and thawed" }, viral-safety: { tests: [HIV, HBV, HCV], inactivation: pathogen reduction }, platelet-lysate: { donor-tests: pass, pathogen-reduction: to be named }, risk: { level: high, mitigation: "donor tests, pathogen reduction", residual: medium }, sterile: yes, source: mebarki-2021 }
              - { id: trypsin, name: recombinant trypsin-like enzyme, role: raw material, class: enzyme, unit: mL, critical: yes, grade: GMP, origin: { kind: recombinant, species: maize, preparation: purified }, risk: { level: low }, sterile: yes, source: mebarki-2021 }
            \(enzyme)\(commonMaterials)
              - { id: flask, name: T175 flask, role: culture vessel, class: vessel, unit: items, origin: { kind: synthetic }, vessel: { area: 175 cm2, layers: 1, volume: 35 mL }, risk: { level: low }, sterile: yes, source: general }
              - { id: stack, name: "cell stack, ten layers", role: culture vessel, class: vessel, unit: items, origin: { kind: synthetic }, vessel: { area: 6360 cm2, layers: 10, volume: 1300 mL }, risk: { level: low }, sterile: yes, source: general }
            media:
              - { id: growth-medium, name: alpha-MEM with 5 % platelet lysate, recipe: [{ material: basal-medium, amount: 95 % }, { material: platelet-lysate, amount: 5 % }], sterile: yes, storage: { temperature: 2..8 °C }, source: mebarki-2021 }
              - { id: freezing-solution, name: "freezing solution, double strength", recipe: [{ material: sodium-chloride, amount: 40 % }, { material: albumin, amount: 40 % }, { material: dmso, amount: 20 % }], sterile: yes, storage: { temperature: 2..8 °C }, source: general }

            """
    }

    private static let cordDonors = """
        # Donors are tested under tissue law; medicines law begins when the cord is released.
        donors:
          tissue: cord
          regime: Directive 2004/23/EC until the cord is released, then EU GMP Part IV
          consent: { scopes: [allogeneic use, medicinal use, commercial use, genomic testing], before-procurement: yes }
          eligibility: healthy mother, full-term birth, no risk in the questionnaire
          tests: ["anti-HIV-1,2", HBsAg, anti-HBc, anti-HCV, syphilis, HIV NAT, HBV NAT, HCV NAT]
          sample: { from: birth mother, timing: 0..7 d }
          high-prevalence-question: yes
          quarantine-until-eligible: yes
          transport: { time: <= 48 h, temperature: 2..25 °C }
          identifier: donation identification sequence
          pooled: no
          source: mebarki-2021
        banks:
          - id: master-stock
            tier: master
            made-from: cord
            passage: 1
            vials: 30
            vials-per-use: 4
            cells-per-vial: 5e6 cells
            recovery: { value: 85 %, range: 70..95 % }
            container: bank-vial
            storage: { state: frozen, temperature: "<= -140 °C", phase: vapour, sealed: yes, monitored: yes }
            tests:
              - { test: str, result: planned }
              - { test: sterility, result: planned, assay: sterility }
              - { test: mycoplasma, result: planned, assay: mycoplasma }
              - { test: karyotype, result: planned, assay: karyotype, metaphases: 20 }
              - { test: isct-panel, result: planned, assay: flow }
            source: mebarki-2021

        """

    private static func cordIsolation(_ isolation: CordIsolation) -> String {
        switch isolation {
        case .explant:
            return """
                        - id: isolate
                          name: isolate by explant
                          kind: isolate
                          instructions: [Rinse the cord., Cut fragments of about 2 cm., Lay them on plastic and add medium.]
                          room: processing
                          local-grade: A
                          equipment: [isolator]
                          state: open
                          roles: [{ role: operator, people: 2 }]
                          second-check: yes
                          duration: 4 h
                          materials: [{ material: dpbs, amount: 500 mL }, { material: growth-medium, amount: 350 mL }, { material: flask, amount: 10 items }, { material: aseptic-kit, amount: 2 kits }]
                          parameters:
                            - { name: length of fragments, target: 2 cm, normal: 1..3 cm, proven: 0.2..5 cm, criticality: KPP, method: template, source: mebarki-2021 }
                        - id: p0
                          name: outgrowth
                          kind: culture
                          room: incubators
                          equipment: [incubator]
                          state: closed
                          passage: 0
                          vessel: { material: flask, count: 10 }
                          yield: { value: 1.0e6 cells/g, range: 1.0e4..4.7e6 cells/g, log-spread: 0.53, source: general }
                          duration: { value: 10 d, range: 6..17 d, source: mebarki-2021 }
                          parameters:
                            - { name: day of explant removal, target: 7 d, normal: 7..8 d, proven: 6..10 d, criticality: KPP, method: date, source: mebarki-2021 }
                            - { name: confluence at harvest, kind: measured, target: 80 %, normal: 70..90 %, proven: 60..95 %, criticality: CPP, method: image analysis, source: mebarki-2021 }
                          controls:
                            - { id: ipc-outgrowth, name: morphology of the outgrowth, assay: morphology, attribute: cqa-identity, limit: spindle-shaped and adherent, action: investigate, source: mebarki-2021 }
                """
        case .enzymatic:
            return """
                        - id: isolate
                          name: isolate by enzymatic digestion
                          kind: isolate
                          instructions: [Rinse the cord., Mince it., Digest under agitation., "Filter, wash and seed."]
                          room: processing
                          local-grade: A
                          equipment: [isolator]
                          state: open
                          roles: [{ role: operator, people: 2 }]
                          second-check: yes
                          duration: 6 h
                          materials: [{ material: dpbs, amount: 500 mL }, { material: collagenase, amount: 40 U }, { material: growth-medium, amount: 350 mL }, { material: flask, amount: 10 items }, { material: aseptic-kit, amount: 2 kits }]
                          parameters:
                            - { name: enzyme concentration, target: 0.4 U/mL, proven: 0.2..0.8 U/mL, normal: 0.3..0.5 U/mL, criticality: CPP, method: batch record of the solution, source: general }
                            - { name: digestion time, target: 3 h, normal: 2.5..3.5 h, proven: 2..4 h, criticality: CPP, method: timer, source: general }
                            - { name: temperature of digestion, kind: measured, target: 37 °C, normal: 36..38 °C, proven: 35..39 °C, criticality: KPP, method: probe, source: general }
                          controls:
                            - { id: ipc-digest, name: viability after digestion, assay: viability, attribute: cqa-viability, limit: "≥ 70 %", action: investigate, source: general }
                        - id: p0
                          name: first culture
                          kind: culture
                          room: incubators
                          equipment: [incubator]
                          state: closed
                          passage: 0
                          vessel: { material: flask, count: 10 }
                          yield: { value: 1.0e6 cells/g, range: 1.0e4..4.7e6 cells/g, log-spread: 0.53, source: general }
                          duration: { value: 7 d, range: 5..12 d, source: general }
                          parameters:
                            - { name: confluence at harvest, kind: measured, target: 80 %, normal: 70..90 %, proven: 60..95 %, criticality: CPP, method: image analysis, source: mebarki-2021 }
                          controls:
                            - { id: ipc-outgrowth, name: morphology, assay: morphology, attribute: cqa-identity, limit: spindle-shaped and adherent, action: investigate, source: mebarki-2021 }
                """
        }
    }

    private static func cordProcess(_ isolation: CordIsolation) -> String {
        """
        # From cord to vial. "normal" and "proven" are the NOR and PAR; replace them by your own data.
        process:
          name: umbilical-cord MSC
          version: 0.1.0
          kind: research
          batch: all vials filled from one pool of cells of one donor
          maximum-pdl: { limit: 20 PD, counted-from: harvest of the first culture, source: general }
          maximum-freeze-thaw: 3
          stages:
            - id: master
              name: cord to master cell stock
              phase: seed
              from: cord
              to: master-stock
              operations:
                - id: receive
                  kind: receive
                  instructions: ["Check seal, temperature record and donation number."]
                  room: processing
                  state: closed
                  roles: [{ role: operator }]
                  second-check: yes
                  duration: 1 h
                  materials: [{ material: cord, amount: 1 item }]
                  parameters:
                    - { id: mass, name: mass of the cord, kind: measured, target: 17.5 g, normal: 10..30 g, proven: 7..60 g, criticality: KPP, method: balance, source: general }
                    - { name: time from birth to processing, kind: calculated, target: 24 h, normal: 6..36 h, proven: 0..48 h, criticality: CPP, method: times on the form, source: general }
                  controls:
                    - { id: ipc-donor, name: donor serology and NAT, attribute: cqa-asepsis, limit: all negative, action: reject, source: mebarki-2021 }
        \(cordIsolation(isolation))
        \(harvest("0", next: "1"))
        \(culture("1", vessels: 1))
        \(harvest("1", next: nil))
                - id: freeze-stock
                  kind: freeze
                  room: processing
                  equipment: [rate-freezer, tank]
                  state: closed
                  roles: [{ role: operator }]
                  duration: 3 h
                  materials: [{ material: bank-vial, amount: 30 items }, { material: freezing-solution, amount: 15 mL }]
                  parameters:
                    - { name: cooling rate, kind: measured, target: -1 °C/min, normal: -1.2..-0.8 °C/min, proven: -2..-0.5 °C/min, criticality: CPP, method: probe of the freezer, source: general }
                  outputs: [{ name: vial of master stock, kind: bank vials, container: bank-vial, count: 30, content: 5e6 cells, bank: master-stock }]
            - id: expansion
              name: master stock to pooled cells
              phase: expansion
              from: master-stock
              to: filling
              operations:
                - id: thaw
                  kind: thaw
                  room: processing
                  local-grade: A
                  equipment: [isolator]
                  state: open
                  roles: [{ role: operator, people: 2 }]
                  second-check: yes
                  duration: 2 h
                  vials: { bank: master-stock, count: 4 }
                  materials: [{ material: growth-medium, amount: 200 mL }, { material: aseptic-kit, amount: 1 kit }]
                  parameters:
                    - { name: time at 37 °C, kind: measured, target: 2.5 min, normal: 2..3 min, proven: 1.5..4 min, criticality: KPP, method: timer, source: general }
                  controls:
                    - { id: ipc-thaw, name: viability after thawing, assay: viability, attribute: cqa-viability, limit: "≥ 70 %", action: investigate, source: general }
        \(culture("2", vessels: 1))
        \(harvest("2", next: "3"))
        \(culture("3", vessels: 4))
        \(harvest("3", next: nil))
        \(filling)
        """
    }

    private static func culture(_ passage: String, vessels: Int) -> String {
        """
                - id: p\(passage)
                  name: culture, passage \(passage)
                  kind: culture
                  room: incubators
                  equipment: [incubator]
                  state: closed
                  passage: \(passage)
                  vessel: { material: stack, count: \(vessels) }
                  duration: { value: 5.5 d, range: 3..10 d, source: general }
                  feed: { medium: growth-medium, every: 72 h, share: 100 %, roles: [{ role: operator }] }
                  parameters:
                    - { name: seeding density, target: 3000 cells/cm2, normal: 2500..3500 cells/cm2, proven: 2000..5000 cells/cm2, criticality: CPP, method: cell count, affects: [cqa-potency], source: general }
                    - { name: confluence at harvest, kind: measured, target: 80 %, normal: 75..90 %, proven: 70..95 %, criticality: CPP, method: image analysis, affects: [cqa-potency], source: mebarki-2021 }
                    - { name: oxygen, kind: measured, target: 21 %, normal: 19..21 %, proven: 5..21 %, criticality: KPP, method: sensor of the incubator, source: mebarki-2021 }
                  controls:
                    - { id: ipc-morphology-\(passage), name: morphology, assay: morphology, attribute: cqa-identity, limit: spindle-shaped and adherent, action: investigate, source: mebarki-2021 }
        """
    }

    private static func harvest(_ passage: String, next: String?) -> String {
        let reseed =
            next == nil ? "" : ", { material: stack, amount: \(passage == "0" ? 1 : 4) items }"
        return """
                    - id: harvest-\(passage)
                      name: harvest passage \(passage)
                      kind: harvest
                      room: processing
                      local-grade: A
                      equipment: [isolator, centrifuge]
                      state: open
                      roles: [{ role: operator, people: 2 }]
                      second-check: yes
                      duration: 3 h
                      materials: [{ material: trypsin, amount: 250 mL }, { material: dpbs, amount: 1000 mL }, { material: growth-medium, amount: 250 mL }, { material: aseptic-kit, amount: 2 kits }\(reseed)]
                      parameters:
                        - { name: time in enzyme, kind: measured, target: 6 min, normal: 4..10 min, proven: 3..15 min, criticality: CPP, method: timer, affects: [cqa-viability], source: mebarki-2021 }
                        - { name: population doublings of the passage, kind: calculated, target: 3.5 PD, normal: 2..5 PD, proven: 1..6 PD, criticality: KPP, method: log2 of harvested over seeded cells, affects: [cqa-genome], source: mebarki-2021 }
                      controls:
                        - { id: ipc-viability-\(passage), name: viability at harvest, assay: viability, attribute: cqa-viability, limit: "≥ 80 %", action: investigate, source: general }
            """
    }

    private static let cordAssays = """
          - { id: flow, name: surface markers by flow cytometry, measures: surface markers, attribute: [cqa-identity, cqa-purity], use: [release, bank], principle: flow cytometry, analytes: [CD73, CD90, CD105, CD14, CD19, CD34, CD45, HLA-DR], turnaround: 2 d, source: mebarki-2021 }
          - { id: ido, name: IDO activity after interferon gamma, measures: enzyme induction, attribute: cqa-potency, use: [release], principle: HPLC of kynurenine, kind: functional, analytes: [kynurenine], pathways: [ido], primed: yes, candidate: yes, indication-considered: yes, turnaround: 5 d, source: mebarki-2021 }
          - { id: t-cell-assay, name: inhibition of T-cell proliferation, measures: T-cell proliferation, attribute: cqa-potency, use: [release], principle: dye dilution in co-culture, kind: functional, pathways: [t-cell], primed: yes, candidate: yes, indication-considered: yes, turnaround: 9 d, source: mebarki-2021 }
          - { id: residual-protein, name: residual protein of the process, measures: residual protein, attribute: cqa-purity, use: [release], principle: ELISA, turnaround: 5 d, source: general }
        """

    private static let cordSpecification = """
        # The release specification. A society's criterion is a start, not a limit with data behind it.
        specifications:
          - id: spec-product
            name: frozen vial
            applies-to: drug product
            tests:
              - { name: appearance, class: quality, attribute: cqa-identity, assay: appearance, limit: "even suspension, no clumps", source: general }
              - { name: morphology, class: identity, attribute: cqa-identity, assay: morphology, limit: spindle-shaped and adherent after replating, source: mebarki-2021 }
              - { name: viable cells in a vial, class: quantity, attribute: cqa-dose, assay: count, limit: 40e6..65e6 cells, source: general }
              - { name: viability after thawing, class: purity, attribute: cqa-viability, assay: viability, limit: "≥ 70 %", source: general }
              - { name: "CD73, CD90 and CD105", class: identity, attribute: cqa-identity, assay: flow, positive: [CD73, CD90, CD105], limit: "≥ 95 %", justification: { basis: society criterion }, source: mebarki-2021 }
              - { name: "CD14, CD19, CD34, CD45 and HLA-DR", class: purity, attribute: cqa-purity, assay: flow, negative: [CD14, CD19, CD34, CD45, HLA-DR], limit: <= 2 %, justification: { basis: society criterion }, source: mebarki-2021 }
              - { name: IDO induction, class: potency, attribute: cqa-potency, assay: ido, limit: report, source: mebarki-2021 }
              - { name: inhibition of T-cell proliferation, class: potency, attribute: cqa-potency, assay: t-cell-assay, limit: report, source: mebarki-2021 }
              - { name: sterility, class: safety, attribute: cqa-asepsis, assay: sterility, limit: no growth, source: mebarki-2021 }
              - { name: mycoplasma, class: safety, attribute: cqa-asepsis, assay: mycoplasma, limit: not detected, source: mebarki-2021 }
              - { name: endotoxin, class: safety, attribute: cqa-asepsis, assay: endotoxin, limit: < 5 EU/mL, source: general }
              - { name: karyotype, class: safety, attribute: cqa-genome, assay: karyotype, sampled-at: 10 PD, limit: no clonal abnormality in 20 metaphases, source: mebarki-2021 }
              - { name: cumulative population doublings, class: safety, attribute: cqa-genome, assay: doublings, limit: <= 20 PD, source: general }
              - { name: residual protein, class: purity, attribute: cqa-purity, assay: residual-protein, residue-of: [trypsin, platelet-lysate], limit: report, source: general }

        """
}
