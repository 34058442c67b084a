import ProductDefinition

/// A pluripotent bank without a targeted test of recurrent gains.
///
/// ## Why it matters
///
/// Pluripotent lines gain parts of chromosomes 1q, 12p, 17q and 20q11.21 again and again, because
/// the gain helps cells survive in culture. G-banding cannot see the small ones.
///
/// ## Flagged
///
/// ```yaml
/// product:
///   cell-source: embryonic stem cells
/// banks:
///   - id: mcb
///     tier: master
///     tests: [{ test: karyotype, result: pass }]
/// ```
///
/// ## Accepted
///
/// ```yaml
/// product:
///   cell-source: embryonic stem cells
/// banks:
///   - id: mcb
///     tier: master
///     tests: [{ test: recurrent-loci, result: pass }]
/// ```
enum BankRecurrentLoci: Rule {
    static let id = "bank-recurrent-loci"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        guard subject.isPluripotentDerived else { return }
        for bank in subject.definition.banks {
            BankTests.require(["recurrent-loci"], of: bank, in: subject, into: &findings)
        }
    }
}
