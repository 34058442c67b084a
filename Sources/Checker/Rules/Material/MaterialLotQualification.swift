import ProductDefinition

/// A critical growth component whose new lots are not tried out.
///
/// ## Why it matters
///
/// Lots of lysate, serum or growth factors differ enough to change growth and phenotype. A
/// side-by-side test against the lot in use shows it before a batch depends on it.
///
/// ## Flagged
///
/// ```yaml
/// materials:
///   - { id: hpl, name: platelet lysate, role: raw material, class: platelet lysate, critical: yes }
/// ```
///
/// ## Accepted
///
/// ```yaml
/// materials:
///   - id: hpl
///     name: platelet lysate
///     role: raw material
///     class: platelet lysate
///     critical: yes
///     qualification: { lot-test: doubling time and phenotype on a reference bank }
/// ```
enum MaterialLotQualification: Rule {
    static let id = "material-lot-qualification"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        let growing: [Definition.MaterialClass] = [
            .serum, .plateletLysate, .growthFactor, .completeMedium, .matrix,
        ]
        for material in subject.definition.materials where material.isCritical.isYes {
            guard let kind = material.materialClass?.value, growing.contains(kind),
                !(material.qualification?.lotTest.isStated ?? false)
            else { continue }
            findings.report(
                "new lots of '\(material.name.value)' are not tried against the lot in use",
                at: material.qualification?.position ?? material.name.position,
                about: material.id.value,
                help: "write 'lot-test:' under 'qualification:' with the growth and phenotype test")
        }
    }
}
