package import Charts
import Facility

/// The report of an analysis: what was chosen, the results, pictures, and what is needed to repeat
/// it. The rooms that compute hand over words and numbers already printed; this room lays them out.
package struct AnalysisPaper: Sendable {
    package var title: String
    /// What was chosen where methods differ.
    package var conventions: [(name: String, value: String)] = []
    /// Single results.
    package var results: [(name: String, value: String)] = []
    package var tables: [PaperTable] = []
    package var pictures: [Picture] = []
    /// What is concluded; a finding is marked.
    package var conclusions: [(statement: String, isFinding: Bool)] = []
    package var remarks: [String] = []
    /// What was read: name of the file and SHA-256 of its bytes.
    package var input: (file: String, digest: String)?
    /// The version of the program.
    package var version: String

    /// A report without results yet.
    package init(title: String, version: String) {
        self.title = title
        self.version = version
    }

    /// The report as a paper.
    ///
    /// It carries no date of its own: the same input gives the same bytes on any day.
    package var paper: Paper {
        var blocks: [PaperBlock] = []
        for conclusion in conclusions {
            blocks.append(
                .note(conclusion.isFinding ? .bad : .plain, PaperText(conclusion.statement)))
        }
        if !results.isEmpty {
            blocks.append(.heading("Results", level: 2))
            blocks.append(.facts(results.map { PaperFact($0.name, $0.value) }))
        }
        for picture in pictures {
            blocks.append(.picture(PaperPicture(picture, caption: picture.title)))
        }
        for table in tables { blocks.append(.table(table)) }
        if !conventions.isEmpty {
            blocks.append(.heading("Conventions", level: 2))
            blocks.append(.facts(conventions.map { PaperFact($0.name, $0.value) }))
        }
        if !remarks.isEmpty {
            blocks.append(.heading("Remarks", level: 2))
            blocks += remarks.map { .paragraph(PaperText($0)) }
        }
        var facts = [PaperFact("Program", "seedlot \(version)")]
        if let input {
            facts.append(PaperFact("Input", input.file))
            facts.append(PaperFact("Digest of the input (SHA-256)", .code(input.digest)))
        }
        let digest = input.map { " · input \($0.digest.prefix(16))" } ?? ""
        return Paper(
            kind: title, subject: "", issuer: "seedlot \(version)", blocks: blocks,
            basis: PaperBasis(
                facts: facts, footer: "seedlot \(version)\(digest)",
                instant: Timestamp(milliseconds: 0)))
    }
}
