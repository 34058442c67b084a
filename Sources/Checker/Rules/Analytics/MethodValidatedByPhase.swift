import Guidance
import ProductDefinition

/// A method that is not as far validated as the phase needs.
///
/// ## Why it matters
///
/// Sterility, mycoplasma and endotoxin protect the first patient and are validated for the first
/// trial; other methods are suitable then and validated before confirmatory data are made.
///
/// ## Flagged
///
/// ```yaml
/// assays:
///   - { id: count, name: viable count, measures: cell count, validation: suitable }
/// specifications:
///   - id: release
///     name: release
///     applies-to: drug product
///     tests: [{ name: viable cells, class: quantity, assay: count, limit: 45e6..60e6 cells }]
/// ```
///
/// ## Accepted
///
/// ```yaml
/// assays:
///   - { id: count, name: viable count, measures: cell count, validation: validated }
/// specifications:
///   - id: release
///     name: release
///     applies-to: drug product
///     tests: [{ name: viable cells, class: quantity, assay: count, limit: 45e6..60e6 cells }]
/// ```
enum MethodValidatedByPhase: Rule {
    static let id = "method-validated-by-phase"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        let safety: [Definition.Measurand] = [.sterility, .mycoplasma, .endotoxin]
        var seen: Set<String> = []
        for test in subject.releaseTests {
            guard let assay = subject.assay(of: test), seen.insert(assay.id.value).inserted else {
                continue
            }
            // What is calculated from counts is validated with them.
            if [.populationDoublings, .doublingTime].contains(assay.measures.value) { continue }
            let isSafety = safety.contains(assay.measures.value)
            let needed: Definition.ValidationState =
                subject.phase >= .pivotal || (subject.phase == .phase1 && isSafety)
                ? .validated : .suitable
            guard rank(assay.validation?.value) < rank(needed) else { continue }
            let standing =
                assay.validation.map { "is '\($0.value.rawValue)'" }
                ?? "does not say how far it is validated"
            findings.report(
                "the method '\(assay.name.value)' \(standing), '\(needed.rawValue)' is needed in "
                    + "\(subject.phase.title)",
                at: assay.validation?.position ?? assay.name.position, about: assay.id.value,
                help: isSafety
                    ? "validate safety tests before the first trial"
                    : "write 'validation:' once the report is approved")
        }
    }

    private static func rank(_ state: Definition.ValidationState?) -> Int {
        switch state {
        case .validated: 3
        case .qualified: 2
        case .suitable: 1
        case .planned, .notNeeded, nil: 0
        }
    }
}
