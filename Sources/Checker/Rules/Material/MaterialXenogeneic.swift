import ProductDefinition

/// An animal component without justification and a limit for its residue.
///
/// ## Why it matters
///
/// Animal proteins bring viruses and immune reactions. Where they cannot be replaced, the file
/// says why, and the amount that remains in the product has a limit. Serum-free media are
/// preferred in GMP.
///
/// ## Flagged
///
/// ```yaml
/// materials:
///   - id: fbs
///     name: fetal bovine serum
///     role: raw material
///     origin: { kind: animal, species: bovine }
/// ```
///
/// ## Accepted
///
/// ```yaml
/// materials:
///   - id: fbs
///     name: fetal bovine serum
///     role: raw material
///     origin: { kind: animal, species: bovine }
///     xenogeneic: { reason: no xeno-free medium keeps the growth of these cells, document: DEV-21 }
/// specifications:
///   - id: release
///     name: release
///     applies-to: drug product
///     tests:
///       - { name: residual BSA, class: purity, limit: "< 50 ng/mL", residue-of: [fbs] }
/// ```
enum MaterialXenogeneic: Rule {
    static let id = "material-xenogeneic"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        let limited = Set(
            subject.releaseTests.filter {
                subject.decidingLimit(of: $0) != nil || $0.washout.isStated
            }.flatMap { $0.residueOf.map(\.value) })
        for material in subject.definition.materials
        where material.origin?.kind.value == .animal && material.isRawOrExcipient {
            if material.xenogeneic == nil {
                findings.report(
                    "'\(material.name.value)' comes from animals without a justification",
                    at: material.name.position, about: material.id.value,
                    help: "write 'xenogeneic:' with the 'reason:', or use a xeno-free material")
            }
            if !limited.contains(material.id.value) {
                findings.report(
                    "no test limits what is left of '\(material.name.value)' in the product",
                    at: material.name.position, about: material.id.value,
                    help:
                        "name it under 'residue-of:' of a release test with a limit or a 'washout:'"
                )
            }
        }
    }
}
