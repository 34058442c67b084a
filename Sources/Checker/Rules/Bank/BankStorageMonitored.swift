import ProductDefinition

/// A bank whose storage is not monitored.
///
/// ## Why it matters
///
/// Temperature and nitrogen level are watched without gaps, so that an excursion is known and
/// assessed before a vial is used.
///
/// ## Flagged
///
/// ```yaml
/// banks:
///   - id: mcb
///     tier: master
///     storage: { sites: [tank 1, tank 9] }
/// ```
///
/// ## Accepted
///
/// ```yaml
/// banks:
///   - id: mcb
///     tier: master
///     storage: { sites: [tank 1, tank 9], monitored: yes }
/// ```
enum BankStorageMonitored: Rule {
    static let id = "bank-storage-monitored"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        for bank in subject.definition.banks
        where bank.tier.value != .endOfProduction && !(bank.storage?.isMonitored.isYes ?? false) {
            findings.report(
                "the storage of the bank '\(bank.id.value)' is not monitored without a gap",
                at: bank.storage?.isMonitored?.position ?? bank.storage?.position
                    ?? bank.id.position,
                about: bank.id.value, help: "write 'monitored: yes' under 'storage:'")
        }
    }
}
