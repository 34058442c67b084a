import ProductDefinition

/// A class that does not follow from manipulation and function.
///
/// ## Why it matters
///
/// Cells are engineered, and so an ATMP, when they were substantially manipulated or are not used
/// for the same essential function as in the donor. Cells to which neither applies are a
/// transplant, under other law.
///
/// ## Flagged
///
/// ```yaml
/// product:
///   classification:
///     class: not an ATMP
///     substantially-manipulated: yes
///     same-essential-function: no
/// ```
///
/// ## Accepted
///
/// ```yaml
/// product:
///   classification:
///     class: somatic cell therapy
///     substantially-manipulated: yes
///     same-essential-function: no
/// ```
enum ClassSameEssentialFunction: Rule {
    static let id = "class-same-essential-function"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        guard let classification = subject.product.classification,
            let decided = classification.atmpClass,
            let manipulated = classification.isSubstantiallyManipulated?.value,
            let same = classification.hasSameEssentialFunction?.value,
            !classification.hasRecombinantNucleicAcid.isYes
        else { return }
        let isTransplant = !manipulated && same
        guard (decided.value == .notAnATMP) != isTransplant else { return }
        if isTransplant {
            findings.report(
                "cells that are not substantially manipulated and keep their function are not an "
                    + "ATMP, but the class is '\(decided.value.rawValue)'",
                at: decided.position, help: "write 'class: not an ATMP', or correct the two answers"
            )
        } else {
            let why =
                manipulated ? "substantially manipulated" : "used for another essential function"
            findings.report(
                "cells that are \(why) are engineered, but the class is 'not an ATMP'",
                at: decided.position, help: "choose the class that the intended action leads to")
        }
    }
}
