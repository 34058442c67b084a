package import Quantities

/// How low the liquid nitrogen of a storage vessel may stand, and how often it is read.
package struct LevelLimit: Sendable, Hashable, Codable {
    /// Below it the vessel is filled.
    package var alert: Quantity
    /// Below it nobody vouches for the temperature of what is in the vessel.
    package var action: Quantity
    /// The most hours between two readings.
    package var everyHours: Int
    /// Why these: the qualification of the vessel, its static holding time.
    package var basis: String
    package var stamp: Stamp
}

/// Readings of the nitrogen level of a vessel: one, or the series of a logger.
package struct LevelReading: LogOrigin, Sendable, Hashable, Codable {
    package var from: Timestamp
    package var to: Timestamp
    package var readings: Int
    package var lowest: Quantity
    package var highest: Quantity
    /// SHA-256 of the logger's file; `nil` for a single reading.
    package var file: String?
    /// True when a series was typed off its file, which the site did not read.
    package var isTyped: Bool?
    package var stamp: Stamp
}

extension Equipment {
    /// The limits of the nitrogen level in force for readings entered before `entry`; `nil` for
    /// what is no vessel of nitrogen.
    package func levelLimit(before entry: UInt64) -> LevelLimit? {
        levelLimits.last { $0.stamp.entry < entry }
    }

    /// How readings stand to the limits that were in force when they were entered.
    package func verdict(on reading: LevelReading) -> EnvironmentVerdict {
        levelLimit(before: reading.stamp.entry)?.verdict(on: reading.lowest) ?? .within
    }

    /// When the next reading is due; `nil` for what is no vessel of nitrogen.
    package var nextLevelReading: Timestamp? {
        guard let limit = levelLimits.last else { return nil }
        return levelsReadUntil(before: nil)?.advanced(bySeconds: limit.intervalSeconds)
    }

    /// The last reading up to `instant`, or when the limits were laid down, which is when the
    /// readings begin.
    fileprivate func levelsReadUntil(before instant: Timestamp?) -> Timestamp? {
        let read = levels.last { reading in instant.map { reading.to <= $0 } ?? true }?.to
        return read ?? levelLimits.first?.stamp.happened
    }
}

extension LevelLimit {
    fileprivate var intervalSeconds: Int64 { Int64(everyHours) * 3_600 }

    /// How a level stands to the limits.
    func verdict(on level: Quantity) -> EnvironmentVerdict {
        if (try? level.isLess(than: action)) == true { return .action }
        return (try? level.isLess(than: alert)) == true ? .alert : .within
    }
}

/// Sets how low the nitrogen of a storage vessel may stand, and how often it is read.
///
/// Temperature and, where vessels are filled with nitrogen, its level are both monitored (PIC/S
/// PE 009-17 Annex 2A 5.36): a sensor near the neck is the last to know that a vessel runs dry.
package struct SetLevelLimits: Command {
    package static let name = "storage.set-level-limits"
    package static let summary =
        "Set how low the nitrogen of a storage vessel may stand, and how often it is read."
    package static let permission = Permission.qualify
    package static let help = [
        "unit": "the vessel", "alert": "the level below which it is filled, such as 15 cm",
        "action": "the level below which what is in it is put on hold, such as 10 cm",
        "everyHours": "the most hours between two readings",
        "basis": "the qualification the limits come from",
    ]

    /// Hours between two readings at most: no open vessel of cell banks holds its nitrogen longer
    /// than two weeks without a look.
    package static let hoursMax = 336

    package var unit: EquipmentID
    package var alert: Quantity
    package var action: Quantity
    package var everyHours: Int
    package var basis: String

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let piece = try site.equipment(unit)
        try requireText(basis, "basis")
        try requireLevel(alert, "alert")
        try requireLevel(action, "action", in: alert.unit)
        guard (try? alert.isLess(than: action)) == false else {
            throw Rejection(
                "storage.alert-below-action", "alert at \(alert), below action at \(action)",
                help: "an alert comes before an action", rule: LevelRecorded.rule)
        }
        guard (1...Self.hoursMax).contains(everyHours) else {
            throw Rejection(
                "storage.level-interval",
                "\(everyHours) hours are not between 1 and \(Self.hoursMax)",
                help: "choose an interval inside the limit", rule: LevelRecorded.rule)
        }
        if let known = piece.levelLimits.last {
            try requireLevel(alert, "alert", in: known.alert.unit)
        }
        return [
            LevelLimitsSet(
                unit: unit, alert: alert, action: action, everyHours: everyHours, basis: basis)
        ]
    }
}

/// Limits of the nitrogen level of a vessel were set.
package struct LevelLimitsSet: Fact {
    package static let kind = "storage.level-limits-set/1"
    package var unit: EquipmentID
    package var alert: Quantity
    package var action: Quantity
    package var everyHours: Int
    package var basis: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.equipment[unit]?.levelLimits.append(
            LevelLimit(
                alert: alert, action: action, everyHours: everyHours, basis: basis, stamp: stamp))
    }
}

/// Records the nitrogen level of a vessel as somebody read it off. The series of a logger comes in
/// through ``ImportStorageLog``.
package struct RecordLevel: Command {
    package static let name = "storage.record-level"
    package static let summary =
        "Record the nitrogen level of a storage vessel; one too low puts what is in it on hold."
    package static let permission = Permission.monitor
    package static let help = [
        "unit": "the vessel", "level": "what was read off, in the unit of its limits",
    ]

    package var unit: EquipmentID
    package var level: Quantity

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let piece = try site.equipment(unit)
        let limit = try piece.requireLevelLimit()
        try requireLevel(level, "level", in: limit.alert.unit)
        return site.recording(
            LevelRecorded(unit: unit, lowest: level), of: piece, limit,
            during: moment.happened...moment.happened, longestGap: 0)
    }
}

/// The nitrogen level of a vessel was read: once, or by a logger over a time.
package struct LevelRecorded: Fact {
    package static let kind = "storage.level-recorded/1"
    /// The rule of the catalogue behind it.
    static let rule = "bank-storage-monitored"

    package var unit: EquipmentID
    /// The level that was read; the lowest of a series.
    package var lowest: Quantity
    /// The highest of a series.
    package var highest: Quantity?
    package var from: Timestamp?
    package var to: Timestamp?
    package var readings: Int?
    package var file: String?
    package var isTyped: Bool?

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        let reading = LevelReading(
            from: from ?? stamp.happened, to: to ?? stamp.happened, readings: readings ?? 1,
            lowest: lowest, highest: highest ?? lowest, file: file, isTyped: isTyped, stamp: stamp)
        // A late entry stands where it was read.
        let levels = site.equipment[unit]?.levels ?? []
        let place = levels.lastIndex { $0.to <= reading.from }.map { $0 + 1 } ?? 0
        site.equipment[unit]?.levels.insert(reading, at: place)
    }
}

extension ImportStorageLog {
    /// The facts of a logger of the nitrogen level.
    func levels(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let piece = try site.equipment(EquipmentID(unchecked: unit))
        let limit = try piece.requireLevelLimit()
        let log = try logged(in: limit.alert.unit)
        try log.requireTimes(by: moment.now)
        try requireLevel(log.lowest, "lowest", in: limit.alert.unit)
        try requireLevel(log.highest, "highest", in: limit.alert.unit)
        if let known = piece.levels.first(where: {
            $0.file != nil && log.from < $0.to && $0.from < log.to
        }) {
            throw Rejection(
                "storage.log-overlap",
                "'\(unit)' has a log of its level from \(known.from) to \(known.to)",
                help: "import what comes after it")
        }
        let seconds = (log.to.milliseconds - log.from.milliseconds) / 1000
        return site.recording(
            LevelRecorded(
                unit: piece.id, lowest: log.lowest, highest: log.highest, from: log.from,
                to: log.to, readings: log.readings, file: log.file, isTyped: log.isTyped),
            of: piece, limit, during: log.from...log.to,
            // Of a typed series only the number is known: its readings are taken as even.
            longestGap: log.longestGap ?? seconds / Int64(max(log.readings - 1, 1)))
    }
}

extension Equipment {
    /// The limits of its level; refuses what has none.
    fileprivate func requireLevelLimit() throws(Rejection) -> LevelLimit {
        guard let limit = levelLimits.last else {
            throw Rejection(
                "storage.level-without-limits", "'\(id)' has no limits of its nitrogen level",
                help: "set them first: storage.set-level-limits", rule: LevelRecorded.rule)
        }
        return limit
    }
}

/// Refuses what is no level: less than nothing, or in another unit than its vessel is read in.
private func requireLevel(
    _ level: Quantity, _ field: String, in unit: Quantities.Unit? = nil
) throws(Rejection) {
    guard level.value >= ExactDecimal(0) else {
        throw Rejection(
            "storage.not-a-level", "'\(field)' is \(level)",
            help: "an empty vessel has a level of 0")
    }
    guard let unit, (try? level.doubleValue(in: unit)) == nil else { return }
    throw Rejection(
        "storage.level-unit", "'\(field)' is \(level), the vessel is read in \(unit)",
        help: "enter it in \(unit)")
}

extension SiteState {
    /// Readings with what follows from them: an event when they came too late, and an excursion when
    /// the level was below its action limit. Both only while something stands in the vessel.
    ///
    /// - Parameters:
    ///   - period: the first and the last reading.
    ///   - gap: seconds between the two readings of a series that are furthest apart.
    fileprivate func recording(
        _ recorded: LevelRecorded, of piece: Equipment, _ limit: LevelLimit,
        during period: ClosedRange<Timestamp>, longestGap gap: Int64
    ) -> [any Fact] {
        let unit = piece.id.text
        guard isInUse(unit) else { return [recorded] }
        var facts: [any Fact] = [recorded]
        var opened = 0
        let before = piece.levelsReadUntil(before: period.lowerBound) ?? period.lowerBound
        let waited = (period.lowerBound.milliseconds - before.milliseconds) / 1000
        if max(waited, gap) > limit.intervalSeconds {
            facts += event(
                .observed,
                "the nitrogen level of \(unit) was not read for \(max(waited, gap) / 3_600) h up to "
                    + "\(waited >= gap ? period.lowerBound : period.upperBound), every "
                    + "\(limit.everyHours) h is asked for (rule \(LevelRecorded.rule))",
                about: [piece.id.naming(Thing.self)], affecting: [], rule: LevelRecorded.rule)
            opened = 1
        }
        guard limit.verdict(on: recorded.lowest) == .action,
            !isInLevelExcursion(piece, up: period.lowerBound)
        else { return facts }
        return facts
            + excursion(
                nextExcursion(), of: unit, during: period, reaching: recorded.lowest,
                rule: LevelRecorded.rule, after: opened)
    }

    /// Whether the reading before `instant` was below its action limit already and what was found
    /// then is not assessed: the same excursion goes on.
    private func isInLevelExcursion(_ piece: Equipment, up instant: Timestamp) -> Bool {
        guard let last = piece.levels.last(where: { $0.to <= instant }),
            piece.verdict(on: last) == .action
        else { return false }
        return excursions.values.contains {
            $0.unit == piece.id.text && $0.assessment == nil
                && (try? $0.extreme.doubleValue(in: last.lowest.unit)) != nil
        }
    }
}
