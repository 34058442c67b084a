package import Ledger

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
