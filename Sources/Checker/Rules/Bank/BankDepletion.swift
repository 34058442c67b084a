import ProductDefinition

/// A bank that will not last.
///
/// ## Why it matters
///
/// The number of vials, divided by the vials used per year, is the life of the bank. A new bank
/// takes a year of work and a comparability exercise.
///
/// ## Limits
///
/// Three years is a setting: the time in which a new bank can be made, tested and compared. Only
/// the bank of a line that batches start from is judged; a stock from donors is renewed with the
/// next donor.
///
/// ## Flagged
///
/// ```yaml
/// product:
///   cell-source: embryonic stem cells
/// banks:
///   - { id: wcb, tier: working, vials: 60, reserve-vials: 10, vials-per-use: 2 }
/// planning:
///   batches-per-year: 24
/// ```
///
/// ## Accepted
///
/// ```yaml
/// product:
///   cell-source: embryonic stem cells
/// banks:
///   - { id: wcb, tier: working, vials: 200, reserve-vials: 20, vials-per-use: 2 }
/// planning:
///   batches-per-year: 24
/// ```
enum BankDepletion: Rule {
    static let id = "bank-depletion"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        guard subject.isPluripotentDerived || subject.definition.cellLine != nil else { return }
        guard let batches = subject.definition.planning?.batchesPerYear?.value, batches > 0 else {
            return
        }
        let workings = subject.definition.banks.filter { $0.tier.value == .working }
        let banks =
            workings.isEmpty
            ? subject.definition.banks.filter { $0.tier.value == .master } : workings
        for bank in banks {
            guard let vials = bank.vials else { continue }
            let usable = max(vials.value - (bank.reserveVials?.value ?? 0), 0)
            let perYear = batches.multipliedReportingOverflow(
                by: max(bank.vialsPerUse?.value ?? 1, 1))
            guard !perYear.overflow else { continue }
            let years = Double(usable) / Double(perYear.partialValue)
            guard years < yearsMin else { continue }
            findings.report(
                "the bank '\(bank.id.value)' lasts \(counted(Int(years * 12), "month")): \(usable) vials, "
                    + "\(perYear.partialValue) used in a year",
                at: vials.position, about: bank.id.value,
                help: "make a larger bank, or plan the next one now")
        }
    }

    private static let yearsMin = 3.0
}
