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
    public static func median(_ values: [Double]) -> Double? {
        quantile(ofSorted: values.sorted(), 0.5)
    }
}
