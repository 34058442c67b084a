/// A time of day in a keyword: `hh:mm:ss`, with hundredths after a point (FCS 3.1) or sixtieths
/// after a third colon (FCS 3.0).
enum FCSClockTime {
    /// Seconds since midnight; nil when `text` is no time of day.
    static func seconds(_ text: String) -> Double? {
        let parts = FCSNumber.trimmed(text).split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 3 || parts.count == 4,
            let hours = FCSNumber.integer(String(parts[0])), hours < 24,
            let minutes = FCSNumber.integer(String(parts[1])), minutes < 60,
            let seconds = FCSNumber.decimal(parts[2]), (0..<61).contains(seconds)
        else { return nil }
        var total = Double(hours * 3600 + minutes * 60) + seconds
        if parts.count == 4 {
            guard let sixtieths = FCSNumber.integer(String(parts[3])), sixtieths < 100 else {
                return nil
            }
            total += Double(sixtieths) / 60
        }
        return total
    }

    /// Seconds from begin to end of an acquisition, which may run over midnight.
    static func duration(from begin: String?, to end: String?) -> Double? {
        guard let begin = begin.flatMap(seconds), let end = end.flatMap(seconds), begin != end
        else { return nil }
        return end > begin ? end - begin : end - begin + 86_400
    }
}

extension FCSDataSet {
    /// The time of every event in seconds, in the order of the file; nil without a time channel.
    ///
    /// Scale values of time are stored numbers times `$TIMESTEP`. Where that is missing the
    /// stored numbers have no unit, and the seconds from `$BTIM` to `$ETIM` over the steps from
    /// first to last event stand in: `isEstimated` is then true. Where an instrument stores the
    /// upper word of a long time as a parameter of its own, both words are put together.
    public func timesInSeconds() -> (values: [Double], isEstimated: Bool)? {
        guard let time = parameters.firstIndex(where: \.isTime) else { return nil }
        var values = scaleValues(of: time)
        if let upper = upperTimeWord, case .time(let step) = parameters[time].scale {
            let turn = (Double(parameters[time].mask) + 1) * step
            values = zip(values, storedValues(of: upper)).map { $0 + $1 * turn }
        }
        let stated = keywords["$TIMESTEP"].flatMap { FCSNumber.decimal($0) } ?? 0
        guard stated <= 0, let first = values.first, let last = values.last, last > first,
            last.isFinite, first.isFinite,
            let seconds = FCSClockTime.duration(from: keywords["$BTIM"], to: keywords["$ETIM"])
        else { return (values, stated <= 0) }
        let step = seconds / (last - first)
        return (values.map { $0 * step }, true)
    }

    /// The parameter that counts how often the time parameter has begun anew, which Beckman
    /// Coulter instruments name or label "Time MSW".
    private var upperTimeWord: Int? {
        guard let time = parameters.first(where: \.isTime), time.type == .integer else {
            return nil
        }
        return parameters.firstIndex { parameter in
            parameter.type == .integer
                && [parameter.name, parameter.label].contains { $0?.uppercased() == "TIME MSW" }
        }
    }
}
