import ProductDefinition

/// A background below grade B without its two justifications.
///
/// ## Why it matters
///
/// A lower background is possible in two cases. The first is a closed system with an approved
/// quality risk assessment. The second is an exception for a life-threatening disease without
/// alternative, which the authority has approved and which the sponsor then improves.
///
/// ## What counts
///
/// A closed or functionally closed operation names its approved assessment under
/// `risk-assessment:`. An isolator in the background that Annex 1 4.20 gives it needs none. The
/// exception for an open operation is a waiver of this rule or of `open-step-grade-a` with
/// `authority-approved: yes` and `no-alternative: yes`, on a valid assessment, for a product with
/// `life-threatening: yes`.
///
/// ## Flagged
///
/// ```yaml
/// facility:
///   rooms: [{ id: cell-room, name: cell processing, grade: C }]
/// process:
///   stages:
///     - id: a
///       name: expansion
///       phase: expansion
///       operations: [{ id: p1, kind: culture, state: closed, room: cell-room }]
/// ```
///
/// ## Accepted
///
/// ```yaml
/// facility:
///   rooms: [{ id: cell-room, name: cell processing, grade: C }]
/// process:
///   stages:
///     - id: a
///       name: expansion
///       phase: expansion
///       operations:
///         - { id: p1, kind: culture, state: closed, room: cell-room, risk-assessment: RA-2 }
/// risks:
///   assessments:
///     - id: RA-2
///       title: closed culture in grade C
///       approved: 2026-03-01
///       approved-by: quality
///       review-due: 2027-03-01
/// ```
enum LowerBackgroundWaiver: Rule {
    static let id = "lower-background-waiver"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        for stage in subject.stages where stage.regime?.value != .tissueLaw {
            for operation in stage.operations
            where operation.handlesProduct && !operation.isInactivatedLater.isYes {
                guard let state = operation.state,
                    let background = subject.background(of: operation),
                    background < subject.leastBackground(of: operation)
                else { continue }
                if state.value == .open {
                    checkException(operation, background, subject, into: &findings)
                } else {
                    checkAssessment(operation, background, subject, into: &findings)
                }
            }
        }
    }

    private static func checkAssessment(
        _ operation: Definition.Operation, _ background: Definition.RoomGrade,
        _ subject: CheckSubject, into findings: inout Findings
    ) {
        let id = operation.id.value
        guard let named = operation.riskAssessment else {
            findings.report(
                "the background of '\(id)' is \(background.phrase), below grade B, without a "
                    + "risk assessment",
                at: operation.room?.position, about: id,
                help:
                    "write 'risk-assessment:' with the approved quality risk assessment of the "
                    + "closed system"
            )
            return
        }
        guard let assessment = subject.assessment(named) else { return }
        guard let problem = subject.problem(with: assessment) else { return }
        findings.report(
            "the background of '\(id)' is \(background.phrase), and \(problem)", at: named.position,
            about: id, help: "have the assessment approved before the room is used")
    }

    private static func checkException(
        _ operation: Definition.Operation, _ background: Definition.RoomGrade,
        _ subject: CheckSubject, into findings: inout Findings
    ) {
        guard subject.exception(for: operation) == nil else { return }
        let id = operation.id.value
        guard let sought = subject.exceptionsSought(for: operation).first else {
            findings.report(
                "the background of the open operation '\(id)' is \(background.phrase), below "
                    + "grade B, without a closed system or an exception",
                at: operation.room?.position, about: id,
                help: "use grade B or an isolator, or close the system and assess its risk")
            return
        }
        var missing: [String] = []
        if !subject.product.lifeThreatening.isYes { missing.append("a life-threatening disease") }
        if !sought.isAuthorityApproved.isYes { missing.append("the approval of the authority") }
        if !sought.hasNoAlternative.isYes { missing.append("the lack of an alternative") }
        if subject.validAssessment(sought.assessment) == nil {
            missing.append("an approved assessment that is in date")
        }
        findings.report(
            "the exception for the background of '\(id)' lacks \(listed(missing))",
            at: sought.rule.position, about: id,
            help: "an exception needs all four; it is not foreseen for commercial supply")
    }
}
