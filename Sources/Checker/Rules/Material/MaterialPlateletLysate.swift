import ProductDefinition

/// Human platelet lysate without its donors, their tests and pathogen reduction.
///
/// ## Why it matters
///
/// Lysate is pooled from many donors, and one infected donor reaches every batch. The number of
/// donors, their test results and a pathogen reduction step, or the reason why there is none,
/// have to be known.
///
/// ## Flagged
///
/// ```yaml
/// materials:
///   - id: hpl
///     name: human platelet lysate
///     role: raw material
///     class: platelet lysate
///     platelet-lysate: { donors: 120, donor-tests: pass }
/// ```
///
/// ## Accepted
///
/// ```yaml
/// materials:
///   - id: hpl
///     name: human platelet lysate
///     role: raw material
///     class: platelet lysate
///     platelet-lysate: { donors: 120, donor-tests: pass, pathogen-reduction: gamma irradiation }
/// ```
enum MaterialPlateletLysate: Rule {
    static let id = "material-platelet-lysate"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        for material in subject.definition.materials
        where material.materialClass?.value == .plateletLysate {
            guard let lysate = material.plateletLysate else {
                findings.report(
                    "nothing is known of the donors of '\(material.name.value)'",
                    at: material.name.position, about: material.id.value,
                    help: "write 'platelet-lysate:' with donors, donor-tests and pathogen-reduction"
                )
                continue
            }
            var missing: [String] = []
            if (lysate.donors?.value ?? 0) < 1 { missing.append("number of donors") }
            if lysate.donorTests?.value != .pass { missing.append("passed donor tests") }
            if !lysate.pathogenReduction.isStated, !lysate.justification.isStated {
                missing.append("pathogen reduction or reason why there is none")
            }
            guard !missing.isEmpty else { continue }
            findings.report(
                "the lysate '\(material.name.value)' has no \(listed(missing))",
                at: lysate.position,
                about: material.id.value, help: "complete 'platelet-lysate:'")
        }
    }
}
