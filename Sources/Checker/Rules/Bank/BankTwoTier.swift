import ProductDefinition

/// A pluripotent product without a master and a working cell bank.
///
/// ## Why it matters
///
/// A two-tier bank lets every batch start from the same well-tested cells, for as long as the
/// product lives. The working bank is made from the master, and spares it.
///
/// ## Flagged
///
/// ```yaml
/// product:
///   cell-source: embryonic stem cells
/// banks:
///   - { id: mcb, tier: master }
/// ```
///
/// ## Accepted
///
/// ```yaml
/// product:
///   cell-source: embryonic stem cells
/// banks:
///   - { id: mcb, tier: master }
///   - { id: wcb, tier: working, made-from: mcb }
/// ```
enum BankTwoTier: Rule {
    static let id = "bank-two-tier"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        guard subject.isPluripotentDerived else { return }
        let masters = subject.definition.banks.filter { $0.tier.value == .master }
        let workings = subject.definition.banks.filter { $0.tier.value == .working }
        var missing: [String] = []
        if masters.isEmpty { missing.append("master cell bank") }
        if workings.isEmpty { missing.append("working cell bank") }
        if !missing.isEmpty {
            findings.report(
                "the pluripotent product has no \(listed(missing))",
                at: subject.definition.banks.first?.id.position ?? subject.place,
                help: "make both tiers, and name under 'made-from:' what each is made from")
        }
        let parents = Set(masters.map(\.id.value))
        guard !parents.isEmpty else { return }
        for bank in workings where !(bank.madeFrom.map { parents.contains($0.value) } ?? false) {
            findings.report(
                "the working cell bank '\(bank.id.value)' is not made from a master cell bank",
                at: bank.madeFrom?.position ?? bank.id.position, about: bank.id.value,
                help: "write 'made-from: \(masters[0].id.value)' if that is its parent")
        }
    }
}
