package import Ledger
package import ProductDefinition

/// One file of a definition: its name within the folder and its text.
package struct DefinitionFile: Field, Hashable, Sendable {
    package var name: String
    package var text: String

    /// A file of a definition.
    package init(name: String, text: String) {
        self.name = name
        self.text = text
    }

    package static var fieldSchema: FieldSchema {
        .object([
            .init(name: "name", schema: .text(maximum: 200), isRequired: true),
            .init(
                name: "text", schema: .text(maximum: CommandLimits.documentCharacters),
                isRequired: true),
        ])
    }
    package static var sample: DefinitionFile { DefinitionFile(name: "", text: "") }
}

/// Registers a version of a product definition.
///
/// What a batch needs of it becomes facts: one for the product, one a stage, a bank and a
/// specification. All stand in one append, so a version is registered whole or not at all.
package struct RegisterDefinition: Command {
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
        guard let model = read.definition else {
            throw Rejection(
                "definition.unreadable",
                read.findings.first.map { "\($0.message)" } ?? "the files hold no definition",
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

/// A definition version was registered; its stages, banks and specifications follow.
package struct DefinitionRegistered: Fact {
    package static let kind = "definition.registered/1"
    package var definition: MasterRecordID
    package var product: MasterProduct
    package var sources: [DefinitionSource]

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.things[definition.text] = .master
        site.masters[definition] = MasterRecord(
            id: definition, product: product, sources: sources, registered: stamp)
    }
}

/// A stage of a registered version.
package struct DefinitionStageRegistered: Fact {
    package static let kind = "definition.stage-registered/1"
    package var definition: MasterRecordID
    package var stage: MasterStage

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.masters[definition]?.stages.append(stage)
    }
}

/// A bank of a registered version.
package struct DefinitionBankRegistered: Fact {
    package static let kind = "definition.bank-registered/1"
    package var definition: MasterRecordID
    package var bank: MasterBank

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.masters[definition]?.banks.append(bank)
    }
}

/// A specification of a registered version.
package struct DefinitionSpecificationRegistered: Fact {
    package static let kind = "definition.specification-registered/1"
    package var definition: MasterRecordID
    package var specification: MasterSpecification

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.masters[definition]?.specifications.append(specification)
    }
}

/// Approves a registered version for execution.
package struct ApproveDefinition: Command {
    package static let name = "definition.approve"
    package static let summary = "Approve a registered definition version for execution."
    package static let permission = Permission.manageDefinitions
    package static let signature: SignatureMeaning? = .approved
    package static let help = ["definition": "which version"]

    package var definition: MasterRecordID

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let master = try site.master(definition)
        guard master.approved == nil else {
            throw Rejection("definition.approved", "'\(master.id)' is approved already")
        }
        guard !master.stages.isEmpty else {
            throw Rejection("definition.no-stages", "'\(master.id)' has no stage to execute")
        }
        return [DefinitionApproved(definition: master.id)]
    }
}

/// A version was approved.
package struct DefinitionApproved: Fact {
    package static let kind = "definition.approved/1"
    package var definition: MasterRecordID

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.masters[definition]?.approved = stamp
    }
}
