package import Ledger

/// Approves a registered version for execution: quality, and not the person who registered it
/// (EU GMP Part I 4.3). Where batches are made of another version of the product already, the new
/// one is a change, and names the change control that carries it (EU GMP Part I 1.4 (xii)).
package struct ApproveDefinition: Command {
    package static let name = "definition.approve"
    package static let summary = "Approve a registered definition version for execution."
    package static let permission = Permission.review
    package static let signature: SignatureMeaning? = .approved
    package static let help = [
        "definition": "which version",
        "change": "the approved change it carries out, when another version is in use",
    ]

    package var definition: MasterRecordID
    package var change: ChangeID?

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let master = try site.master(definition)
        guard master.approved == nil else {
            throw Rejection("definition.approved", "'\(master.id)' is approved already")
        }
        guard !master.stages.isEmpty else {
            throw Rejection("definition.no-stages", "'\(master.id)' has no stage to execute")
        }
        guard master.registered.person != moment.person else {
            throw Rejection(
                "definition.own-version", "'\(moment.person)' registered '\(master.id)'",
                help: "another person approves it")
        }
        try requireChange(of: master, on: site)
        return [DefinitionApproved(definition: master.id, change: change)]
    }

    private func requireChange(
        of master: MasterRecord, on site: SiteState
    ) throws(Rejection) {
        let inUse = site.masters.inOrder.filter {
            $0.product.id == master.product.id && $0.approved != nil && $0.retired == nil
        }
        if let change {
            let change = try site.change(change)
            guard change.approved != nil, change.isOpen else {
                throw Rejection(
                    "definition.change-not-approved",
                    "'\(change.id)' is \(change.isOpen ? "not approved" : "closed")",
                    help: "name a change that is approved and under way", rule: "change-controlled")
            }
            let versions = Set(inUse.map(\.id.text) + [master.id.text])
            guard change.touches.contains(where: { versions.contains($0.text) }) else {
                throw Rejection(
                    "definition.change-of-other",
                    "'\(change.id)' touches no version of "
                        + "\(master.product.id)",
                    help: "name the change that lists '\(master.id)' or the version before it",
                    rule: "change-controlled")
            }
        } else if let used = inUse.last {
            throw Rejection(
                "definition.without-change",
                "'\(master.id)' changes \(master.product.id), made by '\(used.id)' now",
                help: "name its change control in 'change': change.propose, then change.approve",
                rule: "change-controlled")
        }
    }
}

/// A version was approved.
package struct DefinitionApproved: Fact {
    package static let kind = "definition.approved/1"
    package var definition: MasterRecordID
    package var change: ChangeID?

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.masters[definition]?.approved = stamp
    }
}
