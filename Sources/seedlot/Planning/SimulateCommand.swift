import ArgumentParser
import Foundation
import Planner
import ProductDefinition
import Synchronization

/// `seedlot simulate PATH --replications N --seed S`: what chance and waiting do to a year.
struct SimulateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Simulates a year of a definition many times over.",
        discussion: """
            Growth that differs between donors, batches and passages, contamination and failed \
            tests, people and equipment that batches wait for, shutdown weeks, and patients who \
            come by chance. The same seed gives the same result with any number of threads. \
            A year from an empty stock serves its first months late: '--initial-stock' and \
            '--lead-days' begin it otherwise. The bottleneck named is what batches wait for \
            longest, which can be another than the resource that 'seedlot plan' finds to allow \
            the fewest batches. Ctrl-C ends the run with what is there, marked as partial; exit code 1.
            """)

    @Argument(help: "The definition: a file or a folder.", completion: .directory)
    var path: String

    @Option(help: "How often the year is simulated.")
    var replications = 10_000

    @Option(help: "The seed of the draws, from 0 to 4294967295.")
    var seed: UInt32 = 1

    @Option(help: "Threads; as many as the machine has processors when not given.")
    var threads: Int?

    @Option(help: "Patients in the year; those of the definition when not given.")
    var patients: Double?

    @Option(help: "Batches in the year; those of the definition when not given.")
    var batches: Int?

    @Option(help: "Days that a patient can wait.")
    var patience = 30.0

    @Option(help: "Vials in stock when the year begins.")
    var initialStock = 0.0

    @Option(
        help: """
            Days by which the first batch goes ahead of the first patient; the patients' year \
            begins after them.
            """)
    var leadDays = 0.0

    @Option(help: "Vials in stock or on the way at which a planned batch is left out.")
    var stockTarget: Double?

    @OptionGroup var format: FormatOption

    func run() throws {
        let definition = try DefinitionArgument.read(path)
        let result: CampaignResult
        do throws(CampaignRefusal) {
            let campaign = try Campaign(definition, choices)
            result = try simulate(campaign)
        } catch {
            throw Complaint(error.what, wayOut: error.wayOut)
        }
        switch format.format {
        case .text: print(result.text, terminator: "")
        case .json: print(try result.printedJSON())
        }
        if result.isPartial {
            Terminal.error(
                "stopped after \(result.replications) of \(result.replicationsAsked) "
                    + "replications: the result is partial")
            throw ExitCode.failure
        }
    }

    private var choices: CampaignChoices {
        var choices = CampaignChoices()
        choices.batches = batches
        choices.patients = patients
        choices.patienceDays = patience
        choices.initialStock = initialStock
        choices.leadDays = leadDays
        choices.stockTarget = stockTarget
        return choices
    }

    private func simulate(_ campaign: Campaign) throws(CampaignRefusal) -> CampaignResult {
        let processors = ProcessInfo.processInfo.activeProcessorCount
        Interruption.listen()
        defer { Terminal.endProgress() }
        return try CampaignSimulation(campaign, seed: seed).run(
            replications: replications,
            threads: threads ?? min(processors, CampaignSimulation.threadsAtMost),
            shouldStop: { Interruption.isAsked },
            progress: { Terminal.progress("\($0) of \(replications) replications") })
    }
}

/// Ctrl-C, once: the first asks long work to end, the second ends the program.
private enum Interruption {
    private static let asked = Atomic<Bool>(false)

    static var isAsked: Bool { asked.load(ordering: .relaxed) }

    static func listen() {
        // Touched before a signal can come, so that the handler only stores.
        asked.store(false, ordering: .relaxed)
        signal(SIGINT) { _ in
            Interruption.asked.store(true, ordering: .relaxed)
            signal(SIGINT, SIG_DFL)
        }
    }
}
