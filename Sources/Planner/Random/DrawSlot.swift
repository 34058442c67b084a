/// The place of one random parameter among the draws of an entity.
///
/// The slot is taken from the parameter's name, not from its place in the process: a step that is
/// added, removed or changed leaves every other draw as it was, and two scenarios can be compared
/// draw by draw (common random numbers).
public struct DrawSlot: Hashable, Sendable {
    /// The number of the slot; even and odd neighbours come from one block of the generator.
    public let number: UInt64

    /// The highest number: the generator's counter has 32 bits for the block.
    public static let maximum: UInt64 = 0x1_FFFF_FFFF

    /// The slot with a number of at most `maximum`; nil for a higher one.
    public init?(number: UInt64) {
        guard number <= Self.maximum else { return nil }
        self.number = number
    }

    /// The slot of the parameter with this path, such as "harvest-4/duration".
    ///
    /// The block is the 64-bit FNV-1a hash of the path (Fowler, Noll and Vo), folded to 32 bits.
    /// The slot is always the even one.
    public init(path: String) {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in path.utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
        }
        number = UInt64(UInt32(truncatingIfNeeded: hash ^ (hash >> 32))) << 1
    }

    /// The block of the generator.
    @inlinable public var block: UInt32 { UInt32(truncatingIfNeeded: number >> 1) }

    /// Whether it is the second slot of its block.
    @inlinable public var isOdd: Bool { number & 1 == 1 }
}
