/// Reads the parameters of a data set out of its keywords.
struct FCSParameterReader {
    /// More parameters than this are refused. Spectral cytometers write some hundreds.
    static let parametersMax = 10_000

    let keywords: FCSKeywords
    let textOffset: Int
    private(set) var warnings: [FCSWarning] = []

    init(keywords: FCSKeywords, textOffset: Int) {
        self.keywords = keywords
        self.textOffset = textOffset
    }

    mutating func parameters() throws(FCSReadError) -> [FCSParameter] {
        let count = try required("$PAR")
        guard let number = FCSNumber.integer(count.value), number > 0 else {
            throw .value("$PAR", count.value, expected: "a number of parameters", at: count.offset)
        }
        guard number <= Self.parametersMax else {
            throw .init(
                .limit, at: count.offset,
                "$PAR is \(count.value), this reader takes \(Self.parametersMax) parameters")
        }
        let typeEntry = try required("$DATATYPE")
        guard let type = FCSValueType(rawValue: typeEntry.value.uppercased()) else {
            throw .value(
                "$DATATYPE", typeEntry.value, expected: "I, F, D or A", at: typeEntry.offset)
        }
        let time = timeParameter(of: number)
        let step = timeStep(hasTime: time != nil)
        var result: [FCSParameter] = []
        result.reserveCapacity(number)
        var names: [String: Int] = [:]
        for index in 1...number {
            let parameter = try parameter(index, type, timeStep: index == time ? step : nil)
            if let earlier = names[parameter.name] {
                warn(
                    .duplicateName, keywords.entry("$P\(index)N"),
                    "parameters \(earlier) and \(index) are both named '\(parameter.name)': "
                        + "address them by number")
            } else {
                names[parameter.name] = index
            }
            result.append(parameter)
        }
        return result
    }

    private func required(_ name: String) throws(FCSReadError) -> FCSKeywords.Entry {
        guard let entry = keywords.entry(name) else { throw .missing(name, textAt: textOffset) }
        return entry
    }

    private mutating func warn(
        _ code: FCSWarning.Code, _ entry: FCSKeywords.Entry?, _ message: String
    ) {
        warnings.append(FCSWarning(code: code, offset: entry?.offset, message: message))
    }

    private mutating func parameter(
        _ index: Int, _ fallback: FCSValueType, timeStep: Double?
    ) throws(FCSReadError) -> FCSParameter {
        let type = try valueType(index, fallback)
        let width = try width(index, type)
        let (range, mask) = range(index, type, width)
        return FCSParameter(
            number: index,
            // $PnN was optional in FCS 2.0.
            name: keywords["$P\(index)N"].flatMap { $0.isEmpty ? nil : $0 } ?? "P\(index)",
            label: keywords["$P\(index)S"].flatMap { $0.isEmpty ? nil : $0 },
            type: type, width: width, range: range,
            scale: timeStep.map { .time(step: $0) } ?? scale(index, type, range),
            voltage: keywords["$P\(index)V"], mask: mask)
    }

    /// `$PnDATATYPE` of FCS 3.2, or the type of the data set.
    private func valueType(
        _ index: Int, _ fallback: FCSValueType
    ) throws(FCSReadError) -> FCSValueType {
        guard let entry = keywords.entry("$P\(index)DATATYPE") else { return fallback }
        guard fallback != .ascii, let type = FCSValueType(rawValue: entry.value.uppercased()),
            type != .ascii
        else {
            throw .value(
                "$P\(index)DATATYPE", entry.value, expected: "I, F or D", at: entry.offset)
        }
        return type
    }

    private func width(_ index: Int, _ type: FCSValueType) throws(FCSReadError) -> Int? {
        let name = "$P\(index)B"
        let entry = try required(name)
        if type == .ascii, entry.value == "*" { return nil }
        guard let width = FCSNumber.integer(entry.value), width > 0 else {
            throw .value(name, entry.value, expected: "a number of bits", at: entry.offset)
        }
        switch type {
        case .float where width != 32, .double where width != 64:
            throw .init(
                .width, at: entry.offset,
                "\(name) is \(width) bits, type \(type.rawValue) has "
                    + "\(type == .float ? 32 : 64)")
        case .integer where width > 64:
            throw .init(
                .limit, at: entry.offset,
                "\(name) is \(width) bits, this reader takes integers of up to 64")
        case .ascii where width > 64:
            throw .init(
                .limit, at: entry.offset,
                "\(name) is \(width) characters, this reader takes up to 64")
        default: return width
        }
    }

    /// The range, and the mask of the bits that count below its next power of two.
    private mutating func range(
        _ index: Int, _ type: FCSValueType, _ width: Int?
    ) -> (Double, UInt64) {
        let bits = min(width ?? 64, 64)
        let full: UInt64 = bits >= 64 ? .max : (1 << UInt64(bits)) &- 1
        let entry = keywords.entry("$P\(index)R")
        guard let entry, let range = FCSNumber.decimal(entry.value), range >= 2 else {
            if type == .integer {
                warn(
                    .scale, entry,
                    "$P\(index)R is '\(entry?.value.prefix(40) ?? "")', not a range: "
                        + "all \(bits) bits of the parameter are kept")
            }
            return (0, full)
        }
        guard type == .integer else { return (range, full) }
        if FCSNumber.integer(entry.value) == nil, UInt64(entry.value) == nil,
            range != 0x1p64
        {
            warn(.scale, entry, "$P\(index)R is '\(entry.value.prefix(40))', not an integer")
        } else if bits < 64, range > Double(full) + 1 {
            warn(
                .scale, entry,
                "$P\(index)R is \(entry.value.prefix(40)), more than \(bits) bits hold")
        }
        // The comparison keeps the conversion below from overflowing; a whole number is taken as
        // written, because above 2^53 not every one is a `Double`.
        guard range <= 0x1p63 else { return (range, full) }
        let top = (UInt64(entry.value) ?? UInt64(range.rounded(.up))) - 1
        let mask = top == 0 ? 0 : UInt64.max >> UInt64(top.leadingZeroBitCount)
        return (range, mask & full)
    }

    private mutating func scale(
        _ index: Int, _ type: FCSValueType, _ range: Double
    ) -> FCSScale {
        var gain = 1.0
        if let entry = keywords.entry("$P\(index)G") {
            if let value = FCSNumber.decimal(entry.value), value > 0 {
                gain = value
            } else {
                warn(
                    .scale, entry,
                    "$P\(index)G is '\(entry.value.prefix(40))', not a gain: 1 is used")
            }
        }
        guard let entry = keywords.entry("$P\(index)E") else { return .linear(gain: gain) }
        let numbers = entry.value.split(separator: ",").map { FCSNumber.decimal($0) }
        guard numbers.count == 2, let decades = numbers[0], var offset = numbers[1], decades >= 0
        else {
            warn(
                .scale, entry,
                "$P\(index)E is '\(entry.value.prefix(40))', not two numbers: linear is used")
            return .linear(gain: gain)
        }
        guard decades > 0 else { return .linear(gain: gain) }
        guard type == .integer || type == .ascii else {
            warn(
                .scale, entry,
                "$P\(index)E is '\(entry.value)' for floating-point data, which are always linear:"
                    + " the values are kept as they are")
            return .linear(gain: 1)
        }
        guard range > 0 else { return .linear(gain: gain) }
        // FCS 3.1, 3.2.20: an offset of zero is not valid and is to be read as one.
        if offset <= 0 { offset = 1 }
        return .logarithmic(decades: decades, offset: offset, range: range)
    }

    // MARK: Time

    /// Names under which instruments store the time of an event.
    private static let timeNames: Set<String> = ["TIME", "HDR-T", "T1", "TIME1"]

    private func timeParameter(of count: Int) -> Int? {
        (1...count).first { index in
            if let type = keywords["$P\(index)TYPE"], type.uppercased() == "TIME" { return true }
            return keywords["$P\(index)N"].map { Self.timeNames.contains($0.uppercased()) } ?? false
        }
    }

    /// The stated step. Without one, times stay as stored: gates were drawn on those.
    private mutating func timeStep(hasTime: Bool) -> Double {
        guard let entry = keywords.entry("$TIMESTEP") else { return 1 }
        if let step = FCSNumber.decimal(entry.value), step > 0 {
            return step
        }
        // Instruments without a time channel write blanks; that harms nobody.
        if hasTime || !entry.value.isEmpty {
            warn(
                .scale, entry,
                "$TIMESTEP is '\(entry.value.prefix(40))', not a number of seconds: "
                    + "times are kept as stored")
        }
        return 1
    }
}
