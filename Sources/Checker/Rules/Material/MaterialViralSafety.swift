import ProductDefinition

/// A human or animal material without evidence of viral safety.
///
/// ## Why it matters
///
/// A virus that comes with a raw material is amplified by the cells it meets, and cells cannot be
/// virus-inactivated afterwards. Testing of the source, a virus panel on the lot, or an
/// inactivation step in its manufacture has to stand in the file.
///
/// ## What counts
///
/// Virus tests or an inactivation step of the material; for a licensed medicine the licence; for
/// donated tissue the tests of the donor.
///
/// ## Flagged
///
/// ```yaml
/// materials:
///   - id: hpl
///     name: human platelet lysate
///     role: raw material
///     origin: { kind: human }
/// ```
///
/// ## Accepted
///
/// ```yaml
/// materials:
///   - id: hpl
///     name: human platelet lysate
///     role: raw material
///     origin: { kind: human }
///     viral-safety: { tests: [HIV, HBV, HCV], inactivation: solvent and detergent }
/// ```
enum MaterialViralSafety: Rule {
    static let id = "material-viral-safety"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        for material in subject.definition.materials where material.isFromHumanOrAnimal {
            if let viral = material.viralSafety, !viral.tests.isEmpty || viral.inactivation.isStated
            {
                continue
            }
            if material.grade?.value == .licensedMedicine { continue }
            if material.role.value == .startingMaterial,
                !(subject.definition.donors?.tests.isEmpty ?? true)
            {
                continue
            }
            findings.report(
                "'\(material.name.value)' is of "
                    + "\(material.origin?.kind.value.rawValue ?? "biological") origin without "
                    + "virus tests or inactivation",
                at: material.name.position, about: material.id.value,
                help: "write 'viral-safety:' with 'tests:' or 'inactivation:'")
        }
    }
}
