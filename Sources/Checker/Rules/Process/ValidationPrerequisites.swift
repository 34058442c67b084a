import ProductDefinition

/// Validation batches on equipment or suppliers that are not qualified.
///
/// ## Why it matters
///
/// A validation shows something only when everything under it is known: equipment qualified,
/// suppliers approved.
///
/// ## Flagged
///
/// ```yaml
/// facility:
///   equipment: [{ id: centrifuge, kind: centrifuge, qualified: no }]
/// process:
///   stages:
///     - id: a
///       name: expansion
///       phase: expansion
///       operations: [{ id: wash, kind: wash, equipment: [centrifuge] }]
///   validation: { process: planned }
/// ```
///
/// ## Accepted
///
/// ```yaml
/// facility:
///   equipment: [{ id: centrifuge, kind: centrifuge, qualified: yes }]
/// process:
///   stages:
///     - id: a
///       name: expansion
///       phase: expansion
///       operations: [{ id: wash, kind: wash, equipment: [centrifuge] }]
///   validation: { process: planned }
/// ```
enum ValidationPrerequisites: Rule {
    static let id = "validation-prerequisites"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        guard let validation = subject.definition.process?.validation,
            validation.process?.value == .planned || validation.process?.value == .validated
        else { return }
        var used: Set<String> = []
        for stage in subject.stages {
            for operation in stage.operations { used.formUnion(operation.equipment.map(\.value)) }
        }
        for equipment in subject.definition.premises?.equipment ?? []
        where used.contains(equipment.id.value) && !equipment.isQualified.isYes {
            findings.report(
                "'\(equipment.id.value)' is used in the process and is not qualified",
                at: equipment.isQualified?.position ?? equipment.id.position,
                about: equipment.id.value,
                help: "qualify it before the first validation batch")
        }
        for material in subject.definition.materials
        where material.isCritical.isYes && !material.suppliers.isEmpty
            && !material.suppliers.contains(where: { $0.isApproved.isYes })
        {
            findings.report(
                "no supplier of the critical material '\(material.name.value)' is approved",
                at: material.suppliers[0].name.position, about: material.id.value,
                help: "approve it before the first validation batch")
        }
    }
}
