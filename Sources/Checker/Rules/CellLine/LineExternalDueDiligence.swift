import ProductDefinition

/// A line from elsewhere without closed due diligence.
///
/// ## Why it matters
///
/// A line that was made by others may lack consent for commercial use, a licence, or tests that
/// can no longer be made. What is not settled before development begins is settled at a high
/// price afterwards.
///
/// ## Flagged
///
/// ```yaml
/// cell-line:
///   id: line-7
///   name: line 7
///   source: external
///   due-diligence: { closed: no, document: DD-004 }
/// ```
///
/// ## Accepted
///
/// ```yaml
/// cell-line:
///   id: line-7
///   name: line 7
///   source: external
///   due-diligence: { closed: yes, document: DD-004, licence: LIC-2020-11 }
/// ```
enum LineExternalDueDiligence: Rule {
    static let id = "line-external-due-diligence"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        guard let line = subject.definition.cellLine, line.lineSource?.value == .external else {
            return
        }
        let place = line.lineSource?.position ?? line.name.position
        guard let diligence = line.dueDiligence else {
            findings.report(
                "the line '\(line.name.value)' comes from elsewhere without due diligence",
                at: place,
                help: "write 'due-diligence:' with 'closed:', 'licence:' and the report")
            return
        }
        if !diligence.isClosed.isYes {
            findings.report(
                "the due diligence of the line '\(line.name.value)' is not closed",
                at: diligence.isClosed?.position ?? diligence.position,
                help: "settle its open points before the line is banked")
        }
        if !diligence.licence.isStated {
            findings.report(
                "there is no licence for commercial use of the line '\(line.name.value)'",
                at: diligence.position, help: "write 'licence:' with the agreement")
        }
    }
}
