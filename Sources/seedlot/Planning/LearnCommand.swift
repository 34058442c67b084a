import ArgumentParser
import Facility
import Foundation
import Planner
import ProductDefinition
import Quantities
import Statistics

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
        let state = try await SiteDoor.state(of: try SiteDoor.folder(site.site))
        let records = SiteRecords(state, definition)
        let learning: SiteLearning
        do throws(AnalysisError) {
            learning = try SiteLearning.from(
                records.passages, records.outcomes, plan: planned, made: made,
                highestFailure: definition.planning?.failures?.releaseFailure?.range?.value.upper
                    .flatMap { try? $0.doubleValue(in: .one) })
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

/// What `seedlot learn --format json` prints.
private struct LearnedDocument: Encodable {
    let learning: SiteLearning
    let passages: [PassageRecord]
    let batches: [RecordedBatch]

    init(learning: SiteLearning, records: SiteRecords) {
        self.learning = learning
        passages = records.passages
        batches = records.outcomes
    }
}

/// The passages and ends of batches in a site's records.
struct SiteRecords {
    private(set) var passages: [PassageRecord] = []
    private(set) var outcomes: [RecordedBatch] = []

    init(_ state: SiteState, _ definition: Definition) {
        for id in state.batches.keys.sorted() {
            guard let batch = state.batches[id] else { continue }
            let donors = state.donors(behind: id.text).sorted()
            let donor = donors.isEmpty ? "unknown" : donors.joined(separator: " + ")
            let numbers = Self.passageNumbers(of: batch.stage, in: definition)
            for (place, passage) in state.growth(of: batch).passages.enumerated() {
                guard let time = passage.doublingTime else { continue }
                passages.append(
                    PassageRecord(
                        donor: donor, batch: id.text,
                        passage: place < numbers.count ? numbers[place] : numbers.last ?? 1,
                        doublingTime: time))
            }
            switch batch.status {
            case .certified, .released, .rejected, .aborted:
                outcomes.append(
                    RecordedBatch(
                        batch: id.text, madeBank: batch.bank != nil,
                        isReleased: batch.status == .certified || batch.status == .released))
            case .open, .completed, .reviewed, .pooled: continue
            }
        }
    }

    /// The passages of the cultures of a stage that begin with a count; an outgrowth has none.
    private static func passageNumbers(
        of stage: String, in definition: Definition
    ) -> [Int] {
        (definition.stage(id: stage)?.operations ?? [])
            .filter { $0.kind.value == .culture && $0.yield == nil }
            .map { $0.passage?.value ?? 1 }
    }
}
