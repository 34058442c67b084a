import ArgumentParser
import Facility
import Foundation
import Statistics

/// `seedlot yields SITE`: how many cells a gram of tissue gave, batch by batch.
struct YieldsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "yields",
        abstract:
            "List the cells isolated from a gram of tissue, batch by batch, with their trend.",
        discussion: """
            Yields spread over decades, so the trend is an individuals chart of their logarithms. The \
            exit code is 1 when a yield lies outside its range or the trend signals.
            """)

    @OptionGroup var site: SiteArgument

    @OptionGroup var output: FormatOption

    /// What is printed as JSON.
    private struct Report: Encodable {
        var yields: [IsolationYield]
        /// `nil` with fewer than three batches, or when the yields do not vary.
        var trend: Trend?
    }

    /// Limits of the individuals chart, in cells per gram.
    private struct Trend: Encodable {
        var centre: Double
        var lower: Double
        var upper: Double
        /// True while fewer than twenty batches set the limits.
        var isProvisional: Bool
        /// The batches at which a run rule signals.
        var signals: [BatchID]
    }

    func run() async throws {
        let yields = try await site.state().isolationYields()
        let trend = trend(of: yields)
        try output.give(Report(yields: yields, trend: trend)) { show(yields, trend) }
        if yields.contains(where: { $0.isWithin == false }) || trend?.signals.isEmpty == false {
            throw ExitCode.failure
        }
    }

    private func trend(of yields: [IsolationYield]) -> Trend? {
        let logarithms = yields.map { log10($0.cellsPerGram) }
        guard yields.count >= 3, let chart = try? IndividualsChart(logarithms) else { return nil }
        let limits = chart.individuals.limits
        return Trend(
            centre: pow(10, limits.centre), lower: pow(10, limits.lower),
            upper: pow(10, limits.upper), isProvisional: chart.isProvisional,
            signals: chart.individuals.signals.map { yields[$0.position].batch })
    }

    private func show(_ yields: [IsolationYield], _ trend: Trend?) {
        if yields.isEmpty { print("no batch has an isolation yield") }
        for yield in yields {
            let mark = yield.isWithin == false ? "!" : " "
            let range = yield.range.map { ", range \($0)" } ?? ""
            print(
                "\(mark) \(yield.harvested)  \(yield.batch)  \(figure(yield.cellsPerGram)) cells/g: "
                    + "\(figure(yield.viableCells)) cells of \(figure(yield.grams)) g\(range)")
        }
        guard let trend else { return }
        print(
            "\ntrend: centre \(figure(trend.centre)), limits \(figure(trend.lower)) to "
                + "\(figure(trend.upper)) cells/g" + (trend.isProvisional ? ", provisional" : ""))
        for batch in trend.signals { print("signal at \(batch)") }
    }

    private func figure(_ value: Double) -> String { String(format: "%.4g", value) }
}
