import ProductDefinition

/// A donor scheme that ends with Directive 2004/23/EC.
///
/// ## Why it matters
///
/// Regulation (EU) 2024/1938 replaces the directive on 7 August 2027. Donations from that day
/// follow other rules, and cell stocks outlast the change.
///
/// ## Limits
///
/// The regulation applies to donations from 7 August 2027. A scheme that names only the directive
/// is reported already before that day, since a cell stock outlives it.
///
/// ## Flagged
///
/// ```yaml
/// donors:
///   regime: Directive 2004/23/EC
/// ```
///
/// ## Accepted
///
/// ```yaml
/// donors:
///   regime: Directive 2004/23/EC until 2027-08-07, then Regulation (EU) 2024/1938
/// ```
enum SohoRuleSetDate: Rule {
    static let id = "soho-rule-set-date"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        guard let regime = subject.definition.donors?.regime, regime.value.contains("2004/23"),
            !regime.value.contains("2024/1938")
        else { return }
        findings.report(
            "the donor scheme rests on Directive 2004/23/EC, which ends on 2027-08-07",
            at: regime.position, help: "plan the change to Regulation (EU) 2024/1938 and name both")
    }
}
