import ProductDefinition
import Quantities

/// Isolator gloves that are not tested at start and end.
///
/// ## Why it matters
///
/// Gloves are the thinnest wall of an isolator. They are tested at the start and the end of each
/// batch or session.
///
/// ## Flagged
///
/// ```yaml
/// facility:
///   equipment: [{ id: iso, kind: closed isolator, grade: A, glove-test: once a week }]
/// ```
///
/// ## Accepted
///
/// ```yaml
/// facility:
///   equipment:
///     - id: iso
///       kind: closed isolator
///       grade: A
///       glove-test: at the start and the end of each batch
/// ```
enum GloveIntegrity: Rule {
    static let id = "glove-integrity"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        for equipment in subject.definition.premises?.equipment ?? [] where equipment.isBarrier {
            guard let test = equipment.gloveTest else {
                findings.report(
                    "the gloves of '\(equipment.id.value)' are not tested",
                    at: equipment.id.position,
                    about: equipment.id.value,
                    help: "write 'glove-test: at the start and the end of each batch'")
                continue
            }
            let words = test.value.lowercased()
            let before = ["start", "begin", "before"].contains { words.contains($0) }
            let after = ["end", "after"].contains { words.contains($0) }
            guard !(before && after) else { continue }
            findings.report(
                "the gloves of '\(equipment.id.value)' are tested '\(test.value)', not at start "
                    + "and end",
                at: test.position, about: equipment.id.value,
                help: "test them at the start and the end of each batch or session")
        }
    }
}
