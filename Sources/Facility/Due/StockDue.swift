import Quantities

/// The stock of the site: what expires in it, what open batches still need, and what is to be ordered.
enum StockDue: DueSource {
    static func due(for site: SiteState, on date: CalendarDate) -> [DueItem] {
        let lots = Dictionary(
            grouping: site.lots.values.filter { $0.status != .rejected }, by: \.material)
        return expiries(lots) + doses(site) + shortages(site, lots, date)
            + orders(site, lots, date)
    }

    /// A lot is used up, returned or destroyed by the day it expires.
    private static func expiries(_ lots: [String: [Lot]]) -> [DueItem] {
        lots.values.joined().filter { !$0.remaining.value.isZero }.map { lot in
            DueItem(
                .materialExpiry, lot.id.text,
                "use up or destroy lot \(lot.id) of \(lot.material): \(lot.remaining) left",
                due: lot.expiry, rule: "material-released-at-use")
        }
    }

    /// Containers of a batch that are in stock, by the day the first of them expires.
    private static func doses(_ site: SiteState) -> [DueItem] {
        site.batches.values.compactMap { batch in
            let days = site.inStock(batch.outputs).compactMap { site.containers[$0]?.expires }
            guard let first = days.min() else { return nil }
            let count = days.count { $0 == first }
            return DueItem(
                .productExpiry, batch.id.text,
                "supply or destroy \(count) of \(days.count) containers in stock", due: first)
        }
    }

    // MARK: What open batches need

    /// What steps that are not completed plan beyond what they used, summed over the open batches.
    private struct Need {
        var quantity: Quantity
        var batches: [BatchID]
    }

    /// Materials of which less may be used than the open batches still need.
    ///
    /// A part of a split batch counts as a whole one, because it may take all that is planned. What is
    /// prepared at the site is left out: it is made fresh when its step comes.
    private static func shortages(
        _ site: SiteState, _ lots: [String: [Lot]], _ date: CalendarDate
    ) -> [DueItem] {
        let prepared = Set(
            site.currentVersions.flatMap { $0.product.preparations ?? [] }.map(\.material))
        return needs(site).filter { !prepared.contains($0.key) }.compactMap { material, need in
            let batches = Set(need.batches)
            let usable = sum(
                (lots[material] ?? []).filter { lot in
                    lot.isSound(on: date)
                        && (lot.status == .released
                            || lot.conditionalUses.contains { batches.contains($0.batch) })
                }, in: need.quantity.unit)
            guard (try? usable.isLess(than: need.quantity)) == true else { return nil }
            let names = batches.sorted().map(\.text).joined(separator: ", ")
            return DueItem(
                .materialStock, material,
                "order or release \(material): \(names) still \(batches.count == 1 ? "needs" : "need") "
                    + "\(need.quantity), \(usable) may be used", due: nil,
                rule: "material-released-at-use")
        }
    }

    private static func needs(_ site: SiteState) -> [String: Need] {
        var needs: [String: Need] = [:]
        for batch in site.batches.values where batch.status == .open {
            for step in (try? site.stage(of: batch))?.steps ?? [] {
                let record = batch.steps[step.id]
                guard record?.completed == nil else { continue }
                for use in step.materials {
                    guard let planned = use.quantity else { continue }
                    let used = (record?.materials ?? [])
                        .filter { site.lots[$0.lot]?.material == use.material }.map(\.quantity)
                    let left = used.reduce(planned) { (try? $0.subtracting($1)) ?? $0 }
                    guard left.value > .zero else { continue }
                    let before = needs[use.material]
                    needs[use.material] = Need(
                        quantity: before.flatMap { try? $0.quantity.adding(left) } ?? left,
                        batches: (before?.batches ?? []) + [batch.id])
                }
            }
        }
        return needs
    }

    // MARK: What is to be ordered

    /// The pace is that of the last year, or of as much of it as the material was used in, but at
    /// least of a quarter: a first use of yesterday is no pace. A setting of the house.
    private static let paceDays = 90...365

    /// Orders more than ten years ahead are no plan.
    private static let daysAheadMax = 3650.0

    /// The day by which a material is ordered so that it arrives before the stock kept in hand is
    /// touched, at the pace of its use: for materials of which a definition in use states `lead-time`
    /// or `safety-stock`.
    ///
    /// The level is stated where the material is specified, as times, and not with a lot as an amount:
    /// it belongs to the material, it was weighed there against its sources (`material-single-source`),
    /// and a time stays right when more is made of the product. What waits for its release counts,
    /// because it need not be ordered again.
    private static func orders(
        _ site: SiteState, _ lots: [String: [Lot]], _ date: CalendarDate
    ) -> [DueItem] {
        var supplies: [String: MasterSupply] = [:]
        for supply in site.currentVersions.flatMap({ $0.product.supplies ?? [] })
        where supply.reorderDays > supplies[supply.material]?.reorderDays ?? 0 {
            supplies[supply.material] = supply
        }
        return supplies.compactMap { material, supply in
            let lots = lots[material] ?? []
            guard let unit = lots.first?.received.unit, let pace = pace(of: lots, in: unit, date)
            else { return nil }
            let stock = sum(lots.filter { $0.isSound(on: date) }, in: unit)
            let days = stock.value.doubleValue / pace
            let ahead = days - supply.reorderDays
            guard ahead < daysAheadMax else { return nil }
            return DueItem(
                .materialStock, material,
                "order \(material): \(stock) in stock, enough for \(Int(days)) days; \(supply.terms)",
                due: ahead < 0 ? nil : date.advanced(byDays: Int(ahead)),
                rule: "material-single-source")
        }
    }

    /// How much is used in a day, in `unit`; `nil` when none was used.
    private static func pace(
        of lots: [Lot], in unit: Unit, _ date: CalendarDate
    ) -> Double? {
        let since = date.advanced(byDays: -paceDays.upperBound)
        let uses = lots.flatMap(\.movements).filter {
            $0.to == .consumed && $0.stamp.happened.date > since
        }
        let used = uses.compactMap { try? $0.quantity.doubleValue(in: unit) }.reduce(0, +)
        guard used > 0, let first = uses.map(\.stamp.happened.date).min() else { return nil }
        let days = date.daysSinceEpoch - first.daysSinceEpoch
        return used / Double(min(max(days, paceDays.lowerBound), paceDays.upperBound))
    }

    /// What is left of `lots`, in `unit`; a lot in another kind of unit does not count.
    private static func sum(_ lots: [Lot], in unit: Unit) -> Quantity {
        lots.reduce(Quantity(.zero, unit)) { (try? $0.adding($1.remaining)) ?? $0 }
    }
}

extension Lot {
    /// Whether nothing but its release keeps it from being used on `date`.
    fileprivate func isSound(on date: CalendarDate) -> Bool {
        holds.isEmpty && expiry >= date && retest.map { $0 >= date } ?? true
    }
}

extension MasterSupply {
    /// What the definition says, in words.
    fileprivate var terms: String {
        [
            leadTime.map { "delivery takes \($0)" },
            safetyStock.map { "\($0) are kept in hand" },
        ].compactMap(\.self).joined(separator: ", ")
    }
}
