import ProductDefinition

/// A release specification without sterility, mycoplasma or endotoxin.
///
/// ## Why it matters
///
/// The three tests are the least that is done for every cell product, since none of the three can
/// be removed from living cells.
///
/// ## Flagged
///
/// ```yaml
/// specifications:
///   - id: release
///     name: release
///     applies-to: drug product
///     tests:
///       - { name: sterility, class: safety, limit: no growth }
///       - { name: mycoplasma, class: safety, limit: not detected }
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
///       - { name: sterility, class: safety, limit: no growth }
///       - { name: mycoplasma, class: safety, limit: not detected }
///       - { name: endotoxin, class: safety, limit: "<= 5 EU/mL" }
/// ```
enum SpecSafetyTrio: Rule {
    static let id = "spec-safety-trio"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        guard let specification = subject.releaseSpecifications.first else { return }
        let trio: [Definition.Measurand] = [.sterility, .mycoplasma, .endotoxin]
        let missing = trio.filter { measurand in
            !subject.releaseTests(measuring: measurand).contains {
                subject.decidingLimit(of: $0) != nil
            }
        }
        guard !missing.isEmpty else { return }
        findings.report(
            "the release specification '\(specification.name.value)' does not limit "
                + "\(listed(missing.map(\.rawValue)))",
            at: specification.name.position, about: specification.id.value,
            help: "add a test for each, with 'measures:' or an assay")
    }
}
