import ProductDefinition

/// A class that does not follow from the intended action.
///
/// ## Why it matters
///
/// Cells that regenerate, repair or replace tissue are a tissue engineered product; cells that
/// act pharmacologically, immunologically or metabolically are a somatic cell therapy. A product
/// that does both is tissue engineered. The two have different data expectations, for instance on
/// efficacy endpoints and follow-up.
///
/// ## Flagged
///
/// ```yaml
/// product:
///   classification:
///     class: somatic cell therapy
///     actions: [immunological, regenerate]
/// ```
///
/// ## Accepted
///
/// ```yaml
/// product:
///   classification:
///     class: tissue engineered
///     actions: [immunological, regenerate]
/// ```
enum ClassCtOrTe: Rule {
    static let id = "class-ct-or-te"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        guard let classification = subject.product.classification,
            let decided = classification.atmpClass, decided.value != .notAnATMP,
            !classification.hasRecombinantNucleicAcid.isYes
        else { return }
        let actions = Set(classification.actions.map(\.value))
        guard !actions.isEmpty else {
            findings.report(
                "the class '\(decided.value.rawValue)' is given without an intended action",
                at: decided.position, help: "list under 'actions:' what the cells are meant to do")
            return
        }
        let restoring = actions.intersection([.regenerate, .repair, .replace])
        let fitting: [Definition.ATMPClass] =
            restoring.isEmpty ? [.somaticCellTherapy, .combined] : [.tissueEngineered, .combined]
        guard !fitting.contains(decided.value) else { return }
        let words = listed(classification.actions.map { "'\($0.value.rawValue)'" })
        findings.report(
            "a product that is meant to act by \(words) is not '\(decided.value.rawValue)'",
            at: decided.position,
            help:
                "the actions lead to '\(fitting[0].rawValue)', or 'combined' with an integral "
                + "device"
        )
    }
}
