import ArgumentParser
import Foundation
import Planner
import ProductDefinition
import Quantities
import Statistics
import WebApp

/// `seedlot learn SITE PATH`: what a site's own records say of the numbers it plans with.
struct LearnCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "learn",
        abstract: "Re-estimates growth and failure from a site's own records.",
        discussion: """
            Shows what the definition assumed, what the site recorded, and what is to be believed \
            now: doubling times from the counts at seeding and harvest, by donor and batch; \
            failures from the batches that came to their end.
            """)

    @OptionGroup var site: SiteArgument

    @Argument(help: "The definition: a file or a folder.", completion: .directory)
    var path: String

    @OptionGroup var output: FormatOption

    func run() async throws {
        let definition = try DefinitionArgument.read(path)
        let planned = try PlanArgument.planningCase(definition)
        let made = try PlanArgument.plan(definition, PlanOptions())
        let state = try await site.state()
        let records = SiteRecords(state, definition)
        let learning: SiteLearning
        do throws(AnalysisError) {
            learning = try SiteLearning.from(
                records.passages, records.outcomes, plan: planned, made: made,
                highestFailure: definition.highestReleaseFailure)
        } catch {
            throw Complaint("\(error)", wayOut: error.remedy)
        }
        switch output.format {
        case .json: print(try LearnedDocument(learning: learning, records: records).printedJSON())
        case .text:
            print(learning.text, terminator: "")
            if records.passages.isEmpty {
                print(
                    "\nNo passage with both counts is recorded: nothing is known beyond the "
                        + "definition.")
            }
        }
    }
}
