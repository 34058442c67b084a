import ArgumentParser
import Facility
import Operations

/// `seedlot validation SITE`: the validation master plan and how each line of it stands.
struct ValidationCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validation",
        abstract: "Print the validation master plan: what is validated, by what, and until when.",
        discussion: "The exit code is 1 when something failed or is overdue.")

    @OptionGroup var site: SiteArgument
    @OptionGroup var day: DayOption
    @OptionGroup var output: FormatOption

    func run() async throws {
        let plan = try await site.state().validationPlan(on: try day.date())
        try output.give(plan) { show(plan) }
        if plan.contains(where: { $0.status == .failed || $0.status == .overdue }) {
            throw ExitCode.failure
        }
    }

    private func show(_ plan: [ValidationStanding]) {
        if plan.isEmpty { print("nothing is to be validated yet") }
        for area in ValidationArea.allCases {
            let lines = plan.filter { $0.area == area }
            guard !lines.isEmpty else { continue }
            print(area.rawValue.replacing("-", with: " "))
            for line in lines {
                let until = line.until.map { ", until \($0)" } ?? ""
                let evidence = line.evidence.isEmpty ? "" : ", \(line.evidence)"
                print("  \(line.status.rawValue)  \(line.subject): \(line.what)\(evidence)\(until)")
            }
        }
    }
}
