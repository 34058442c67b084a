import ArgumentParser
import Facility

/// `seedlot review SITE BATCH`: what was not as planned, and how the batch stands for release.
struct ReviewCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "review",
        abstract: "Review a batch by exception: only what was not as planned, and what is open.")

    @OptionGroup var site: SiteArgument

    @Argument(help: "The batch.")
    var batch: String

    @OptionGroup var output: FormatOption

    func run() async throws {
        guard let id = BatchID(batch) else {
            throw Complaint.misuse("'\(batch)' is no identifier")
        }
        let state = try await site.state()
        let review: ReviewByException
        do throws(Rejection) {
            review = try state.review(of: id)
        } catch {
            throw Complaint(error.message, wayOut: error.help)
        }
        try output.give(review) { show(review) }
        if review.exceptions.contains(where: \.isOpen) { throw ExitCode.failure }
    }

    private func show(_ review: ReviewByException) {
        print("batch \(review.batch), \(review.status)")
        print("\nnot as planned (\(review.exceptions.count)):")
        for exception in review.exceptions {
            let step = exception.step.map { " in \($0)" } ?? ""
            print(
                "  \(exception.isOpen ? "OPEN  " : "      ")\(exception.id)\(step): "
                    + exception.description)
            if let disposition = exception.disposition { print("        \(disposition)") }
        }
        print("\ncertification points:")
        for point in review.points {
            print("  \(point.clause) \(point.point): \(point.answer.rawValue); \(point.evidence)")
        }
    }
}
