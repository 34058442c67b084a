import ProductDefinition

/// A release specification without a genomic test.
///
/// ## Why it matters
///
/// Expansion selects. At least one genomic method (karyotype, array, FISH or sequencing) looks at
/// the product, with the population doublings at which the sample was taken.
///
/// ## Flagged
///
/// ```yaml
/// specifications:
///   - id: release
///     name: release
///     applies-to: drug product
///     tests: [{ name: karyotype, class: safety, measures: karyotype, limit: normal }]
/// ```
///
/// ## Accepted
///
/// ```yaml
/// specifications:
///   - id: release
///     name: release
///     applies-to: drug product
///     tests:
///       - { name: karyotype, class: safety, measures: karyotype, limit: normal, sampled-at: 18 PD }
/// ```
enum SpecGenomic: Rule {
    static let id = "spec-genomic"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        guard let specification = subject.releaseSpecifications.first else { return }
        let methods: [Definition.Measurand] = [
            .karyotype, .copyNumber, .recurrentLoci, .sequenceVariants,
        ]
        let tests = subject.releaseSpecifications.flatMap(\.tests).filter { test in
            subject.measurand(of: test).map(methods.contains) ?? false
        }
        let limited = tests.filter { subject.decidingLimit(of: $0) != nil }
        guard !limited.isEmpty else {
            findings.report(
                tests.isEmpty
                    ? "the release specification '\(specification.name.value)' has no genomic test"
                    : "the genome is looked at by '\(tests[0].name.value)' without a limit",
                at: tests.first?.limit.position ?? specification.name.position,
                about: specification.id.value,
                help: "add karyotype, array, FISH or sequencing, with 'sampled-at:'")
            return
        }
        for test in limited where test.sampledAt == nil {
            findings.report(
                "the genomic test '\(test.name.value)' does not say at how many doublings it is "
                    + "sampled",
                at: test.name.position, about: test.id?.value,
                help: "write 'sampled-at:', such as 18 PD")
        }
    }
}
