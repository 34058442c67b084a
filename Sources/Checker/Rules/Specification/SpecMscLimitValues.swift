import ProductDefinition
import Quantities

/// Marker limits that are wider than 95 % and 2 %, without own data.
///
/// ## Why it matters
///
/// The usual limits are 95 % for positive and 2 % for negative markers. They are no law, and one
/// published product uses 80 %. Other limits stand on own batches.
///
/// ## Flagged
///
/// ```yaml
/// product:
///   cell-type: mesenchymal stromal cells
/// specifications:
///   - id: release
///     name: release
///     applies-to: drug product
///     tests:
///       - { name: positive markers, class: identity, positive: [CD73], limit: ">= 80 %" }
/// ```
///
/// ## Accepted
///
/// ```yaml
/// product:
///   cell-type: mesenchymal stromal cells
/// specifications:
///   - id: release
///     name: release
///     applies-to: drug product
///     tests:
///       - name: positive markers
///         class: identity
///         positive: [CD73]
///         limit: ">= 80 %"
///         justification: { basis: [own data], data: DEV-0031, batches: 14 }
/// ```
enum SpecMscLimitValues: Rule {
    static let id = "spec-msc-limit-values"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        guard subject.isMSC else { return }
        for test in subject.releaseTests {
            guard let limit = subject.decidingLimit(of: test), let range = limit.value.range else {
                continue
            }
            let markers = MarkerPanel.markers(of: test, range: range)
            guard !markers.positive.isEmpty || !markers.negative.isEmpty else { continue }
            if let justification = test.justification, justification.data.isStated,
                justification.basis.contains(where: {
                    $0.value == .ownData || $0.value == .clinicalData
                })
            {
                continue
            }
            let isLow = !markers.positive.isEmpty && (range.lower?.amount("%") ?? 100) < 95
            let isHigh = markers.positive.isEmpty && (range.upper?.amount("%") ?? 0) > 2
            guard isLow || isHigh else { continue }
            findings.report(
                "the limit '\(limit.value)' of '\(test.name.value)' is wider than "
                    + "\(isLow ? "95 %" : "2 %") without own data",
                at: limit.position, about: test.id?.value,
                help: "name the data under 'justification:' with 'basis: [own data]'")
        }
    }
}
