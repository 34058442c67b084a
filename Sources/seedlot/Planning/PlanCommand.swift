import ArgumentParser
import Diagnostics
import Foundation
import Planner
import ProductDefinition
import WebApp

/// `seedlot plan PATH --patients N`: what has to be made, with what, and what it costs.
struct PlanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Plans batches, banks, capacity and cost for a number of patients.",
        discussion: """
            The definition that is checked and executed is sized and priced: doses, containers, \
            batches to start, banks, donors, vessels, medium, population doublings, capacity, \
            cost. A plan that the definition forbids is refused with the rule it breaks; exit \
            code 1. 'seedlot simulate' shows what chance and waiting do to it.
            """)

    @Argument(help: "The definition: a file or a folder.", completion: .directory)
    var path: String

    @Option(help: "Patients in the period; those of the definition when not given.")
    var patients: Double?

    @Option(help: "The period in years.")
    var years: Double?

    @Option(help: "The period in weeks.")
    var weeks: Double?

    @Option(help: "Batches to start; as many as the demand needs when not given.")
    var batches: Int?

    @Option(
        help: """
            Master stocks made in the period; as many as the batches need when not given, 0 when \
            they exist.
            """)
    var masterStocks: Int?

    @Option(help: "Donations bought; as many as the master stocks need when not given.")
    var donations: Int?

    @Option(name: .customLong("format"), help: "How to print: text, json or html.")
    var format = PlanFormat.text

    func run() throws {
        let definition = try DefinitionArgument.read(path)
        let plan = try PlanArgument.plan(definition, options())
        let planned = try PlanArgument.planningCase(definition)
        switch format {
        case .text: print(plan.text + PlanAnswers(plan, planned).text, terminator: "")
        case .json: print(try PlanDocument(plan, planned).printedJSON())
        case .html: print(PlanPage(plan, planned).html, terminator: "")
        }
    }

    private func options() throws -> PlanOptions {
        if years != nil, weeks != nil {
            throw Complaint.misuse(
                "both --years and --weeks are given", wayOut: "give the period once")
        }
        var options = PlanOptions()
        options.patients = patients
        options.years = years ?? weeks.map { $0 * 7 / 365 } ?? 1
        options.batches = batches
        options.masterStocks = masterStocks
        options.donations = donations
        return options
    }
}

/// How `seedlot plan` prints.
enum PlanFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json, html
}

/// Makes plans for the command line; what is refused is shown rule by rule.
enum PlanArgument {
    /// The case of a definition.
    static func planningCase(_ definition: Definition) throws -> PlanningCase {
        do throws(PlanRefused) {
            return try PlanningCase(definition)
        } catch {
            throw complaint(error)
        }
    }

    /// The plan for a definition.
    static func plan(_ definition: Definition, _ options: PlanOptions) throws -> Plan {
        let planned = try planningCase(definition)
        do throws(PlanRefused) {
            return try Plan.make(planned, options) { id in
                definition.operation(id: id).map {
                    "\($0.position.file):\($0.position.line):\($0.position.column)"
                }
            }
        } catch {
            throw complaint(error)
        }
    }

    /// Shows every refusal, then ends the command with the last word.
    static func complaint(_ refused: PlanRefused) -> any Error {
        for refusal in refused.refusals {
            let place = refusal.place.map { "\n --> \($0)" } ?? ""
            Terminal.error(
                "error[\(refusal.rule.rawValue)]: \(refusal.message)\(place)\n"
                    + "  = help: \(refusal.help)")
        }
        return Complaint(
            "no plan: \(refused.refusals.count) reason\(refused.refusals.count == 1 ? "" : "s")")
    }
}
