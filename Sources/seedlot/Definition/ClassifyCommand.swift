import ArgumentParser
import Diagnostics
import ProductDefinition

/// `seedlot classify PATH`: whether a product is an ATMP, and which kind.
struct ClassifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "classify",
        abstract: "Classify a product as an ATMP by a chain of answered questions.",
        discussion: """
            Exits with 1 when the outcome contradicts the class that the definition declares. This \
            is reasoning to check, not the decision of an authority.
            """)

    @Argument(help: "The definition: a file or a folder.")
    var path: String

    @OptionGroup var output: FormatOption

    func run() throws {
        let classification = Classification(of: try DefinitionArgument.read(path))
        switch output.format {
        case .json: print(try Answer(classification).printedJSON())
        case .text: print(text(classification))
        }
        if classification.agreesWithDeclared == false { throw ExitCode.failure }
    }

    private func text(_ classification: Classification) -> String {
        var lines: [String] = []
        for (number, step) in classification.steps.enumerated() {
            let answer = step.answer.map { $0 ? "yes" : "no" } ?? "unanswered"
            let place = step.position.map { " (\($0))" } ?? ""
            lines += [
                "\(number + 1). \(step.question)", "   \(answer): \(step.basis)\(place)",
                "   → \(step.consequence)", "   \(step.clause)", "",
            ]
        }
        let names = classification.possible.map(\.rawValue)
        if let outcome = classification.outcome {
            lines.append("outcome: \(outcome.rawValue)")
        } else {
            lines.append("outcome: open between \(names.joined(separator: ", "))")
        }
        if let declared = classification.declared {
            let agrees = classification.agreesWithDeclared == true
            lines.append(
                "declared: \(declared.rawValue)"
                    + (agrees ? "" : ", which these answers exclude (\(declared.position))"))
        }
        if !classification.unanswered.isEmpty {
            lines.append(
                "unanswered: \(classification.unanswered.joined(separator: ", ")) "
                    + "(in 'product: classification:')")
        }
        if !classification.precedents.isEmpty {
            lines += ["", "precedents:"]
            for precedent in classification.precedents {
                lines.append("- \(precedent.text)")
                lines.append("  \(precedent.resemblance); \(precedent.source)")
            }
        }
        return lines.joined(separator: "\n")
    }

    /// A classification as JSON.
    private struct Answer: Encodable {
        struct Step: Encodable {
            let question: String
            let answer: Bool?
            let basis: String
            let clause: String
            let consequence: String
            let position: String?
        }
        struct Precedent: Encodable {
            let text: String
            let source: String
            let resemblance: String
        }
        let steps: [Step]
        let possible: [String]
        let outcome: String?
        let declared: String?
        let agrees: Bool?
        let unanswered: [String]
        let precedents: [Precedent]

        init(_ classification: Classification) {
            steps = classification.steps.map {
                Step(
                    question: $0.question, answer: $0.answer, basis: $0.basis, clause: $0.clause,
                    consequence: $0.consequence, position: $0.position?.description)
            }
            possible = classification.possible.map(\.rawValue)
            outcome = classification.outcome?.rawValue
            declared = classification.declared?.rawValue
            agrees = classification.agreesWithDeclared
            unanswered = classification.unanswered
            precedents = classification.precedents.map {
                Precedent(text: $0.text, source: $0.source, resemblance: $0.resemblance)
            }
        }
    }
}
