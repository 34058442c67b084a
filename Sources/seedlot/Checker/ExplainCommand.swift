import ArgumentParser
import Checker
import Diagnostics
import Guidance

/// `seedlot explain RULE`: the page of a rule.
struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Explains a rule: why it matters, what is flagged, what is accepted.",
        discussion: "Without a rule, prints the codes of all of them.")

    @Argument(help: "The code of a rule, for instance open-step-grade-a.")
    var rule: String?

    @OptionGroup var output: FormatOption

    /// A page as programs read it.
    private struct Page: Encodable {
        let rule: String
        let markdown: String
    }

    func run() throws {
        guard let code = rule else {
            let codes = RuleCatalogue.all.map(\.id)
            print(try output.format == .json ? codes.printedJSON() : codes.joined(separator: "\n"))
            return
        }
        guard let page = RulePage(of: code) else {
            let near = Spelling.nearest(to: code, among: RuleCatalogue.all.lazy.map(\.id))
            throw Complaint.misuse(
                "there is no rule '\(code)'",
                wayOut: near.map { "did you mean '\($0)'?" } ?? "'seedlot rules' lists all rules")
        }
        switch output.format {
        case .text: print(page.markdown, terminator: "")
        case .json: print(try Page(rule: code, markdown: page.markdown).printedJSON())
        }
    }
}
