import ProductDefinition

/// A process without a limit for population doublings, or a limit without data behind it.
///
/// ## Why it matters
///
/// Cells age and change with each doubling. Passages count something else in every laboratory;
/// cumulative population doublings do not. The limit is set, and genomic and phenotype data exist
/// at or beyond it.
///
/// ## Flagged
///
/// ```yaml
/// process:
///   maximum-pdl: { limit: 30 PD, genomic-data-to: 22 PD, phenotype-data-to: 30 PD }
/// ```
///
/// ## Accepted
///
/// ```yaml
/// process:
///   maximum-pdl: { limit: 20 PD, genomic-data-to: 22 PD, phenotype-data-to: 30 PD }
/// ```
enum PdlLimitSet: Rule {
    static let id = "pdl-limit-set"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        guard let process = subject.definition.process else { return }
        guard let maximum = process.maximumPDL else {
            findings.report(
                "the process has no limit of cumulative population doublings", at: process.position,
                help: "write 'maximum-pdl:' with 'limit:', such as 20 PD, and the data behind it")
            return
        }
        let supports = [
            ("genomic", maximum.genomicDataTo), ("phenotype", maximum.phenotypeDataTo),
        ]
        for (kind, reached) in supports {
            guard let reached else {
                findings.report(
                    "the limit of \(maximum.limit.value) rests on no \(kind) data",
                    at: maximum.limit.position,
                    help: "write '\(kind)-data-to:' with the doublings that were shown stable")
                continue
            }
            if maximum.limit.value.exceeds(reached.value) == true {
                findings.report(
                    "the limit of \(maximum.limit.value) goes beyond the \(kind) data, which "
                        + "reach \(reached.value)",
                    at: reached.position, help: "lower the limit, or extend the study")
            }
        }
    }
}
