import ProductDefinition

/// A gap without owner, date or closure.
///
/// ## Why it matters
///
/// A gap that belongs to nobody stays.
///
/// ## Flagged
///
/// ```yaml
/// transfer:
///   from: university
///   to: manufacturer
///   gaps: [{ name: research-grade trypsin, due: 2026-06-01 }]
/// ```
///
/// ## Accepted
///
/// ```yaml
/// transfer:
///   from: university
///   to: manufacturer
///   gaps: [{ name: research-grade trypsin, owner: materials, due: 2027-06-01 }]
/// ```
enum TtGapActions: Rule {
    static let id = "tt-gap-actions"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        for gap in subject.definition.transfer?.gaps ?? [] where gap.closed == nil {
            var missing: [String] = []
            if !gap.owner.isStated { missing.append("owner") }
            if gap.due == nil { missing.append("date") }
            if !missing.isEmpty {
                findings.report(
                    "the gap '\(gap.name.value)' has no \(listed(missing))", at: gap.name.position,
                    help: "write 'owner:' and 'due:'")
            }
            if let due = gap.due, due.value < subject.asOf {
                findings.report(
                    "the gap '\(gap.name.value)' was due on \(due.value)", at: due.position,
                    help: "close it, or set a new date with its reason")
            }
        }
    }
}
