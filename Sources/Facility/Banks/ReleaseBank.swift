package import Ledger

/// Releases a bank for use: made as planned, tested, and every deviation closed.
package struct ReleaseBank: Command {
    package static let name = "bank.release"
    package static let summary = "Release a tested bank for use."
    package static let permission = Permission.review
    package static let signature: SignatureMeaning? = .approved
    package static let help = ["bank": "which bank"]

    package var bank: BankID

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let bank = try site.bank(bank)
        guard bank.status == .quarantine else {
            throw Rejection(
                "bank.not-in-quarantine", "bank '\(bank.id)' is \(bank.status.rawValue)")
        }
        let batch = try site.batch(bank.batch)
        try site.requireReleasable(batch)
        return [BankReleased(bank: bank.id)]
    }
}

/// A bank was released.
package struct BankReleased: Fact {
    package static let kind = "bank.released/1"
    package var bank: BankID

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        guard let vials = site.banks[bank]?.vials, let batch = site.banks[bank]?.batch else {
            return
        }
        site.banks[bank]?.status = .released
        site.banks[bank]?.disposed = stamp
        site.batches[batch]?.status = .released
        site.batches[batch]?.disposed = stamp
        for vial in vials { site.containers[vial]?.status = .released }
    }
}
