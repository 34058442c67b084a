import ProductDefinition
import Quantities

/// A pluripotent-derived product without a test for residual undifferentiated cells in every
/// batch.
///
/// ## Why it matters
///
/// A few undifferentiated cells can form a teratoma. The test stands in the release
/// specification, and what it can miss in a whole dose (its detection limit times the cells in a
/// dose) is not more than the number shown to be safe.
///
/// ## The arithmetic
///
/// What a test can miss in a dose is its detection limit times the cells in the largest dose: a
/// limit of one in a hundred thousand and a dose of a hundred million cells leave a thousand
/// cells unseen. That number is compared with `safe-number:`, which comes from a tumorigenicity
/// study of the product.
///
/// ## Flagged
///
/// ```yaml
/// product:
///   cell-source: embryonic stem cells
///   dose: { target: 1e8 cells, range: 5e7..1e8 cells }
/// assays:
///   - id: flow
///     name: OCT4 by flow cytometry
///     measures: residual pluripotent cells
///     detection-limit: 0.1 %
/// specifications:
///   - id: release
///     name: release
///     applies-to: drug product
///     tests:
///       - name: residual pluripotent cells
///         class: purity
///         assay: flow
///         limit: "< 0.1 %"
///         justification: { data: NC-0007, safe-number: 1e4 cells }
/// ```
///
/// ## Accepted
///
/// ```yaml
/// product:
///   cell-source: embryonic stem cells
///   dose: { target: 1e8 cells, range: 5e7..1e8 cells }
/// assays:
///   - id: lin28
///     name: LIN28A by droplet PCR
///     measures: residual pluripotent cells
///     detection-limit: 0.001 %
/// specifications:
///   - id: release
///     name: release
///     applies-to: drug product
///     tests:
///       - name: residual pluripotent cells
///         class: purity
///         assay: lin28
///         limit: "< 0.001 %"
///         justification: { data: NC-0007, safe-number: 1e4 cells }
/// ```
enum SpecPscResidual: Rule {
    static let id = "spec-psc-residual"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        guard subject.isPluripotentDerived, let specification = subject.releaseSpecifications.first
        else {
            return
        }
        let tests = subject.releaseTests(measuring: .residualPluripotentCells)
        guard !tests.isEmpty else {
            findings.report(
                "the release specification '\(specification.name.value)' has no test for "
                    + "residual undifferentiated cells",
                at: specification.name.position, about: specification.id.value,
                help: "add a test with 'measures: residual pluripotent cells'")
            return
        }
        if !tests.contains(where: { subject.decidingLimit(of: $0) != nil }) {
            findings.report(
                "residual undifferentiated cells are measured without a limit",
                at: tests[0].limit.position, about: tests[0].id?.value, help: "set a limit")
        }
        for test in tests {
            if let frequency = test.frequency, !frequency.value.lowercased().contains("every batch")
            {
                findings.report(
                    "residual undifferentiated cells are tested '\(frequency.value)', not in "
                        + "every batch",
                    at: frequency.position, about: test.id?.value, help: "test every batch")
            }
        }
        // One of several tests has to reach the number shown to be safe.
        guard let doses = subject.largestDoseCells else {
            findings.report(
                "what a test misses in a dose cannot be computed without the largest dose in cells",
                at: subject.product.dose?.position ?? tests[0].name.position,
                help: "write the range of the dose, and 'patient-weight:' if it goes by weight")
            return
        }
        let judged = tests.compactMap {
            test -> (test: Definition.SpecificationTest, missed: Double)? in
            guard let limit = subject.assay(of: test)?.detectionLimit?.value.amount("") else {
                return nil
            }
            return (test, limit * doses)
        }
        guard let best = judged.min(by: { $0.missed < $1.missed }) else {
            findings.report(
                "the test '\(tests[0].name.value)' has no detection limit",
                at: tests[0].name.position,
                about: tests[0].id?.value,
                help: "write 'detection-limit:' of its assay as a share, such as 0.001 %")
            return
        }
        guard let safe = tests.lazy.compactMap({ $0.justification?.safeNumber }).first else {
            findings.report(
                "up to \(rounded(best.missed)) undifferentiated cells in a dose can go unseen, "
                    + "and no safe number is given",
                at: best.test.name.position, about: best.test.id?.value,
                help: "write 'safe-number:' under 'justification:', from the tumorigenicity study")
            return
        }
        guard let allowed = safe.value.amount("cells"), best.missed > allowed * (1 + 1e-9) else {
            return
        }
        findings.report(
            "up to \(rounded(best.missed)) undifferentiated cells in a dose can go unseen, "
                + "\(safe.value) were shown to be safe",
            at: safe.position, about: best.test.id?.value,
            help: "use a more sensitive method, or test a larger share of the batch")
    }

    private static func rounded(_ cells: Double) -> String {
        guard cells.isFinite, cells < 1e15 else { return "\(cells)" }
        return cells < 10 ? "\((cells * 10).rounded() / 10)" : "\(Int(cells.rounded()))"
    }
}
