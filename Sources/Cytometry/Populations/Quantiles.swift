/// Order statistics.
public enum Quantiles {
    /// The quantile at `fraction` of ascending finite values, with straight lines between order
    /// statistics (definition 7 of R. J. Hyndman, Y. Fan, Am Stat 50:361–365 (1996)); nil when
    /// there are none.
    public static func quantile(ofSorted values: [Double], _ fraction: Double) -> Double? {
        guard let first = values.first else { return nil }
        guard values.count > 1 else { return first }
        let place = min(max(fraction, 0), 1) * Double(values.count - 1)
        let low = min(Int(place), values.count - 2)
        let part = place - Double(low)
        return values[low] + part * (values[low + 1] - values[low])
    }

    /// The median of finite values in any order; nil when there are none.
    ///
    /// Found by selection instead of sorting (C. A. R. Hoare, Commun ACM 4:321 (1961)): linear
    /// on average.
    public static func median(_ values: [Double]) -> Double? {
        guard !values.isEmpty else { return nil }
        var work = values
        let middle = work.count / 2
        let upper = work.withUnsafeMutableBufferPointer { select(middle, in: $0) }
        guard work.count % 2 == 0 else { return upper }
        // Everything before the place of a selected value is at most as large.
        let lower = work[..<middle].max() ?? upper
        return lower + 0.5 * (upper - lower)
    }

    /// The value that would stand at `place` after sorting; smaller ones are moved before it.
    private static func select(
        _ place: Int, in values: UnsafeMutableBufferPointer<Double>
    ) -> Double {
        var low = 0
        var high = values.count - 1
        while low < high {
            // The median of three keeps sorted input from being the worst case.
            let middle = low + (high - low) / 2
            let (a, b, c) = (values[low], values[middle], values[high])
            let pivot = max(min(a, b), min(max(a, b), c))
            var (left, right) = (low, high)
            while left <= right {
                while values[left] < pivot { left += 1 }
                while values[right] > pivot { right -= 1 }
                if left <= right {
                    values.swapAt(left, right)
                    left += 1
                    right -= 1
                }
            }
            if place <= right {
                high = right
            } else if place >= left {
                low = left
            } else {
                break
            }
        }
        return values[place]
    }
}
