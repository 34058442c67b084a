import ProductDefinition

/// A closed step in a background below what its integrity supports.
///
/// ## Why it matters
///
/// Closed culture in disposable kits, bags or flasks may be in grade C. Grade D needs evidence
/// that the system stays integral through the whole use, connections included. An unclassified
/// room is not enough.
///
/// ## Flagged
///
/// ```yaml
/// facility:
///   rooms: [{ id: bioreactors, name: bioreactor hall, grade: D }]
/// process:
///   stages:
///     - id: a
///       name: expansion
///       phase: expansion
///       operations: [{ id: p1, kind: culture, state: closed, room: bioreactors }]
/// ```
///
/// ## Accepted
///
/// ```yaml
/// facility:
///   rooms: [{ id: bioreactors, name: bioreactor hall, grade: D }]
/// process:
///   stages:
///     - id: a
///       name: expansion
///       phase: expansion
///       operations:
///         - id: p1
///           kind: culture
///           state: closed
///           room: bioreactors
///           integrity: { evidence: VAL-0077, whole-use: yes }
/// ```
enum ClosedBackgroundFloor: Rule {
    static let id = "closed-background-floor"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        for stage in subject.stages where stage.regime?.value != .tissueLaw {
            for operation in stage.operations where operation.handlesProduct {
                guard let state = operation.state, state.value != .open else { continue }
                let id = operation.id.value
                guard let background = subject.background(of: operation) else {
                    findings.report(
                        "the closed operation '\(id)' does not say in which room it is done",
                        at: state.position, about: id, help: "write 'room:'")
                    continue
                }
                let floor = subject.barrier(of: operation)?.leastBackground ?? .c
                if background >= floor { continue }
                if background == .d, operation.integrity?.coversWholeUse.isYes ?? false { continue }
                findings.report(
                    "the closed operation '\(id)' is in \(background.phrase), "
                        + "\(background == .d ? "and its integrity is not shown through the whole use" : "grade C is needed")",
                    at: operation.room?.position ?? state.position, about: id,
                    help: background == .d
                        ? "write 'integrity:' with evidence and 'whole-use: yes', or move it "
                            + "into grade C"
                        : "move it into grade C, or into D with evidence of integrity through "
                            + "the whole use"
                )
            }
        }
    }
}
