import ArgumentParser
import Charts
import Documents
import Facility
import Foundation

/// `seedlot controls SITE`: what the controls of the test methods gave, run by run.
struct ControlsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "controls",
        abstract: "Chart what the controls of the test methods gave over their runs.",
        discussion: """
            An individuals chart of each control: the runs that count set its limits, and the rules \
            of Nelson are marked. The exit code is 1 when the last reading of a control breaks a \
            rule or its last run does not count.

            The charts of 'control-chart' for one control: \
            seedlot control-chart --site SITE --test METHOD --control CONTROL
            """)

    @OptionGroup var site: SiteArgument
    @Option(help: "Only this test method.")
    var method: String?
    @OptionGroup var output: FormatOption

    func run() async throws {
        let state = try await site.state()
        if let method { _ = try state.knownMethod(method) }
        let trends = state.controlTrends().filter { method == nil || $0.method == method }
        let summaries = trends.map(\.summary)
        try output.give(summaries) { show(Array(zip(trends, summaries))) }
        let needsALook = summaries.contains { summary in
            summary.readings.last.map { $0.signal != nil || $0.invalid != nil } ?? false
        }
        if needsALook { throw ExitCode.failure }
    }

    private func show(_ trends: [(ControlTrend, ControlTrend.Summary)]) {
        if trends.isEmpty { print("no method has a control") }
        for (trend, summary) in trends {
            let criterion = summary.criterion.map { ", \($0)" } ?? ""
            print("\(trend.method), \(trend.control)\(criterion): \(trend.standing.words)")
            if let centre = summary.centre, let lower = summary.lower, let upper = summary.upper {
                print(
                    "      centre \(figure(centre)), limits \(figure(lower)) to \(figure(upper)) "
                        + (summary.unit ?? "") + (summary.isProvisional ? ", provisional" : ""))
            }
            for reading in summary.readings {
                let remark = reading.invalid.map { "does not count: \($0)" } ?? reading.signal
                print(
                    "    \(remark == nil ? " " : "!") \(reading.done)  \(reading.run)  "
                        + reading.observation + (remark.map { "  \($0)" } ?? ""))
            }
        }
    }

    private func figure(_ value: Double) -> String { String(format: "%.4g", value) }
}
