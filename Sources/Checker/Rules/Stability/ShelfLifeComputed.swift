import Diagnostics
import ProductDefinition

/// A shelf life that is longer than its data.
///
/// ## Why it matters
///
/// The shelf life ends where the one-sided 95 % confidence bound of the mean leaves the limit;
/// for biological products it does not go beyond the last real-time point without a reason.
///
/// ## Limits
///
/// The rule compares the claim with what the study says it supports and with its last point in
/// real time. The regression behind `supports:` is computed where the results are, by the
/// statistics of the site.
///
/// ## Flagged
///
/// ```yaml
/// product:
///   shelf-life: { claim: 24 months, study: lt }
/// stability:
///   - { id: lt, of: drug product, kind: long-term, data-to: 12 months, supports: 18 months }
/// ```
///
/// ## Accepted
///
/// ```yaml
/// product:
///   shelf-life: { claim: 12 months, study: lt }
/// stability:
///   - { id: lt, of: drug product, kind: long-term, data-to: 12 months, supports: 18 months }
/// ```
enum ShelfLifeComputed: Rule {
    static let id = "shelf-life-computed"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        guard let shelfLife = subject.product.shelfLife else {
            findings.report(
                "the product claims no shelf life", at: subject.place,
                help: "write 'shelf-life:' with 'claim:' and the 'study:' behind it")
            return
        }
        let claim = shelfLife.claim
        guard let reference = shelfLife.study,
            let study = subject.definition.stability.first(where: { $0.id.value == reference.value }
            )
        else {
            findings.report(
                "the shelf life of \(claim.value) rests on no study", at: claim.position,
                help: "name under 'study:' the long-term study of the product")
            return
        }
        guard study.supports != nil || study.dataTo != nil else {
            findings.report(
                "the study '\(study.id.value)' does not say what time it supports",
                at: study.id.position, about: study.id.value,
                help: "write 'data-to:' and 'supports:'")
            return
        }
        if let supports = study.supports, claim.value.exceeds(supports.value) == true {
            findings.report(
                "the shelf life of \(claim.value) is longer than the \(supports.value) that "
                    + "'\(study.id.value)' supports",
                at: claim.position, about: study.id.value, help: "shorten the claim, or add data",
                notes: [.init("the time that is supported", at: supports.position)])
        } else if let dataTo = study.dataTo, claim.value.exceeds(dataTo.value) == true {
            findings.report(
                "the shelf life of \(claim.value) goes beyond the last real-time point of "
                    + "'\(study.id.value)' at \(dataTo.value)",
                at: claim.position, about: study.id.value,
                help: "biological products are not extrapolated without a reason")
        }
    }
}
