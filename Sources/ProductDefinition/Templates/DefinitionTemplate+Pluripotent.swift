import Diagnostics

extension DefinitionTemplate {
    /// A product of a pluripotent line by `route`.
    static func pluripotent(_ route: PluripotentRoute) -> DefinitionTemplate {
        DefinitionTemplate(
            id: route.id, summary: route.summary,
            files: [
                SourceFile(name: "product.yaml", text: product(route)),
                SourceFile(name: "sources.yaml", text: sources),
                SourceFile(name: "materials.yaml", text: materials(route)),
                SourceFile(name: "line-and-banks.yaml", text: lineAndBanks),
                SourceFile(name: "facility.yaml", text: facility),
                SourceFile(name: "process.yaml", text: process(route)),
                SourceFile(name: "assays.yaml", text: assays(specificAssays(route))),
                SourceFile(name: "specifications.yaml", text: specification(route)),
                SourceFile(
                    name: "risks.yaml",
                    text: risks(pluripotentRisks, cells: "the line")),
                SourceFile(
                    name: "planning.yaml",
                    text: pluripotentPlanning(dosedByWeight: route.dose.hasSuffix("/kg"))),
            ])
    }

    private static func product(_ route: PluripotentRoute) -> String {
        """
        # What the medicine is, for whom, and what its quality depends on.
        product:
          id: \(route.id.uppercased())
          name: \(route.summary)
          version: 0.1.0
          phase: preclinical
          jurisdictions: [EU]
          cell-type: \(route.cellType)
          cell-source: induced pluripotent stem cells
          active-substance: \(route.substance)
          origin: allogeneic
          indication: "\(route.indication)"
          route: \(route.route)
          dose: { target: \(route.dose), range: \(route.doseRange), administrations: 1..2, source: general }
          formulation: { container: vial, fill-volume: 5 mL, cells-per-container: 50e6 cells, concentration: 10e6 cells/mL, excipients: [{ material: dmso, amount: 10 % }, { material: albumin, amount: 20 % }], source: general }
          storage: { state: frozen, temperature: <= -140 °C, phase: vapour, sealed: yes, monitored: yes }
          classification:
            class: \(route.action == "immunological" ? "somatic cell therapy" : "tissue engineered")
            reason: living cells, manipulated by differentiation
            viable-cells: yes
            recombinant-nucleic-acid: no
            substantially-manipulated: yes
            same-essential-function: no
            actions: [\(route.action)]
          mode-of-action:
            - { id: \(route.pathway.id), pathway: "\(route.pathway.text)", relevant: yes, evidence: in vitro, source: general }
          qtpp:
            items:
              - { id: q-route, item: route and form, target: "\(route.route), cell suspension" }
              - { id: q-strength, item: strength, target: \(route.dose) }
              - { id: q-identity, item: identity, target: "\(route.positive.joined(separator: ", "))" }
              - { id: q-potency, item: potency, target: "\(route.potency.name)" }
              - { id: q-safety, item: safety, target: "sterile, no residual pluripotent cells, genome intact" }
        \(qualityAttributes)
            - { id: cqa-residual, name: residual pluripotent cells, critical: yes, class: purity, qtpp: q-safety }

        """
    }

    private static func materials(_ route: PluripotentRoute) -> String {
        let factors = route.factors.map { factor in
            let origin =
                factor.isProtein
                ? "kind: recombinant, species: Escherichia coli, preparation: purified"
                : "kind: synthetic"
            return "  - { id: \(factor.id), name: \(factor.name), role: raw material, class: "
                + (factor.isProtein ? "growth factor" : "small molecule")
                + ", unit: \(factor.isProtein ? "µg" : "µmol"), critical: yes, grade: GMP, "
                + "origin: { \(origin) }, risk: { level: low }, sterile: yes, source: general }"
        }
        let media = route.steps.map { step in
            let recipe = step.factors.map { "{ material: \($0.material), amount: \($0.amount) }" }
            return "  - { id: medium-\(step.id), name: medium for \(step.name), recipe: "
                + "[{ material: basal-medium, amount: 99 % }, \(recipe.joined(separator: ", "))], "
                + "sterile: yes, shelf-life: 3 d, storage: { temperature: 2..8 °C }, "
                + "source: general }"
        }
        return """
            # What enters or touches the product. Name suppliers, certificates and qualification.
            materials:
              - { id: psc-medium, name: defined medium for pluripotent cells, role: raw material, class: complete medium, unit: mL, critical: yes, grade: GMP, origin: { kind: recombinant, species: Escherichia coli, preparation: defined components }, risk: { level: low }, sterile: yes, source: general }
              - { id: laminin, name: recombinant laminin-521, role: raw material, class: matrix, unit: µg, critical: yes, grade: GMP, origin: { kind: recombinant, species: human cell line, preparation: purified }, viral-safety: { inactivation: by the supplier }, risk: { level: medium, mitigation: viral clearance, residual: low }, sterile: yes, source: general }
              - { id: enzyme, name: dissociation enzyme, role: raw material, class: enzyme, unit: mL, critical: yes, grade: GMP, origin: { kind: recombinant, species: Escherichia coli, preparation: purified }, risk: { level: low }, sterile: yes, source: general }
              - { id: rock-inhibitor, name: Y-27632, role: raw material, class: small molecule, unit: µmol, critical: yes, grade: GMP, origin: { kind: synthetic }, risk: { level: low }, sterile: yes, source: general }
              - { id: basal-medium, name: \(route.basal), role: raw material, class: basal medium, unit: mL, critical: yes, grade: GMP, origin: { kind: synthetic }, risk: { level: low }, sterile: yes, source: general }
            \(factors.joined(separator: "\n"))
            \(commonMaterials)
              - { id: flask, name: T175 flask, role: culture vessel, class: vessel, unit: items, origin: { kind: synthetic }, vessel: { area: 175 cm2, layers: 1, volume: 35 mL }, risk: { level: low }, sterile: yes, source: general }
              - { id: stack, name: "cell stack, two layers", role: culture vessel, class: vessel, unit: items, origin: { kind: synthetic }, vessel: { area: 1272 cm2, layers: 2, volume: 260 mL }, risk: { level: low }, sterile: yes, source: general }
            media:
            \(media.joined(separator: "\n"))
              - { id: freezing-solution, name: "freezing solution, double strength", recipe: [{ material: sodium-chloride, amount: 40 % }, { material: albumin, amount: 40 % }, { material: dmso, amount: 20 % }], sterile: yes, storage: { temperature: 2..8 °C }, source: general }

            """
    }

    private static let lineAndBanks = """
        # The line and its two-tier bank (ICH Q5D). Fill in history, licence and results.
        cell-line:
          id: line
          name: the line, to be named
          source: external
          consent: { scopes: [allogeneic use, medicinal use, commercial use, genomic testing], before-procurement: yes }
          donor-tests: ["anti-HIV-1,2", HBsAg, anti-HBc, anti-HCV, syphilis]
          due-diligence: { closed: no }
          history:
            - { event: derivation }
          reprogramming: { method: to be named, integrating: no, residual-vector: not detected }
        banks:
          - id: mcb
            name: master cell bank
            tier: master
            made-from: line
            vials: 200
            vials-per-use: 16
            cells-per-vial: 2e6 cells
            recovery: { value: 60 %, range: 40..85 % }
            container: bank-vial
            storage: { state: frozen, temperature: "<= -140 °C", phase: vapour, sealed: yes, monitored: yes }
            tests: &bank-tests
              - { test: str, result: planned }
              - { test: sterility, result: planned, assay: sterility }
              - { test: mycoplasma, result: planned, assay: mycoplasma }
              - { test: karyotype, result: planned, assay: karyotype, metaphases: 20 }
              - { test: recurrent-loci, result: planned }
              - { test: undifferentiated-markers, result: planned, assay: residual-flow }
            source: zhang-2022
          - id: wcb
            name: working cell bank
            tier: working
            made-from: mcb
            vials: 200
            vials-per-use: 16
            cells-per-vial: 2e6 cells
            recovery: { value: 60 %, range: 40..85 % }
            container: bank-vial
            storage: { state: frozen, temperature: "<= -140 °C", phase: vapour, sealed: yes, monitored: yes }
            tests: *bank-tests
            source: zhang-2022

        """

    private static let pluripotentRisks = """
            - { id: wrong-cells, kind: unwanted differentiation, description: cells of another fate, factors: [capacity to differentiate, residual undifferentiated cells], controls: [identity panel, test for residual pluripotent cells], source: zhang-2022 }
        nonclinical:
          - { kind: tumorigenicity, title: tumorigenicity in immunodeficient mice, strategy: "product, spiked product and pluripotent cells", in-vivo: yes, source: general }
        """

    private static func process(_ route: PluripotentRoute) -> String {
        """
        # From the working bank to the vial. "normal" and "proven" are the NOR and PAR; replace them by
        # your own data.
        process:
          name: \(route.summary)
          version: 0.1.0
          kind: research
          batch: all vials filled from one pool of one differentiation
          maximum-pdl: { limit: 120 PD, counted-from: derivation of the line, source: general }
          maximum-freeze-thaw: 3
          stages:
            - id: pluripotent
              name: expansion of pluripotent cells
              phase: seed
              from: wcb
              to: expansion
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
                  vials: { bank: wcb, count: 16 }
                  materials: [{ material: psc-medium, amount: 70 mL }, { material: laminin, amount: 90 µg }, { material: rock-inhibitor, amount: 0.7 µmol }, { material: flask, amount: 4 items }, { material: aseptic-kit, amount: 1 kit }]
                  parameters:
                    - { name: seeding density, target: 30000 cells/cm2, normal: 25000..45000 cells/cm2, proven: 15000..60000 cells/cm2, criticality: CPP, method: cell count, affects: [cqa-genome], source: general }
                  controls:
                    - { id: ipc-thaw, name: viability after thawing, assay: viability, attribute: cqa-viability, limit: "≥ 50 %", action: investigate, source: general }
                - id: expand
                  kind: culture
                  room: incubators
                  equipment: [incubator]
                  state: closed
                  vessel: { material: flask, count: 4 }
                  duration: 96 h
                  feed: { medium: psc-medium, every: 24 h, share: 100 %, roles: [{ role: operator }] }
                  parameters:
                    - { name: cumulative population doublings, kind: calculated, target: 100 PD, normal: 95..105 PD, proven: 90..120 PD, criticality: CPP, method: log2 of harvested over seeded cells, affects: [cqa-genome], source: general }
                  controls:
                    - { id: ipc-colonies, name: morphology of colonies, assay: morphology, attribute: cqa-residual, limit: compact colonies with less than 5 % differentiation, action: reject, source: general }
                - id: harvest-pluripotent
                  kind: harvest
                  room: processing
                  local-grade: A
                  equipment: [isolator, centrifuge]
                  state: open
                  roles: [{ role: operator, people: 2 }]
                  second-check: yes
                  duration: 2 h
                  materials: [{ material: enzyme, amount: 30 mL }, { material: psc-medium, amount: 60 mL }, { material: aseptic-kit, amount: 1 kit }]
                  parameters:
                    - { name: time in enzyme, kind: measured, target: 6 min, normal: 4..8 min, proven: 3..12 min, criticality: CPP, method: timer, affects: [cqa-viability], source: general }
                  controls:
                    - { id: ipc-markers, name: OCT4 and TRA-1-60, assay: residual-flow, attribute: cqa-residual, limit: "≥ 95 %", action: reject, source: general }
            - id: expansion
              name: differentiation
              phase: differentiation
              from: pluripotent
              to: filling
              operations:
                - id: plate
                  name: plate for differentiation
                  kind: seed
                  room: processing
                  local-grade: A
                  equipment: [isolator]
                  state: open
                  roles: [{ role: operator, people: 2 }]
                  second-check: yes
                  day: 0
                  duration: 1 h
                  materials: [{ material: stack, amount: \(route.stacks) items }, { material: laminin, amount: \(640 * route.stacks) µg }, { material: aseptic-kit, amount: 1 kit }]
                  parameters:
                    - { name: seeding density for differentiation, target: 15000 cells/cm2, normal: 10000..50000 cells/cm2, proven: 3000..150000 cells/cm2, criticality: CPP, method: cell count, affects: [cqa-identity], source: general }
        \(route.steps.map { differentiation($0, in: route.stacks) }.joined(separator: "\n"))
                - id: harvest-product
                  kind: harvest
                  room: processing
                  local-grade: A
                  equipment: [isolator, centrifuge]
                  state: open
                  roles: [{ role: operator, people: 2 }]
                  second-check: yes
                  day: \(route.steps.map { $0.day + $0.days }.max() ?? 0)
                  duration: 4 h
                  materials: [{ material: enzyme, amount: 150 mL }, { material: dpbs, amount: 500 mL }, { material: aseptic-kit, amount: 2 kits }]
                  yield: { value: \(route.harvest), source: general }
                  parameters:
                    - { name: time in enzyme, kind: measured, target: 15 min, normal: 10..20 min, proven: 8..25 min, criticality: CPP, method: timer, affects: [cqa-viability], source: general }
                  controls:
                    - { id: ipc-viability, name: viability at harvest, assay: viability, attribute: cqa-viability, limit: "≥ 80 %", action: reject, source: general }
                    - { id: ipc-residual, name: residual pluripotent cells, assay: residual-flow, attribute: cqa-residual, limit: < 0.1 %, action: reject, source: general }
        \(filling)
        """
    }

    private static func differentiation(_ step: PluripotentRoute.Step, in stacks: Int) -> String {
        let changes = max(1, step.days / 2)
        let factors = step.factors.map { factor in
            "            - { name: \(factor.material), target: \(factor.amount), "
                + "normal: \(factor.normal), proven: \(factor.proven), criticality: CPP, "
                + "method: batch record of the medium, affects: [cqa-identity], source: general }"
        }
        return """
                    - id: \(step.id)
                      name: \(step.name)
                      kind: differentiate
                      room: processing
                      local-grade: A
                      equipment: [isolator, incubator]
                      state: open
                      roles: [{ role: operator }]
                      second-check: yes
                      day: \(step.day)
                      window: 4 h
                      duration: \(step.days) d
                      hands-on: \(2 * changes) h
                      materials: [{ material: medium-\(step.id), amount: \(260 * stacks * changes) mL }, { material: aseptic-kit, amount: \(changes) kits }]
                      parameters:
            \(factors.joined(separator: "\n"))
                      controls:
                        - { id: ipc-\(step.id), name: "\(step.control.name)", assay: markers, attribute: cqa-identity, limit: "\(step.control.limit)", action: reject, source: general }
            """
    }

    private static func specificAssays(_ route: PluripotentRoute) -> String {
        """
          - { id: markers, name: "identity markers", measures: intracellular markers, attribute: [cqa-identity, cqa-purity], use: [release, in-process], principle: flow cytometry, analytes: [\(route.positive.joined(separator: ", "))], turnaround: 2 d, source: general }
          - { id: residual-flow, name: "OCT4 and TRA-1-60 by flow cytometry", measures: residual pluripotent cells, attribute: cqa-residual, use: [release, in-process, bank], principle: flow cytometry, analytes: [OCT4, TRA-1-60], detection-limit: 0.01 %, quantitation-limit: 0.03 %, turnaround: 2 d, source: general }
          - { id: residual-pcr, name: LIN28A by droplet PCR, measures: residual pluripotent cells, attribute: cqa-residual, use: [release], principle: droplet digital PCR, analytes: [LIN28A], detection-limit: 0.001 %, quantitation-limit: 0.001 %, turnaround: 3 d, source: general }
          - { id: copy-number, name: copy number by SNP array, measures: copy number, attribute: cqa-genome, use: [release, bank], principle: microarray, turnaround: 21 d, source: general }
          - { id: potency, name: "\(route.potency.name)", measures: \(route.potency.measures), attribute: cqa-potency, use: [release], principle: \(route.potency.principle), kind: functional, pathways: [\(route.pathway.id)], candidate: yes, indication-considered: yes, turnaround: \(route.potency.turnaround), source: general }
        """
    }

    private static func specification(_ route: PluripotentRoute) -> String {
        let names = route.positive.joined(separator: ", ")
        let panel =
            route.id == "psc-msc"
            ? """
                  - { name: "CD14, CD19, CD34, CD45 and HLA-DR", class: purity, attribute: cqa-purity, assay: markers, negative: [CD14, CD19, CD34, CD45, HLA-DR], limit: <= 2 %, justification: { basis: society criterion }, source: mebarki-2021 }

            """ : ""
        return """
            # The release specification. Limits are a start; each needs your own data behind it.
            specifications:
              - id: spec-product
                name: frozen vial
                applies-to: drug product
                tests:
                  - { name: appearance, class: quality, attribute: cqa-identity, assay: appearance, limit: "even suspension, no aggregates", source: general }
                  - { name: morphology, class: identity, attribute: cqa-identity, assay: morphology, limit: as the reference images, source: general }
                  - { name: viable cells in a vial, class: quantity, attribute: cqa-dose, assay: count, limit: 40e6..65e6 cells, source: general }
                  - { name: viability after thawing, class: purity, attribute: cqa-viability, assay: viability, limit: "≥ 70 %", source: general }
                  - { name: "\(names)", class: identity, attribute: cqa-identity, assay: markers, positive: [\(names)], limit: "\(route.identityLimit)", source: general }
            \(panel)      - { name: OCT4 and TRA-1-60, class: purity, attribute: cqa-residual, assay: residual-flow, negative: [OCT4, TRA-1-60], limit: < 0.1 %, source: general }
                  - { name: LIN28A, class: purity, attribute: cqa-residual, assay: residual-pcr, limit: report, source: general }
                  - { name: "\(route.potency.name)", class: potency, attribute: cqa-potency, assay: potency, limit: report, source: general }
                  - { name: sterility, class: safety, attribute: cqa-asepsis, assay: sterility, limit: no growth, source: general }
                  - { name: mycoplasma, class: safety, attribute: cqa-asepsis, assay: mycoplasma, limit: not detected, source: general }
                  - { name: endotoxin, class: safety, attribute: cqa-asepsis, assay: endotoxin, limit: <= 0.5 EU/mL, source: general }
                  - { name: karyotype, class: safety, attribute: cqa-genome, assay: karyotype, sampled-at: 110 PD, limit: normal in 20 metaphases, source: general }
                  - { name: copy number, class: safety, attribute: cqa-genome, assay: copy-number, sampled-at: 110 PD, limit: no change against the working bank, source: general }

            """
    }
}
