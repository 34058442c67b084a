package import Ledger
package import Quantities

package typealias ExcursionID = Identifier<StorageExcursion>

/// A time in which a storage unit left its limits, from its report to its assessment.
package struct StorageExcursion: Sendable, Codable {
    package var id: ExcursionID
    /// The unit, such as `LN2-1`: everything whose place begins with it is concerned.
    package var unit: String
    package var from: Timestamp
    package var to: Timestamp
    /// The temperature it reached, or the level of nitrogen.
    package var extreme: Quantity
    package var recorded: Stamp
    package var assessment: Assessment?

    /// What quality concluded.
    package struct Assessment: Sendable, Hashable, Codable {
        package var disposition: DeviationDisposition
        package var reason: String
        package var stamp: Stamp
    }
}

/// Records that a storage unit left its limits: all that was in it is put on hold.
package struct RecordExcursion: Command {
    package static let name = "storage.record-excursion"
    package static let summary =
        "Record that a storage unit left its limits: what is in it is put on hold."
    package static let permission = Permission.openDeviation
    package static let help = [
        "excursion": "the number of the excursion",
        "unit": "the storage unit, as places begin: LN2-1 for LN2-1/A/03/07",
        "from": "when it began", "to": "when the limits were kept again",
        "extreme": "the highest (or lowest) temperature reached",
    ]

    package var excursion: ExcursionID
    package var unit: String
    package var from: Timestamp
    package var to: Timestamp
    package var extreme: Quantity

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        try site.requireUnused(excursion)
        try requirePlace(unit, "unit")
        guard from <= to, to <= moment.now else {
            throw Rejection(
                "storage.excursion-times", "from \(from) to \(to), now \(moment.now)",
                help: "enter when it began and when it ended")
        }
        try requireTemperature(extreme, "extreme")
        return site.excursion(
            excursion, of: unit, during: from...to, reaching: extreme,
            rule: "storage-temperature-kept")
    }
}

/// Whether `place` lies in `unit`.
private func lies(_ place: String, in unit: String) -> Bool {
    guard place.hasPrefix(unit) else { return false }
    let next = place.dropFirst(unit.count).first
    return next.map { !$0.isLetter && !$0.isNumber } ?? true
}

extension Container {
    /// Whether it is at the site and stands in `unit`.
    func isInStock(in unit: String) -> Bool { isInStock && lies(place, in: unit) }
}

extension Lot {
    /// Whether it is kept in `unit`.
    fileprivate func isKept(in unit: String) -> Bool { place.map { lies($0, in: unit) } ?? false }
}

extension SiteState {
    /// The facts of an excursion of `unit`: what was in it is on hold, and an event is open.
    ///
    /// - Parameters:
    ///   - extreme: the temperature or the level of nitrogen it reached.
    ///   - count: events opened before it by the same command.
    func excursion(
        _ id: ExcursionID, of unit: String, during period: ClosedRange<Timestamp>,
        reaching extreme: Quantity, rule: String, after count: Int = 0
    ) -> [any Fact] {
        let (from, to) = (period.lowerBound, period.upperBound)
        let inside = containers.values.filter {
            $0.created.happened <= to && $0.isInStock(in: unit)
        }.map(\.id).sorted()
        let lots = lots.inOrder.filter { $0.isKept(in: unit) }
        let source = id.naming(Thing.self)
        let reason = "excursion \(id) of \(unit) to \(extreme)"
        let recorded = ExcursionRecorded(
            excursion: id, unit: unit, from: from, to: to, extreme: extreme)
        return [recorded] + HoldPlaced.facts(holding: inside, reason: reason, source: source)
            + lots.map { LotHoldPlaced(lot: $0.id, reason: reason, source: source) }
            + [
                DeviationOpened(
                    deviation: nextDeviation(after: count), batch: nil, step: nil,
                    cause: .storageExcursion,
                    description: "\(unit) at \(extreme) from \(from) to \(to): "
                        + "\(inside.count) containers, \(lots.count) lots on hold",
                    rule: rule, subjects: [source])
            ]
    }

    /// The number the next excursion gets when the site records it itself.
    func nextExcursion() -> ExcursionID { unusedNumber("EXC", from: excursions.count + 1) }

    /// Whether containers or lots stand in `unit`.
    package func isInUse(_ unit: String) -> Bool {
        containers.values.contains { $0.isInStock(in: unit) }
            || lots.values.contains { $0.isKept(in: unit) }
    }
}

/// Refuses what is no temperature that matter can have: another unit, absolute zero or below, or hotter
/// than anything a site measures.
func requireTemperature(_ temperature: Quantity, _ field: String) throws(Rejection) {
    guard let kelvin = try? temperature.doubleValue(in: .kelvin), kelvin > 0, kelvin < 2_000 else {
        throw Rejection(
            "storage.not-a-temperature", "'\(field)' is \(temperature)",
            help: "enter a temperature above -273.15 °C, such as -120 °C")
    }
}

/// A storage unit left its limits.
package struct ExcursionRecorded: Fact {
    package static let kind = "storage.excursion-recorded/1"
    package var excursion: ExcursionID
    package var unit: String
    package var from: Timestamp
    package var to: Timestamp
    package var extreme: Quantity

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.things[excursion.text] = .excursion
        site.excursions[excursion] = StorageExcursion(
            id: excursion, unit: unit, from: from, to: to, extreme: extreme, recorded: stamp)
    }
}

/// Assesses an excursion: acceptable lifts its holds, rejection lets them stand until what is held
/// is destroyed.
package struct AssessExcursion: Command {
    package static let name = "storage.assess-excursion"
    package static let summary = "Assess an excursion: lift its holds, or let them stand."
    package static let permission = Permission.review
    package static let signature: SignatureMeaning? = .approved
    package static let help = [
        "excursion": "which excursion", "disposition": "whether what was in the unit may be used",
        "reason": "on what evidence",
    ]

    package var excursion: ExcursionID
    package var disposition: DeviationDisposition
    package var reason: String

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let excursion = try site.excursion(excursion)
        try requireText(reason, "reason")
        guard excursion.assessment == nil else {
            throw Rejection("storage.assessed", "'\(excursion.id)' was assessed before")
        }
        let source = excursion.id.naming(Thing.self)
        let assessed = ExcursionAssessed(
            excursion: excursion.id, disposition: disposition, reason: reason)
        guard disposition == .acceptable else { return [assessed] }
        let held = site.containers.values.filter {
            $0.holdRecords.contains { $0.isInForce && $0.source == source }
        }.map(\.id).sorted()
        let lots = site.lots.inOrder.filter {
            $0.holdRecords.contains { $0.isInForce && $0.source == source }
        }
        return [assessed] + HoldLifted.facts(lifting: held, source: source, reason: reason)
            + lots.map { LotHoldLifted(lot: $0.id, source: source, reason: reason) }
    }
}

/// An excursion was assessed.
package struct ExcursionAssessed: Fact {
    package static let kind = "storage.excursion-assessed/1"
    package var excursion: ExcursionID
    package var disposition: DeviationDisposition
    package var reason: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.excursions[excursion]?.assessment = .init(
            disposition: disposition, reason: reason, stamp: stamp)
    }
}
