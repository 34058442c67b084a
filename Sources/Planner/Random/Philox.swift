/// The counter-based generator Philox4x32-10 (Salmon, Moraes, Dror and Shaw, "Parallel random
/// numbers: as easy as 1, 2, 3", SC 2011).
///
/// A draw is a pure function of its counter and key, so a simulation gives the same history for
/// any number of threads, and two scenarios share every draw that they have in common.
public enum Philox {
    /// Four 32-bit words for a counter and a key.
    @inlinable @inline(__always)
    public static func words(
        counter: SIMD4<UInt32>, key: SIMD2<UInt32>
    ) -> SIMD4<UInt32> {
        // Kept in eight scalars: the rounds are multiplications of 64 bits, which vectors lack.
        var (word0, word1, word2, word3) = (counter[0], counter[1], counter[2], counter[3])
        var (key0, key1) = (key[0], key[1])
        for _ in 0..<10 {
            let first = 0xD251_1F53 &* UInt64(word0)
            let second = 0xCD9E_8D57 &* UInt64(word2)
            word0 = UInt32(truncatingIfNeeded: second >> 32) ^ word1 ^ key0
            word1 = UInt32(truncatingIfNeeded: second)
            word2 = UInt32(truncatingIfNeeded: first >> 32) ^ word3 ^ key1
            word3 = UInt32(truncatingIfNeeded: first)
            key0 &+= 0x9E37_79B9
            key1 &+= 0xBB67_AE85
        }
        return SIMD4(word0, word1, word2, word3)
    }

    /// The words of four counters that differ in their first word alone, each as its first and its
    /// second pair. Side by side the multiplications of one do not wait for those of another, and
    /// processors have one for several numbers at once.
    @inline(__always)
    static func fourPairs(
        firstWords: SIMD4<UInt32>, second: UInt32, third: UInt32, fourth: UInt32,
        key: SIMD2<UInt32>
    ) -> (first: SIMD4<UInt64>, second: SIMD4<UInt64>) {
        let low = SIMD4<UInt64>(repeating: 0xFFFF_FFFF)
        var word0 = SIMD4<UInt64>(truncatingIfNeeded: firstWords)
        var word1 = SIMD4(repeating: UInt64(second))
        var word2 = SIMD4(repeating: UInt64(third))
        var word3 = SIMD4(repeating: UInt64(fourth))
        var (key0, key1) = (key[0], key[1])
        for _ in 0..<10 {
            let first = (word0 & low) &* 0xD251_1F53
            let second = (word2 & low) &* 0xCD9E_8D57
            word0 = (second &>> 32) ^ word1 ^ UInt64(key0)
            word1 = second & low
            word2 = (first &>> 32) ^ word3 ^ UInt64(key1)
            word3 = first & low
            key0 &+= 0x9E37_79B9
            key1 &+= 0xBB67_AE85
        }
        return ((word0 &<< 32) | word1, (word2 &<< 32) | word3)
    }
}
