import ProductDefinition

/// A facility without a contamination control strategy.
///
/// ## Why it matters
///
/// Annex 1 asks for one document that shows how the measures against contamination work together,
/// over sixteen elements, and that is kept under review.
///
/// ## Flagged
///
/// ```yaml
/// facility:
///   contamination-control:
///     document: CCS-001
///     elements: [design, personnel, monitoring]
///     review-due: 2027-01-01
/// ```
///
/// ## Accepted
///
/// ```yaml
/// facility:
///   contamination-control:
///     document: CCS-001
///     elements:
///       - design
///       - premises and equipment
///       - personnel
///       - utilities
///       - raw materials
///       - containers and closures
///       - vendors
///       - outsourcing
///       - process risk
///       - process validation
///       - sterilisation validation
///       - maintenance
///       - cleaning
///       - monitoring
///       - prevention
///       - improvement
///     review-due: 2027-01-01
/// ```
enum CcsPresent: Rule {
    static let id = "ccs-present"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        guard let premises = subject.definition.premises else { return }
        guard let strategy = premises.contaminationControl else {
            findings.report(
                "the facility has no contamination control strategy", at: premises.position,
                help: "write 'contamination-control:' with document, elements and review-due")
            return
        }
        let covered = Set(strategy.elements.map(\.value))
        let missing = Definition.ContaminationElement.allCases.filter { !covered.contains($0) }
        if !missing.isEmpty {
            findings.report(
                "the contamination control strategy leaves out "
                    + "\(counted(missing.count, "element")): \(listed(missing.map(\.rawValue)))",
                at: strategy.elements.first?.position ?? strategy.position,
                help: "Annex 1 2.5 names sixteen elements")
        }
        guard let due = strategy.reviewDue else {
            findings.report(
                "the contamination control strategy has no day of review", at: strategy.position,
                help: "write 'review-due:'")
            return
        }
        if due.value < subject.asOf {
            findings.report(
                "the review of the contamination control strategy was due on \(due.value)",
                at: due.position, help: "review it and set the next day")
        }
    }
}
