/// Turning stored bytes into numbers, a block of one column at a time.
///
/// The placement has shown that every event lies inside the file, so the loops below address
/// memory without further checks.
extension FCSDataSet {
    /// Writes the stored numbers of events `events` of one parameter to `target`.
    func decode(_ parameter: Int, _ events: Range<Int>, into target: UnsafeMutablePointer<Double>) {
        precondition(
            events.lowerBound >= 0 && events.upperBound <= eventCount,
            "events \(events) of \(eventCount)")
        guard !events.isEmpty else { return }
        switch layout {
        case .bytes(let fields, let stride):
            let field = fields[parameter]
            let first =
                bytes.base + dataRange.lowerBound + events.lowerBound * stride + field.offset
            field.decode(first, stride: stride, count: events.count, into: target)
        case .packed(let widths, let bitsPerEvent):
            let before = widths[0..<parameter].reduce(0, +)
            for (index, event) in events.enumerated() {
                target[index] = Double(packedInteger(parameter, at: event * bitsPerEvent + before))
            }
        case .characters(let ranges, let stride):
            decodeCharacters(ranges[parameter], stride, events, target)
        case .delimited:
            for (index, event) in events.enumerated() {
                target[index] = textColumns[parameter][event]
            }
        }
    }

    /// The masked integer that begins at bit `first` of DATA, most significant bit first.
    func packedInteger(_ parameter: Int, at first: Int) -> UInt64 {
        let base = bytes.base + dataRange.lowerBound
        var value: UInt64 = 0
        for bit in first..<(first + (parameters[parameter].width ?? 0)) {
            let byte = base.load(fromByteOffset: bit >> 3, as: UInt8.self)
            value = value << 1 | UInt64((byte >> UInt8(7 - bit & 7)) & 1)
        }
        return value & parameters[parameter].mask
    }

    private func decodeCharacters(
        _ range: Range<Int>, _ stride: Int, _ events: Range<Int>,
        _ target: UnsafeMutablePointer<Double>
    ) {
        let base = bytes.base + dataRange.lowerBound
        for (index, event) in events.enumerated() {
            let text = UnsafeRawBufferPointer(
                start: base + event * stride + range.lowerBound, count: range.count)
            // A field that is no number is shown as one, not as a zero that could be a result.
            target[index] = FCSNumber.decimal(String(decoding: text, as: UTF8.self)) ?? .nan
        }
    }
}

/// Replaces `count` stored numbers by scale values.
func applyScale(_ scale: FCSScale, _ values: UnsafeMutablePointer<Double>, _ count: Int) {
    if scale.isIdentity { return }
    switch scale {
    case .linear(let gain):
        for index in 0..<count { values[index] /= gain }
    case .time(let step):
        for index in 0..<count { values[index] *= step }
    case .logarithmic:
        for index in 0..<count { values[index] = scale.value(of: values[index]) }
    }
}

extension FCSField {
    /// Writes `count` numbers that stand `stride` bytes apart to `target`.
    @inline(never)
    func decode(
        _ first: UnsafeRawPointer, stride: Int, count: Int,
        into target: UnsafeMutablePointer<Double>
    ) {
        switch (type, byteCount, order) {
        case (.float, _, .littleEndian):
            for index in 0..<count {
                let bits = (first + index &* stride).loadUnaligned(as: UInt32.self)
                target[index] = Double(Float(bitPattern: bits.littleEndian))
            }
        case (.float, _, .bigEndian):
            for index in 0..<count {
                let bits = (first + index &* stride).loadUnaligned(as: UInt32.self)
                target[index] = Double(Float(bitPattern: bits.bigEndian))
            }
        case (.integer, 2, .littleEndian):
            let mask = UInt16(truncatingIfNeeded: mask)
            for index in 0..<count {
                let bits = (first + index &* stride).loadUnaligned(as: UInt16.self)
                target[index] = Double(bits.littleEndian & mask)
            }
        case (.integer, 2, .bigEndian):
            let mask = UInt16(truncatingIfNeeded: mask)
            for index in 0..<count {
                let bits = (first + index &* stride).loadUnaligned(as: UInt16.self)
                target[index] = Double(bits.bigEndian & mask)
            }
        case (.integer, _, _):
            for index in 0..<count {
                target[index] = Double(integer(at: first + index &* stride))
            }
        case (.float, _, _):
            for index in 0..<count {
                let bits = UInt32(truncatingIfNeeded: word(at: first + index &* stride))
                target[index] = Double(Float(bitPattern: bits))
            }
        default:
            for index in 0..<count {
                target[index] = Double(bitPattern: word(at: first + index &* stride))
            }
        }
    }

    /// The masked integer at `place`.
    @inline(__always)
    func integer(at place: UnsafeRawPointer) -> UInt64 { word(at: place) & mask }

    @inline(__always)
    private func word(at place: UnsafeRawPointer) -> UInt64 {
        var value: UInt64 = 0
        switch order {
        case .littleEndian:
            for index in (0..<byteCount).reversed() {
                value = value << 8 | UInt64(place.load(fromByteOffset: index, as: UInt8.self))
            }
        case .bigEndian:
            for index in 0..<byteCount {
                value = value << 8 | UInt64(place.load(fromByteOffset: index, as: UInt8.self))
            }
        case .mixed(let significance):
            for index in 0..<byteCount {
                let byte = UInt64(place.load(fromByteOffset: index, as: UInt8.self))
                value |= byte << UInt64(8 * significance[index])
            }
        }
        return value
    }
}
