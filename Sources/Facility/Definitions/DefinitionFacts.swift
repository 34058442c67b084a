/// A definition version was registered; its stages, banks and specifications follow.
package struct DefinitionRegistered: Fact {
    package static let kind = "definition.registered/1"
    package var definition: MasterRecordID
    package var product: MasterProduct
    package var simulation: MasterSimulation?
    package var sources: [DefinitionSource]

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.things[definition.text] = .master
        site.masters[definition] = MasterRecord(
            id: definition, product: product, simulation: simulation, sources: sources,
            registered: stamp)
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
