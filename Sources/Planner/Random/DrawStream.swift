/// The draws of one replication: each is a function of (seed, replication, entity, slot) and of
/// nothing else, so a draw never depends on how many were taken before it.
///
/// The mapping to Philox4x32-10 is fixed. Counter: (slot >> 1, entity, low and high word of the
/// replication). Key: (seed, `keyTag`). The even slot is the first two words of the output, the
/// odd slot the last two.
public struct DrawStream: Hashable, Sendable {
    /// The second word of the key, which keeps these draws apart from other uses of the generator.
    public static let keyTag: UInt32 = 0x5543_4D53

    /// The seed of the study.
    public let seed: UInt32
    /// The replication, from zero.
    public let replication: UInt64

    /// The draws of `replication` under `seed`.
    @inlinable
    public init(seed: UInt32, replication: UInt64) {
        self.seed = seed
        self.replication = replication
    }

    /// The two 64-bit words of a block: those of its even and its odd slot.
    @inlinable
    public func block(_ block: UInt32, entity: UInt32) -> (even: UInt64, odd: UInt64) {
        let words = Philox.words(
            counter: SIMD4(
                block, entity, UInt32(truncatingIfNeeded: replication),
                UInt32(truncatingIfNeeded: replication >> 32)),
            key: SIMD2(seed, Self.keyTag))
        return (
            UInt64(words[0]) << 32 | UInt64(words[1]), UInt64(words[2]) << 32 | UInt64(words[3])
        )
    }

    /// Writes the words of `count` blocks of `entity`, two for each block: those of its even and its
    /// odd slot. `count` is a multiple of four.
    func fill(
        _ words: UnsafeMutablePointer<UInt64>, blocks: UnsafePointer<UInt32>, count: Int,
        entity: UInt32
    ) {
        for place in stride(from: 0, to: count, by: 4) {
            let pairs = Philox.fourPairs(
                firstWords: SIMD4(
                    blocks[place], blocks[place &+ 1], blocks[place &+ 2], blocks[place &+ 3]),
                second: entity, third: UInt32(truncatingIfNeeded: replication),
                fourth: UInt32(truncatingIfNeeded: replication >> 32),
                key: SIMD2(seed, Self.keyTag))
            for lane in 0..<4 {
                words[2 &* (place &+ lane)] = pairs.first[lane]
                words[2 &* (place &+ lane) &+ 1] = pairs.second[lane]
            }
        }
    }

    /// The 64-bit word of a slot.
    @inlinable
    public func word(entity: UInt32, slot: DrawSlot) -> UInt64 {
        let pair = block(slot.block, entity: entity)
        return slot.isOdd ? pair.odd : pair.even
    }

    /// A uniform draw in the open interval from 0 to 1.
    @inlinable
    public func uniform(entity: UInt32, slot: DrawSlot) -> Double {
        Uniform.draw(word(entity: entity, slot: slot))
    }

    /// A standard normal draw.
    @inlinable
    public func normal(entity: UInt32, slot: DrawSlot) -> Double {
        InverseNormal.quantile(uniform(entity: entity, slot: slot))
    }
}

/// Uniform draws from random words.
public enum Uniform {
    /// The upper 53 bits of the word and a half, over 2^53: never 0, never 1, and symmetric.
    @inlinable
    public static func draw(_ word: UInt64) -> Double {
        (Double(word >> 11) + 0.5) * 0x1p-53
    }
}
