package import Facility

/// A product and a period as one identifier, the subject of a quality review:
/// `UCMSC-IV.2026-01-01.2026-12-31`. It needs no escape in an address or a file name.
package struct ReviewedPeriod: Equatable, Sendable, CustomStringConvertible {
    package var product: String
    package var from: CalendarDate
    package var to: CalendarDate

    /// A product and the days from one to another, both included.
    package init(product: String, from: CalendarDate, to: CalendarDate) {
        self.product = product
        self.from = from
        self.to = to
    }

    /// The period that `text` writes; nil when it writes none. A product may have dots of its own.
    package init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count >= 3, let from = CalendarDate(String(parts[parts.count - 2])),
            let to = CalendarDate(String(parts[parts.count - 1]))
        else { return nil }
        let product = parts.dropLast(2).joined(separator: ".")
        guard !product.isEmpty else { return nil }
        self.init(product: product, from: from, to: to)
    }

    package var description: String { "\(product).\(from).\(to)" }
}
