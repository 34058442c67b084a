import ProductDefinition

/// A product that rests on a bank someone else made and tested.
///
/// ## Why it matters
///
/// A bank of another owner can run out, change hands or rest on records that are closed to the
/// developer. Zhang & Stacey advise that the developer makes and tests its own master and working
/// bank.
///
/// ## Flagged
///
/// ```yaml
/// product:
///   developer: Northern Cells
///   cell-source: embryonic stem cells
/// banks:
///   - { id: mcb, tier: master, owner: public stem cell bank }
/// ```
///
/// ## Accepted
///
/// ```yaml
/// product:
///   developer: Northern Cells
///   cell-source: embryonic stem cells
/// banks:
///   - { id: mcb, tier: master, owner: Northern Cells }
/// ```
enum BankOwn: Rule {
    static let id = "bank-own"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        guard subject.isPluripotentDerived else { return }
        for bank in subject.definition.banks
        where bank.tier.value == .master || bank.tier.value == .working {
            guard let owner = bank.owner else {
                findings.report(
                    "the bank '\(bank.id.value)' does not say who owns it", at: bank.id.position,
                    about: bank.id.value, help: "write 'owner:', and 'developer:' under 'product:'")
                continue
            }
            guard owner.value != subject.product.developer?.value else { continue }
            let developer = subject.product.developer.map { "'\($0.value)'" } ?? "the developer"
            findings.report(
                "the bank '\(bank.id.value)' belongs to '\(owner.value)', not to \(developer)",
                at: owner.position, about: bank.id.value,
                help: "make and test an own master and working cell bank")
        }
    }
}
