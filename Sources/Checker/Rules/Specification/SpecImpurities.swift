import ProductDefinition

/// Impurities and process residues without a limit or calculation.
///
/// ## Why it matters
///
/// Dead cells, other cell types and what the process leaves behind (enzymes, serum, beads,
/// cryoprotectant, antibiotics) have a limit, a calculation of what a washing leaves, or a reason
/// why neither is needed.
///
/// ## What counts
///
/// Serum, platelet lysate, enzymes, growth factors, antibodies, beads, antibiotics and small
/// molecules that an operation or medium uses, unless they are excipients of the product. Each
/// stands under `residue-of:` of a test with a limit, or of one with a `washout:` calculation.
///
/// ## Flagged
///
/// ```yaml
/// materials:
///   - { id: trypsin, name: recombinant trypsin, role: raw material, class: enzyme }
/// specifications:
///   - id: release
///     name: release
///     applies-to: drug product
///     tests: [{ name: viability, class: quality, limit: ">= 80 %" }]
/// ```
///
/// ## Accepted
///
/// ```yaml
/// materials:
///   - { id: trypsin, name: recombinant trypsin, role: raw material, class: enzyme }
/// specifications:
///   - id: release
///     name: release
///     applies-to: drug product
///     tests:
///       - name: residual trypsin
///         class: purity
///         limit: "<= 10 ng/mL"
///         residue-of: [trypsin]
///         washout: two washes of 1:20 leave a four-hundredth
/// ```
enum SpecImpurities: Rule {
    static let id = "spec-impurities"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        guard let specification = subject.releaseSpecifications.first else { return }
        let answered = Set(
            subject.definition.specifications.flatMap(\.tests).filter {
                subject.decidingLimit(of: $0) != nil || $0.washout.isStated
                    || $0.justification != nil
            }.flatMap { $0.residueOf.map(\.value) })
        let excipients = Set((subject.product.formulation?.excipients ?? []).map(\.material.value))
        var open: [Definition.Material] = []
        for material in subject.definition.materials {
            guard let kind = material.materialClass?.value, leavesResidue(kind),
                !answered.contains(material.id.value), !excipients.contains(material.id.value),
                material.antibiotic?.residualLimit == nil
            else { continue }
            open.append(material)
        }
        for material in open {
            findings.report(
                "what the process leaves of '\(material.name.value)' has neither a limit nor a "
                    + "calculation",
                at: material.name.position, about: material.id.value,
                help:
                    "name it under 'residue-of:' of a test in '\(specification.id.value)', with "
                    + "a limit or a 'washout:'"
            )
        }
    }

    private static func leavesResidue(_ kind: Definition.MaterialClass) -> Bool {
        switch kind {
        case .serum, .plateletLysate, .enzyme, .growthFactor, .antibody, .beads, .antibiotic,
            .betaLactamAntibiotic, .smallMolecule:
            true
        default: false
        }
    }
}
