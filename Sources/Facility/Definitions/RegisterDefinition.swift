import Diagnostics
import Ledger
import ProductDefinition

/// Registers a version of a product definition.
///
/// What a batch needs of it becomes facts: one for the product, one a stage, a bank and a
/// specification. All stand in one append, so a version is registered whole or not at all.
package struct RegisterDefinition: Command, BringsFiles {
    package static let name = "definition.register"
    package static let summary = "Register a version of a product definition for execution."
    package static let permission = Permission.manageDefinitions
    package static let help = [
        "definition": "the identifier of this version, such as UCMSC-0.3.0",
        "files": "the definition's files, with name and text",
        "openErrors": "set by the site: errors the checker found at the declared phase",
    ]

    package var definition: MasterRecordID
    package var files: [DefinitionFile]
    package var openErrors: Int?

    package var broughtFiles: [DefinitionFile] { files }

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        try site.requireUnused(definition)
        guard let openErrors else {
            throw Rejection(
                "definition.not-checked", "the definition was not checked",
                help: "register it through the site, which checks it")
        }
        guard openErrors == 0 else {
            throw Rejection(
                "definition.has-errors", "the checker finds \(openErrors) errors",
                help: "'seedlot check' shows them; mend them or waive them with a reason")
        }
        let read = DefinitionReader.read(files.map { SourceFile(name: $0.name, text: $0.text) })
        let error = read.findings.first { $0.severity == .error }
        guard let model = read.definition, error == nil else {
            throw Rejection(
                "definition.unreadable", error?.message ?? "the files hold no definition",
                help: "'seedlot check' shows every finding")
        }
        let sources = files.map { file in
            DefinitionSource(
                name: file.name, sha256: Digest.sha256(of: Array(file.text.utf8)).hex,
                size: file.text.utf8.count)
        }
        return try MasterRecordBuilder(definition: definition, model: model).facts(from: sources)
    }
}
