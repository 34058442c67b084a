/// How the numbers of one parameter are stored.
public enum FCSValueType: String, Sendable {
    /// Unsigned binary integers (`I`).
    case integer = "I"
    /// IEEE 754 single precision (`F`).
    case float = "F"
    /// IEEE 754 double precision (`D`).
    case double = "D"
    /// Decimal digits as text (`A`), removed from the standard with FCS 3.2.
    case ascii = "A"
}

/// How a stored number becomes a value on the scale of the instrument.
///
/// Gating-ML 2.0 gates are defined on scale values, not on stored numbers (clause 4.1).
public enum FCSScale: Hashable, Sendable {
    /// stored / gain, from `$PnE/0,0/` and `$PnG`.
    case linear(gain: Double)
    /// offset · 10^(decades · stored / range), from `$PnE/decades,offset/` of integer parameters.
    case logarithmic(decades: Double, offset: Double, range: Double)
    /// stored · step in seconds, from `$TIMESTEP`; a gain of the time parameter is ignored.
    case time(step: Double)

    /// The scale value of a stored number.
    @inline(__always)
    public func value(of stored: Double) -> Double {
        switch self {
        case .linear(let gain): gain == 1 ? stored : stored / gain
        case .logarithmic(let decades, let offset, let range):
            offset * power10(decades * stored / range)
        case .time(let step): stored * step
        }
    }

    /// True when scale values are the stored numbers.
    var isIdentity: Bool {
        switch self {
        case .linear(let gain): gain == 1
        case .logarithmic: false
        case .time(let step): step == 1
        }
    }
}

/// One measured quantity of every event: a column of the data set.
public struct FCSParameter: Sendable {
    /// Number of the parameter in the file, from 1, as in `$P1N`.
    public let number: Int
    /// Short name (`$PnN`), unique in a correct file.
    public let name: String
    /// Long name (`$PnS`), by custom the marker or stain.
    public let label: String?
    /// How its numbers are stored.
    public let type: FCSValueType
    /// Bits (or characters) of one number as `$PnB` says; nil for delimited text.
    public let width: Int?
    /// Upper end of the range (`$PnR`) as a number; zero when it is not a number.
    public let range: Double
    /// How a stored number becomes a scale value.
    public let scale: FCSScale
    /// Detector voltage (`$PnV`) as written.
    public let voltage: String?
    /// Bits of a stored integer that count: all below the next power of two of `$PnR`.
    let mask: UInt64

    /// True for the parameter that holds the time of the event.
    public var isTime: Bool {
        if case .time = scale { true } else { false }
    }

    /// Label and name as a cytometrist writes them: "CD105 (PerCP-Cy5-5-A)".
    public var title: String {
        guard let label, !label.isEmpty, label != name else { return name }
        return "\(label) (\(name))"
    }
}

/// The order of the bytes of a stored number.
enum FCSByteOrder: Hashable, Sendable {
    case littleEndian
    case bigEndian
    /// Significance of each stored byte, from 0 for the least significant, as in `2,1,4,3`.
    case mixed([Int])

    /// Reads `$BYTEORD`; nil when it is no permutation of 1…n.
    init?(keyword: String) {
        let numbers = keyword.split(separator: ",").map { FCSNumber.integer(String($0)) ?? 0 }
        guard !numbers.isEmpty, numbers.count <= 8, numbers.sorted() == Array(1...numbers.count)
        else { return nil }
        if numbers == Array(1...numbers.count) {
            self = .littleEndian
        } else if numbers == (1...numbers.count).reversed() {
            self = .bigEndian
        } else {
            self = .mixed(numbers.map { $0 - 1 })
        }
    }

    /// The order for numbers of `count` bytes; nil when a mixed order does not tell.
    ///
    /// `3,4,1,2` is the order of a machine that swaps its 16-bit words: numbers of two bytes are
    /// little-endian on it. A shorter number is ordered as the bytes within every part of that
    /// length are, as long as all parts agree.
    func forNumbers(of count: Int) -> FCSByteOrder? {
        guard case .mixed(let order) = self else { return self }
        guard order.count % count == 0 else { return nil }
        let parts = Set(
            stride(from: 0, to: order.count, by: count).map { first in
                let part = order[first..<(first + count)]
                let least = part.min() ?? 0
                return part.map { $0 - least }
            })
        guard let part = parts.first, parts.count == 1, part.sorted() == Array(0..<count) else {
            return nil
        }
        if part == Array(0..<count) { return .littleEndian }
        if part == (0..<count).reversed() { return .bigEndian }
        return .mixed(part)
    }
}
