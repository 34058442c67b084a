import ProductDefinition

/// A time of use after thaw that nothing supports.
///
/// ## Why it matters
///
/// Viability falls within hours after thaw. The time on the label is supported by a study in the
/// same diluent, at the same temperature.
///
/// ## Flagged
///
/// ```yaml
/// product:
///   in-use: { claim: 4 h, study: use }
/// stability:
///   - { id: use, of: drug product, kind: in-use, supports: 90 min }
/// ```
///
/// ## Accepted
///
/// ```yaml
/// product:
///   in-use: { claim: 60 min, study: use }
/// stability:
///   - { id: use, of: drug product, kind: in-use, supports: 90 min }
/// ```
enum InUseTime: Rule {
    static let id = "in-use-time"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        guard let use = subject.product.inUse else {
            guard subject.product.storage?.state?.value == .frozen else { return }
            findings.report(
                "the product is frozen and has no time of use after thaw",
                at: subject.product.storage?.position,
                help: "write 'in-use:' with 'claim:' and its 'study:'")
            return
        }
        guard let reference = use.study,
            let study = subject.definition.stability.first(where: { $0.id.value == reference.value }
            )
        else {
            findings.report(
                "the time of use of \(use.claim.value) rests on no study", at: use.claim.position,
                help: "name under 'study:' an in-use study")
            return
        }
        guard let shown = study.supports ?? study.dataTo else {
            findings.report(
                "the study '\(study.id.value)' does not say what time it supports",
                at: study.id.position, about: study.id.value, help: "write 'supports:'")
            return
        }
        guard use.claim.value.exceeds(shown.value) == true else { return }
        findings.report(
            "the time of use of \(use.claim.value) is longer than the \(shown.value) that "
                + "'\(study.id.value)' supports",
            at: use.claim.position, about: study.id.value, help: "shorten it, or extend the study")
    }
}
