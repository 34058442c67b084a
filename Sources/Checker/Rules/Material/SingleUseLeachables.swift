import ProductDefinition

/// Single-use parts in contact with product, without assessment of leachables and integrity.
///
/// ## Why it matters
///
/// Plastics give off substances that cells take up, and seams leak. Bags, tubing and flasks that
/// touch product need an extractables and leachables assessment and an acceptance test of
/// integrity.
///
/// ## Flagged
///
/// ```yaml
/// materials:
///   - id: bag
///     name: cryobag 50 mL
///     role: primary packaging
///     single-use: { product-contact: yes, integrity: supplier test of each lot }
/// ```
///
/// ## Accepted
///
/// ```yaml
/// materials:
///   - id: bag
///     name: cryobag 50 mL
///     role: primary packaging
///     single-use:
///       product-contact: yes
///       integrity: supplier test of each lot
///       leachables: EL-0042
/// ```
enum SingleUseLeachables: Rule {
    static let id = "single-use-leachables"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        let roles: [Definition.MaterialRole] = [.cultureVessel, .primaryPackaging]
        for material in subject.definition.materials {
            guard let part = material.singleUse else {
                if roles.contains(material.role.value) {
                    findings.report(
                        "'\(material.name.value)' touches the product and its leachables are not "
                            + "assessed",
                        at: material.name.position, about: material.id.value,
                        help: "write 'single-use:' with product-contact, leachables and integrity")
                }
                continue
            }
            guard part.touchesProduct.isYes else { continue }
            var missing: [String] = []
            if !part.leachables.isStated {
                missing.append("assessment of extractables and leachables")
            }
            if !part.integrity.isStated { missing.append("acceptance of integrity") }
            guard !missing.isEmpty else { continue }
            findings.report(
                "'\(material.name.value)' touches the product and has no \(listed(missing))",
                at: part.position, about: material.id.value,
                help: "complete 'leachables:' and 'integrity:'")
        }
    }
}
