import Quantities

/// What follows from a corrected instant of collection: the time on the way, the samples of the donor
/// that count for the donation, the consent before it, and the age of the tissue where it was used.
extension SiteState {
    func afterDonation(
        _ id: DonorID, _ index: Int, _ change: CorrectedValue, in next: SiteState
    ) throws(Rejection) -> [any Fact] {
        let donor = try next.donor(id)
        let donation = donor.donations[index]
        let container = try next.container(donation.container)
        let arrived = container.created.happened
        guard donation.collected <= arrived else {
            throw Rejection(
                "donation.collected-later",
                "collected at \(donation.collected), after it was received at \(arrived)",
                help: "check the instant")
        }
        var facts: [any Fact] = []
        func open(_ cause: DeviationCause, _ what: String, rule: String) {
            facts.append(
                event(
                    cause, nil, about: [container.id.naming(Thing.self)],
                    "\(container.id), collected at \(change.new) and not \(change.old): \(what)",
                    rule: rule, after: facts.count { $0 is DeviationOpened }))
        }
        if case .startingMaterial(_, let material) = container.content {
            let problems = transportTimes(
                of: material, from: donation.collected, to: arrived)
            if !problems.isEmpty {
                open(
                    .transportExcursion, problems.joined(separator: "; "),
                    rule: "cord-transport-limits")
            }
        }
        let consents = donor.consents.map(\.given.happened)
        if !consents.contains(where: { $0 <= donation.collected }) {
            open(.entryCorrected, "before any consent of '\(id)'", rule: "donor-consent")
        }
        if let late = donor.untimely(donation) {
            open(.entryCorrected, late.message, rule: late.rule ?? "donor-eu-sample-timing")
        }
        for batch in batches.inOrder where batch.inputs.contains(container.id) {
            facts += try ages(of: container, in: batch, next, after: facts)
            facts += reopening(batch.id, because: change, after: facts)
        }
        return facts
    }

    /// The age of `container` in each step that used it, worked out again.
    private func ages(
        of container: Container, in batch: Batch, _ next: SiteState, after facts: [any Fact]
    ) throws(Rejection) -> [any Fact] {
        var aged: [any Fact] = []
        for step in try stage(of: batch).steps {
            guard let record = batch.steps[step.id],
                let use = record.containers.last(where: { $0.container == container.id }),
                let age = next.age(of: container, at: use.stamp.happened)
            else { continue }
            let values = step.parameters.filter { $0.formula == .age }.map { ($0, age) }
            let opened = (facts + aged).count { $0 is DeviationOpened }
            aged += try judged(values, in: batch, step, record, after: opened)
        }
        return aged
    }
}

extension Donor {
    /// Why no sample of the donor counts for `donation` in a jurisdiction the donor was found eligible
    /// for; `nil` when one does in each.
    fileprivate func untimely(_ donation: Donation) -> Rejection? {
        guard let scope else { return nil }
        for jurisdiction in scope.jurisdictions {
            do throws(Rejection) {
                try requireInTime(
                    scope.required(in: jurisdiction), for: donation, in: jurisdiction)
            } catch { return error }
        }
        return nil
    }
}
