package import Ledger

/// Rejects a bank: one in quarantine, or one that was released and is found unfit.
///
/// A batch in work that used a vial of it gets a deviation.
package struct RejectBank: Command {
    package static let name = "bank.reject"
    package static let summary = "Reject a bank; batches in work that used it get a deviation."
    package static let permission = Permission.review
    package static let signature: SignatureMeaning? = .rejected
    package static let help = ["bank": "which bank", "reason": "why"]

    package var bank: BankID
    package var reason: String

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let bank = try site.bank(bank)
        try requireText(reason, "reason")
        guard bank.status != .rejected else {
            throw Rejection("bank.rejected", "bank '\(bank.id)' is rejected already")
        }
        let users = site.genealogy.trace(from: bank.id.text, .forward).compactMap {
            site.batches[BatchID(unchecked: $0.node)]
        }.filter { !$0.status.isFinal }
        return [BankRejected(bank: bank.id, reason: reason)]
            + site.deviations(
                for: users, cause: .materialUnfit,
                description: "bank \(bank.id) was rejected after use: \(reason)")
    }
}

/// A bank was rejected.
package struct BankRejected: Fact {
    package static let kind = "bank.rejected/1"
    package var bank: BankID
    package var reason: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        guard let rejected = site.banks[bank] else { return }
        site.banks[bank]?.status = .rejected
        site.banks[bank]?.disposed = stamp
        site.banks[bank]?.lossReason = reason
        // What made it has nothing else to be released for.
        if site.batches[rejected.batch] != nil {
            site.batches[rejected.batch]?.status = .rejected
            site.batches[rejected.batch]?.disposed = stamp
            site.batches[rejected.batch]?.lossReason = reason
        }
        for vial in site.stock(of: rejected) {
            site.containers[vial]?.status = .rejected
        }
    }
}
