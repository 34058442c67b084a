import Guidance
import ProductDefinition

/// A critical raw material below GMP or pharmacopoeial grade.
///
/// ## Why it matters
///
/// Research-grade reagents change without notice and are released against no specification. In
/// early trials an own qualification can bridge; for confirmatory trials and the market the grade
/// has to fit. Enzymes are included.
///
/// ## What counts
///
/// Critical raw materials and excipients, and every enzyme. An approved qualification of a lower
/// grade is accepted until confirmatory trials.
///
/// ## Flagged
///
/// ```yaml
/// materials:
///   - { id: trypsin, name: trypsin, role: raw material, class: enzyme, grade: research }
/// ```
///
/// ## Accepted
///
/// ```yaml
/// materials:
///   - { id: trypsin, name: recombinant trypsin, role: raw material, class: enzyme, grade: GMP }
/// ```
enum MaterialGrade: Rule {
    static let id = "material-grade"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        let fitting: [Definition.MaterialGrade] = [.gmp, .pharmacopoeial, .licensedMedicine]
        for material in subject.definition.materials where material.isRawOrExcipient {
            guard material.isCritical.isYes || material.materialClass?.value == .enzyme else {
                continue
            }
            if let grade = material.grade?.value, fitting.contains(grade) { continue }
            if subject.phase <= .phase1, material.qualification?.isApproved.isYes ?? false {
                continue
            }
            let grade = material.grade.map { "of \($0.value.rawValue) grade" } ?? "of unknown grade"
            findings.report(
                "the critical material '\(material.name.value)' is \(grade)",
                at: material.grade?.position ?? material.name.position, about: material.id.value,
                help: subject.phase <= .phase1
                    ? "buy it in GMP or pharmacopoeial grade, or qualify it under 'qualification:'"
                    : "buy it in GMP or pharmacopoeial grade, or as a licensed medicine")
        }
    }
}
