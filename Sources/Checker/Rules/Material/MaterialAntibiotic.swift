import ProductDefinition

/// An antibiotic in the process without removal, residue test and proof that it masks nothing.
///
/// ## Why it matters
///
/// Antibiotics hide contamination instead of preventing it, cause allergic reactions, and
/// suppress growth in the sterility test. Where one is needed for incoming tissue it has to be
/// washed out, its residue has a limit, and the sterility test is shown to work in its presence.
/// Beta-lactams sensitise and have no place in a cell process.
///
/// ## Limits
///
/// That beta-lactams are excluded altogether is general practice and was not read in a cited
/// text.
///
/// ## Flagged
///
/// ```yaml
/// materials:
///   - { id: gentamicin, name: gentamicin, role: raw material, class: antibiotic }
/// ```
///
/// ## Accepted
///
/// ```yaml
/// materials:
///   - id: gentamicin
///     name: gentamicin
///     role: raw material
///     class: antibiotic
///     antibiotic:
///       removed-in: wash
///       residual-limit: "< 1 mg/L"
///       sterility-interference: VAL-0009
///       interference-passed: yes
/// ```
enum MaterialAntibiotic: Rule {
    static let id = "material-antibiotic"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        for material in subject.definition.materials where material.isAntibiotic {
            let name = material.name.value
            if material.materialClass?.value == .betaLactamAntibiotic {
                findings.report(
                    "'\(name)' is a beta-lactam antibiotic",
                    at: material.materialClass?.position ?? material.name.position,
                    about: material.id.value, help: "use another antibiotic, or none")
            }
            var missing: [String] = []
            if !(material.antibiotic?.removedIn.isStated ?? false) {
                missing.append("removal step")
            }
            if material.antibiotic?.residualLimit == nil { missing.append("limit for its residue") }
            if !(material.antibiotic?.interferencePassed.isYes ?? false) {
                missing.append("passed study of interference with the sterility test")
            }
            guard !missing.isEmpty else { continue }
            findings.report(
                "the antibiotic '\(name)' has no \(listed(missing))",
                at: material.antibiotic?.position ?? material.name.position,
                about: material.id.value,
                help:
                    "write 'antibiotic:' with removed-in, residual-limit, sterility-interference "
                    + "and interference-passed, or leave it out of the process"
            )
        }
    }
}
