/// What the newest approved version of each product leaves open by a day: reviews of its risk
/// assessments, and gaps of its transfer.
enum DefinitionDue: DueSource {
    static func due(for site: SiteState, on date: CalendarDate) -> [DueItem] {
        site.currentVersions.flatMap { reviews($0) + gaps($0) }
    }

    private static func reviews(_ master: MasterRecord) -> [DueItem] {
        (master.product.riskReviews ?? []).map {
            DueItem(
                .riskReview, master.id.text, "review the risk assessment \($0.assessment)",
                due: $0.due, rule: "waiver-needs-risk-assessment")
        }
    }

    private static func gaps(_ master: MasterRecord) -> [DueItem] {
        (master.product.transferGaps ?? []).map { gap in
            DueItem(
                .transferGap, master.id.text,
                "close the gap of the transfer: \(gap.name)"
                    + (gap.owner.map { " (\($0))" } ?? ""), due: gap.due, rule: "tt-gap-actions")
        }
    }
}
