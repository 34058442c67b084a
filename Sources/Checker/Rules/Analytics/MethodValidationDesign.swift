import ProductDefinition

/// A validation with too few levels, determinations or days.
///
/// ## Why it matters
///
/// ICH Q2(R2) asks for at least five levels for linearity, nine determinations for repeatability,
/// and a range that covers the specification. Intermediate precision over less than two days is
/// none.
///
/// ## Limits
///
/// The five levels were read; the nine determinations and the two days were not. Methods of a
/// pharmacopoeia are verified instead and not judged here.
///
/// ## Flagged
///
/// ```yaml
/// assays:
///   - id: count
///     name: viable count
///     measures: cell count
///     validation: validated
///     validation-data: { linearity-levels: 3, repeatability-determinations: 9, intermediate-days: 2 }
/// ```
///
/// ## Accepted
///
/// ```yaml
/// assays:
///   - id: count
///     name: viable count
///     measures: cell count
///     validation: validated
///     validation-data: { linearity-levels: 5, repeatability-determinations: 9, intermediate-days: 2 }
/// ```
enum MethodValidationDesign: Rule {
    static let id = "method-validation-design"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        for assay in subject.definition.assays
        where assay.validation?.value == .validated && assay.compendial == nil {
            guard let design = assay.validationData else {
                findings.report(
                    "the method '\(assay.name.value)' is validated, and the design is not "
                        + "described",
                    at: assay.validation?.position, about: assay.id.value,
                    help: "write 'validation-data:' with levels, determinations, days and range")
                continue
            }
            let least: [(String, Located<Int>?, Int)] = [
                ("levels in linearity", design.linearityLevels, 5),
                ("determinations in repeatability", design.repeatabilityDeterminations, 9),
                ("days in intermediate precision", design.intermediateDays, 2),
            ]
            let short = least.filter { ($0.1?.value ?? 0) < $0.2 }
            guard !short.isEmpty else { continue }
            let words = short.map {
                "\($0.1.map { String($0.value) } ?? "no") \($0.0) (\($0.2) needed)"
            }
            findings.report(
                "the validation of '\(assay.name.value)' has \(listed(words))",
                at: short[0].1?.position ?? design.position, about: assay.id.value,
                help: "complete the design, or justify it in the report")
        }
    }
}
