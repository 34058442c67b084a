import ProductDefinition

/// A supplier of a critical material whose audit is overdue.
///
/// ## Why it matters
///
/// The supplier's quality system is part of the product's. An audit is repeated inside the
/// interval that the risk asks for.
///
/// ## Flagged
///
/// ```yaml
/// materials:
///   - id: laminin
///     name: laminin-521
///     role: raw material
///     critical: yes
///     suppliers:
///       - { name: matrix maker, audited: 2021-05-04, audit-interval: 36 months }
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
///     suppliers:
///       - { name: matrix maker, audited: 2025-05-04, audit-interval: 36 months }
/// ```
enum SupplierAuditInterval: Rule {
    static let id = "supplier-audit-interval"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        for material in subject.definition.materials where material.isCritical.isYes {
            for supplier in material.suppliers where supplier.isApproved?.value ?? true {
                guard let audited = supplier.audited, let interval = supplier.auditInterval else {
                    let missing =
                        supplier.audited == nil ? "was never audited" : "has no audit interval"
                    findings.report(
                        "the supplier '\(supplier.name.value)' of '\(material.name.value)' "
                            + "\(missing)",
                        at: supplier.name.position, about: material.id.value,
                        help: "write 'audited:' with the day and 'audit-interval:'")
                    continue
                }
                if audited.value.isFurther(than: interval.value, before: subject.asOf) {
                    findings.report(
                        "the audit of '\(supplier.name.value)' on \(audited.value) is older than "
                            + "\(interval.value)",
                        at: audited.position, about: material.id.value,
                        help: "audit the supplier again")
                }
            }
        }
    }
}
