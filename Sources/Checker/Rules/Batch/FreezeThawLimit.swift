import ProductDefinition

/// A process that freezes cells more often than was validated.
///
/// ## Why it matters
///
/// Every freeze and thaw selects. The number of cycles in the life of a product, from donation to
/// patient, stays within what was shown.
///
/// ## What counts
///
/// Freezing operations of the whole process, in their order: a lineage passes through all of
/// them. A process with side branches is counted too high; give the validated number for the
/// longest lineage.
///
/// ## Flagged
///
/// ```yaml
/// process:
///   maximum-freeze-thaw: 1
///   stages:
///     - id: a
///       name: banking
///       phase: seed
///       operations: [{ id: freeze-bank, kind: freeze }]
///     - id: b
///       name: fill
///       phase: formulation and storage
///       operations: [{ id: freeze-product, kind: freeze }]
/// ```
///
/// ## Accepted
///
/// ```yaml
/// process:
///   maximum-freeze-thaw: 2
///   stages:
///     - id: a
///       name: banking
///       phase: seed
///       operations: [{ id: freeze-bank, kind: freeze }]
///     - id: b
///       name: fill
///       phase: formulation and storage
///       operations: [{ id: freeze-product, kind: freeze }]
/// ```
enum FreezeThawLimit: Rule {
    static let id = "freeze-thaw-limit"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        let freezes = subject.stages.flatMap(\.operations).filter { $0.kind.value == .freeze }
        guard let first = freezes.first else { return }
        guard let maximum = subject.definition.process?.maximumFreezeThaw else {
            findings.report(
                "cells are frozen \(counted(freezes.count, "time")) and no number of cycles is "
                    + "validated",
                at: first.id.position, help: "write 'maximum-freeze-thaw:' under 'process:'")
            return
        }
        guard freezes.count > maximum.value else { return }
        findings.report(
            "cells are frozen \(counted(freezes.count, "time")), \(maximum.value) were validated",
            at: maximum.position, help: "validate the number of cycles, or leave one out")
    }
}
