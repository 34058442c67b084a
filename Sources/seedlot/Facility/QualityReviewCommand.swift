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

    @Option(help: "The first day of the period, such as 2026-01-01.")
    var from: String

    @Option(help: "The last day of the period, such as 2026-12-31.")
    var to: String

    @OptionGroup var output: FormatOption

    func run() async throws {
        let first = try day(from, "--from")
        let last = try day(to, "--to")
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
        let known = Set(state.masters.values.map(\.product.id)).sorted()
        guard known.count == 1, let only = known.first else {
            throw Rejection(
                "quality-review.product-to-choose",
                "the site has \(known.count) products: \(known.joined(separator: ", "))",
                help: "say which with --product")
        }
        return only
    }

    private func day(_ text: String, _ option: String) throws -> CalendarDate {
        guard let day = CalendarDate(text) else {
            throw Complaint.misuse(
                "\(option) is '\(text)', which is no day", wayOut: "write it as 2026-03-31")
        }
        return day
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
