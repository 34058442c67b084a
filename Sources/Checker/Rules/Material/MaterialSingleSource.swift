import ProductDefinition

/// A critical material with one source and no plan.
///
/// ## Why it matters
///
/// A supplier that stops, changes or runs late stops the product. A second approved source or a
/// stock that outlasts the lead time keeps patients supplied.
///
/// ## What counts
///
/// Critical materials other than the starting material: a second maternity or line is a question
/// of donors and banks, not of stock.
///
/// ## Flagged
///
/// ```yaml
/// materials:
///   - id: laminin
///     name: laminin-521
///     role: raw material
///     critical: yes
///     suppliers: [{ name: matrix maker, approved: yes }]
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
///     suppliers: [{ name: matrix maker, approved: yes }]
///     lead-time: 8 weeks
///     safety-stock: 6 months
/// ```
enum MaterialSingleSource: Rule {
    static let id = "material-single-source"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        for material in subject.definition.materials
        where material.isCritical.isYes && material.role.value != .startingMaterial {
            let approved = material.suppliers.count { $0.isApproved?.value ?? true }
            if approved >= 2 || material.secondSource.isStated { continue }
            if let stock = material.safetyStock?.value, let lead = material.leadTime?.value,
                lead.exceeds(stock) == false
            {
                continue
            }
            findings.report(
                "the critical material '\(material.name.value)' has "
                    + "\(approved == 0 ? "no approved supplier" : "one supplier") and no plan "
                    + "for the loss of it",
                at: material.suppliers.first?.name.position ?? material.name.position,
                about: material.id.value,
                help:
                    "approve a second supplier, write 'second-source:', or keep a "
                    + "'safety-stock:' that outlasts 'lead-time:'"
            )
        }
    }
}
