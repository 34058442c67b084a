import ProductDefinition

/// Open steps of several batches in one room without separation.
///
/// ## Why it matters
///
/// Two open products in one room can be mixed up or contaminate one another. Several closed
/// isolators may share a room with mitigation; several open cabinets only with proof of
/// separation. Material of infected donors is never alongside.
///
/// ## Flagged
///
/// ```yaml
/// facility:
///   rooms: [{ id: fill, name: filling, grade: B }]
/// process:
///   stages:
///     - id: a
///       name: expansion
///       phase: expansion
///       operations: [{ id: harvest, kind: harvest, state: open, room: fill }]
/// ```
///
/// ## Accepted
///
/// ```yaml
/// facility:
///   rooms: [{ id: fill, name: filling, grade: B }]
///   segregation: one batch at a time in a room, with clearance between
/// process:
///   stages:
///     - id: a
///       name: expansion
///       phase: expansion
///       operations: [{ id: harvest, kind: harvest, state: open, room: fill }]
/// ```
enum SegregationConcurrent: Rule {
    static let id = "segregation-concurrent"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        guard let premises = subject.definition.premises, !premises.segregation.isStated else {
            return
        }
        for stage in subject.stages {
            for operation in stage.operations where operation.state?.value == .open {
                findings.report(
                    "product is open in '\(operation.id.value)', and nothing says how batches "
                        + "and donors are kept apart",
                    at: operation.state?.position, about: operation.id.value,
                    help:
                        "write 'segregation:' under 'facility:': one batch at a time in a room, "
                        + "or what separates them"
                )
                return
            }
        }
    }
}
