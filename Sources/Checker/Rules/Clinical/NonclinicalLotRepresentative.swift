import ProductDefinition

/// A nonclinical study on cells that are not those of the clinic.
///
/// ## Why it matters
///
/// A study speaks for the process version of its lot. Another version needs a comparability
/// bridge.
///
/// ## Flagged
///
/// ```yaml
/// process:
///   version: "2.0"
/// nonclinical:
///   - { kind: tumorigenicity, process-version: "1.0" }
/// ```
///
/// ## Accepted
///
/// ```yaml
/// process:
///   version: "2.0"
/// nonclinical:
///   - { kind: tumorigenicity, process-version: "1.0", bridging: CP-0002 }
/// ```
enum NonclinicalLotRepresentative: Rule {
    static let id = "nonclinical-lot-representative"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        guard let version = subject.definition.process?.version else { return }
        for study in subject.definition.nonclinical {
            let name = study.title?.value ?? study.kind.value.rawValue
            if study.bridging.isStated { continue }
            guard let used = study.processVersion else {
                findings.report(
                    "the study '\(name)' does not say which process version its cells come from",
                    at: study.kind.position, help: "write 'process-version:'")
                continue
            }
            guard used.value != version.value else { continue }
            findings.report(
                "the study '\(name)' used cells of process version '\(used.value)', the clinic "
                    + "gets '\(version.value)'",
                at: used.position,
                help: "bridge the two by a comparability exercise under 'bridging:'")
        }
    }
}
