import ProductDefinition

/// A product that does not say whose cells it is made of.
///
/// ## Why it matters
///
/// Autologous, donor-matched and allogeneic products differ in what a batch is, what a label
/// says, who is tested and what a mix-up means.
///
/// ## Flagged
///
/// ```yaml
/// product:
///   name: cord MSC for infusion
/// ```
///
/// ## Accepted
///
/// ```yaml
/// product:
///   name: cord MSC for infusion
///   origin: allogeneic
/// ```
enum OriginSet: Rule {
    static let id = "origin-set"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        guard subject.product.origin == nil else { return }
        findings.report(
            "the product does not say whose cells it is made of", at: subject.place,
            help: "write 'origin:' allogeneic, autologous or matched")
    }
}
