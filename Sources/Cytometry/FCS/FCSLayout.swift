/// Where each number of an event stands and how its bits are read.
enum FCSLayout: Sendable {
    /// Whole bytes per number: what nearly every instrument writes.
    case bytes([FCSField], stride: Int)
    /// Numbers of odd widths follow each other without padding, most significant bit first.
    case packed(widths: [Int], bitsPerEvent: Int)
    /// Fixed numbers of characters per number.
    case characters([Range<Int>], stride: Int)
    /// Text separated by blanks or commas.
    case delimited

    /// Bytes that `events` events take; nil when the number does not fit or the text decides.
    func byteCount(events: Int) -> Int? {
        switch self {
        case .bytes(_, let stride), .characters(_, let stride):
            let (product, overflow) = events.multipliedReportingOverflow(by: stride)
            return overflow ? nil : product
        case .packed(_, let bits):
            let (product, overflow) = events.multipliedReportingOverflow(by: bits)
            return overflow || product > Int.max - 7 ? nil : (product + 7) / 8
        case .delimited: return nil
        }
    }

    /// Whole events in `length` bytes.
    func events(in length: Int) -> Int {
        switch self {
        case .bytes(_, let stride), .characters(_, let stride): length / max(stride, 1)
        case .packed(_, let bits): length > Int.max / 8 ? 0 : length * 8 / max(bits, 1)
        case .delimited: 0
        }
    }

    /// The layouts that the widths allow, the likeliest first: Beckman Coulter instruments state
    /// 10 bits and store 16, so only the length of DATA tells which one a file has.
    static func candidates(
        _ parameters: [FCSParameter], order: FCSByteOrder?, orderOffset: Int?
    ) throws(FCSReadError) -> [FCSLayout] {
        if parameters.contains(where: { $0.type == .ascii }) {
            return [characters(parameters)]
        }
        guard let order else {
            throw .init(
                .keywordValue, at: orderOffset, "$BYTEORD is not a permutation of 1…n",
                remedy: "1,2,3,4 is little-endian and 4,3,2,1 big-endian")
        }
        var result: [FCSLayout] = [try bytes(parameters, order: order, orderOffset: orderOffset)]
        if parameters.contains(where: { ($0.width ?? 0) % 8 != 0 }),
            parameters.allSatisfy({ $0.type == .integer })
        {
            let widths = parameters.map { $0.width ?? 0 }
            result.append(.packed(widths: widths, bitsPerEvent: widths.reduce(0, +)))
        }
        return result
    }

    private static func bytes(
        _ parameters: [FCSParameter], order: FCSByteOrder, orderOffset: Int?
    ) throws(FCSReadError) -> FCSLayout {
        var fields: [FCSField] = []
        fields.reserveCapacity(parameters.count)
        var offset = 0
        for parameter in parameters {
            let bits = parameter.width ?? 0
            // Odd widths were stored in the next machine word.
            let count =
                bits % 8 == 0 ? bits / 8 : bits <= 8 ? 1 : bits <= 16 ? 2 : bits <= 32 ? 4 : 8
            guard let local = order.forNumbers(of: count) else {
                throw .init(
                    .width, at: orderOffset,
                    "$BYTEORD does not say how the \(count) bytes of '\(parameter.name)' are "
                        + "ordered")
            }
            fields.append(
                FCSField(
                    offset: offset, byteCount: count, type: parameter.type, order: local,
                    mask: bits % 8 == 0
                        ? parameter.mask : parameter.mask & ((1 << UInt64(bits)) - 1)
                ))
            offset += count
        }
        return .bytes(fields, stride: offset)
    }

    private static func characters(_ parameters: [FCSParameter]) -> FCSLayout {
        var ranges: [Range<Int>] = []
        var offset = 0
        for parameter in parameters {
            guard let width = parameter.width else { return .delimited }
            ranges.append(offset..<(offset + width))
            offset += width
        }
        return .characters(ranges, stride: offset)
    }
}

/// One number of an event that is stored in whole bytes.
struct FCSField: Sendable {
    var offset: Int
    var byteCount: Int
    var type: FCSValueType
    var order: FCSByteOrder
    var mask: UInt64
}
