import Diagnostics
import ProductDefinition

/// A release test that takes longer than the product can wait.
///
/// ## Why it matters
///
/// A fresh product is given before a fourteen-day sterility test ends, and months of animal work
/// are no release test at all. A result has to come within the shelf life or hold, or a two-stage
/// release is authorised, or the test belongs to characterisation.
///
/// ## What counts
///
/// Release tests of the drug product whose assay says how long a result takes, against the shelf
/// life. With an authorised two-stage release, a test of the second stage may take longer. Tests
/// of characterisation are not meant.
///
/// ## Flagged
///
/// ```yaml
/// product:
///   shelf-life: { claim: 72 h }
/// assays:
///   - { id: ster, name: sterility by culture, measures: sterility, turnaround: 14 d }
/// specifications:
///   - id: release
///     name: release
///     applies-to: drug product
///     tests: [{ name: sterility, class: safety, assay: ster, limit: no growth }]
/// ```
///
/// ## Accepted
///
/// ```yaml
/// product:
///   shelf-life: { claim: 72 h }
/// assays:
///   - { id: ster, name: sterility by culture, measures: sterility, turnaround: 14 d }
/// specifications:
///   - id: release
///     name: release
///     applies-to: drug product
///     two-stage-release: trial authorisation 2026-01
///     tests:
///       - { name: sterility, class: safety, assay: ster, limit: no growth, second-stage: yes }
/// ```
enum ReleaseTurnaround: Rule {
    static let id = "release-turnaround"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        guard let claim = subject.product.shelfLife?.claim.value else { return }
        for specification in subject.definition.specifications
        where specification.appliesTo.value == .drugProduct {
            for test in specification.tests where !test.isCharacterisation.isYes {
                guard let assay = subject.assay(of: test), let turnaround = assay.turnaround,
                    turnaround.value.exceeds(claim) == true
                else { continue }
                if specification.twoStageRelease.isStated {
                    if test.isSecondStage.isYes { continue }
                    findings.report(
                        "'\(test.name.value)' takes \(turnaround.value), the product keeps "
                            + "\(claim), and the test is not in the second stage",
                        at: test.name.position, about: test.id?.value,
                        help:
                            "write 'second-stage: yes' if the authorised two-stage release "
                            + "covers it"
                    )
                    continue
                }
                findings.report(
                    "the release test '\(test.name.value)' takes \(turnaround.value), the "
                        + "product keeps only \(claim)",
                    at: test.name.position, about: test.id?.value,
                    help:
                        "use a faster method, move it to 'characterisation: yes', or have a "
                        + "two-stage release authorised",
                    notes: [.init("the turnaround of '\(assay.id.value)'", at: turnaround.position)]
                )
            }
        }
    }
}
