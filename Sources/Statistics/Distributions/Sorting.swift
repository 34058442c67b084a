/// `values` in ascending order; none may be NaN.
///
/// Large samples are sorted digit by digit on their bit patterns, 11 bits at a time, which takes
/// a third of the time of comparisons; a digit that all values share costs nothing.
func sortedAscending(_ values: [Double]) -> [Double] {
    guard values.count > 5_000 else { return values.sorted() }
    let count = values.count
    let digits = 6
    let size = 1 << 11
    var keys = [UInt64](unsafeUninitializedCapacity: count) { keys, used in
        for index in 0..<count {
            let bits = values[index].bitPattern
            // Negative numbers count down: their bits are flipped, the sign of others is set.
            keys[index] = bits ^ (bits >> 63 == 1 ? UInt64.max : 1 << 63)
        }
        used = count
    }
    var spare = [UInt64](unsafeUninitializedCapacity: count) { _, used in used = count }
    var histograms = [Int](repeating: 0, count: digits * size)
    histograms.withUnsafeMutableBufferPointer { histograms in
        for key in keys {
            for digit in 0..<digits {
                histograms[digit * size + Int((key >> (11 * UInt64(digit))) & 2047)] += 1
            }
        }
        for digit in 0..<digits {
            let place = UInt64(11 * digit)
            let counts = UnsafeMutableBufferPointer(
                rebasing: histograms[digit * size..<(digit + 1) * size])
            if counts.contains(count) { continue }
            var next = 0
            for bucket in 0..<size {
                let here = counts[bucket]
                counts[bucket] = next
                next += here
            }
            keys.withUnsafeBufferPointer { from in
                spare.withUnsafeMutableBufferPointer { to in
                    for index in 0..<count {
                        let key = from[index]
                        let bucket = Int((key >> place) & 2047)
                        to[counts[bucket]] = key
                        counts[bucket] += 1
                    }
                }
            }
            swap(&keys, &spare)
        }
    }
    return [Double](unsafeUninitializedCapacity: count) { result, used in
        for index in 0..<count {
            let key = keys[index]
            result[index] = Double(bitPattern: key >> 63 == 1 ? key ^ (1 << 63) : ~key)
        }
        used = count
    }
}
