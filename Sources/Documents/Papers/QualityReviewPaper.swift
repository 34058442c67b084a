import Charts
package import Facility

extension PaperSource {
    /// The product quality review of a period: the twelve topics of EU GMP Part I 1.10 from the
    /// records, with the results of the batches as control charts and their capability.
    func qualityReview(_ review: QualityReview) throws(Rejection) -> Paper {
        let masters = state.masters.inOrder.filter { $0.product.id == review.product }
        let approvals = state.approvals(of: review)
        var blocks: [PaperBlock] = [.facts(facts(of: review, masters))]
        if approvals.isEmpty { blocks.append(.note(.warning, "Not approved.")) }
        for topic in review.topics {
            blocks.append(.heading("\(topic.number). \(topic.title)", level: 2))
            blocks.append(
                topic.figures.isEmpty && topic.attention.isEmpty
                    ? .paragraph("Nothing in the period.") : .table(table(of: topic)))
            if topic.number == QualityReview.resultsTopic { blocks += trends(in: review) }
            if topic.number == QualityReview.lossesTopic { blocks += losses(in: review) }
        }
        for approval in approvals {
            blocks += [
                .heading("Conclusion", level: 2), .paragraph(PaperText(approval.conclusion)),
                .signatures(signatures("quality review approved", approval.stamp)),
            ]
        }
        return Paper(
            kind: SitePaper.qualityReview.title,
            subject: ReviewedPeriod(product: review.product, from: review.from, to: review.to)
                .description,
            issuer: state.name ?? "", under: "\(review.from) to \(review.to)", blocks: blocks,
            changes: try changes(of: review.batches.compactMap { state.batches[$0] }),
            basis: basis(underAll: masters))
    }

    private func facts(of review: QualityReview, _ masters: [MasterRecord]) -> [PaperFact] {
        [
            PaperFact("Product", .strong(review.product)),
            PaperFact("Name", masters.last?.product.name ?? ""),
            PaperFact("Period", "\(review.from) to \(review.to)"),
            PaperFact(
                "Batches",
                review.batches.isEmpty
                    ? "none"
                    : "\(review.batches.count): "
                        + review.batches.map(\.text).joined(separator: ", ")),
            PaperFact("To look at", "\(review.attentionCount) lines, marked below"),
        ]
    }

    private func table(of topic: QualityReview.Topic) -> PaperTable {
        PaperTable(
            columns: ["From the records", ""],
            rows: topic.attention.map { [PaperText($0), .verdict("to look at", .warning)] }
                + topic.figures.map { [PaperText($0), ""] })
    }

    /// How batches, banks and lots of the product ended, and by what causes some were lost.
    private func losses(in review: QualityReview) -> [PaperBlock] {
        guard let report = review.rejections(in: state), !report.rates.isEmpty else { return [] }
        let counts = report.tallies.filter { $0.started + $0.disposed > 0 }.map(\.words)
        let table = PaperTable(
            caption: "Lost of what was decided on, by cause; one loss may have several",
            columns: ["Of", "Kind of cause", "Cause", "Share", "Which"],
            words: report.rates.map { rate in
                [
                    rate.kind.rawValue, rate.cause?.words ?? "", rate.words, rate.share.words,
                    rate.things.map(\.text).joined(separator: ", "),
                ]
            })
        return counts.map { .paragraph(PaperText($0)) } + [.table(table)]
    }

    /// Every measured test with results of at least two batches in the period, and a picture of
    /// each that varies.
    private func trends(in review: QualityReview) -> [PaperBlock] {
        let trends = review.trends(in: state)
        guard !trends.isEmpty else { return [] }
        let table = PaperTable(
            caption: "Results over the batches",
            columns: ["Attribute", "Specification", "Limit", "Batches", "Standing", "Capability"],
            words: trends.map { trend in
                [
                    trend.test.attribute, trend.specification.name,
                    printed(trend.test.criterion), "\(trend.points.count)",
                    trend.standing.words,
                    trend.capability.map { "\($0.name) \($0.value)" }.joined(separator: "; "),
                ]
            })
        return [.table(table)]
            + trends.filter(\.varies).map {
                .picture(PaperPicture($0.chart, caption: $0.chartCaption))
            }
    }
}

extension QualityReview {
    /// The topic under which the results of the product stand, with their pictures.
    package static let resultsTopic = "ii"

    /// The lines of the specifications with measured results of at least two batches in the period.
    package func trends(in state: SiteState) -> [TestTrend] {
        guard from <= to else { return [] }
        return TestTrend.all(in: state).filter { $0.master.product.id == product }
            .map { $0.during(from...to) }.filter { $0.values.count > 1 }
    }
}
