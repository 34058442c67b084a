import ArgumentParser
import Documents
import Facility

/// `seedlot methods SITE`: the test methods, what a run needs, and who may do it.
struct MethodsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "methods",
        abstract: "List the test methods with their instruments, reagents and analysts.")

    @OptionGroup var site: SiteArgument
    @OptionGroup var day: DayOption
    @OptionGroup var output: FormatOption

    func run() async throws {
        let methods = try await site.state().methodStandings(on: try day.date())
        try output.give(methods) { show(methods) }
    }

    private func show(_ methods: [MethodStanding]) {
        if methods.isEmpty { print("no method is registered") }
        for method in methods {
            print("\(method.method), version \(method.version), \(method.document)")
            let needs = method.instruments + method.reagents
            print("      done with: \(needs.isEmpty ? "–" : needs.joined(separator: ", "))")
            if !method.suitability.isEmpty {
                print("      a run counts with: \(method.suitability.joined(separator: ", "))")
            }
            if method.runs > 0 {
                let invalid = ExactShare(method.invalidRuns, of: method.runs)
                print("      runs that do not count: \(invalid.words)")
            }
            let analysts = method.analysts.map { analyst in
                analyst.person.text + (analyst.until.map { " until \($0)" } ?? "")
            }
            print("      by: \(analysts.isEmpty ? "nobody" : analysts.joined(separator: ", "))")
        }
    }
}
