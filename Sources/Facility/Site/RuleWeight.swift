import Guidance

extension SiteState {
    /// Whether the catalogue asks for `rule` without exception at the phase of the product that
    /// `batch` makes. At an earlier phase the same rule only advises, and nothing is refused by it.
    func binds(_ rule: String, on batch: Batch) -> Bool {
        guard let master = masters[batch.master] else { return true }
        return binds(rule, on: master)
    }

    /// Whether the catalogue asks for `rule` without exception at the phase of `master`.
    func binds(_ rule: String, on master: MasterRecord) -> Bool {
        guard let phase = DevelopmentPhase(rawValue: master.product.phase),
            let rule = RuleCatalogue.rule(rule)
        else { return true }
        return rule.severity(in: phase) == .error
    }
}
