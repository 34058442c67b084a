import ArgumentParser
import Planner

/// `seedlot scale --dose CELLS --demand DOSES`: scale out or scale up.
struct ScaleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scale",
        abstract: "Compares planar vessels and stirred tanks for a dose and a demand.",
        discussion: """
            Every technology at its best number of lots a year, the cheapest first, and the cells \
            a year from which a tank is cheaper than planar vessels. Prices are generic, of 2024.
            """)

    @Option(help: "Cells in a dose, as 70e6.")
    var dose: Double

    @Option(help: "Doses in a year.")
    var demand: Double

    @Option(help: "What 1 L of medium costs, in EUR.")
    var medium: Double?

    @Option(help: "Release tests of a lot, in EUR.")
    var tests: Double?

    @Option(help: "An hour of one person, in EUR.")
    var wage: Double?

    @OptionGroup var output: FormatOption

    private struct Answer: Encodable {
        var question: ScaleQuestion
        var technologies: [ScaleQuestion.Answer]
        var breakEvenCellsPerYear: Double?
    }

    func run() throws {
        guard dose > 0, dose.isFinite, demand > 0, demand.isFinite else {
            throw Complaint.misuse(
                "a dose of \(dose) cells and a demand of \(demand) doses",
                wayOut: "both must be above 0")
        }
        var question = ScaleQuestion(dose: dose, demand: demand)
        question.mediumPerLiter = medium ?? question.mediumPerLiter
        question.testsPerLot = tests ?? question.testsPerLot
        question.wage = wage ?? question.wage
        let answers = question.answers()
        let even = question.breakEven()
        switch output.format {
        case .json:
            print(
                try Answer(
                    question: question, technologies: answers, breakEvenCellsPerYear: even
                ).printedJSON())
        case .text:
            for answer in answers {
                print(
                    "\(answer.technology): \(PlanNumber.text(answer.costPerDose)) EUR a dose, "
                        + "\(answer.lots) lots a year of \(answer.unitsPerLot)")
            }
            if answers.isEmpty { print("no technology makes it in 10 to 200 lots a year") }
            if let even {
                print(
                    "a stirred tank is cheaper than planar vessels from \(PlanNumber.text(even)) "
                        + "cells a year (\(PlanNumber.text(even / dose)) doses)")
            }
        }
        if answers.isEmpty { throw ExitCode.failure }
    }
}
