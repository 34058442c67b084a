package import Quantities

/// How patients are followed for one hazard, as the definition plans it.
package struct MasterFollowUp: Codable, Hashable, Sendable {
    /// What is looked for: the kind of the hazard, or the effect.
    package var hazard: String
    /// What is observed.
    package var endpoint: String
    package var interval: Quantity
    package var duration: Quantity

    /// A plan with these particulars.
    package init(hazard: String, endpoint: String, interval: Quantity, duration: Quantity) {
        self.hazard = hazard
        self.endpoint = endpoint
        self.interval = interval
        self.duration = duration
    }

    /// Most visits of one plan: one a week for seven years.
    package static let visitsMax = 365

    /// Days after the dose on which the patient is seen: after each interval, and at the end.
    ///
    /// What is watched more often than once a day is watched at the bedside and is one visit a day.
    package var visitDays: [Int] {
        guard let day = try? Unit("d"), let every = try? interval.doubleValue(in: day),
            let last = try? duration.doubleValue(in: day), every > 0, last > 0,
            every.isFinite, last < 1e6
        else { return [] }
        let step = max(every, 1)
        let end = max(1, Int(last.rounded()))
        var days: [Int] = []
        var time = step
        while time < last - step / 2, days.count <= Self.visitsMax {
            days.append(Int(time.rounded()))
            time += step
        }
        if days.last != end { days.append(end) }
        return days
    }
}

extension AdministerDose {
    /// The visits that the definition plans for who received a dose of it: each hazard that is not
    /// watched in this patient yet (Regulation (EC) No 1394/2007 Art. 14).
    func plan(
        of master: MasterRecord, for patient: Patient
    ) -> [FollowUpPlanned] {
        (master.product.followUp ?? []).filter { plan in
            !patient.followUp.contains { $0.hazard == plan.hazard }
        }.map {
            FollowUpPlanned(
                patient: patient.id, hazard: $0.hazard, months: [], days: $0.visitDays,
                endpoint: $0.endpoint)
        }
    }
}
