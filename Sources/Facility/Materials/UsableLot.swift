extension SiteState {
    /// Refuses a lot that may not be used at `moment`: not released by then, on hold, in doubt, or
    /// out of date (EU GMP Annex 2A 5.21; the rule `material-released-at-use`).
    ///
    /// - Parameter leave: instants from which it may be used before its release: a conditional use
    ///   that quality approved. None for most uses.
    func requireUsable(
        _ lot: Lot, leave: [Timestamp] = [], at moment: Moment
    ) throws(Rejection) {
        guard lot.status == .released || lot.status == .quarantine && !leave.isEmpty else {
            throw Rejection(
                "material.not-released", "lot '\(lot.id)' is in state \(lot.status.rawValue)",
                help: "use a released lot", rule: "material-released-at-use")
        }
        let free = leave + [lot.disposed?.happened].compactMap(\.self)
        if let first = free.min(), moment.happened < first {
            throw Rejection(
                "material.not-released",
                "lot '\(lot.id)' could be used from \(first), after \(moment.happened)",
                help: "enter when it happened; an earlier use is a deviation",
                rule: "material-released-at-use")
        }
        guard lot.holds.isEmpty else {
            throw Rejection(
                "material.on-hold",
                "lot '\(lot.id)' is on hold: \(lot.holds.joined(separator: ", "))",
                help: "use another lot", rule: "material-released-at-use")
        }
        try requireUndisputed(lot.id)
        guard lot.expiry >= moment.happened.date else {
            throw Rejection(
                "material.expired", "lot '\(lot.id)' expired on \(lot.expiry)",
                help: "use a lot in date", rule: "material-released-at-use")
        }
        if let retest = lot.retest, retest < moment.happened.date {
            throw Rejection(
                "material.retest-overdue", "lot '\(lot.id)' was to be tested again by \(retest)",
                help: "test it again first: material.retest", rule: "material-released-at-use")
        }
    }
}
