import ArgumentParser
import Facility
import Operations

/// `seedlot quality-review SITE`: the product quality review of a period, from the records.
struct QualityReviewCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quality-review",
        abstract: "Draw up the product quality review of a period (EU GMP Part I 1.10).",
        discussion: "A line that begins with ! asks for a reviewer's attention.")

    @OptionGroup var site: SiteArgument

    @Option(help: "The product's id in its definitions; the only one when left out.")
    var product: String?

    @OptionGroup var period: PeriodOptions

    @OptionGroup var output: FormatOption

    func run() async throws {
        let (first, last) = try period.days()
        let state = try await site.state()
        let review: QualityReview
        do throws(Rejection) {
            review = try state.qualityReview(of: try chosen(state), from: first, to: last)
        } catch {
            throw Complaint(error.message, wayOut: error.help)
        }
        try output.give(review) { show(review) }
    }

    private func chosen(_ state: SiteState) throws(Rejection) -> String {
        if let product { return product }
        let known = state.products
        guard known.count == 1, let only = known.first else {
            throw Rejection(
                "quality-review.product-to-choose",
                "the site has \(known.count) products: \(known.joined(separator: ", "))",
                help: "say which with --product")
        }
        return only
    }

    private func show(_ review: QualityReview) {
        print("quality review of \(review.product), \(review.from) to \(review.to)")
        for topic in review.topics {
            print("\n\(topic.number). \(topic.title)")
            for line in topic.figures { print("    \(line)") }
            for line in topic.attention { print("  ! \(line)") }
        }
    }
}
