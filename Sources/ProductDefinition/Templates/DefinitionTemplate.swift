public import Diagnostics

/// A starting definition for one kind of product: stages, parameters, controls, identity panel and
/// specification as the field commonly has them.
///
/// Figures are starting points from the literature or general knowledge and name their source; every
/// one has to be replaced or confirmed by the developer's own data (Mebarki et al. 2021,
/// conclusion: guidelines are no substitute for specifications that each developer validates).
/// What only the developer can know, such as documents, suppliers and results, is left out.
public struct DefinitionTemplate: Sendable {
    /// The name by which it is chosen.
    public let id: String
    /// What it is, in one line.
    public let summary: String
    /// The files it writes.
    public let files: [SourceFile]

    /// Every template.
    public static let all: [DefinitionTemplate] =
        [umbilicalCord(.explant), umbilicalCord(.enzymatic)]
        + PluripotentRoute.all.map(pluripotent)

    /// The template with the id `id`; nil when there is none.
    public static func named(_ id: String) -> DefinitionTemplate? {
        all.first { $0.id == id }
    }
}

extension DefinitionTemplate {
    /// The sources that templates name.
    static let sources = """
        # Where the figures come from. Add your own reports here and name them at the figures.
        sources:
          - { id: general, cite: general knowledge of the field, kind: general knowledge, status: unconfirmed }
          - { id: zhang-2022, cite: "Zhang and Stacey 2022, Cell Prolif 55:e13203", doi: 10.1111/cpr.13203, kind: publication, status: read }
          - { id: mebarki-2021, cite: "Mebarki et al. 2021, Stem Cell Res Ther 12:152", doi: 10.1186/s13287-021-02222-y, kind: publication, status: read }
          - { id: annex-1, cite: "EU GMP Annex 1, 2022", kind: guideline, status: read }

        """

    /// A small site: closed isolators in grade C.
    static let facility = """
        # Where it is made: closed isolators of grade A in rooms of grade C. An open cabinet would need
        # grade B around it (EU GMP Annex 1 4.4; PIC/S Annex 2A 3.11).
        facility:
          rooms:
            - { id: processing, name: cell processing, grade: C, pressure: 30 Pa, next-to: [incubators], edition: EU GMP Annex 1 (2022), requalification: 12 months, source: annex-1 }
            - { id: incubators, name: incubators, grade: C, pressure: 30 Pa, next-to: [processing], edition: EU GMP Annex 1 (2022), requalification: 12 months, source: annex-1 }
            - { id: laboratory, name: quality-control laboratory, grade: CNC }
            - { id: cryostorage, name: cryostorage, grade: CNC }
          equipment:
            - { id: isolator, kind: closed isolator, count: 1, room: processing, grade: A, glove-test: "start and end of each batch" }
            - { id: incubator, kind: incubator, count: 2, room: incubators, capacity: 10 items }
            - { id: centrifuge, kind: centrifuge, count: 1, room: processing }
            - { id: rate-freezer, kind: controlled-rate freezer, count: 1, room: processing, capacity: 120 vials }
            - { id: tank, kind: vapour tank, count: 2, room: cryostorage, capacity: 12000 vials }
            - { id: counter, kind: cell counter, count: 1, room: processing }
          roles:
            - { id: operator, people: 2, training: [aseptic technique, gowning, batch record] }
            - { id: analyst, people: 1, training: [test methods] }
            - { id: quality-assurance, people: 1 }
            - { id: qualified-person, people: 0.5 }
          monitoring:
            - { what: particles 0.5 µm, equipment: isolator, state: in operation, frequency: every operation, continuous: yes, flow: 28.3 L/min, action: <= 3520 /m3, edition: EU GMP Annex 1 (2022) 9.15, source: annex-1 }
            - { what: particles 5 µm, equipment: isolator, state: in operation, frequency: every operation, continuous: yes, flow: 28.3 L/min, action: <= 29 /m3, edition: EU GMP Annex 1 (2022) 9.15, source: annex-1 }
            - { what: settle plates, equipment: isolator, state: in operation, frequency: every operation, exposure: 4 h, action: < 1 CFU, edition: EU GMP Annex 1 (2022) 9.30, source: annex-1 }
            - { what: active air, room: processing, state: in operation, frequency: weekly, action: <= 100 CFU/m3, edition: EU GMP Annex 1 (2022) 9.30, source: annex-1 }
          gowning: { requalification: 12 months, initial-runs: 3 }
          process-simulation: { initial-runs: 3, interval: 6 months, operator-interval: 6 months, manual-filling: yes, source: annex-1 }

        """

    /// The hazards that cell medicines are known for, with the controls each process has.
    static func risks(_ extra: String, cells: String) -> String {
        """
        # The known hazards of cell medicines (Mebarki et al. 2021). Name the evidence for each control.
        risks:
          hazards:
            - { id: infection, kind: infection, description: "microbes or viruses from \(cells), materials, operators or environment", factors: [origin of cells, materials of biological origin, open processing, absence of sterilisation], controls: [tested starting cells, isolator, "sterility, mycoplasma and endotoxin tests"], source: mebarki-2021 }
            - { id: embolism, kind: embolism, description: aggregates, factors: [cell size and aggregates, dose, route], controls: [appearance test], source: mebarki-2021 }
            - { id: acute-immune, kind: acute immunogenicity, description: reaction to cells or residues, factors: [immune mismatch, materials of biological origin, impurities], controls: [residual protein test], source: mebarki-2021 }
            - { id: chronic-immune, kind: chronic immunogenicity, description: antibodies against donor HLA, factors: [immune mismatch, duration of exposure], controls: [donor-specific antibodies in follow-up], source: mebarki-2021 }
            - { id: tumour, kind: tumorigenicity, description: transformed or residual cells, factors: [capacity to proliferate, duration of culture, genetic stability], controls: [limit of population doublings, karyotype], source: mebarki-2021 }
            - { id: no-effect, kind: treatment failure, description: a batch without the intended activity, factors: [storage and transport, duration of culture], controls: [functional potency assay], source: mebarki-2021 }
        \(extra)
        follow-up:
          - { hazard: infection, endpoint: infections, interval: 1 weeks, duration: 3 months, source: general }
          - { hazard: embolism, endpoint: clinical signs, interval: 1 h, duration: 24 h, source: general }
          - { hazard: acute-immune, endpoint: infusion reactions, interval: 1 h, duration: 24 h, source: general }
          - { hazard: chronic-immune, endpoint: donor-specific antibodies, interval: 3 months, duration: 2 years, source: general }
          - { hazard: tumour, endpoint: new malignancies, interval: 12 months, duration: 15 years, source: general }
          - { hazard: no-effect, endpoint: the primary endpoint, interval: 3 months, duration: 12 months, source: general }

        """
    }

    /// The safety assays that every product has, with those of `specific` after them.
    static func assays(_ specific: String) -> String {
        """
        # Test methods. Say how each is validated, what it can detect, and what shows that it suits.
        assays:
          - { id: count, name: viable cell count by image cytometry, measures: cell count, attribute: cqa-dose, use: [release, in-process, stability, bank], principle: image cytometry, turnaround: 2 h, source: general }
          - { id: viability, name: viability by dye exclusion, measures: viability, attribute: cqa-viability, use: [release, in-process, stability, bank], principle: image cytometry, turnaround: 2 h, source: general }
          - { id: appearance, name: appearance and visible particles, measures: appearance, attribute: cqa-identity, use: [release, in-process], principle: visual inspection, turnaround: 1 h, source: general }
          - { id: morphology, name: morphology against reference images, measures: morphology, attribute: cqa-identity, use: [release, in-process, bank], principle: phase-contrast microscopy, turnaround: 1 h, source: general }
          - { id: sterility, name: sterility by automated growth detection, measures: sterility, attribute: cqa-asepsis, use: [release, in-process, bank], principle: growth in culture bottles, compendial: Ph. Eur. 2.6.27, compendial-reason: a cell suspension clouds direct inoculation, turnaround: 14 d, source: general }
          - { id: mycoplasma, name: mycoplasma by nucleic-acid amplification, measures: mycoplasma, attribute: cqa-asepsis, use: [release, in-process, bank], principle: PCR, compendial: Ph. Eur. 2.6.7, sample: cells and supernatant, detection-limit: 10 CFU/mL, turnaround: 3 d, source: general }
          - { id: endotoxin, name: bacterial endotoxin, measures: endotoxin, attribute: cqa-asepsis, use: [release, bank], principle: Limulus amoebocyte lysate, compendial: Ph. Eur. 2.6.14, detection-limit: 0.05 EU/mL, turnaround: 1 d, source: general }
          - { id: karyotype, name: "karyotype by G-banding, 20 metaphases", measures: karyotype, attribute: cqa-genome, use: [release, bank], principle: microscopy of metaphases, turnaround: 21 d, source: general }
          - { id: doublings, name: cumulative population doublings from counts, measures: population doublings, attribute: cqa-genome, use: [in-process, release], principle: calculation, turnaround: 1 h, source: mebarki-2021 }
        \(specific)

        """
    }

    /// Quality attributes that every product has.
    static let qualityAttributes = """
          quality-attributes:
            - { id: cqa-identity, name: identity, critical: yes, class: identity, qtpp: q-identity }
            - { id: cqa-purity, name: other cells and process residues, critical: yes, class: purity, qtpp: q-safety }
            - { id: cqa-viability, name: viability after thawing, critical: yes, class: purity, qtpp: q-strength }
            - { id: cqa-dose, name: viable cells in a container, critical: yes, class: quantity, qtpp: q-strength }
            - { id: cqa-potency, name: potency, critical: yes, class: potency, qtpp: q-potency }
            - { id: cqa-asepsis, name: "freedom from microbes, mycoplasma and endotoxin", critical: yes, class: safety, qtpp: q-safety }
            - { id: cqa-genome, name: genomic stability, critical: yes, class: safety, qtpp: q-safety }
        """

    /// Materials that every product uses up.
    static let commonMaterials = """
          - { id: dmso, name: dimethyl sulfoxide, role: excipient, class: cryoprotectant, unit: mL, critical: yes, grade: pharmacopoeial, compendial: Ph. Eur. 0763, origin: { kind: synthetic }, risk: { level: low }, sterile: yes, source: general }
          - { id: albumin, name: human albumin 20 %, role: excipient, class: albumin, unit: mL, critical: yes, grade: licensed medicine, compendial: Ph. Eur. 0255, origin: { kind: human, species: human, preparation: plasma fractionation }, viral-safety: { inactivation: pasteurisation }, risk: { level: medium, mitigation: licensed medicine, residual: low }, sterile: yes, source: general }
          - { id: sodium-chloride, name: sodium chloride 0.9 %, role: excipient, class: infusion solution, unit: mL, grade: licensed medicine, origin: { kind: mineral }, risk: { level: low }, sterile: yes, source: general }
          - { id: dpbs, name: DPBS without calcium and magnesium, role: raw material, class: buffer, unit: mL, grade: GMP, origin: { kind: synthetic }, risk: { level: low }, sterile: yes, source: general }
          - { id: vial, name: closed vial, role: primary packaging, class: container, unit: items, critical: yes, origin: { kind: synthetic }, single-use: { product-contact: yes }, risk: { level: low }, sterile: yes, source: general }
          - { id: bank-vial, name: cryovial for banks, role: primary packaging, class: container, unit: items, origin: { kind: synthetic }, single-use: { product-contact: yes }, risk: { level: low }, sterile: yes, source: general }
          - { id: aseptic-kit, name: consumables for one aseptic operation, role: consumable, class: kit, unit: kits, origin: { kind: synthetic }, single-use: { product-contact: yes }, risk: { level: low }, sterile: yes, source: general }
        """
}
