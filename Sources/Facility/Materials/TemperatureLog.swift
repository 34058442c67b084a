import Ledger
package import Quantities

/// A continuous record of temperature, imported from its logger: the file stands in the store by its
/// digest, the record holds what it comes to.
package struct TemperatureLog: LogOrigin, Sendable, Hashable, Codable {
    package var from: Timestamp
    package var to: Timestamp
    /// Readings in the file.
    package var readings: Int
    package var lowest: Quantity
    package var highest: Quantity
    /// SHA-256 of the logger's file.
    package var file: String
    /// True when it was typed off the file, which the site did not read; `nil` for logs from before
    /// the site read files.
    package var isTyped: Bool?
    package var stamp: Stamp

}

/// A record of a logger that says whether the site read its file.
package protocol LogOrigin {
    /// True when it was typed off the file, which the site did not read; `nil` for records from before
    /// the site read files.
    var isTyped: Bool? { get }
}

extension LogOrigin {
    /// How it came to be here, as people say it.
    package var origin: String {
        isTyped == false ? "read from the logger's file" : "typed, not read from the logger's file"
    }
}

/// What is common to the import of a log.
package struct LoggedReadings {
    package var from: Timestamp
    package var to: Timestamp
    package var readings: Int
    package var lowest: Quantity
    package var highest: Quantity
    package var file: String
    /// Whether somebody typed it off the file.
    package var isTyped: Bool
    /// Seconds between the two readings that are furthest apart; `nil` when only their number is known.
    package var longestGap: Int64?

    /// Longest time between two readings, in seconds: a container warms through in half an hour.
    static let gapSecondsMax: Int64 = 1_800

    /// Refuses a log of a temperature that is none.
    func require(by now: Timestamp) throws(Rejection) {
        try requireTemperature(lowest, "lowest")
        try requireTemperature(highest, "highest")
        try requireTimes(by: now)
    }

    /// Refuses a log that ends before it begins or after `now`, or has no file.
    func requireTimes(by now: Timestamp) throws(Rejection) {
        guard from < to, to <= now else {
            throw Rejection(
                "storage.log-times", "from \(from) to \(to), now \(now)",
                help: "enter the first and the last reading of the logger")
        }
        guard (try? highest.isLess(than: lowest)) == false else {
            throw Rejection(
                "storage.log-order", "the lowest, \(lowest), is above the highest, \(highest)")
        }
        _ = try digest()
    }

    /// The digest of the file.
    func digest() throws(Rejection) -> Digest {
        if let digest = Digest(hex: file) { return digest }
        throw Rejection(
            "storage.log-file", "'\(file.prefix(80))' is no SHA-256",
            help: "enter the digest of the logger's file: 64 hexadecimal digits")
    }

    /// Whether the readings are as dense as a continuous record asks for.
    var isContinuous: Bool {
        if let longestGap { return readings >= 2 && longestGap <= Self.gapSecondsMax }
        let seconds = (to.milliseconds - from.milliseconds) / 1000
        return readings >= 2 && seconds / Int64(max(readings - 1, 1)) <= Self.gapSecondsMax
    }

    /// What of it lies outside `range`, as the extreme reading; `nil` when all is within.
    func excursion(outside range: QuantityRange) -> Quantity? {
        if (try? range.contains(highest)) == false { return highest }
        return (try? range.contains(lowest)) == false ? lowest : nil
    }
}

/// What a logger of a storage unit measures.
package enum LoggedQuantity: String, Choice, Sendable, Hashable {
    case temperature
    /// The level of liquid nitrogen, in the unit of the limits of the vessel.
    case nitrogenLevel = "nitrogen-level"
}

/// Imports the log of a storage unit; one outside the limits of what is in it, or below the limit of
/// its nitrogen level, puts that on hold.
package struct ImportStorageLog: Command, NamesLog {
    package static let name = "storage.import-log"
    package static let summary =
        "Import the log of a storage unit; an excursion puts what is in it on hold."
    package static let permission = Permission.monitor
    package static let help = [
        "unit": "the storage unit, as places begin: LN2-1 for LN2-1/A/03/07",
        "measures": "what the logger measures; a temperature when left out",
    ].merging(logHelp) { own, _ in own }

    package var unit: String
    package var measures: LoggedQuantity?
    package var series: DefinitionFile?
    package var from: Timestamp?
    package var to: Timestamp?
    package var readings: Int?
    package var lowest: Quantity?
    package var highest: Quantity?
    package var file: String?

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        try requirePlace(unit, "unit")
        guard site.things[unit] == .equipment else {
            throw Rejection(
                "storage.unknown-unit", "'\(unit)' is no registered equipment",
                help: didYouMean(unit, in: site.equipment)
                    ?? "register it first: equipment.register",
                rule: "storage-temperature-kept")
        }
        if measures == .nitrogenLevel { return try levels(on: site, at: moment) }
        let log = try logged()
        try log.require(by: moment.now)
        if let last = site.storageLogs[unit]?.last, log.from < last.to {
            throw Rejection(
                "storage.log-overlap", "'\(unit)' has a log up to \(last.to)",
                help: "import what comes after it")
        }
        guard log.isContinuous else {
            throw Rejection(
                "storage.log-gaps",
                "\(log.readings) readings from \(log.from) to \(log.to) are further apart than "
                    + "\(LoggedReadings.gapSecondsMax / 60) min",
                help: "import the whole log, or record an excursion for the gap",
                rule: "storage-temperature-kept")
        }
        let imported = StorageLogImported(
            unit: unit, from: log.from, to: log.to, readings: log.readings, lowest: log.lowest,
            highest: log.highest, file: log.file, isTyped: log.isTyped)
        for range in site.storageLimits(in: unit) {
            guard let extreme = log.excursion(outside: range) else { continue }
            return [imported]
                + site.excursion(
                    site.nextExcursion(), of: unit, during: log.from...log.to, reaching: extreme,
                    rule: "storage-temperature-kept")
        }
        return [imported]
    }
}

/// The temperature log of a storage unit was imported.
package struct StorageLogImported: Fact {
    package static let kind = "storage.log-imported/1"
    package var unit: String
    package var from: Timestamp
    package var to: Timestamp
    package var readings: Int
    package var lowest: Quantity
    package var highest: Quantity
    package var file: String
    package var isTyped: Bool?

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.storageLogs[unit, default: []].append(
            TemperatureLog(
                from: from, to: to, readings: readings, lowest: lowest, highest: highest,
                file: file, isTyped: isTyped, stamp: stamp))
    }
}

/// Imports the temperature log of a shipment, whole: from its dispatch to its arrival.
package struct ImportShipmentLog: Command, NamesLog {
    package static let name = "shipment.import-log"
    package static let summary =
        "Import the temperature log of a shipment; an excursion puts its doses on hold."
    package static let permission = Permission.distribute
    package static let help = [
        "shipment": "which shipment"
    ].merging(logHelp) { own, _ in own }

    package var shipment: ShipmentID
    package var series: DefinitionFile?
    package var from: Timestamp?
    package var to: Timestamp?
    package var readings: Int?
    package var lowest: Quantity?
    package var highest: Quantity?
    package var file: String?

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let shipment = try site.shipment(shipment)
        let log = try logged()
        try log.require(by: moment.now)
        guard shipment.log == nil else {
            throw Rejection("shipment.log-imported", "'\(shipment.id)' has its log already")
        }
        guard let arrived = shipment.received else {
            throw Rejection(
                "shipment.not-received", "'\(shipment.id)' has not arrived",
                help: "record its arrival first: shipment.receive")
        }
        let imported = ShipmentLogImported(
            shipment: shipment.id, from: log.from, to: log.to, readings: log.readings,
            lowest: log.lowest, highest: log.highest, file: log.file,
            isTyped: log.isTyped)
        let order = try site.order(shipment.order)
        let range = try site.master(order.definition).product.storageTemperature
        var problems: [String] = []
        // The logger is started at packing and read at unpacking: minutes either side.
        let margin = LoggedReadings.gapSecondsMax
        if log.from > shipment.dispatched.happened.advanced(bySeconds: margin)
            || log.to < arrived.happened.advanced(bySeconds: -margin) || !log.isContinuous
        {
            problems.append("the log does not cover the way")
        }
        if let range, let extreme = log.excursion(outside: range) {
            problems.append("\(extreme), limit \(range)")
        }
        guard !problems.isEmpty else { return [imported] + typedEvent(log, range, on: site) }
        return [imported]
            + site.transportExcursion(of: shipment, because: problems.joined(separator: "; "))
    }
}

extension ImportShipmentLog {
    /// The event of readings that somebody typed although the definition has a temperature to keep on
    /// the way. It is not refused: a logger may write a form that the site does not read, and the doses
    /// have arrived. But nobody has seen the readings, so that quality looks at the file (EU GDP
    /// guidelines 2013/C 343/01, 9.2).
    private func typedEvent(
        _ log: LoggedReadings, _ range: QuantityRange?, on site: SiteState
    ) -> [any Fact] {
        guard log.isTyped, range != nil else { return [] }
        return [
            DeviationOpened(
                deviation: site.nextDeviation(), batch: nil, step: nil, cause: .observed,
                description:
                    "shipment \(shipment): the readings were typed, the file of the logger "
                    + "was not read", rule: "transport-qualified",
                subjects: [shipment.naming(Thing.self)])
        ]
    }
}

/// The temperature log of a shipment was imported.
package struct ShipmentLogImported: Fact {
    package static let kind = "shipment.log-imported/1"
    package var shipment: ShipmentID
    package var from: Timestamp
    package var to: Timestamp
    package var readings: Int
    package var lowest: Quantity
    package var highest: Quantity
    package var file: String
    package var isTyped: Bool?

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.shipments[shipment]?.log = TemperatureLog(
            from: from, to: to, readings: readings, lowest: lowest, highest: highest, file: file,
            isTyped: isTyped, stamp: stamp)
    }
}

extension SiteState {
    /// The storage limits of what stands in `unit`, each once.
    fileprivate func storageLimits(in unit: String) -> [QuantityRange] {
        var masters: Set<MasterRecordID> = []
        for container in containers.values where container.isInStock(in: unit) {
            switch container.content {
            case .vial(let bank): if let master = banks[bank]?.master { masters.insert(master) }
            case .dose(let batch): if let master = batches[batch]?.master { masters.insert(master) }
            case .startingMaterial: continue
            }
        }
        return Set(masters.compactMap { self.masters[$0]?.product.storageTemperature })
            .sorted { $0.description < $1.description }
    }
}
