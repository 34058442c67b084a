package import Ledger

/// Takes an approved version out of use: no batch is opened of it any more.
///
/// Batches that are open go on under the version they were opened of, and its doses stay what they
/// are.
package struct RetireDefinition: Command {
    package static let name = "definition.retire"
    package static let summary = "Take an approved version out of use for new batches."
    package static let permission = Permission.review
    package static let signature: SignatureMeaning? = .approved
    package static let help = [
        "definition": "which version", "reason": "why, such as the version that takes its place",
    ]

    package var definition: MasterRecordID
    package var reason: String

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let master = try site.master(definition)
        try requireText(reason, "reason")
        guard master.approved != nil else {
            throw Rejection(
                "definition.not-approved", "'\(master.id)' was never approved",
                help: "leave it: nothing can be made of it")
        }
        try master.requireInUse()
        return [DefinitionRetired(definition: master.id, reason: reason)]
    }
}

/// A version was taken out of use.
package struct DefinitionRetired: Fact {
    package static let kind = "definition.retired/1"
    package var definition: MasterRecordID
    package var reason: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.masters[definition]?.retired = MasterRecord.Retirement(reason: reason, stamp: stamp)
    }
}

extension MasterRecord {
    /// Refuses a version that was taken out of use.
    func requireInUse() throws(Rejection) {
        guard let retired else { return }
        throw Rejection(
            "definition.retired", "'\(id)' was taken out of use: \(retired.reason)",
            help: "use the version that took its place", rule: "batch-version-authorised")
    }
}
