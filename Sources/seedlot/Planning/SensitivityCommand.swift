import ArgumentParser
import Planner
import Statistics

/// `seedlot sensitivity PATH`: which number of the plan matters most to its cost.
struct SensitivityCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sensitivity",
        abstract: "Finds which number of a plan moves its cost most, with confidence.",
        discussion: """
            All numbers are moved together; Sobol indices say which share of the variance each \
            explains by itself and with its interactions, rank correlations in which direction.
            """)

    @Argument(help: "The definition: a file or a folder.", completion: .directory)
    var path: String

    @Option(help: "Patients in a year; those of the definition when not given.")
    var patients: Double?

    @Option(help: "Samples; the plan is made (numbers + 3) times as often.")
    var samples = 512

    @Option(help: "The seed of the samples.")
    var seed: UInt64 = 1

    @OptionGroup var output: FormatOption

    func run() throws {
        let definition = try DefinitionArgument.read(path)
        var options = PlanOptions()
        options.patients = patients
        // A plan that is refused outright has no sensitivity.
        _ = try PlanArgument.plan(definition, options)
        let planned = try PlanArgument.planningCase(definition)
        let found: PlanSensitivity
        do throws(AnalysisError) {
            found = try PlanSensitivity.of(planned, options, samples: samples, seed: seed)
        } catch {
            throw Complaint("\(error)", wayOut: error.remedy)
        }
        switch output.format {
        case .json: print(try found.printedJSON())
        case .text: print(found.text, terminator: "")
        }
    }
}
