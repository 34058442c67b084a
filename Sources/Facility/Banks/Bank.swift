/// A cell bank: vials filled together from one homogeneous suspension.
package struct Bank: Sendable, Codable {
    package var id: BankID
    /// The bank's id in the definition, such as `MCS`.
    package var kind: String
    /// The batch that filled it.
    package var batch: BatchID
    package var master: MasterRecordID
    package var vials: [ContainerID]
    package var status: DispositionStatus
    package var filled: Stamp
    package var disposed: Stamp?
    /// Why it was rejected, in the words of whoever signed.
    package var lossReason: String?
    /// Where it came from, for a bank that was made elsewhere.
    package var arrival: BankArrival?
    /// Results of the bank test matrix, oldest first.
    package var tests: [BankTestResult] = []
}

extension SiteState {
    /// The vials of a bank that are still at the site.
    package func stock(of bank: Bank) -> [ContainerID] {
        inStock(bank.vials)
    }

    /// What the definition says of a bank.
    package func definition(of bank: Bank) -> MasterBank? {
        masters[bank.master]?.bank(bank.kind)
    }

    /// How long a bank lasts at the pace of the last year.
    package func forecast(of bank: Bank, on day: CalendarDate) -> BankForecast {
        let left = stock(of: bank).count
        let definition = definition(of: bank)
        let usable = max(0, left - (definition?.reserveVials ?? 0))
        let used = bank.vials.compactMap { containers[$0] }.filter { vial in
            guard case .consumed(let batch) = vial.location, let opened = batches[batch]?.opened
            else { return false }
            return day.daysSinceEpoch - opened.happened.date.daysSinceEpoch <= 365
        }.count
        return BankForecast(
            vials: left, usable: usable, usedInYear: used,
            batches: definition?.vialsPerUse.map { $0 > 0 ? usable / $0 : usable },
            years: used > 0 ? Double(usable) / Double(used) : nil)
    }
}

/// How long a bank lasts.
package struct BankForecast: Sendable, Hashable {
    /// Vials in storage.
    package var vials: Int
    /// Vials that are not kept in reserve.
    package var usable: Int
    /// Vials used in the year before.
    package var usedInYear: Int
    /// Batches the usable vials are enough for, where the definition says how many one takes.
    package var batches: Int?
    /// Years until the usable vials are gone at that pace; `nil` when none was used.
    package var years: Double?
}
