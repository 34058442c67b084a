import Diagnostics
import ProductDefinition
import Quantities

/// A method that cannot see what it is meant to limit.
///
/// ## Why it matters
///
/// A limit below the detection limit of its method is passed by every batch. The detection limit
/// is at or below the limit, and spike recovery in the product shows it.
///
/// ## Flagged
///
/// ```yaml
/// assays:
///   - id: bsa
///     name: residual BSA by ELISA
///     measures: residual protein
///     detection-limit: 50 ng/mL
///     spike-recovery: VAL-0019
/// specifications:
///   - id: release
///     name: release
///     applies-to: drug product
///     tests: [{ name: residual BSA, class: purity, assay: bsa, limit: "< 10 ng/mL" }]
/// ```
///
/// ## Accepted
///
/// ```yaml
/// assays:
///   - id: bsa
///     name: residual BSA by ELISA
///     measures: residual protein
///     detection-limit: 2 ng/mL
///     spike-recovery: VAL-0019
/// specifications:
///   - id: release
///     name: release
///     applies-to: drug product
///     tests: [{ name: residual BSA, class: purity, assay: bsa, limit: "< 10 ng/mL" }]
/// ```
enum MethodLodFit: Rule {
    static let id = "method-lod-fit"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        for test in subject.releaseTests {
            guard let limit = subject.decidingLimit(of: test), let assay = subject.assay(of: test),
                let detection = assay.detectionLimit, let range = limit.value.range
            else { continue }
            if let upper = range.upper, range.lower == nil, detection.value.exceeds(upper) == true {
                findings.report(
                    "'\(assay.name.value)' detects \(detection.value), the limit of "
                        + "'\(test.name.value)' is \(limit.value)",
                    at: limit.position, about: test.id?.value,
                    help: "use a more sensitive method, or a limit that it can see",
                    notes: [.init("the detection limit", at: detection.position)])
            }
            let isImpurity = test.testClass.value == .purity || test.testClass.value == .safety
            if isImpurity, range.lower == nil, !assay.spikeRecovery.isStated,
                assay.compendial == nil
            {
                findings.report(
                    "the recovery of '\(test.name.value)' from the product by "
                        + "'\(assay.name.value)' was not shown",
                    at: assay.name.position, about: assay.id.value,
                    help: "write 'spike-recovery:' with the study")
            }
        }
    }
}
