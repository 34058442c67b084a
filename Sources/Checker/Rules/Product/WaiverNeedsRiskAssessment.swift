import Diagnostics
import Guidance
import ProductDefinition

/// A waiver without a valid risk assessment.
///
/// ## Why it matters
///
/// A rule may be departed from when someone has assessed the risk, an authorised person has
/// approved the assessment, and it is still in date. A waiver that names no such assessment,
/// waives a rule that cannot be waived, gives no reason, or fits nothing that was found, leaves
/// the departure unexplained.
///
/// ## What a waiver can do
///
/// A waived departure is still printed, as an information with the reason and the day the
/// assessment is reviewed. A waiver that fits nothing is reported, so that none is left behind
/// when its reason is gone. Two rules cannot be waived by an assessment and yet know an
/// exception: `open-step-grade-a` and `lower-background-waiver` accept a waiver that an authority
/// approved (`authority-approved: yes`) where there is no alternative (`no-alternative: yes`) for
/// a life-threatening disease.
///
/// ## Flagged
///
/// ```yaml
/// risks:
///   assessments:
///     - { id: RA-1, title: single source of lysate, approved: 2026-03-01, approved-by: quality }
///   waivers:
///     - rule: material-single-source
///       assessment: RA-1
///       justification: twelve months of stock are kept on site
/// ```
///
/// ## Accepted
///
/// ```yaml
/// risks:
///   assessments:
///     - id: RA-1
///       title: single source of lysate
///       approved: 2026-03-01
///       approved-by: quality
///       review-due: 2027-03-01
///   waivers:
///     - rule: material-single-source
///       assessment: RA-1
///       justification: twelve months of stock are kept on site
/// materials:
///   - id: hpl
///     name: human platelet lysate
///     role: raw material
///     critical: yes
/// ```
enum WaiverNeedsRiskAssessment: Rule {
    static let id = "waiver-needs-risk-assessment"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        for waiver in subject.definition.risks?.waivers ?? [] {
            let code = waiver.rule
            guard let rule = RuleCatalogue.rule(code.value) else {
                let near = Spelling.nearest(to: code.value, among: RuleCatalogue.all.lazy.map(\.id))
                findings.report(
                    "there is no rule '\(code.value)' to waive", at: code.position,
                    help: near.map { "did you mean '\($0)'?" } ?? "'seedlot rules' lists all rules")
                continue
            }
            if !rule.isWaivable, !isException(waiver) {
                findings.report(
                    "the rule '\(rule.id)' cannot be waived", at: code.position,
                    help: "satisfy the rule and remove the waiver")
            }
            if !waiver.justification.isReason {
                findings.report(
                    "the waiver of '\(rule.id)' gives no reason", at: waiver.justification.position,
                    help: "write the reason in a sentence; it is printed with every check")
            }
            if let assessment = subject.assessment(waiver.assessment) {
                if let problem = subject.problem(with: assessment) {
                    findings.report(
                        "\(problem), so the waiver of '\(rule.id)' does not hold",
                        at: waiver.assessment.position,
                        help: "have the assessment approved, with its role and its day of review")
                }
            } else {
                findings.report(
                    "the waiver of '\(rule.id)' names the assessment "
                        + "'\(waiver.assessment.value)', which does not exist",
                    at: waiver.assessment.position, help: "add it under 'assessments:'")
            }
        }
    }

    private static func isException(_ waiver: Definition.Waiver) -> Bool {
        Waivers.exceptionRules.contains(waiver.rule.value) && waiver.isAuthorityApproved.isYes
    }
}
