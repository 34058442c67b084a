import ProductDefinition

/// A process that does not say what a batch is.
///
/// ## Why it matters
///
/// Release, recall and traceability all speak of batches. Whether donors or harvests are pooled
/// decides how far an infection spreads; pooling of donors needs a justification and an
/// assessment of the infectious risk.
///
/// ## Flagged
///
/// ```yaml
/// process:
///   batch: all containers filled from one harvest
///   pooling: { donors: 4, justification: evens out the response of donors }
/// ```
///
/// ## Accepted
///
/// ```yaml
/// process:
///   batch: all containers filled from one harvest
///   pooling:
///     donors: 4
///     justification: evens out the response of donors
///     infectious-risk: RA-0014
/// ```
enum ProcessBatchDefinition: Rule {
    static let id = "process-batch-definition"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        guard let process = subject.definition.process else { return }
        if !process.batch.isStated {
            findings.report(
                "the process does not say what a batch is", at: process.position,
                help: "write 'batch:' in a sentence: what is pooled, divided and released together")
        }
        guard let pooling = process.pooling, pooling.donors.value > 1 else {
            if subject.definition.donors?.isPooled.isYes ?? false, process.pooling == nil {
                findings.report(
                    "donors are pooled and the process does not say how many",
                    at: subject.definition.donors?.isPooled?.position,
                    help: "write 'pooling:' with donors, justification and infectious-risk")
            }
            return
        }
        var missing: [String] = []
        if !pooling.justification.isStated { missing.append("justification") }
        if !pooling.infectiousRisk.isStated { missing.append("assessment of the infectious risk") }
        guard !missing.isEmpty else { return }
        findings.report(
            "\(pooling.donors.value) donors are pooled without \(listed(missing))",
            at: pooling.donors.position,
            help: "write 'justification:' and 'infectious-risk:', or do not pool")
    }
}
