import ProductDefinition

/// A product without a decided ATMP class.
///
/// ## Why it matters
///
/// The class decides which law applies, which committee is asked and which tests are expected. A
/// developer who has not written down the class and the reasoning behind it finds out late that
/// the dossier follows the wrong path.
///
/// ## Flagged
///
/// ```yaml
/// product:
///   classification:
///     class: somatic cell therapy
/// ```
///
/// ## Accepted
///
/// ```yaml
/// product:
///   classification:
///     class: somatic cell therapy
///     reason: expanded cells that act on the immune system of the patient
/// ```
enum ClassSet: Rule {
    static let id = "class-set"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        guard let classification = subject.product.classification,
            let decided = classification.atmpClass
        else {
            findings.report(
                "the product has no ATMP class",
                at: subject.product.classification?.position ?? subject.place,
                help:
                    "write 'class:' and 'reason:' under 'classification:'; 'seedlot classify' "
                    + "leads to it"
            )
            return
        }
        if !classification.reason.isStated {
            findings.report(
                "the class '\(decided.value.rawValue)' is given without a reason",
                at: decided.position,
                help: "write under 'reason:' which answers lead to it")
        }
    }
}
