/// The counter-based generator Philox4x32-10 (Salmon, Moraes, Dror and Shaw, "Parallel random
/// numbers: as easy as 1, 2, 3", SC 2011).
///
/// A draw is a pure function of its counter and key, so a simulation gives the same history for
/// any number of threads, and two scenarios share every draw that they have in common.
public enum Philox {
    /// Four 32-bit words for a counter and a key.
    @inlinable
    public static func words(
        counter: SIMD4<UInt32>, key: SIMD2<UInt32>
    ) -> SIMD4<UInt32> {
        var word = counter
        var key = key
        for _ in 0..<10 {
            let first = UInt64(0xD251_1F53) &* UInt64(word[0])
            let second = UInt64(0xCD9E_8D57) &* UInt64(word[2])
            word = SIMD4(
                UInt32(truncatingIfNeeded: second >> 32) ^ word[1] ^ key[0],
                UInt32(truncatingIfNeeded: second),
                UInt32(truncatingIfNeeded: first >> 32) ^ word[3] ^ key[1],
                UInt32(truncatingIfNeeded: first))
            key[0] &+= 0x9E37_79B9
            key[1] &+= 0xBB67_AE85
        }
        return word
    }
}
