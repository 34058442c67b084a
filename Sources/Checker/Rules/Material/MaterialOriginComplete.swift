import ProductDefinition

/// A biological material whose origin is not fully known.
///
/// ## Why it matters
///
/// Species, country, supplier and preparation decide which viruses and prions a material can
/// carry. A missing line cannot be risk-assessed, and is asked for in 3.2.S.2.3.
///
/// ## Flagged
///
/// ```yaml
/// materials:
///   - id: albumin
///     name: human albumin 20 %
///     role: excipient
///     origin: { kind: human, country: Germany }
/// ```
///
/// ## Accepted
///
/// ```yaml
/// materials:
///   - id: albumin
///     name: human albumin 20 %
///     role: excipient
///     origin: { kind: human, country: Germany, preparation: fractionation of pooled plasma }
///     suppliers:
///       - { name: plasma fractionator }
/// ```
enum MaterialOriginComplete: Rule {
    static let id = "material-origin-complete"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        for material in subject.definition.materials {
            guard let origin = material.origin else {
                if material.isOfBiologicalClass {
                    findings.report(
                        "'\(material.name.value)' is biological and its origin is not known",
                        at: material.name.position, about: material.id.value,
                        help: "write 'origin:' with kind, species, country and preparation")
                }
                continue
            }
            guard material.isFromHumanOrAnimal else { continue }
            var missing: [String] = []
            if origin.kind.value == .animal, !origin.species.isStated { missing.append("species") }
            if !origin.country.isStated { missing.append("country") }
            if !origin.preparation.isStated { missing.append("preparation") }
            if material.suppliers.isEmpty, material.role.value != .startingMaterial {
                missing.append("supplier")
            }
            guard !missing.isEmpty else { continue }
            findings.report(
                "'\(material.name.value)' is of \(origin.kind.value.rawValue) origin without "
                    + "\(listed(missing))",
                at: origin.kind.position, about: material.id.value,
                help: "complete 'origin:' and 'suppliers:'")
        }
    }
}
