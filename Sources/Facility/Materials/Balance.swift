import Quantities

/// Where all material is: every lot and every filling, account by account.
package struct Balance: Codable, Hashable, Sendable {
    package var lots: [LotLine]
    package var fillings: [ContainerLine]

    /// True when every line adds up.
    package var closes: Bool {
        lots.allSatisfy(\.closes) && fillings.allSatisfy(\.closes)
    }

    /// One lot: received = in stock + consumed + sampled + destroyed + returned + unaccounted.
    package struct LotLine: Codable, Hashable, Sendable {
        package var lot: String
        package var material: String
        package var received: String
        package var quarantine: String
        package var released: String
        package var rejected: String
        package var consumed: String
        package var sampled: String
        package var destroyed: String
        package var returned: String
        package var unaccounted: String
        package var closes: Bool
    }

    /// The containers of one origin: filled = in stock + everything that happened to them.
    package struct ContainerLine: Codable, Hashable, Sendable {
        /// The batch that filled them, or the donor who gave them.
        package var origin: String
        package var filled: Int
        package var stored = 0
        package var consumed = 0
        package var sampled = 0
        package var destroyed = 0
        package var shipped = 0
        package var received = 0
        package var returned = 0
        package var administered = 0
        package var closes = true
    }
}

extension SiteState {
    /// The balance of all material of the site.
    package func balance() -> Balance {
        var donated: [DonorID: [ContainerID]] = [:]
        for container in containers.values {
            if case .startingMaterial(let donor, _) = container.content {
                donated[donor, default: []].append(container.id)
            }
        }
        let cords = donated.sorted { $0.key < $1.key }.map { line(of: $0.key.text, $0.value) }
        let filled = batches.inOrder.filter { !$0.outputs.isEmpty }
            .map { line(of: $0.id.text, $0.outputs) }
        return Balance(lots: lots.inOrder.map(line), fillings: cords + filled)
    }

    private func line(_ lot: Lot) -> Balance.LotLine {
        func text(_ account: LotAccount) -> String { lot.balances[account].description }
        // The books are added up again from the movements: a line closes only when both agree.
        var again = LotBalances(received: lot.received)
        for movement in lot.movements {
            again =
                (try? again.moving(movement.quantity, from: movement.from, to: movement.to))
                ?? again
        }
        let isWhole = (try? lot.balances.total.isSameAmount(as: lot.received)) ?? false
        let isPossible = LotAccount.allCases.allSatisfy {
            $0 == .unaccounted || !lot.balances[$0].value.isNegative
        }
        let agrees = LotAccount.allCases.allSatisfy {
            (try? lot.balances[$0].isSameAmount(as: again[$0])) ?? false
        }
        return Balance.LotLine(
            lot: lot.id.text, material: lot.material, received: lot.received.description,
            quarantine: text(.quarantine), released: text(.released), rejected: text(.rejected),
            consumed: text(.consumed), sampled: text(.sampled), destroyed: text(.destroyed),
            returned: text(.returned), unaccounted: text(.unaccounted),
            closes: isWhole && isPossible && agrees)
    }

    private func line(of origin: String, _ ids: [ContainerID]) -> Balance.ContainerLine {
        var line = Balance.ContainerLine(origin: origin, filled: ids.count)
        var known = 0
        for container in Set(ids).compactMap({ containers[$0] }) {
            known += 1
            switch container.location {
            case .stored: line.stored += 1
            case .consumed: line.consumed += 1
            case .sampled: line.sampled += 1
            case .shipped: line.shipped += 1
            case .received: line.received += 1
            case .returned: line.returned += 1
            case .administered: line.administered += 1
            case .destroyed: line.destroyed += 1
            }
        }
        line.closes = known == ids.count
        return line
    }
}
