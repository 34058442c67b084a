import Guidance

/// What the newest approved version of each product leaves open by a day: reviews of its risk
/// assessments, gaps of its transfer; and the open items of the stages of a transfer.
enum DefinitionDue: DueSource {
    static func due(for site: SiteState, on date: CalendarDate) -> [DueItem] {
        site.currentVersions.flatMap { reviews($0) + gaps($0) } + items(site)
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

    /// One line for each item with a day, and one for all that a stage has without.
    private static func items(_ site: SiteState) -> [DueItem] {
        site.studies.inOrder.filter { $0.stage != nil && $0.conclusion == nil }.flatMap { study in
            let open = site.items(of: study).filter(\.isOpen)
            let undated = open.filter { $0.due == nil }.map(\.item.id)
            let dated = open.filter { $0.due != nil }.map { standing in
                DueItem(
                    .transferItem, study.id.text,
                    "answer \(standing.item.id), \(standing.item.evidence)"
                        + (standing.owner.map { " (\($0))" } ?? ""),
                    due: standing.due, rule: "tt-stage-gate")
            }
            guard !undated.isEmpty else { return dated }
            return dated + [
                DueItem(
                    .transferItem, study.id.text,
                    "answer the items of the stage: \(undated.joined(separator: ", "))", due: nil,
                    rule: "tt-stage-gate")
            ]
        }
    }
}
