import Statistics

/// How many of how many, with what the share may truly be.
///
/// A site counts few things: of three batches none failed says little, and the bounds say how
/// little. They are the exact ones of the binomial distribution at 95 % (C. J. Clopper and
/// E. S. Pearson 1934, doi:10.1093/biomet/26.4.404).
package struct ExactShare: Sendable, Hashable, Encodable {
    package let count: Int
    package let total: Int
    /// The share, from 0 to 1; `nil` of nothing.
    package let share: Double?
    /// Its bounds at 95 %; `nil` of nothing.
    package let lower: Double?
    package let upper: Double?

    /// `count` of `total`; a count beyond the total has no share.
    package init(_ count: Int, of total: Int) {
        self.count = count
        self.total = total
        let interval = try? ExactInterval.proportion(count, of: total)
        share = interval == nil ? nil : Double(count) / Double(total)
        lower = interval?.lower
        upper = interval?.upper
    }

    /// It in words: `2 of 14, 14 % (95 % bounds 2 to 43 %)`.
    package var words: String {
        guard let share, let lower, let upper else { return "\(count) of \(total)" }
        return "\(count) of \(total), \(Self.percent(share)) % (95 % bounds "
            + "\(Self.percent(lower)) to \(Self.percent(upper)) %)"
    }

    /// Per cent to a tenth, without a tenth that is none.
    private static func percent(_ share: Double) -> String {
        let tenths = Int((share * 1000).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    }
}
