import ProductDefinition
import Quantities

/// A shelf life on fewer than three batches, or on other conditions than the label's.
///
/// ## Why it matters
///
/// Three batches at the storage condition of the label, in real time, are the usual basis of a
/// shelf life.
///
/// ## Flagged
///
/// ```yaml
/// stability:
///   - { id: lt, of: drug product, kind: long-term, batches: 1 }
/// ```
///
/// ## Accepted
///
/// ```yaml
/// stability:
///   - { id: lt, of: drug product, kind: long-term, batches: 3 }
/// ```
enum StabilityBatches: Rule {
    static let id = "stability-batches"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        let studies = subject.definition.stability.filter {
            $0.subject.value == .drugProduct && $0.kind.value == .longTerm
        }
        guard let first = studies.first else {
            findings.report(
                "the product has no long-term stability study",
                at: subject.product.shelfLife?.position ?? subject.place,
                help: "add one under 'stability:' with 'of: drug product' and 'kind: long-term'")
            return
        }
        let label = subject.product.storage?.temperature?.value
        let fitting = studies.filter { study in
            guard let label, let temperature = study.temperature?.value else { return true }
            return (try? label.encloses(temperature)) ?? false
        }
        if fitting.isEmpty, let label {
            findings.report(
                "no long-term study runs at the storage temperature '\(label)'",
                at: first.temperature?.position ?? first.id.position, about: first.id.value,
                help: "study the condition of the label")
        }
        let most = fitting.max { ($0.batches?.value ?? 0) < ($1.batches?.value ?? 0) }
        guard let most, (most.batches?.value ?? 0) < 3 else { return }
        findings.report(
            "the study '\(most.id.value)' has "
                + "\(most.batches.map { $0.value == 1 ? "1 batch" : "\($0.value) batches" } ?? "no stated number of batches"), three are expected",
            at: most.batches?.position ?? most.id.position, about: most.id.value,
            help: "add batches as they are made")
    }
}
