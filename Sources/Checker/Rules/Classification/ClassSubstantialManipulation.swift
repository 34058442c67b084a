import Diagnostics
import ProductDefinition

/// A declaration of substantial manipulation that the process contradicts.
///
/// ## Why it matters
///
/// Annex I of Regulation 1394/2007 lists the operations that do not count as substantial:
/// cutting, grinding, shaping, centrifugation, soaking in antibiotic or antimicrobial solutions,
/// sterilisation, irradiation, separation, concentration or purification, filtering,
/// lyophilisation, freezing, cryopreservation and vitrification. One operation outside the list,
/// such as expansion in culture, makes the manipulation substantial; that reading of expansion is
/// the practice of the Committee for Advanced Therapies.
///
/// ## Flagged
///
/// ```yaml
/// product:
///   classification:
///     substantially-manipulated: no
/// process:
///   stages:
///     - id: expansion
///       name: expansion
///       phase: expansion
///       operations:
///         - { id: p1, kind: culture }
/// ```
///
/// ## Accepted
///
/// ```yaml
/// product:
///   classification:
///     substantially-manipulated: yes
/// process:
///   stages:
///     - id: expansion
///       name: expansion
///       phase: expansion
///       operations:
///         - { id: p1, kind: culture }
/// ```
enum ClassSubstantialManipulation: Rule {
    static let id = "class-substantial-manipulation"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        guard let declared = subject.product.classification?.isSubstantiallyManipulated else {
            return
        }
        var hasOperations = false
        for stage in subject.stages {
            for operation in stage.operations {
                hasOperations = true
                guard isSubstantial(operation.kind.value) else { continue }
                if !declared.value {
                    findings.report(
                        "the cells are declared not substantially manipulated, but "
                            + "'\(operation.id.value)' is a \(operation.kind.value.rawValue) "
                            + "operation",
                        at: declared.position,
                        help: "write 'substantially-manipulated: yes'",
                        notes: [
                            .init(
                                "outside the list of Regulation 1394/2007 Annex I",
                                at: operation.kind.position)
                        ])
                }
                return
            }
        }
        if declared.value, hasOperations {
            findings.report(
                "the cells are declared substantially manipulated, but every operation stands in "
                    + "the list of Regulation 1394/2007 Annex I",
                at: declared.position,
                help: "name the operation that goes beyond the list, or write 'no'")
        }
    }

    /// Growing and differentiating cells go beyond the list; everything else can be done within it.
    private static func isSubstantial(_ kind: Definition.OperationKind) -> Bool {
        switch kind {
        case .seed, .culture, .feed, .passage, .differentiate: true
        default: false
        }
    }
}
