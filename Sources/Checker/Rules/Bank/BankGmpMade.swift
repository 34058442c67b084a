import ProductDefinition

/// A bank that was not made under GMP in a room of its own.
///
/// ## Why it matters
///
/// Production starts with the bank. It is made in a suitable environment, with nothing else alive
/// in the area.
///
/// ## Flagged
///
/// ```yaml
/// banks:
///   - { id: mcb, tier: master, gmp: yes, concurrent-cultures: 2 }
/// ```
///
/// ## Accepted
///
/// ```yaml
/// banks:
///   - { id: mcb, tier: master, gmp: yes, concurrent-cultures: 0 }
/// ```
enum BankGmpMade: Rule {
    static let id = "bank-gmp-made"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        for bank in subject.definition.banks
        where bank.tier.value == .master || bank.tier.value == .working {
            if !bank.isMadeUnderGMP.isYes {
                findings.report(
                    "the bank '\(bank.id.value)' is not said to be made under GMP",
                    at: bank.isMadeUnderGMP?.position ?? bank.id.position, about: bank.id.value,
                    help: "write 'gmp: yes' and 'made-at:'")
            }
            if bank.concurrentCultures?.value != 0 {
                let others = bank.concurrentCultures.map { counted($0.value, "other culture") }
                findings.report(
                    "the bank '\(bank.id.value)' was made "
                        + "\(others.map { "beside \($0)" } ?? "with unknown other cultures in the area")",
                    at: bank.concurrentCultures?.position ?? bank.id.position, about: bank.id.value,
                    help: "write 'concurrent-cultures: 0' when nothing else was alive in the area")
            }
        }
    }
}
