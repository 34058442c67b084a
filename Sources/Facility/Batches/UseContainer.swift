/// Uses up a container the stage starts from: a cord, or a vial of a bank.
package struct UseContainer: Command {
    package static let name = "batch.use-container"
    package static let summary = "Use up a cord or a vial the stage starts from."
    package static let permission = Permission.execute
    package static let help = [
        "batch": "which batch", "step": "which step", "container": "the container scanned",
    ]

    package var batch: BatchID
    package var step: String
    package var container: ContainerID

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let (batch, step, record) = try site.openStep(step, of: batch)
        let stage = try site.stage(of: batch)
        let container = try site.container(container)
        try site.requireUsable(container, at: moment)
        guard try site.matches(container, stage.input, of: batch) else {
            throw Rejection(
                "batch.wrong-input",
                "stage '\(stage.id)' starts from \(stage.input), which '\(container.id)' is not")
        }
        try site.requireConsent(for: container, in: batch)
        try site.requireCovered(container, in: batch)
        // The cells are frozen once more when this stage fills its containers.
        if let limit = try site.master(batch.master).product.maximumFreezeThaw,
            container.freezings + 1 > limit
        {
            throw Rejection(
                "container.frozen-too-often",
                "the cells of '\(container.id)' were frozen \(container.freezings) times, "
                    + "\(limit) are validated",
                help: "take a container of an earlier bank", rule: "freeze-thaw-limit")
        }
        if let order = container.reservation {
            throw Rejection(
                "container.reserved", "'\(container.id)' is kept for '\(order)'",
                help: "take another container")
        }
        let used = ContainerUsed(batch: batch.id, step: step.id, container: container.id)
        guard let age = site.age(of: container, at: moment.happened) else { return [used] }
        let ages = step.parameters.filter { $0.formula == .age }.map { ($0, age) }
        return [used] + (try site.judged(ages, in: batch, step, record))
    }
}

/// A container was used up.
package struct ContainerUsed: Fact {
    package static let kind = "batch.container-used/1"
    package var batch: BatchID
    package var step: String
    package var container: ContainerID

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.relocate(container, to: .consumed(batch))
        site.batches[batch]?.inputs.append(container)
        site.batches[batch]?.steps[step]?.containers.append(
            ContainerEntry(container: container, stamp: stamp))
        site.genealogy.link(container, to: batch)
    }
}

extension SiteState {
    /// Refuses a container that is gone, held, not released, or out of date.
    func requireUsable(_ container: Container, at moment: Moment) throws(Rejection) {
        try requireInStock(container)
        guard container.holds.isEmpty else {
            throw Rejection(
                "container.on-hold",
                "'\(container.id)' is on hold: \(container.holds.joined(separator: ", "))")
        }
        guard container.status == .released else {
            throw Rejection(
                "container.not-released",
                "'\(container.id)' is in state \(container.status.rawValue)",
                help: "it must be released first", rule: "bank-released-before-use")
        }
        if let released = container.released?.happened, moment.happened < released {
            throw Rejection(
                "container.not-released",
                "'\(container.id)' was released at \(released), after \(moment.happened)",
                help: "enter when it happened; an earlier use is a deviation",
                rule: "bank-released-before-use")
        }
        if let expires = container.expires, expires < moment.happened.date {
            throw Rejection("container.expired", "'\(container.id)' expired on \(expires)")
        }
        try requireUndisputed(container.id)
    }

    /// Refuses tissue whose donor did not agree to the use that is made of it.
    fileprivate func requireConsent(
        for container: Container, in batch: Batch
    ) throws(Rejection) {
        guard case .startingMaterial(let id, _) = container.content else { return }
        let isOwn = try master(batch.master).product.origin == "autologous"
        let scopes = try donor(id).consent?.scopes ?? []
        guard !scopes.contains(.allogeneicMedicine),
            !(isOwn && scopes.contains(.autologousMedicine))
        else { return }
        throw Rejection(
            "donor.consent-scope",
            "the consent of '\(id)' covers \(scopes.map(\.rawValue).joined(separator: ", ")), not a "
                + "medicine for others",
            help: "use tissue of a donor who agreed to it", rule: "donor-consent")
    }

    fileprivate func matches(
        _ container: Container, _ input: StageMaterial, of batch: Batch
    ) throws(Rejection) -> Bool {
        switch (container.content, input) {
        case (.startingMaterial(_, let material), .startingMaterial(let wanted)):
            return material == wanted
        case (.vial(let bank), .bank(let wanted)):
            return try self.bank(bank).kind == wanted
        default:
            return false
        }
    }
}
