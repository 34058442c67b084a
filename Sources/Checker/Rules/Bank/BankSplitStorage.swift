import ProductDefinition

/// A bank in one place.
///
/// ## Why it matters
///
/// One failed freezer can end a product. A bank is divided between at least two places, in sealed
/// containers, in the vapour phase of nitrogen.
///
/// ## Flagged
///
/// ```yaml
/// banks:
///   - id: mcb
///     tier: master
///     storage: { sites: [tank 1], sealed: yes, phase: vapour }
/// ```
///
/// ## Accepted
///
/// ```yaml
/// banks:
///   - id: mcb
///     tier: master
///     storage: { sites: [tank 1, tank 9 in the other building], sealed: yes, phase: vapour }
/// ```
enum BankSplitStorage: Rule {
    static let id = "bank-split-storage"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        for bank in subject.definition.banks where bank.tier.value != .endOfProduction {
            var missing: [String] = []
            let places = Set((bank.storage?.sites ?? []).map(\.value))
            if places.count < 2 { missing.append("a second place") }
            if !(bank.storage?.isSealed.isYes ?? false) { missing.append("sealed containers") }
            if bank.storage?.phase?.value != .vapour {
                missing.append("the vapour phase of nitrogen")
            }
            guard !missing.isEmpty else { continue }
            findings.report(
                "the storage of the bank '\(bank.id.value)' lacks \(listed(missing))",
                at: bank.storage?.position ?? bank.id.position, about: bank.id.value,
                help: "write under 'storage:' two 'sites:', 'sealed: yes' and 'phase: vapour'")
        }
    }
}
