import Facility

// What is still to be done at the site. A site of ten years has thousands of batches, lots and
// events, and a handful of each that wait for somebody: they are picked out once after each change,
// not for each reader.

extension SiteState {
    /// Batches that are not decided yet.
    var unfinishedBatches: [Batch] {
        batches.view(UnfinishedBatches.self) { batches in
            UnfinishedBatches(values: batches.values.filter { !$0.status.isFinal })
        }.values
    }

    /// Deviations that are open, newest first.
    var openDeviations: [Deviation] {
        deviations.view(OpenDeviations.self) { deviations in
            OpenDeviations(
                values: deviations.values.filter(\.isOpen)
                    .sorted { $0.opened.entry > $1.opened.entry })
        }.values
    }

    /// Lots that wait for the quality unit.
    var quarantinedLots: [Lot] {
        lots.view(QuarantinedLots.self) { lots in
            QuarantinedLots(values: lots.values.filter { $0.status == .quarantine })
        }.values
    }

    /// Banks that wait for the quality unit.
    var quarantinedBanks: [Bank] {
        banks.view(QuarantinedBanks.self) { banks in
            QuarantinedBanks(values: banks.values.filter { $0.status == .quarantine })
        }.values
    }

    /// Vials in store, by their bank.
    var vialsInStock: [BankID: Int] {
        containers.view(VialsInStock.self) { containers in
            VialsInStock(
                counts: containers.values.reduce(into: [:]) { counts, container in
                    guard container.isInStock, case .vial(let bank) = container.content else {
                        return
                    }
                    counts[bank, default: 0] += 1
                })
        }.counts
    }

    /// Orders for which doses are still to be sent, and how many.
    var unsentOrders: [(order: Order, missing: Int)] {
        let sent = shipments.view(SentByOrder.self) { shipments in
            SentByOrder(
                counts: shipments.values.reduce(into: [:]) { counts, shipment in
                    counts[shipment.order, default: 0] += shipment.containers.count
                })
        }.counts
        return orders.values.compactMap { order in
            let missing = order.containers - (sent[order.id] ?? 0)
            return missing > 0 ? (order, missing) : nil
        }
    }
}

private struct UnfinishedBatches: Sendable { let values: [Batch] }
private struct OpenDeviations: Sendable { let values: [Deviation] }
private struct QuarantinedLots: Sendable { let values: [Lot] }
private struct QuarantinedBanks: Sendable { let values: [Bank] }
private struct VialsInStock: Sendable { let counts: [BankID: Int] }
private struct SentByOrder: Sendable { let counts: [OrderID: Int] }
