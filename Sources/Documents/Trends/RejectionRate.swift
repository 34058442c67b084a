package import Facility

/// How large a share of what was decided on in a period was lost, in all and by each cause, with the
/// exact bounds of a share.
package struct RejectionRate: Encodable, Sendable {
    /// Batches, banks or lots.
    package let kind: DispositionTally.Kind
    /// The kind of cause; `nil` for all that was lost.
    package let cause: LossKind?
    /// What was lost by.
    package let words: String
    package let share: ExactShare
    /// What was lost by it.
    package let things: [ThingID]

    /// The rates of `tally`: all losses first, then each cause. None when nothing was decided on.
    package static func all(of tally: DispositionTally) -> [RejectionRate] {
        guard tally.disposed > 0 else { return [] }
        let lost = Set(tally.causes.flatMap(\.things)).sorted()
        return [
            RejectionRate(
                kind: tally.kind, cause: nil, words: "all causes",
                share: ExactShare(tally.lost, of: tally.disposed), things: lost)
        ]
            + tally.causes.map { cause in
                RejectionRate(
                    kind: tally.kind, cause: cause.kind, words: cause.words,
                    share: ExactShare(cause.things.count, of: tally.disposed),
                    things: cause.things)
            }
    }
}

/// What was lost in a period, for programs and for people.
package struct RejectionReport: Encodable, Sendable {
    package let product: String?
    package let from: CalendarDate
    package let to: CalendarDate
    package let tallies: [DispositionTally]
    package let rates: [RejectionRate]

    /// The report of a period, of one product or of the whole site.
    package init(
        of product: String? = nil, in period: ClosedRange<CalendarDate>, on state: SiteState
    ) {
        self.product = product
        from = period.lowerBound
        to = period.upperBound
        tallies = state.dispositionTallies(of: product, in: period)
        rates = tallies.flatMap(RejectionRate.all)
    }
}

extension DispositionTally {
    /// It in words: `batches: 12 started, 10 released, 1 rejected, 1 aborted`.
    package var words: String {
        let plural = kind == .batch ? "batches" : "\(kind.rawValue)s"
        return "\(plural): \(started) started, \(released) released, \(rejected) rejected"
            + (kind == .batch ? ", \(aborted) aborted" : "")
    }
}

extension LossKind {
    /// It in words.
    package var words: String { rawValue.replacing("-", with: " ") }
}

extension QualityReview {
    /// The topic under which the losses of the period stand, with their causes.
    package static let lossesTopic = "iii"

    /// What was lost of the product in the period; `nil` when the period ends before it begins.
    package func rejections(in state: SiteState) -> RejectionReport? {
        guard from <= to else { return nil }
        return RejectionReport(of: product, in: from...to, on: state)
    }
}
