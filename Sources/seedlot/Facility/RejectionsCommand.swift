import ArgumentParser
import Documents
import Facility
import Operations

/// `seedlot rejections SITE`: what was lost in a period, by cause.
struct RejectionsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rejections",
        abstract: "Count what was started, released and lost in a period, by cause.",
        discussion: """
            Shares are of what was decided on in the period, with their exact bounds at 95 % \
            (Clopper and Pearson). One loss may have several causes.
            """)

    @OptionGroup var site: SiteArgument
    @Option(help: "Only this product, by its id in its definitions.")
    var product: String?
    @OptionGroup var period: PeriodOptions
    @OptionGroup var output: FormatOption

    func run() async throws {
        let (first, last) = try period.days()
        guard first <= last else {
            throw Complaint.misuse(
                "the period \(first) to \(last) ends before it begins",
                wayOut: "give the first day in --from")
        }
        let state = try await site.state()
        let known = state.products
        if let product, !known.contains(product) {
            throw Complaint(
                "no definition is of product '\(product)'",
                wayOut: "products: \(known.joined(separator: ", "))")
        }
        let report = RejectionReport(of: product, in: first...last, on: state)
        try output.give(report) { show(report) }
    }

    private func show(_ report: RejectionReport) {
        print("\(report.product ?? "all products"), \(report.from) to \(report.to)")
        for tally in report.tallies { print("  \(tally.words)") }
        for rate in report.rates {
            let kind = rate.cause.map { "\($0.words), " } ?? ""
            print("  \(rate.kind.rawValue) lost, \(kind)\(rate.words): \(rate.share.words)")
            if rate.cause != nil {
                print("      \(rate.things.map(\.text).joined(separator: ", "))")
            }
        }
    }
}
