import ArgumentParser
import Diagnostics
import Foundation

/// The command line of Seedlot.
///
/// Exit codes: 0 all is well; 1 something wrong was found (findings, a failed verification, a
/// refused command, a site that cannot be opened); 2 the command line itself was misused.
@main
struct Seedlot: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "seedlot",
        abstract: "Manufacturing and quality records for stem-cell medicines.",
        version: SeedlotVersion.current,
        groupedSubcommands: [
            CommandGroup(
                name: "A definition",
                subcommands: [
                    NewCommand.self,
                    CheckCommand.self,
                    ExplainCommand.self,
                    RulesCommand.self,
                    SchemaCommand.self,
                    DiffCommand.self,
                    ClassifyCommand.self,
                    RiskProfileCommand.self,
                ]),
            CommandGroup(
                name: "A plan",
                subcommands: [
                    PlanCommand.self,
                    SimulateCommand.self,
                    SensitivityCommand.self,
                    ScaleCommand.self,
                    LearnCommand.self,
                ]),
            CommandGroup(
                name: "A site",
                subcommands: [
                    InitCommand.self,
                    DemoCommand.self,
                    ServeCommand.self,
                    CommandsCommand.self,
                    PerformCommand.self,
                    PlayCommand.self,
                ]),
            CommandGroup(
                name: "What a site knows",
                subcommands: [
                    StateCommand.self,
                    TraceCommand.self,
                    RecallCommand.self,
                    BalanceCommand.self,
                    ReviewCommand.self,
                    DueCommand.self,
                    ObligationsCommand.self,
                    DocumentCommand.self,
                    MeetingsCommand.self,
                    InspectionsCommand.self,
                    SystemChecksCommand.self,
                    ValidationCommand.self,
                    LinesCommand.self,
                    MethodsCommand.self,
                    ControlsCommand.self,
                    MonitoringCommand.self,
                    LevelsCommand.self,
                    YieldsCommand.self,
                    QualityReviewCommand.self,
                    RejectionsCommand.self,
                    PrintCommand.self,
                    CertificateCommand.self,
                    VerifyCertificateCommand.self,
                ]),
            CommandGroup(
                name: "The record",
                subcommands: [
                    VerifyCommand.self,
                    AuditCommand.self,
                    ExportCommand.self,
                    BackupCommand.self,
                    RestoreCommand.self,
                    WitnessCommand.self,
                    TimestampCommand.self,
                ]),
            CommandGroup(
                name: "Analyses",
                subcommands: [
                    PotencyCommand.self,
                    ReferenceStandardCommand.self,
                    ValidateAssayCommand.self,
                    StabilityCommand.self,
                    ControlChartCommand.self,
                    CapabilityCommand.self,
                    ToleranceCommand.self,
                    CompareCommand.self,
                    OutliersCommand.self,
                    DesignCommand.self,
                    AnalyzeDesignCommand.self,
                    GrowthCommand.self,
                    HeterogeneityCommand.self,
                    CytometryCommand.self,
                ]),
        ])

    static func main() async {
        let arguments = Array(CommandLine.arguments.dropFirst())
        Foundation.exit(await run(arguments))
    }

    /// Runs one command line and gives its exit code.
    static func run(_ arguments: [String]) async -> Int32 {
        do {
            var command = try parseAsRoot(arguments)
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
            return 0
        } catch let complaint as Complaint {
            Terminal.error(complaint.description)
            return complaint.exitCode
        } catch let code as ExitCode {
            return code.rawValue
        } catch {
            return report(error, in: arguments)
        }
    }

    /// Prints what the parser says: help on standard output, misuse on standard error.
    private static func report(_ error: any Error, in arguments: [String]) -> Int32 {
        let code = exitCode(for: error)
        if code == .success {
            print(fullMessage(for: error))
            return 0
        }
        let message = fullMessage(for: error)
        Terminal.error(
            message.hasPrefix("Error: ") ? "error: " + message.dropFirst("Error: ".count) : message)
        if let meant = meantCommand(arguments) { Terminal.error("help: did you mean '\(meant)'?") }
        return code == .validationFailure ? ExitCode.misuse.rawValue : ExitCode.failure.rawValue
    }
}

extension Seedlot {
    /// The command that a misspelt word was meant to be; nil when the words are commands.
    private static func meantCommand(_ arguments: [String]) -> String? {
        var known: [any ParsableCommand.Type] = [Seedlot.self]
        for word in arguments {
            let inner = known.flatMap { $0.configuration.subcommands }
            guard !inner.isEmpty, !word.hasPrefix("-") else { return nil }
            let named = inner.filter { $0._commandName == word }
            guard named.isEmpty else {
                known = named
                continue
            }
            return Spelling.nearest(to: word, among: inner.map { $0._commandName })
        }
        return nil
    }
}

/// The version of this build.
enum SeedlotVersion {
    static let current = "0.1.0"
}
