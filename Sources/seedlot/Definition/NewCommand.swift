import ArgumentParser
import Diagnostics
import Foundation
import ProductDefinition

/// `seedlot new TEMPLATE DIR`: a starting definition.
struct NewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new",
        abstract: "Write a starting definition.",
        discussion: "Templates:\n"
            + DefinitionTemplate.all.map { "  \($0.id): \($0.summary)" }.joined(separator: "\n"))

    @Argument(help: "The template.")
    var template: String

    @Argument(help: "The folder to write; it may not hold anything yet.")
    var folder: String

    func run() throws {
        guard let chosen = DefinitionTemplate.named(template) else {
            let names = DefinitionTemplate.all.map(\.id).joined(separator: ", ")
            throw Complaint.misuse("there is no template '\(template)'", wayOut: "choose \(names)")
        }
        let url = URL(filePath: folder)
        let there = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
        guard there.isEmpty else {
            throw Complaint(
                "'\(folder)' is not empty: it holds '\(there.sorted()[0])'",
                wayOut: "name a folder that does not exist yet")
        }
        do {
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
            for file in chosen.files {
                try Data(file.text.utf8).write(to: url.appending(path: file.name))
            }
        } catch {
            throw Complaint("'\(folder)' cannot be written: \(error.localizedDescription)")
        }
        for file in chosen.files { print("\(folder)/\(file.name)") }
        Terminal.error("next: seedlot check \(folder)")
    }
}
