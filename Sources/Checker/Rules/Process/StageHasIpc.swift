import ProductDefinition

/// A stage of differentiation or an expansion harvest without an in-process control.
///
/// ## Why it matters
///
/// In a process of weeks, a failed stage that is found at release has cost everything after it.
/// Each stage has at least one control with a limit that decides, and an action that says what
/// happens when it is missed.
///
/// ## What counts
///
/// A control whose action is only to report decides nothing. For an expansion, the controls of
/// the operations since the harvest before it count for a harvest.
///
/// ## Flagged
///
/// ```yaml
/// process:
///   stages:
///     - id: b
///       name: floor-plate induction
///       phase: differentiation
///       operations: [{ id: d0, kind: differentiate }]
/// ```
///
/// ## Accepted
///
/// ```yaml
/// process:
///   stages:
///     - id: b
///       name: floor-plate induction
///       phase: differentiation
///       operations:
///         - id: d0
///           kind: differentiate
///           controls:
///             - { id: ipc-1, name: OCT4-positive cells, limit: "< 1 %", action: reject }
/// ```
enum StageHasIpc: Rule {
    static let id = "stage-has-ipc"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        for stage in subject.stages {
            switch stage.phase.value {
            case .differentiation: checkDifferentiation(stage, into: &findings)
            case .expansion: checkHarvests(of: stage, into: &findings)
            case .procurement, .seed, .formulationAndStorage, .release: continue
            }
        }
    }

    private static func decisions(in operation: Definition.Operation) -> Int {
        operation.controls.count { $0.action.value != .report && !$0.limit.value.isOnlyReported }
    }

    private static func checkDifferentiation(
        _ stage: Definition.Stage, into findings: inout Findings
    ) {
        guard stage.operations.allSatisfy({ decisions(in: $0) == 0 }) else { return }
        let isSeen = stage.operations.contains { !$0.controls.isEmpty }
        findings.report(
            "the differentiation stage '\(stage.name.value)' has "
                + "\(isSeen ? "in-process controls that decide nothing" : "no in-process control")",
            at: stage.id.position, about: stage.id.value,
            help: "add under 'controls:' a limit and the action when it is missed")
    }

    private static func checkHarvests(of stage: Definition.Stage, into findings: inout Findings) {
        var sinceHarvest = 0
        for operation in stage.operations {
            sinceHarvest += decisions(in: operation)
            guard operation.kind.value == .harvest else { continue }
            if sinceHarvest == 0 {
                findings.report(
                    "the expansion harvest '\(operation.id.value)' has no in-process control "
                        + "with a limit that decides",
                    at: operation.id.position, about: operation.id.value,
                    help:
                        "add under 'controls:' a limit, such as viability >= 80 %, and an 'action:'"
                )
            }
            sinceHarvest = 0
        }
    }
}
