package import Ledger

/// Approves the product quality review of a period.
package struct ApproveQualityReview: Command {
    package static let name = "quality-review.approve"
    package static let summary = "Approve the product quality review of a period."
    package static let permission = Permission.review
    package static let signature: SignatureMeaning? = .approved
    package static let help = [
        "product": "the product's id in its definitions", "from": "the first day of the period",
        "to": "the last day of the period",
        "conclusion": "whether the process is in control, and what follows",
    ]

    package var product: String
    package var from: CalendarDate
    package var to: CalendarDate
    package var conclusion: String

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        try requireText(conclusion, "conclusion")
        _ = try site.qualityReview(of: product, from: from, to: to)
        guard to <= moment.now.date else {
            throw Rejection(
                "quality-review.period-not-over", "the period ends on \(to)",
                help: "review it when it is over")
        }
        let days = to.daysSinceEpoch - from.daysSinceEpoch
        guard days <= Self.daysMax else {
            throw Rejection(
                "quality-review.period-too-long", "\(from) to \(to) is longer than a year",
                help: "review each year", rule: "product-quality-review")
        }
        return [
            QualityReviewApproved(product: product, from: from, to: to, conclusion: conclusion)
        ]
    }

    /// Days of a period at most: a leap year (EU GMP Part I 1.10, "normally annually").
    static let daysMax = 366
}

/// A quality review was approved.
package struct QualityReviewApproved: Fact {
    package static let kind = "quality-review.approved/1"
    package var product: String
    package var from: CalendarDate
    package var to: CalendarDate
    package var conclusion: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.qualityReviews.append(
            ApprovedQualityReview(
                product: product, from: from, to: to, conclusion: conclusion, stamp: stamp))
    }
}
