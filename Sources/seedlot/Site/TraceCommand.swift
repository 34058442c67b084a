import ArgumentParser
import Facility

/// `seedlot trace SITE ID`: what came from a thing and what it came from.
struct TraceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trace",
        abstract: "Trace anything both ways: to its donors and lots, and to patients.",
        discussion: "Example: seedlot trace SITE B-26-004")

    @OptionGroup var site: SiteArgument

    @Argument(help: "The identifier of a donor, container, lot, bank, batch or patient.")
    var id: String

    @OptionGroup var output: FormatOption

    func run() async throws {
        let state = try await site.state()
        let trace: Trace
        do throws(Rejection) {
            trace = try state.trace(id)
        } catch {
            throw Complaint(error.message, wayOut: error.help)
        }
        guard output.format == .text else { return print(try trace.printedJSON()) }
        print("\(trace.start.id): \(trace.start.description)")
        show(trace.back, title: "made from")
        show(trace.forward, title: "became")
        guard !trace.tests.isEmpty else { return }
        print("\ntested with (\(trace.tests.count)):")
        for test in trace.tests { print("\(test.description)") }
    }

    private func show(_ nodes: [Trace.Node], title: String) {
        print("\n\(title) (\(nodes.count)):")
        for node in nodes {
            let indent = String(repeating: "  ", count: node.depth)
            print("\(indent)\(node.id): \(node.description)")
        }
    }
}
