import ProductDefinition

/// Commercial supply on a process that is not validated.
///
/// ## Why it matters
///
/// Three consecutive batches, or another number with its reason, at the commercial site and scale
/// show that the process does what it should.
///
/// ## Flagged
///
/// ```yaml
/// process:
///   validation: { process: validated, consecutive-batches: 2, protocol: VP-0008 }
/// ```
///
/// ## Accepted
///
/// ```yaml
/// process:
///   validation: { process: validated, consecutive-batches: 3, protocol: VP-0008 }
/// ```
enum ProcessValidationBatches: Rule {
    static let id = "process-validation-batches"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        guard let process = subject.definition.process else { return }
        let validation = process.validation
        guard let validation, validation.process?.value == .validated else {
            findings.report(
                "the process is not validated",
                at: validation?.process?.position ?? validation?.position ?? process.position,
                help:
                    "complete the validation batches of an approved protocol and write 'process: "
                    + "validated'"
            )
            return
        }
        let needed = validation.plannedBatches?.value ?? 3
        let passed = validation.consecutiveBatches?.value ?? 0
        if passed < needed {
            findings.report(
                "\(passed) consecutive \(passed == 1 ? "batch" : "batches") passed, the "
                    + "validation needs \(needed)",
                at: validation.consecutiveBatches?.position ?? validation.position,
                help:
                    "make the rest, or justify another number in the protocol under "
                    + "'planned-batches:'"
            )
        }
        if !validation.protocolDocument.isStated {
            findings.report(
                "the validation names no approved protocol", at: validation.position,
                help: "write 'protocol:'")
        }
    }
}
