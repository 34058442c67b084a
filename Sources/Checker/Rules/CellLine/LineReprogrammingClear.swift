import ProductDefinition

/// An induced line without a recorded method of reprogramming, or without proof that the vector
/// is gone.
///
/// ## Why it matters
///
/// Reprogramming factors drive proliferation. An integrating vector brings the product near to
/// gene therapy law; a vector that was meant to be lost has to be shown to be lost.
///
/// ## Flagged
///
/// ```yaml
/// product:
///   cell-source: induced pluripotent stem cells
/// cell-line:
///   id: line-7
///   name: line 7
///   reprogramming: { method: Sendai virus, integrating: no }
/// ```
///
/// ## Accepted
///
/// ```yaml
/// product:
///   cell-source: induced pluripotent stem cells
/// cell-line:
///   id: line-7
///   name: line 7
///   reprogramming: { method: Sendai virus, integrating: no, residual-vector: not detected }
/// ```
enum LineReprogrammingClear: Rule {
    static let id = "line-reprogramming-clear"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        guard subject.isInduced else { return }
        guard let line = subject.definition.cellLine, let reprogramming = line.reprogramming else {
            findings.report(
                "the induced line does not say how it was reprogrammed",
                at: subject.definition.cellLine?.name.position ?? subject.place,
                help: "write 'reprogramming:' with method, integrating and residual-vector")
            return
        }
        if reprogramming.isIntegrating.isYes, !reprogramming.geneTherapyAssessment.isStated {
            findings.report(
                "'\(reprogramming.method.value)' integrates into the genome, and no gene therapy "
                    + "assessment is named",
                at: reprogramming.method.position, help: "write 'gene-therapy-assessment:'")
        }
        let isShownByBank = subject.definition.banks.contains { bank in
            bank.tests.contains { $0.test.value == "residual-vector" && $0.result.value == .pass }
        }
        if reprogramming.residualVector == nil, !isShownByBank {
            findings.report(
                "it is not shown that the vector of '\(reprogramming.method.value)' is gone",
                at: reprogramming.position,
                help:
                    "write 'residual-vector:' with the result, or add the test 'residual-vector' "
                    + "to a bank"
            )
        }
    }
}
