import Guidance
import ProductDefinition
import Quantities

/// A transfer stage that was opened before the one before it was closed.
///
/// ## Why it matters
///
/// What was left open in due diligence returns in validation. A stage opens when every item of
/// the one before has evidence.
///
/// ## Flagged
///
/// ```yaml
/// transfer: { from: university, to: manufacturer, stage: 2 }
/// ```
///
/// ## Accepted
///
/// ```yaml
/// transfer: { from: university, to: manufacturer, stage: 1 }
/// ```
enum TtStageGate: Rule {
    static let id = "tt-stage-gate"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        guard let transfer = subject.definition.transfer, let stage = transfer.stage else { return }
        let tasks = Dictionary(
            transfer.items.map { ($0.item.value, $0) }, uniquingKeysWith: { first, _ in first })
        for earlier in 1..<max(min(stage.value, 4), 1) {
            let open = TransferItem.items(ofStage: earlier).filter { item in
                guard let task = tasks[item.id] else { return true }
                return task.evidence.isEmpty || !task.isAccepted.isYes
            }
            guard !open.isEmpty else { continue }
            let shown = open.prefix(8).map {
                "\($0.id) \($0.item.prefix(1).lowercased() + $0.item.dropFirst())"
            }
            let rest = open.count > 8 ? " and \(open.count - 8) more" : ""
            findings.report(
                "stage \(stage.value) is open while \(counted(open.count, "item")) of stage "
                    + "\(earlier) \(open.count == 1 ? "is" : "are") not closed: "
                    + "\(shown.joined(separator: "; "))\(rest)",
                at: stage.position, help: "give each item its 'evidence:' and 'accepted: yes'")
        }
    }
}
