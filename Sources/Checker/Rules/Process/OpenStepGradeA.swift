import Diagnostics
import ProductDefinition

/// Open handling of product outside grade A in a grade B background.
///
/// ## Why it matters
///
/// Living cells cannot be sterilised by filtration or heat. What enters while the product is open
/// stays in it, so open handling needs grade A air, and the room around it grade B. An isolator
/// may stand in a lower grade: an open one in C, a closed one in D.
///
/// ## What counts
///
/// The grade at the product is that of the operation (`local-grade:`) or of the cabinet or
/// isolator it names. The grade around it is that of its room. An open isolator may stand in
/// grade C, a closed one in D (Annex 1 4.20). Operations under tissue law and operations before a
/// step that inactivates microbes are not meant. An exception that an authority approved for a
/// life-threatening disease (Annex 2A 3.12) is written as a waiver with `authority-approved: yes`
/// and `no-alternative: yes`; it reaches the background, never grade A at the product.
///
/// ## Flagged
///
/// ```yaml
/// facility:
///   rooms: [{ id: cell-room, name: cell processing, grade: C }]
///   equipment: [{ id: bsc, kind: biosafety cabinet, grade: A, room: cell-room }]
/// process:
///   stages:
///     - id: a
///       name: expansion
///       phase: expansion
///       operations:
///         - { id: harvest, kind: harvest, state: open, room: cell-room, equipment: [bsc] }
/// ```
///
/// ## Accepted
///
/// ```yaml
/// facility:
///   rooms: [{ id: cell-room, name: cell processing, grade: C }]
///   equipment: [{ id: isolator, kind: open isolator, grade: A, room: cell-room }]
/// process:
///   stages:
///     - id: a
///       name: expansion
///       phase: expansion
///       operations:
///         - { id: harvest, kind: harvest, state: open, room: cell-room, equipment: [isolator] }
/// ```
enum OpenStepGradeA: Rule {
    static let id = "open-step-grade-a"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        for stage in subject.stages where stage.regime?.value != .tissueLaw {
            for operation in stage.operations
            where operation.state?.value == .open && !operation.isInactivatedLater.isYes {
                let id = operation.id.value
                let place = operation.state?.position ?? operation.id.position
                if let local = subject.localGrade(of: operation) {
                    if local != .a {
                        findings.report(
                            "the open operation '\(id)' has \(local.phrase) at the product, "
                                + "grade A is needed",
                            at: operation.localGrade?.position ?? place, about: id,
                            help: "do it in a grade A cabinet or isolator, or close the system")
                    }
                } else {
                    findings.report(
                        "the open operation '\(id)' does not say which air is at the product",
                        at: place, about: id,
                        help:
                            "write 'local-grade: A', or name a cabinet or isolator with its "
                            + "grade under 'equipment:'"
                    )
                }
                guard let background = subject.background(of: operation) else {
                    findings.report(
                        "the open operation '\(id)' does not say in which room it is done",
                        at: place,
                        about: id, help: "write 'room:' with a room of grade B")
                    continue
                }
                let least = subject.leastBackground(of: operation)
                guard background < least, subject.exception(for: operation) == nil else { continue }
                let barrier = subject.barrier(of: operation).map {
                    " around the \($0.kind.value.rawValue)"
                }
                findings.report(
                    "the open operation '\(id)' is in \(background.phrase), grade "
                        + "\(least.rawValue)\(barrier ?? "") is needed",
                    at: operation.room?.position ?? place, about: id,
                    help:
                        "move it into grade \(least.rawValue), use an isolator, or close the "
                        + "system",
                    notes: room(of: operation, in: subject))
            }
        }
    }

    private static func room(
        of operation: Definition.Operation, in subject: CheckSubject
    ) -> [Finding.Note] {
        guard let room = subject.definition.room(operation.room) else { return [] }
        return [
            .init("'\(room.id.value)' is \(room.grade.value.phrase)", at: room.grade.position)
        ]
    }
}
