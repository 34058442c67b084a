import ProductDefinition

/// A bank without tests for sterility and mycoplasma.
///
/// ## Why it matters
///
/// A contaminated bank contaminates every batch made from it.
///
/// ## Flagged
///
/// ```yaml
/// banks:
///   - id: wcb
///     tier: working
///     tests: [{ test: sterility, result: pass }]
/// ```
///
/// ## Accepted
///
/// ```yaml
/// banks:
///   - id: wcb
///     tier: working
///     tests: [{ test: sterility, result: pass }, { test: mycoplasma, result: pass }]
/// ```
enum BankMicrobiology: Rule {
    static let id = "bank-microbiology"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        for bank in subject.definition.banks {
            BankTests.require(["sterility", "mycoplasma"], of: bank, in: subject, into: &findings)
        }
    }
}
