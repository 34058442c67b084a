import ProductDefinition

/// A critical supplier or contractor without a quality agreement.
///
/// ## Why it matters
///
/// Change notification, traceability and complaint handling exist only where they were agreed.
///
/// ## Flagged
///
/// ```yaml
/// materials:
///   - id: laminin
///     name: laminin-521
///     role: raw material
///     critical: yes
///     suppliers: [{ name: matrix maker }]
/// ```
///
/// ## Accepted
///
/// ```yaml
/// materials:
///   - id: laminin
///     name: laminin-521
///     role: raw material
///     critical: yes
///     suppliers: [{ name: matrix maker, quality-agreement: QA-031 }]
/// ```
enum QualityAgreement: Rule {
    static let id = "quality-agreement"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        for material in subject.definition.materials where material.isCritical.isYes {
            for supplier in material.suppliers
            where supplier.isApproved?.value ?? true && !supplier.qualityAgreement.isStated {
                findings.report(
                    "there is no quality agreement with '\(supplier.name.value)', who supplies "
                        + "'\(material.name.value)'",
                    at: supplier.name.position, about: material.id.value,
                    help: "write 'quality-agreement:' with its number")
            }
        }
    }
}
