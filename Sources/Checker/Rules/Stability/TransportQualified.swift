import ProductDefinition

/// A route that is not qualified.
///
/// ## Why it matters
///
/// The product leaves the site in a shipper that has to hold its temperature through the season
/// and the delay. The route is qualified before the first patient waits at its end.
///
/// ## Flagged
///
/// ```yaml
/// process:
///   validation: { transport: planned }
/// ```
///
/// ## Accepted
///
/// ```yaml
/// process:
///   validation: { transport: qualified }
/// ```
enum TransportQualified: Rule {
    static let id = "transport-qualified"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        let state = subject.definition.process?.validation?.transport
        switch state?.value {
        case .validated, .qualified: return
        case .suitable, .planned, .notNeeded, nil: break
        }
        let studies = subject.definition.stability.filter { $0.kind.value == .transport }
        if studies.contains(where: { $0.supports != nil || $0.dataTo != nil }) { return }
        findings.report(
            "the transport of the product is "
                + "\(state.map { "'\($0.value.rawValue)'" } ?? "not qualified")",
            at: state?.position ?? subject.definition.process?.validation?.position
                ?? subject.place,
            help:
                "qualify the route with its season, and write 'transport: qualified' under "
                + "'validation:'"
        )
    }
}
