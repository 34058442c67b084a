/// Finds the pixel of a value without transforming it: the borders of the pixels are moved to
/// the scale of the data once, and a table over the leading bits of the value finds the first.
struct PixelAxis: Sendable {
    let count: Int
    private let borders: [Double]
    private let first: [UInt16]

    /// - Returns: nil when the borders are no rising numbers, as on an axis that overflows.
    init?(_ axis: PlotAxis, count: Int) {
        self.count = count
        borders = (0...count).map { axis.value(at: Double($0) / Double(count)) }
        guard borders.allSatisfy({ !$0.isNaN }), borders[0].isFinite,
            zip(borders, borders.dropFirst()).allSatisfy({ $0 <= $1 })
        else { return nil }
        // Ordered keys of Float: the sign and the leading 15 bits.
        var first = [UInt16](repeating: 0, count: 1 << 16)
        var pixel = 0
        for key in first.indices {
            let lowest = Self.value(ofKey: UInt32(key))
            while pixel < count, borders[pixel + 1] <= lowest { pixel += 1 }
            first[key] = UInt16(pixel)
        }
        self.first = first
    }

    /// The pixel of `value`; −1 below the axis, `count` above it, nil when it is no number.
    func pixel(_ value: Double) -> Int? {
        guard value == value else { return nil }
        guard value >= borders[0] else { return -1 }
        guard value < borders[count] else { return count }
        let key = Int(Self.key(Float(value)) >> 16)
        var pixel = Int(first[key])
        // Rounding to Float may have gone up past the border, never by more than a step or two.
        while pixel > 0, borders[pixel] > value { pixel -= 1 }
        while borders[pixel + 1] <= value { pixel += 1 }
        return pixel
    }

    /// Bits of a Float in an order in which larger numbers have larger keys.
    private static func key(_ value: Float) -> UInt32 {
        let bits = value.bitPattern
        return bits & 0x8000_0000 == 0 ? bits | 0x8000_0000 : ~bits
    }

    private static func value(ofKey key: UInt32) -> Double {
        let full = key << 16
        let bits = full & 0x8000_0000 != 0 ? full & 0x7FFF_FFFF : ~full
        let value = Double(Float(bitPattern: bits))
        return value.isNaN ? (full & 0x8000_0000 != 0 ? .infinity : -.infinity) : value
    }
}
