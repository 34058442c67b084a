import ProductDefinition

/// Fewer than two candidate assays for potency before the first trial.
///
/// ## Why it matters
///
/// Potency assays fail often, and late. Several are tried while it is cheap, so that one of them
/// survives.
///
/// ## Flagged
///
/// ```yaml
/// assays:
///   - { id: kyn, name: kynurenine, measures: enzyme induction, kind: functional, pathways: [ido] }
/// ```
///
/// ## Accepted
///
/// ```yaml
/// assays:
///   - { id: kyn, name: kynurenine, measures: enzyme induction, kind: functional, pathways: [ido] }
///   - { id: mlr, name: T-cell inhibition, measures: T-cell proliferation, pathways: [ido] }
/// ```
enum PotencyCandidates: Rule {
    static let id = "potency-candidates"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        let candidates = subject.potencyAssays
        guard candidates.count < 2 else { return }
        findings.report(
            "\(candidates.isEmpty ? "no potency assay was" : "only one potency assay was") "
                + "evaluated, two candidates are expected",
            at: candidates.first?.name.position ?? subject.place,
            help: "describe the candidates under 'assays:' with 'pathways:' and 'candidate: yes'")
    }
}
