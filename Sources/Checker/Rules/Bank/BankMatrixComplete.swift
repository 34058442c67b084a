import Guidance
import ProductDefinition

/// A bank that lacks tests of its kind.
///
/// ## Why it matters
///
/// ICH Q5D asks that identity, purity and stability of a bank are known. The matrix for a bank
/// depends on its kind: a pluripotent master bank needs more than the working stock of a primary
/// culture. A test that is missing here is asked for by every assessor.
///
/// ## What counts
///
/// The matrix is `BankTest` of Guidance: by kind of bank, each line with its source. A planned or
/// pending test counts before the clinic. "Not required" counts with a reason under `detail:`.
/// The panel and the mesodermal differentiation are asked of mesenchymal stromal cells only.
///
/// ## Flagged
///
/// ```yaml
/// product:
///   cell-source: umbilical cord
///   cell-type: mesenchymal stromal cells
/// banks:
///   - id: wcs
///     tier: working
///     tests:
///       - { test: sterility, result: pass }
///       - { test: mycoplasma, result: pass }
/// ```
///
/// ## Accepted
///
/// ```yaml
/// product:
///   cell-source: umbilical cord
///   cell-type: mesenchymal stromal cells
/// banks:
///   - id: wcs
///     tier: working
///     tests:
///       - { test: str, result: pass }
///       - { test: morphology, result: pass }
///       - { test: viability, result: pass }
///       - { test: doubling-time, result: pass }
///       - { test: sterility, result: pass }
///       - { test: mycoplasma, result: pass }
///       - { test: karyotype, result: pass }
///       - { test: isct-panel, result: pass }
/// ```
enum BankMatrixComplete: Rule {
    static let id = "bank-matrix-complete"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        for bank in subject.definition.banks {
            guard let kind = BankMatrix.kind(of: bank, in: subject) else { continue }
            let results = Dictionary(
                bank.tests.map { ($0.test.value, $0) }, uniquingKeysWith: { first, _ in first })
            var missing: [String] = []
            for test in BankMatrix.required(for: kind, in: subject) {
                guard let result = results[test.id] else {
                    missing.append(test.id)
                    continue
                }
                switch result.result.value {
                case .pass: continue
                case .planned, .pending:
                    if subject.phase > .preclinical {
                        missing.append("\(test.id) (\(result.result.value.rawValue))")
                    }
                case .notRequired:
                    if !result.detail.isStated { missing.append("\(test.id) (no reason why not)") }
                case .fail:
                    findings.report(
                        "the bank '\(bank.id.value)' failed '\(test.id)'",
                        at: result.result.position,
                        about: bank.id.value,
                        help: "reject the bank, or repeat the test by its procedure")
                }
            }
            guard !missing.isEmpty else { continue }
            findings.report(
                "the \(bank.tier.value.rawValue) bank '\(bank.id.value)' lacks "
                    + "\(counted(missing.count, "test")): \(listed(missing))",
                at: bank.id.position, about: bank.id.value,
                help: "add each under 'tests:' with its result")
        }
    }
}
