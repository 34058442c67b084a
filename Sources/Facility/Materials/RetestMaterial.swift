package import Ledger

/// A test that a lot may still be used after its retest date.
package struct LotRetest: Sendable, Hashable, Codable {
    /// The laboratory's report.
    package var report: String
    package var passes: Bool
    /// The next retest date; `nil` when the lot may be used until it expires.
    package var next: CalendarDate?
    package var stamp: Stamp
}

/// Records the retest of a lot: a new retest date, or its rejection (ICH Q7 11.6; EU GMP Part I 5.33).
package struct RetestMaterial: Command {
    package static let name = "material.retest"
    package static let summary = "Record the retest of a lot: a new retest date, or its rejection."
    package static let permission = Permission.releaseMaterial
    package static let signature: SignatureMeaning? = .approved
    package static let help = [
        "lot": "which lot", "report": "the laboratory's report",
        "passes": "whether it still meets its specification",
        "next": "the next retest date; none when it may be used until it expires",
    ]

    package var lot: LotID
    package var report: String
    package var passes: Bool
    package var next: CalendarDate?

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let lot = try site.lot(lot)
        try requireText(report, "report")
        guard lot.status == .released else {
            throw Rejection(
                "material.not-released", "lot '\(lot.id)' is in state \(lot.status.rawValue)",
                help: "only a released lot is tested again")
        }
        let retested = MaterialRetested(
            lot: lot.id, report: report, passes: passes, next: passes ? next : nil)
        guard passes else {
            return [retested]
                + (try RejectMaterial(lot: lot.id, reason: "retest failed: \(report)")
                    .decide(on: site, at: moment))
        }
        if let next, next <= moment.happened.date || next > lot.expiry {
            throw Rejection(
                "material.retest-date",
                "the next retest on \(next) is not after today and by the expiry on \(lot.expiry)",
                help: "leave it out when the lot may be used until it expires")
        }
        return [retested]
    }
}

/// A lot was tested again.
package struct MaterialRetested: Fact {
    package static let kind = "material.retested/1"
    package var lot: LotID
    package var report: String
    package var passes: Bool
    package var next: CalendarDate?

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.lots[lot]?.retests.append(
            LotRetest(report: report, passes: passes, next: next, stamp: stamp))
        if passes { site.lots[lot]?.retest = next }
    }
}
