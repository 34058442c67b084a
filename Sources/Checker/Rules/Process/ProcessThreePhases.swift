import ProductDefinition

/// A process that lacks one of its three phases.
///
/// ## Why it matters
///
/// A cell medicine is made in three phases: seed stock, expansion or differentiation, and
/// formulation with storage. A phase that is not described is a phase that is not controlled.
///
/// ## What counts
///
/// A phase is there when one of its stages has operations. For the seed stock, a bank that the
/// definition describes and that an operation takes vials from is enough.
///
/// ## Flagged
///
/// ```yaml
/// process:
///   stages:
///     - { id: a, name: bank, phase: seed, operations: [{ id: thaw, kind: thaw }] }
///     - { id: b, name: expansion, phase: expansion, operations: [{ id: p1, kind: culture }] }
/// ```
///
/// ## Accepted
///
/// ```yaml
/// process:
///   stages:
///     - { id: a, name: bank, phase: seed, operations: [{ id: thaw, kind: thaw }] }
///     - { id: b, name: expansion, phase: expansion, operations: [{ id: p1, kind: culture }] }
///     - { id: c, name: fill, phase: formulation and storage, operations: [{ id: f, kind: fill }] }
/// ```
enum ProcessThreePhases: Rule {
    static let id = "process-three-phases"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        guard let process = subject.definition.process else {
            findings.report(
                "the definition has no process", at: subject.place,
                help: "write 'process:' with its stages and their operations")
            return
        }
        let phases = Set(process.stages.filter { !$0.operations.isEmpty }.map(\.phase.value))
        var missing: [String] = []
        if !phases.contains(.seed), !startsFromBank(subject) { missing.append("'seed'") }
        if !phases.contains(.expansion), !phases.contains(.differentiation) {
            missing.append("'expansion' or 'differentiation'")
        }
        if !phases.contains(.formulationAndStorage) { missing.append("'formulation and storage'") }
        guard !missing.isEmpty else { return }
        findings.report(
            "the process has no operations in the phase \(listed(missing))", at: process.position,
            help: "describe each phase in a stage with its operations")
    }
    /// Whether an operation takes vials of a bank that the definition describes: the seed stock
    /// is then made, and described, there.
    private static func startsFromBank(_ subject: CheckSubject) -> Bool {
        subject.stages.contains { stage in
            stage.operations.contains { subject.definition.bank($0.vials?.bank) != nil }
        }
    }
}
