import ProductDefinition

/// No plan for reference and retention samples.
///
/// ## Why it matters
///
/// A question about a batch may come years later. Reference samples for two full tests are kept
/// until a year after expiry, with exceptions for autologous, matched and scarce products.
///
/// ## Flagged
///
/// ```yaml
/// specifications:
///   - { id: release, name: release, applies-to: drug product, sampling: { containers: 4 } }
/// ```
///
/// ## Accepted
///
/// ```yaml
/// specifications:
///   - { id: release, name: release, applies-to: drug product, sampling: { containers: 4, retention: 2 } }
/// ```
enum ReferenceRetention: Rule {
    static let id = "reference-retention"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        switch subject.product.origin?.value {
        case .autologous, .matched: return
        case .allogeneic, nil: break
        }
        for specification in subject.definition.specifications
        where specification.appliesTo.value == .drugProduct {
            if (specification.sampling?.retention?.value ?? 0) > 0 { continue }
            if specification.sampling?.retentionException.isStated ?? false { continue }
            findings.report(
                "no container is kept as a retention sample",
                at: specification.sampling?.position ?? specification.name.position,
                about: specification.id.value,
                help:
                    "write 'retention:' under 'sampling:', or the reason under "
                    + "'retention-exception:'"
            )
        }
    }
}
