import ProductDefinition

/// A method of which only the mean is kept.
///
/// ## Why it matters
///
/// Averages hide the cells that matter: the few that are undifferentiated, the half that is dead.
/// Single-cell distributions or replicates are stored.
///
/// ## What counts
///
/// Assays that count cells one by one or measure potency; three replicates or a stored
/// distribution.
///
/// ## Flagged
///
/// ```yaml
/// assays:
///   - { id: flow, name: panel, measures: surface markers, replicates: 1 }
/// ```
///
/// ## Accepted
///
/// ```yaml
/// assays:
///   - { id: flow, name: panel, measures: surface markers, keeps-distribution: yes }
/// ```
enum MethodDistributionKept: Rule {
    static let id = "method-distribution-kept"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        for assay in subject.definition.assays {
            let isCounted =
                switch assay.measures.value {
                case .surfaceMarkers, .intracellularMarkers, .viability, .cellCount: true
                default: !assay.pathways.isEmpty
                }
            guard isCounted, !assay.keepsDistribution.isYes, (assay.replicates?.value ?? 0) < 3
            else { continue }
            findings.report(
                "the assay '\(assay.name.value)' keeps neither a distribution nor three replicates",
                at: assay.keepsDistribution?.position ?? assay.replicates?.position
                    ?? assay.name.position,
                about: assay.id.value, help: "write 'keeps-distribution: yes' or 'replicates: 3'")
        }
    }
}
