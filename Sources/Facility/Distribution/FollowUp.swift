/// A look at a patient that the follow-up plan asks for.
package struct FollowUpVisit: Sendable, Hashable, Codable {
    package var hazard: String
    /// Months after the first dose, for a visit planned by hand.
    package var month: Int?
    /// Days after `start`, for a visit of the plan in the definition.
    package var day: Int?
    /// The day of the dose the plan counts from.
    package var start: CalendarDate?
    /// What is observed, where the definition says it.
    package var endpoint: String?
    package var finding: String?
    package var recorded: Stamp?

    /// When the visit is, in words: "month 3", "day 14".
    package var time: String { month.map { "month \($0)" } ?? "day \(day ?? 0)" }

    fileprivate func isOpen(for hazard: String, month: Int?, day: Int?) -> Bool {
        self.hazard == hazard && self.month == month && self.day == day && recorded == nil
    }
}

/// How a treatment went, for comparison with the batches given.
package struct Outcome: Sendable, Hashable, Codable {
    package var endpoint: String
    package var observation: Observation
    package var stamp: Stamp
}

/// Plans the follow-up of a patient for one hazard, beside what the definition plans by itself.
package struct PlanFollowUp: Command {
    package static let name = "patient.plan-follow-up"
    package static let summary = "Plan when a patient is looked at for a hazard of the product."
    package static let permission = Permission.distribute
    package static let help = [
        "patient": "whose follow-up", "hazard": "what is looked for",
        "months": "months after the first dose",
    ]

    package var patient: PatientID
    package var hazard: String
    package var months: [Int]

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let patient = try site.patient(patient)
        try requireText(hazard, "hazard")
        guard !months.isEmpty, months.count <= 60, Set(months).count == months.count,
            months.allSatisfy({ (0...360).contains($0) })
        else {
            throw Rejection(
                "patient.follow-up-months", "\(months.count) visits",
                help: "1 to 60 different months from 0 to 360")
        }
        guard !patient.followUp.contains(where: { $0.hazard == hazard }) else {
            throw Rejection("patient.follow-up-planned", "'\(hazard)' is planned already")
        }
        return [FollowUpPlanned(patient: patient.id, hazard: hazard, months: months.sorted())]
    }
}

/// A follow-up was planned.
package struct FollowUpPlanned: Fact {
    package static let kind = "patient.follow-up-planned/1"
    package var patient: PatientID
    package var hazard: String
    package var months: [Int]
    /// Days after this fact, for the plan of a definition.
    package var days: [Int]?
    package var endpoint: String?

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        let byDay = (days ?? []).map {
            FollowUpVisit(
                hazard: hazard, day: $0, start: stamp.happened.date, endpoint: endpoint)
        }
        let byMonth = months.map { FollowUpVisit(hazard: hazard, month: $0, endpoint: endpoint) }
        site.patients[patient]?.followUp += byMonth + byDay
    }
}

/// Records what a follow-up visit found.
package struct RecordFollowUp: Command {
    package static let name = "patient.record-follow-up"
    package static let summary = "Record what a follow-up visit found."
    package static let permission = Permission.distribute
    package static let help = [
        "patient": "whose visit", "hazard": "what was looked for",
        "month": "which visit, in months after the first dose, for one planned by hand",
        "day": "which visit, in days after the dose, for one the definition plans",
        "finding": "what was found",
    ]

    package var patient: PatientID
    package var hazard: String
    package var month: Int?
    package var day: Int?
    package var finding: String

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let patient = try site.patient(patient)
        try requireText(finding, "finding")
        guard
            patient.followUp.contains(where: { $0.isOpen(for: hazard, month: month, day: day) })
        else {
            let open = patient.followUp.filter { $0.hazard == hazard && $0.recorded == nil }
            let wanted = FollowUpVisit(hazard: hazard, month: month, day: day).time
            throw Rejection(
                "patient.no-such-visit", "no open visit for '\(hazard)' at \(wanted)",
                help: open.isEmpty
                    ? "plan it first: patient.plan-follow-up"
                    : "open: \(open.prefix(12).map(\.time).joined(separator: ", "))",
                rule: "followup-plan")
        }
        return [
            FollowUpRecorded(
                patient: patient.id, hazard: hazard, month: month, day: day, finding: finding)
        ]
    }
}

/// A follow-up visit took place.
package struct FollowUpRecorded: Fact {
    package static let kind = "patient.follow-up-recorded/1"
    package var patient: PatientID
    package var hazard: String
    package var month: Int?
    package var day: Int?
    package var finding: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        let index = site.patients[patient]?.followUp.firstIndex {
            $0.isOpen(for: hazard, month: month, day: day)
        }
        guard let index else { return }
        site.patients[patient]?.followUp[index].finding = finding
        site.patients[patient]?.followUp[index].recorded = stamp
    }
}

/// Records how the treatment of a patient went.
package struct RecordOutcome: Command {
    package static let name = "patient.record-outcome"
    package static let summary = "Record how the treatment of a patient went."
    package static let permission = Permission.distribute
    package static let help = [
        "patient": "who", "endpoint": "which endpoint",
        "observation": "a number with its unit, or words",
    ]

    package var patient: PatientID
    package var endpoint: String
    package var observation: Observation

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let patient = try site.patient(patient)
        try requireText(endpoint, "endpoint")
        guard !patient.given.isEmpty else {
            throw Rejection("patient.not-treated", "'\(patient.id)' received no dose")
        }
        return [
            OutcomeRecorded(patient: patient.id, endpoint: endpoint, observation: observation)
        ]
    }
}

/// An outcome was recorded.
package struct OutcomeRecorded: Fact {
    package static let kind = "patient.outcome-recorded/1"
    package var patient: PatientID
    package var endpoint: String
    package var observation: Observation

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.patients[patient]?.outcomes.append(
            Outcome(endpoint: endpoint, observation: observation, stamp: stamp))
    }
}

/// A result of a batch beside an outcome of a patient who received it.
package struct BatchOutcome: Sendable, Hashable {
    package var batch: BatchID
    package var patient: PatientID
    package var test: String
    package var result: Observation
    package var endpoint: String
    package var outcome: Observation
}

extension SiteState {
    /// The results of a test beside the outcomes of the patients, dose by dose: what the relation
    /// of potency to outcome is worked out from (the rule `potency-lot-outcome`).
    package func outcomes(ofTest test: String, endpoint: String) -> [BatchOutcome] {
        patients.inOrder.flatMap { patient -> [BatchOutcome] in
            let batches = Set(
                patient.given.compactMap { batch(filling: $0.container) }
            ).sorted()
            return batches.flatMap { id -> [BatchOutcome] in
                guard let result = self.batches[id]?.results.inForce(of: test) else { return [] }
                return patient.outcomes.filter { $0.endpoint == endpoint }.map {
                    BatchOutcome(
                        batch: id, patient: patient.id, test: test, result: result.observation,
                        endpoint: endpoint, outcome: $0.observation)
                }
            }
        }
    }
}
