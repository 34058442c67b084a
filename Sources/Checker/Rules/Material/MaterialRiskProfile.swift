import ProductDefinition

/// A material without a risk profile, or a high risk without mitigation.
///
/// ## Why it matters
///
/// Raw materials differ by orders of magnitude in the risk they bring. The profile says which
/// ones deserve attention, and a high risk has to come down to a residual risk that someone
/// accepts.
///
/// ## Flagged
///
/// ```yaml
/// materials:
///   - id: hpl
///     name: human platelet lysate
///     role: raw material
///     risk: { level: high }
/// ```
///
/// ## Accepted
///
/// ```yaml
/// materials:
///   - id: hpl
///     name: human platelet lysate
///     role: raw material
///     risk: { level: high, mitigation: pathogen reduction of each pool, residual: medium }
/// ```
enum MaterialRiskProfile: Rule {
    static let id = "material-risk-profile"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        let roles: [Definition.MaterialRole] = [.startingMaterial, .rawMaterial, .excipient]
        for material in subject.definition.materials where roles.contains(material.role.value) {
            guard let risk = material.risk else {
                findings.report(
                    "'\(material.name.value)' has no risk profile", at: material.name.position,
                    about: material.id.value,
                    help: "write 'risk:' with 'level:' low, medium or high")
                continue
            }
            guard risk.level.value == .high else { continue }
            if !risk.mitigation.isStated {
                findings.report(
                    "the high risk of '\(material.name.value)' has no mitigation",
                    at: risk.level.position, about: material.id.value,
                    help: "write 'mitigation:' and the 'residual:' level")
            } else if risk.residual?.value != .low, risk.residual?.value != .medium {
                findings.report(
                    "the high risk of '\(material.name.value)' is not brought down to medium or "
                        + "low",
                    at: risk.residual?.position ?? risk.level.position, about: material.id.value,
                    help: "mitigate further, or replace the material")
            }
        }
    }
}
