import ProductDefinition

/// A biological raw material that is silent on Ph. Eur. 5.2.12.
///
/// ## Why it matters
///
/// The chapter describes what is expected of raw materials of biological origin for cell and gene
/// therapy. It is informative: conformity is stated, or its absence is justified.
///
/// ## Flagged
///
/// ```yaml
/// materials:
///   - id: fgf2
///     name: recombinant FGF-2
///     role: raw material
///     origin: { kind: recombinant }
/// ```
///
/// ## Accepted
///
/// ```yaml
/// materials:
///   - id: fgf2
///     name: recombinant FGF-2
///     role: raw material
///     origin: { kind: recombinant }
///     ph-eur-5.2.12: yes
/// ```
enum Material5212Conformity: Rule {
    static let id = "material-5212-conformity"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        for material in subject.definition.materials where material.role.value == .rawMaterial {
            let isBiological =
                switch material.origin?.kind.value {
                case .human, .animal, .plant, .microbial, .recombinant: true
                case .synthetic, .mineral: false
                case nil: material.isOfBiologicalClass
                }
            guard isBiological else { continue }
            switch material.chapter5212?.value {
            case .yes, .justified: continue
            case .no, .notApplicable, nil: break
            }
            findings.report(
                "'\(material.name.value)' is of biological origin and does not state conformity "
                    + "with Ph. Eur. 5.2.12",
                at: material.chapter5212?.position ?? material.name.position,
                about: material.id.value,
                help:
                    "write 'ph-eur-5.2.12: yes', or 'justified' with the reason in its "
                    + "qualification"
            )
        }
    }
}
