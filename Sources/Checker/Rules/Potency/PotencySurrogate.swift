import ProductDefinition
import Quantities

/// A surrogate marker whose relation to function was not shown.
///
/// ## Why it matters
///
/// A surrogate is quick, and only as good as its correlation with the functional assay: at least
/// five lots, with a confidence interval that stays above the limit that was set.
///
/// ## Limits
///
/// Five lots and a lower confidence bound of 0.5 are settings.
///
/// ## Flagged
///
/// ```yaml
/// assays:
///   - { id: mlr, name: T-cell inhibition, measures: T-cell proliferation, kind: functional }
///   - id: pdl1
///     name: CD274 by flow
///     measures: surface markers
///     kind: surrogate
///     surrogate-for: mlr
///     correlation: { lots: 4, r: 0.8, lower: 0.1 }
/// ```
///
/// ## Accepted
///
/// ```yaml
/// assays:
///   - { id: mlr, name: T-cell inhibition, measures: T-cell proliferation, kind: functional }
///   - id: pdl1
///     name: CD274 by flow
///     measures: surface markers
///     kind: surrogate
///     surrogate-for: mlr
///     correlation: { lots: 16, r: 0.9, lower: 0.73 }
/// ```
enum PotencySurrogate: Rule {
    static let id = "potency-surrogate"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        for assay in subject.definition.assays where assay.kind?.value == .surrogate {
            var missing: [String] = []
            if assay.surrogateFor == nil { missing.append("functional assay it stands for") }
            guard let correlation = assay.correlation else {
                missing.append("correlation with it")
                findings.report(
                    "the surrogate '\(assay.name.value)' has no \(listed(missing))",
                    at: assay.kind?.position ?? assay.name.position, about: assay.id.value,
                    help: "write 'surrogate-for:' and 'correlation:' with lots, r and lower")
                continue
            }
            if correlation.lots.value < lotsMin {
                findings.report(
                    "the correlation of '\(assay.name.value)' rests on "
                        + "\(counted(correlation.lots.value, "lot")), \(lotsMin) are needed",
                    at: correlation.lots.position, about: assay.id.value, help: "compare more lots")
            }
            guard let lower = correlation.lower?.value.doubleValue else {
                missing.append("confidence bound of its correlation")
                findings.report(
                    "the surrogate '\(assay.name.value)' has no \(listed(missing))",
                    at: correlation.position, about: assay.id.value, help: "write 'lower:'")
                continue
            }
            if lower <= boundMin {
                findings.report(
                    "the correlation of '\(assay.name.value)' may be as low as \(lower), more "
                        + "than \(boundMin) is needed",
                    at: correlation.lower?.position, about: assay.id.value,
                    help:
                        "compare more lots over a wider range of potency, or use the functional "
                        + "assay"
                )
            }
        }
    }

    private static let lotsMin = 5
    private static let boundMin = 0.5
}
