import ProductDefinition

/// No tests on cells at the limit of their age.
///
/// ## Why it matters
///
/// What latent viruses, karyotype and phenotype do over a long culture is seen only in cells that
/// have been through it. Cells at or beyond the limit age are tested once, completely.
///
/// ## Flagged
///
/// ```yaml
/// process:
///   maximum-pdl: { limit: 20 PD }
/// ```
///
/// ## Accepted
///
/// ```yaml
/// process:
///   maximum-pdl: { limit: 20 PD }
/// banks:
///   - id: eopc
///     tier: end of production
///     pdl: 22 PD
///     tests:
///       - { test: str, result: pass }
///       - { test: karyotype, result: pass, metaphases: 20 }
///       - { test: sterility, result: pass }
///       - { test: mycoplasma, result: pass }
///       - { test: adventitious-in-vitro, result: pass }
/// ```
enum BankEndOfProduction: Rule {
    static let id = "bank-end-of-production"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        guard let process = subject.definition.process else { return }
        let banks = subject.definition.banks.filter { $0.tier.value == .endOfProduction }
        guard !banks.isEmpty else {
            findings.report(
                "no cells at the end of production are tested", at: process.position,
                help:
                    "describe them under 'banks:' with 'tier: end of production', their PDL and "
                    + "tests"
            )
            return
        }
        for bank in banks {
            if let limit = process.maximumPDL?.limit.value {
                if let reached = bank.pdl {
                    if limit.exceeds(reached.value) == true {
                        findings.report(
                            "the cells '\(bank.id.value)' reached \(reached.value), less than "
                                + "the limit of \(limit)",
                            at: reached.position, about: bank.id.value,
                            help: "test cells at or beyond the limit age")
                    }
                } else {
                    findings.report(
                        "the cells '\(bank.id.value)' do not say how many doublings they reached",
                        at: bank.id.position, about: bank.id.value, help: "write 'pdl:'")
                }
            }
            BankTests.require(
                ["karyotype", "sterility", "mycoplasma", "adventitious-in-vitro", "str"], of: bank,
                in: subject, into: &findings)
        }
    }
}
