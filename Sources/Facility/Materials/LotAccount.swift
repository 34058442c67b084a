package import Quantities

/// Where some of a lot may stand: the accounts of its double entry.
///
/// Every movement takes from one account what it gives to another, so that at all times what was
/// received is what stands on the accounts together (EU GMP Part IV §7: reconciliation).
package enum LotAccount: String, CaseIterable, Sendable, Hashable, Codable {
    case quarantine, released, rejected
    case consumed, sampled, destroyed, returned
    /// What a count did not find; negative when it found more than the books say.
    case unaccounted

    /// True while the amount is at the site.
    package var isStock: Bool {
        switch self {
        case .quarantine, .released, .rejected: true
        case .consumed, .sampled, .destroyed, .returned, .unaccounted: false
        }
    }
}

/// What stands on each account of a lot, in the unit the lot was received in.
package struct LotBalances: Hashable, Sendable, Codable {
    private var amounts: [Quantity]

    /// A lot that arrived: all of it in quarantine.
    package init(received: Quantity) {
        let none = Quantity(.zero, received.unit)
        amounts = LotAccount.allCases.map { $0 == .quarantine ? received : none }
    }

    /// What stands on `account`.
    package subscript(account: LotAccount) -> Quantity {
        amounts[LotAccount.allCases.firstIndex(of: account) ?? 0]
    }

    /// What is at the site, whatever its standing.
    package var inStock: Quantity { sum { $0.isStock } }

    /// What stands on all accounts together: what was received, at all times.
    package var total: Quantity { sum { _ in true } }

    /// The balances after `quantity` went from one account to another.
    package func moving(
        _ quantity: Quantity, from source: LotAccount, to target: LotAccount
    ) throws(QuantityError) -> LotBalances {
        var moved = self
        let accounts = LotAccount.allCases
        guard source != target, let from = accounts.firstIndex(of: source),
            let to = accounts.firstIndex(of: target)
        else { return self }
        moved.amounts[from] = try amounts[from].subtracting(quantity)
        moved.amounts[to] = try amounts[to].adding(quantity)
        return moved
    }

    private func sum(_ isCounted: (LotAccount) -> Bool) -> Quantity {
        var sum = Quantity(.zero, amounts[0].unit)
        for (account, amount) in zip(LotAccount.allCases, amounts) where isCounted(account) {
            sum = (try? sum.adding(amount)) ?? sum
        }
        return sum
    }
}

/// One movement of some of a lot.
package struct LotMovement: Sendable, Hashable, Codable {
    package var from: LotAccount
    package var to: LotAccount
    package var quantity: Quantity
    /// What it was for: the step of a batch, a sample, a reason.
    package var occasion: String
    package var stamp: Stamp
}
