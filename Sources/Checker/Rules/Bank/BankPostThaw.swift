import ProductDefinition

/// A bank without limits for recovery after thaw.
///
/// ## Why it matters
///
/// Viability, recovered cells and doubling time after thaw decide whether a vial starts a batch
/// or a failure. Without limits the bank cannot be released.
///
/// ## Flagged
///
/// ```yaml
/// banks:
///   - id: wcb
///     tier: working
///     tests: [{ test: viability, result: pass }]
/// ```
///
/// ## Accepted
///
/// ```yaml
/// banks:
///   - id: wcb
///     tier: working
///     recovery: { value: 85 %, range: 70..95 % }
///     tests: [{ test: viability, result: pass }]
/// ```
enum BankPostThaw: Rule {
    static let id = "bank-post-thaw"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        for bank in subject.definition.banks where bank.tier.value != .endOfProduction {
            BankTests.require(["viability"], of: bank, in: subject, into: &findings)
            if bank.recovery == nil, bank.specification == nil {
                findings.report(
                    "the bank '\(bank.id.value)' has no limit for recovery after thaw",
                    at: bank.id.position, about: bank.id.value,
                    help: "write 'recovery:' with its range, or name its 'specification:'")
            }
        }
    }
}
