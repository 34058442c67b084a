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
        guard bank.arrival == nil else {
            try site.requireArrivalFit(bank)
            try site.requireUndisputed(bank.id, isRelease: true)
            return [BankReleased(bank: bank.id)]
        }
        let batch = try site.batch(bank.batch)
        try site.requireOthersWork(batch, by: moment.person)
        // Two tiers: a working bank is made from a released master bank of the same definition.
        if site.definition(of: bank)?.tier == .working {
            let sources = batch.inputs.compactMap { id -> BankTier? in
                guard case .vial(let source) = site.containers[id]?.content else { return nil }
                return site.banks[source].flatMap { site.definition(of: $0)?.tier }
            }
            guard !sources.isEmpty, sources.allSatisfy({ $0 == .master || $0 == .seed }) else {
                throw Rejection(
                    "bank.no-master",
                    "'\(bank.id)' is a working bank and not made from a master bank",
                    rule: "bank-two-tier")
            }
        }
        try site.requireReleasable(batch)
        try site.requireMatrix(of: bank)
        try site.requireVerified(bank.id.naming(Thing.self), of: site.masters[bank.master])
        try site.requireUndisputed(bank.id, isRelease: true)
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
        for vial in vials { site.release(vial, at: stamp) }
    }
}

extension SiteState {
    /// Refuses a received bank that is not tested, or of which something is open.
    fileprivate func requireArrivalFit(_ bank: Bank) throws(Rejection) {
        try requireMatrix(of: bank)
        try requireVerified(bank.id.naming(Thing.self), of: masters[bank.master])
        let held = bank.vials.compactMap { containers[$0] }.first { !$0.holds.isEmpty }
        if let held {
            throw Rejection(
                "container.on-hold",
                "'\(held.id)' is on hold: \(held.holds.joined(separator: ", "))",
                help: "settle and lift the hold first")
        }
    }
}
