import ProductDefinition

/// Potency that rests on an identity marker or on viability.
///
/// ## Why it matters
///
/// A marker says that the cell is the right one; it does not say that it works. Viability says
/// that it is alive. Where such a measure is to stand for potency, its correlation with clinical
/// effect has to be shown.
///
/// ## What counts
///
/// A potency test of viability, or one whose analytes are all markers of identity: those of
/// identity tests and of their assays. `clinical-correlation:` of the assay answers for both.
///
/// ## Flagged
///
/// ```yaml
/// assays:
///   - { id: flow, name: CD73 by flow, measures: surface markers, analytes: [CD73] }
/// specifications:
///   - id: release
///     name: release
///     applies-to: drug product
///     tests:
///       - { name: phenotype, class: identity, positive: [CD73, CD90], limit: ">= 95 %" }
///       - { name: CD73 density, class: potency, assay: flow, limit: ">= 80 %" }
/// ```
///
/// ## Accepted
///
/// ```yaml
/// assays:
///   - { id: kyn, name: kynurenine, measures: enzyme induction, analytes: [kynurenine] }
/// specifications:
///   - id: release
///     name: release
///     applies-to: drug product
///     tests:
///       - { name: phenotype, class: identity, positive: [CD73, CD90], limit: ">= 95 %" }
///       - { name: IDO activity, class: potency, assay: kyn, limit: ">= 2 fold" }
/// ```
enum PotencyNotIdentity: Rule {
    static let id = "potency-not-identity"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        let markers = identityMarkers(of: subject)
        for test in subject.potencyTests() {
            let assay = subject.assay(of: test)
            if assay?.clinicalCorrelation.isStated ?? false { continue }
            if subject.measurand(of: test) == .viability {
                findings.report(
                    "the potency test '\(test.name.value)' measures viability",
                    at: test.name.position,
                    about: test.id?.value,
                    help: "measure an activity that belongs to the mode of action")
                continue
            }
            let stated = (assay?.analytes ?? []) + test.positive + test.negative
            let analytes = stated.map { (name: $0.value, key: MarkerPanel.key($0.value)) }
            guard !analytes.isEmpty, analytes.allSatisfy({ markers.contains($0.key) }) else {
                continue
            }
            findings.report(
                "the potency test '\(test.name.value)' rests on \(listed(analytes.map(\.name))), "
                    + "which \(analytes.count == 1 ? "is a marker" : "are markers") of identity",
                at: test.name.position, about: test.id?.value,
                help:
                    "measure a function, or show its correlation with clinical effect under "
                    + "'clinical-correlation:'"
            )
        }
    }

    private static func identityMarkers(of subject: CheckSubject) -> Set<String> {
        var markers: Set<String> = []
        for test in subject.releaseTests where test.testClass.value == .identity {
            markers.formUnion((test.positive + test.negative).map { MarkerPanel.key($0.value) })
            markers.formUnion(
                (subject.assay(of: test)?.analytes ?? []).map { MarkerPanel.key($0.value) })
            markers.formUnion(MarkerPanel.names(in: test.name.value).map(MarkerPanel.key))
        }
        return markers
    }
}
