import ProductDefinition

/// A risk file that leaves out a known hazard of cell medicines.
///
/// ## Why it matters
///
/// Five hazards are known for every cell medicine: infection, embolism and acute immune reaction
/// early on, chronic immune reaction and tumour formation later. Each needs a control with
/// evidence behind it, even when the answer is that the hazard is small.
///
/// ## Flagged
///
/// ```yaml
/// risks:
///   hazards:
///     - { id: h1, kind: infection, controls: [sterility test], evidence: [VAL-003] }
///     - { id: h2, kind: embolism, controls: [filter in the infusion line] }
/// ```
///
/// ## Accepted
///
/// ```yaml
/// risks:
///   hazards:
///     - { id: h1, kind: infection, controls: [sterility test], evidence: [VAL-003] }
///     - { id: h2, kind: embolism, controls: [filter in the infusion line], evidence: [DEV-011] }
///     - { id: h3, kind: acute immunogenicity, controls: [HLA-DR limit], evidence: [DEV-014] }
///     - { id: h4, kind: chronic immunogenicity, controls: [antibody follow-up], evidence: [CLIN-2] }
///     - { id: h5, kind: tumorigenicity, controls: [limit of doublings], evidence: [NC-007] }
/// ```
enum HazardsComplete: Rule {
    static let id = "hazards-complete"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        let hazards = subject.definition.risks?.hazards ?? []
        let present = Set(hazards.map(\.kind.value))
        let missing = known.filter { !present.contains($0) }
        if !missing.isEmpty {
            let names = listed(missing.map { "'\($0.rawValue)'" })
            findings.report(
                "the risk file says nothing about \(names)",
                at: subject.definition.risks?.position ?? subject.place,
                help: "add each under 'hazards:' with its controls and their evidence")
        }
        for hazard in hazards where known.contains(hazard.kind.value) {
            let kind = hazard.kind.value.rawValue
            if hazard.controls.isEmpty {
                findings.report(
                    "the hazard '\(kind)' has no control", at: hazard.kind.position,
                    about: hazard.id.value, help: "list under 'controls:' what keeps it small")
            } else if hazard.evidence.isEmpty {
                findings.report(
                    "the controls of the hazard '\(kind)' rest on no evidence",
                    at: hazard.kind.position,
                    about: hazard.id.value, help: "name under 'evidence:' what shows that they work"
                )
            }
        }
    }

    /// The hazards of Mebarki et al. 2021, clinical applications.
    private static let known: [Definition.HazardKind] = [
        .infection, .embolism, .acuteImmunogenicity, .chronicImmunogenicity, .tumorigenicity,
    ]
}
