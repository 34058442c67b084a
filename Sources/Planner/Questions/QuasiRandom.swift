import Statistics

/// Points that fill the unit cube evenly: Sobol's sequence with a random digital shift.
///
/// Direction numbers are those of S. Joe and F. Y. Kuo (2008, doi:10.1137/070709359), file
/// `new-joe-kuo-6`, for the first 40 dimensions. The shift is drawn from the seed, so that no
/// point lies on the border.
struct QuasiRandom {
    static let dimensionsMax = 40

    private let directions: [[UInt32]]
    private let shift: [UInt32]
    private var current: [UInt32]
    private var count: UInt32 = 0

    init(dimensions: Int, seed: UInt64) {
        precondition(
            1...Self.dimensionsMax ~= dimensions, "\(dimensions) dimensions are not tabulated")
        directions = (0..<dimensions).map(Self.directions)
        var random = RandomSource(seed: seed)
        shift = (0..<dimensions).map { _ in UInt32(truncatingIfNeeded: random.next() >> 32) }
        current = [UInt32](repeating: 0, count: dimensions)
    }

    /// The next point, each coordinate in (0, 1).
    mutating func next() -> [Double] {
        defer {
            // Gray code: only the direction of the lowest zero bit changes.
            let bit = Int((~count).trailingZeroBitCount)
            for place in current.indices where bit < 32 {
                current[place] ^= directions[place][bit]
            }
            count &+= 1
        }
        return current.indices.map { (Double(current[$0] ^ shift[$0]) + 0.5) * 0x1p-32 }
    }

    private static func directions(_ dimension: Int) -> [UInt32] {
        var numbers = [UInt32](repeating: 0, count: 32)
        guard dimension > 0 else {
            for bit in 0..<32 { numbers[bit] = 1 << UInt32(31 - bit) }
            return numbers
        }
        let (degree, coefficients, start) = table[dimension - 1]
        for bit in 0..<min(degree, 32) { numbers[bit] = start[bit] << UInt32(31 - bit) }
        for bit in degree..<32 {
            var value = numbers[bit - degree] ^ (numbers[bit - degree] >> UInt32(degree))
            for term in 1..<max(degree, 1) where (coefficients >> (degree - 1 - term)) & 1 == 1 {
                value ^= numbers[bit - term]
            }
            numbers[bit] = value
        }
        return numbers
    }

    /// Degree, coefficients of the primitive polynomial, first direction integers.
    private static let table: [(Int, Int, [UInt32])] = [
        (1, 0, [1]),
        (2, 1, [1, 3]),
        (3, 1, [1, 3, 1]),
        (3, 2, [1, 1, 1]),
        (4, 1, [1, 1, 3, 3]),
        (4, 4, [1, 3, 5, 13]),
        (5, 2, [1, 1, 5, 5, 17]),
        (5, 4, [1, 1, 5, 5, 5]),
        (5, 7, [1, 1, 7, 11, 19]),
        (5, 11, [1, 1, 5, 1, 1]),
        (5, 13, [1, 1, 1, 3, 11]),
        (5, 14, [1, 3, 5, 5, 31]),
        (6, 1, [1, 3, 3, 9, 7, 49]),
        (6, 13, [1, 1, 1, 15, 21, 21]),
        (6, 16, [1, 3, 1, 13, 27, 49]),
        (6, 19, [1, 1, 1, 15, 7, 5]),
        (6, 22, [1, 3, 1, 15, 13, 25]),
        (6, 25, [1, 1, 5, 5, 19, 61]),
        (7, 1, [1, 3, 7, 11, 23, 15, 103]),
        (7, 4, [1, 3, 7, 13, 13, 15, 69]),
        (7, 7, [1, 1, 3, 13, 7, 35, 63]),
        (7, 8, [1, 3, 5, 9, 1, 25, 53]),
        (7, 14, [1, 3, 1, 13, 9, 35, 107]),
        (7, 19, [1, 3, 1, 5, 27, 61, 31]),
        (7, 21, [1, 1, 5, 11, 19, 41, 61]),
        (7, 28, [1, 3, 5, 3, 3, 13, 69]),
        (7, 31, [1, 1, 7, 13, 1, 19, 1]),
        (7, 32, [1, 3, 7, 5, 13, 19, 59]),
        (7, 37, [1, 1, 3, 9, 25, 29, 41]),
        (7, 41, [1, 3, 5, 13, 23, 1, 55]),
        (7, 42, [1, 3, 7, 3, 13, 59, 17]),
        (7, 50, [1, 3, 1, 3, 5, 53, 69]),
        (7, 55, [1, 1, 5, 5, 23, 33, 13]),
        (7, 56, [1, 1, 7, 7, 1, 61, 123]),
        (7, 59, [1, 1, 7, 9, 13, 61, 49]),
        (7, 62, [1, 3, 3, 5, 3, 55, 33]),
        (8, 14, [1, 3, 1, 15, 31, 13, 49, 245]),
        (8, 21, [1, 3, 5, 15, 31, 59, 63, 97]),
        (8, 22, [1, 3, 1, 11, 11, 11, 77, 249]),
    ]
}
