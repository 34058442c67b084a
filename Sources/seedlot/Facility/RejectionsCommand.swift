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
    @Option(help: "The first day of the period, such as 2026-01-01.")
    var from: String
    @Option(help: "The last day of the period, such as 2026-12-31.")
    var to: String
    @OptionGroup var output: FormatOption

    func run() async throws {
        let (first, last) = (try day(from, "--from"), try day(to, "--to"))
        guard first <= last else {
            throw Complaint.misuse(
                "the period \(first) to \(last) ends before it begins",
                wayOut: "give the first day in --from")
        }
        let state = try await site.state()
        let known = Set(state.masters.values.map(\.product.id)).sorted()
        if let product, !known.contains(product) {
            throw Complaint(
                "no definition is of product '\(product)'",
                wayOut: "products: \(known.joined(separator: ", "))")
        }
        let report = RejectionReport(of: product, in: first...last, on: state)
        try output.give(report) { show(report) }
    }

    private func day(_ text: String, _ option: String) throws -> CalendarDate {
        guard let day = CalendarDate(text) else {
            throw Complaint.misuse(
                "\(option) is '\(text)', which is no day", wayOut: "write it as 2026-03-31")
        }
        return day
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
