import Guidance
import ProductDefinition

/// Which line of the test matrix a bank stands in, and what it asks.
enum BankMatrix {
    /// The kind of bank; `nil` for cells at the end of production, which have a rule of their own.
    static func kind(of bank: Definition.CellBank, in subject: CheckSubject) -> BankKind? {
        switch (bank.tier.value, subject.isPluripotentDerived) {
        case (.seed, true), (.master, true): .pscMaster
        case (.working, true): .pscWorking
        case (.seed, false), (.master, false): .mscMaster
        case (.working, false): .mscWorking
        case (.endOfProduction, _): nil
        }
    }

    /// The tests such a bank needs. What belongs to mesenchymal stromal cells alone is asked of
    /// them alone.
    static func required(for kind: BankKind, in subject: CheckSubject) -> [BankTest] {
        BankTest.required(for: kind, induced: subject.isInduced).filter {
            subject.isMSC || !["isct-panel", "mesodermal-differentiation"].contains($0.id)
        }
    }
}

/// Single tests of a bank.
enum BankTests {
    /// Reports each of `tests` that the bank does not have or did not pass. Before the clinic a
    /// planned test is enough.
    static func require(
        _ tests: [String], of bank: Definition.CellBank, in subject: CheckSubject,
        into findings: inout Findings
    ) {
        for id in tests {
            let title = BankTest.test(id)?.title ?? id
            guard let test = bank.tests.first(where: { $0.test.value == id }) else {
                findings.report(
                    "the bank '\(bank.id.value)' is not tested for \(title)",
                    at: bank.id.position, about: bank.id.value,
                    help: "add the test '\(id)' under 'tests:' with its result")
                continue
            }
            switch test.result.value {
            case .pass: continue
            case .planned, .pending:
                if subject.phase == .preclinical { continue }
                findings.report(
                    "the test '\(id)' of the bank '\(bank.id.value)' is only "
                        + "\(test.result.value.rawValue)",
                    at: test.result.position, about: bank.id.value,
                    help: "complete it before cells of the bank are used in humans")
            case .fail:
                findings.report(
                    "the bank '\(bank.id.value)' failed '\(id)'", at: test.result.position,
                    about: bank.id.value,
                    help: "reject the bank, or repeat the test by its procedure")
            case .notRequired:
                if test.detail.isStated { continue }
                findings.report(
                    "the test '\(id)' of the bank '\(bank.id.value)' is left out without a reason",
                    at: test.result.position, about: bank.id.value,
                    help: "write the reason under 'detail:'")
            }
        }
    }
}
