import ProductDefinition

/// A bank without a karyotype on enough metaphases.
///
/// ## Why it matters
///
/// Abnormal clones overgrow in culture. Twenty metaphases is the usual least; even that misses a
/// clone of five percent about one time in three (0.95 to the power of 20).
///
/// ## Flagged
///
/// ```yaml
/// banks:
///   - id: wcb
///     tier: working
///     tests: [{ test: karyotype, result: pass, metaphases: 8 }]
/// ```
///
/// ## Accepted
///
/// ```yaml
/// banks:
///   - id: wcb
///     tier: working
///     tests: [{ test: karyotype, result: pass, metaphases: 20 }]
/// ```
enum BankKaryotype: Rule {
    static let id = "bank-karyotype"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        for bank in subject.definition.banks {
            BankTests.require(["karyotype"], of: bank, in: subject, into: &findings)
            guard let test = bank.tests.first(where: { $0.test.value == "karyotype" }),
                test.result.value == .pass
            else { continue }
            guard let metaphases = test.metaphases else {
                findings.report(
                    "the karyotype of the bank '\(bank.id.value)' does not say how many "
                        + "metaphases were counted",
                    at: test.test.position, about: bank.id.value, help: "write 'metaphases:'")
                continue
            }
            if metaphases.value < metaphasesMin {
                findings.report(
                    "the karyotype of the bank '\(bank.id.value)' rests on \(metaphases.value) "
                        + "metaphases, fewer than \(metaphasesMin)",
                    at: metaphases.position, about: bank.id.value,
                    help: "count \(metaphasesMin) or more")
            }
        }
    }

    /// A setting; twenty is the usual number, and was not read in a cited text.
    private static let metaphasesMin = 20
}
