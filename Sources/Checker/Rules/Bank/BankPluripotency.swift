import ProductDefinition

/// A pluripotent bank without markers and proof of potential.
///
/// ## Why it matters
///
/// Markers of the undifferentiated state and differentiation into three germ layers show that the
/// bank is what the process expects.
///
/// ## Flagged
///
/// ```yaml
/// product:
///   cell-source: embryonic stem cells
/// banks:
///   - id: mcb
///     tier: master
///     tests: [{ test: undifferentiated-markers, result: pass }]
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
///     tests: [{ test: undifferentiated-markers, result: pass }, { test: trilineage, result: pass }]
/// ```
enum BankPluripotency: Rule {
    static let id = "bank-pluripotency"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        guard subject.isPluripotentDerived else { return }
        for bank in subject.definition.banks {
            switch bank.tier.value {
            case .seed, .master:
                BankTests.require(
                    ["undifferentiated-markers", "trilineage"], of: bank, in: subject,
                    into: &findings)
            case .working:
                BankTests.require(
                    ["undifferentiated-markers"], of: bank, in: subject, into: &findings)
            case .endOfProduction: continue
            }
        }
    }
}
