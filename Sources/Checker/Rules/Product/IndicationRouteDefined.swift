import ProductDefinition

/// A product without indication or route of administration.
///
/// ## Why it matters
///
/// Potency is tied to the indication, and hazards to the route: cells given into a vein can
/// embolise, cells given into the brain cannot be taken out. Neither can be judged without them.
///
/// ## Flagged
///
/// ```yaml
/// product:
///   indication: steroid-refractory acute graft-versus-host disease
/// ```
///
/// ## Accepted
///
/// ```yaml
/// product:
///   indication: steroid-refractory acute graft-versus-host disease
///   route: intravenous
/// ```
enum IndicationRouteDefined: Rule {
    static let id = "indication-route-defined"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        if !subject.product.indication.isStated {
            findings.report(
                "the product has no indication", at: subject.place,
                help: "write 'indication:' with the disease and the patients")
        }
        if subject.product.route == nil {
            findings.report(
                "the product has no route of administration", at: subject.place,
                help: "write 'route:', such as intravenous")
        }
        for assay in subject.potencyAssays where !assay.considersIndication.isYes {
            findings.report(
                "the potency assay '\(assay.name.value)' was not chosen for this indication and "
                    + "route",
                at: assay.considersIndication?.position ?? assay.name.position,
                about: assay.id.value,
                help: "write 'indication-considered: yes' once its choice rests on them")
        }
    }
}
